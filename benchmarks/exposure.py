"""Who had access at 1,000,000 records, with 200 people and with 50,000, against one grouping query over the same index.

The first view places everybody; each further one repeats the answer until something of the case changes.
"""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlite

from benchmarks.figures import Figure, ratio, side_by_side, typical
from benchmarks.scratch import opened, spread_accesses
from tests.machinery.instances import copied
from tracker.actions.access.exposure import Answer, who_had_access
from tracker.analysis.exposure import Standing
from tracker.audit import cache
from tracker.base import db
from tracker.base.config import Settings
from tracker.models.disclosure.disclosures import Disclosure

TIMES, MANY, LISTED, LONGEST = 6, 50_000, 25, 20
FLOOR = """SELECT person_id, min(level), min(since_earliest), min(since_latest), min(until_earliest), min(until_latest)
FROM access_record WHERE case_id = 1 GROUP BY person_id"""


def figures(large: Settings, folder: Path) -> Iterator[Figure]:
    """Of the register as it is, and of one in which its records are those of many more people."""
    many = copied(large, folder / "many")
    spread_accesses(many, MANY)
    for settings, people in ((large, 200), (many, MANY)):
        plain = sqlite.connect(str(settings.instance / "tracker.db"))
        with opened(settings):
            one = db.session().scalars(sa.select(Disclosure)).one()

            def first(one: Disclosure = one) -> None:
                cache._known_of_cases.clear()
                _ask(one)

            floor, found = typical(
                side_by_side(TIMES, lambda plain=plain: plain.execute(FLOOR).fetchall(), first)  # type: ignore[misc]
            )
            yield ratio(f"who had access, {people:,} people, first view", found, floor, "<= 3", "ms")
            again, _ = typical(side_by_side(TIMES, lambda one=one: _ask(one), lambda: None))  # type: ignore[misc]
            yield Figure(f"who had access, {people:,} people, again", f"{again:.1f} ms", "", again, f"<= {LONGEST} ms")
        plain.close()


def _ask(one: Disclosure) -> Answer:
    """The answer with the first people of each class, as the page lists them."""
    return who_had_access(one, one.claims, lambda found: {each: found.of(each)[:LISTED] for each in Standing})
