"""Pages with 1,000 and with 1,000,000 accesses, 100 and 15,000 cases: how much longer, and how many statements."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from benchmarks.figures import Figure, ratio, side_by_side, typical
from benchmarks.scratch import opened
from tests import world
from tests.machinery.server import Caller, serving
from tests.readers.browse import begun
from tracker.base.config import Settings

TIMES, STATEMENTS = 40, 15
PAGES = {
    "case list": "/cases",
    "case list by opening": "/cases?sort=-opened",
    "case": "/cases/LK-AAAA",
    "access list": "/cases/LK-AAAA/access",
    "access list, one person": "/cases/LK-AAAA/access?person=P-001",
    "start": "/",
}
FILTERS = {  # one that finds nothing against one that finds
    "level": ("/cases/LK-AAAA/access?level=E7", "/cases/LK-AAAA/access?level=E3"),
    "channel": ("/cases/LK-AAAA/access?channel=printed", "/cases/LK-AAAA/access?level=E3"),
    "person and level": ("/cases/LK-AAAA/access?person=P-001&level=E7", "/cases/LK-AAAA/access?person=P-001"),
}


def figures(small: Settings, large: Settings, folder: Path) -> Iterator[Figure]:
    """Two served programs are asked in turns, each for the same page."""
    with ExitStack() as stack:
        callers = [caller_of(stack, settings, folder) for settings in (small, large)]
        for name, path in PAGES.items():
            fetches = [lambda caller=caller, path=path: fetch(caller, path) for caller in callers]
            floor, found = typical(side_by_side(TIMES, *fetches))
            yield ratio(f"{name}: large, small", found, floor, "<= 1.5", "ms")
        for name, paths in FILTERS.items():
            found, floor = typical(side_by_side(TIMES, *(lambda path=path: fetch(callers[1], path) for path in paths)))
            yield ratio(f"filter by {name}: finds nothing, finds", found, floor, "<= 1.5", "ms")
    for name, number in _statements(large).items():
        yield Figure(f"{name}, statements", str(number), "", number, f"<= {STATEMENTS}")


def caller_of(stack: ExitStack, settings: Settings, folder: Path) -> Caller:
    """Lena, asking a program that is served until the stack is left."""
    port = stack.enter_context(serving(settings, folder))
    with opened(settings) as app:
        caller = Caller(app, port, "lena")
    stack.callback(caller.close)
    return caller


def fetch(caller: Caller, path: str) -> None:
    """Fetch a page as a browser does, which keeps the cookie it is given: a case is opened for the record only once."""
    caller.connection.request("GET", path, headers=caller.headers)
    answer = caller.connection.getresponse()
    answer.read()
    assert answer.status == 200, f"{path} answers {answer.status}"
    if cookie := answer.headers.get("Set-Cookie"):
        caller.headers["Cookie"] = cookie.partition(";")[0]


def _statements(settings: Settings) -> dict[str, int]:
    """How many statements each page asks of the database, the second time it is asked for."""
    told: list[str] = []

    def tell(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        told.append(statement)

    with opened(settings) as app:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = begun(world.person("lena").id)
        event.listen(sa.Engine, "before_cursor_execute", tell)
        found = {}
        for name, path in PAGES.items():
            for _ in range(2):
                told.clear()
                with app.app_context():  # of its own, as each request has: else nobody signs in twice
                    client.get(path)
            found[name] = len(told)
        event.remove(sa.Engine, "before_cursor_execute", tell)
    return found
