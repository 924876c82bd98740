"""The first page of a chronology of 50,000 events, against one query that sorts the times of the same records.

    python -m benchmarks.chronology [EVENTS]

An instance of its own is made in a temporary folder, with so many access records that no log gives: each is an event.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from benchmarks.figures import Figure, ratio, side_by_side, typical
from benchmarks.scratch import Size, found_instance, grow_instance, opened
from tests import world
from tests.readers.browse import begun
from tracker.base import db
from tracker.base.config import Settings
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person

EVENTS, CASES, TIMES = 50_000, 10, 12
LONGEST, MANY_TIMES = 200, 10
PAGES = {"first page": "", "one person": "?person=P-002"}


def main(events: int = EVENTS) -> None:
    """Print the figures, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        grown = grow_instance(found_instance(Path(folder)), Size(events, CASES))
        for figure in _figures(grown, events):
            print(figure, flush=True)


def _figures(settings: Settings, events: int) -> Iterator[Figure]:
    with opened(settings) as app:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = begun(world.person("lena").id)
        first = sa.select(AccessRecord.since_earliest, AccessRecord.number, Person.number, sa.func.count().over())
        first = first.join(Person, Person.id == AccessRecord.person_id).where(AccessRecord.case_id == world.case().id)
        first = first.order_by(AccessRecord.since_earliest, AccessRecord.id).limit(100)

        def fetch(query: str) -> None:
            with app.app_context():  # of its own, as each request has
                answer = client.get(f"/cases/LK-AAAA/chronology{query}")
            assert answer.status_code == 200, f"chronology{query} answers {answer.status_code}"

        for name, query in PAGES.items():
            least, found = typical(
                side_by_side(TIMES, lambda: db.session().execute(first).all(), lambda query=query: fetch(query))
            )
            yield ratio(f"chronology of {events:,}: {name}", found, least, f"<= {MANY_TIMES}", "ms")
            if not query:
                yield Figure(f"chronology of {events:,}: {name}", f"{found:.1f} ms", "", found, f"<= {LONGEST} ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
