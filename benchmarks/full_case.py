"""Every page of a full case against the same page of an example: how much longer it takes, and how many statements.

    python -m benchmarks.full_case [WORD]

Two programs are served and asked in turns for each page that the lead may see, as the permission matrix names them (or
those with WORD in their address). A page of the full case may take twice the time, and ask 15 statements.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from benchmarks.figures import HEADING, Figure, ratio, side_by_side, typical
from benchmarks.inquiry import EXAMPLE, FULL, Inquiry, fill
from benchmarks.pages import STATEMENTS, caller_of, fetch
from benchmarks.scratch import opened
from tests import world
from tests.machinery.instances import copied
from tests.readers.browse import begun
from tests.readers.matrix import rows
from tracker.base.config import Settings
from tracker.cli.founding import prepare

TIMES, LONGER = 12, 2.0


def found_instance(folder: Path) -> Settings:
    """An instance below `folder` with one of every thing in LK-AAAA, as every row of the matrix needs it."""
    from tests.builders.build_everything import furnish

    settings = prepare(folder / "founded" / "instance")
    with opened(settings):
        world.build()
        furnish()
    return settings


def grow_instance(base: Settings, size: Inquiry) -> Settings:
    """A copy of `base`, beside it, whose LK-AAAA is of this size."""
    settings = copied(base, base.instance.parent.with_name(f"grown-{size.exhibits}"))
    with opened(settings):
        fill(world.case(), size)
    return settings


def pages(word: str = "") -> list[str]:
    """The addresses that show the lead something; what leaves as a file is measured elsewhere."""
    shown = (url for method, url, answers in rows() if method == "GET" and answers["lena"] == 200)
    return [url for url in shown if word in url and not url.endswith((".csv", "/file", "/healthz"))]


def figures(example: Settings, full: Settings, folder: Path, word: str = "") -> Iterator[Figure]:
    """Time and statements of each page."""
    counted = statements(full, pages(word))
    with ExitStack() as stack:
        callers = [caller_of(stack, settings, folder) for settings in (example, full)]
        for url, number in counted.items():
            fetches = [lambda caller=caller, url=url: fetch(caller, url) for caller in callers]
            floor, found = typical(side_by_side(TIMES, *fetches))
            name = url.removeprefix("/cases/LK-AAAA") or "the case"
            yield ratio(name[-40:], found, floor, f"<= {LONGER}", "ms")
            yield Figure(f"{name[-29:]}, statements", str(number), "", number, f"<= {STATEMENTS}")


def statements(settings: Settings, urls: list[str]) -> dict[str, int]:
    """How many statements each page asks of the database, the second time it is asked for; pages only, no files."""
    told: list[str] = []

    def tell(connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        writing = connection.get_execution_options().get("writing")
        if not writing and not statement.startswith(("PRAGMA", "BEGIN", "SET ")):
            told.append(statement)

    found = {}
    with opened(settings) as app:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = begun(world.person("lena").id)
        event.listen(sa.Engine, "before_cursor_execute", tell)
        for url in urls:
            for _ in range(2):
                told.clear()
                with app.app_context():  # of its own, as each request has
                    answer = client.get(url)
                    answer.close()
            if answer.mimetype == "text/html":
                found[url] = len(told)
        event.remove(sa.Engine, "before_cursor_execute", tell)
    return found


def main(word: str = "") -> None:
    """Print the table, line by line as the figures come."""
    print(HEADING, flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        base = found_instance(folder)
        for figure in figures(grow_instance(base, EXAMPLE), grow_instance(base, FULL), folder, word):
            print(figure, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:2])
