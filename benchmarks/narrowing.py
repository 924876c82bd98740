"""Narrowing and matrix of 300 people and 50 steps: against one query over the same records, with their statements.

    python -m benchmarks.narrowing [PEOPLE] [DISCLOSURES]

An instance of its own is made in a temporary folder, with so many people, and with so many disclosures that each have a
claim about a version of their own. The floor groups the records of the case by person and version once.
"""

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from benchmarks.figures import Figure, ratio, side_by_side, typical
from benchmarks.scratch import opened
from tests import world
from tests.builders import build_material
from tests.builders.build_access import claim, disclosure, lay_out, utc
from tracker.actions.answers import holdings
from tracker.actions.answers.narrowing.steps import read_grounds
from tracker.actions.answers.narrowing.windows import subjects_of
from tracker.analysis.narrowing.steps import narrow
from tracker.base import db
from tracker.cli.founding import prepare
from tracker.models.access.access_records import AccessRecord

PEOPLE, STEPS, TIMES, RECORDS = 300, 50, 12, 40
LONGEST, STATEMENTS, MANY_TIMES = 300, 5, 50
AT_ONCE = 12  # columns of a matrix on one page


def main(people: int = PEOPLE, steps: int = STEPS) -> None:
    """Print the figures, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        settings = prepare(Path(folder) / "instance")
        with opened(settings):
            _build(people, steps)
            for figure in _figures(f"{people} x {steps}"):
                print(figure, flush=True)


def _build(people: int, steps: int) -> None:
    """People with records of versions by chance; each disclosure has a claim about a version of its own."""
    world.build()
    chance, rows = random.Random(steps), []
    material = build_material.material("FILE")
    versions = [build_material.version(material, f"v{number}", made=utc("2018-03-01 09:00")) for number in range(steps)]
    for number, version in enumerate(versions):
        claim(disclosure(f"Daily {number}", published=utc(f"2018-04-{number % 28 + 1:02} 12:00")), version=version)
    for _ in range(people):
        person = build_material.person()
        some = chance.choices(versions, k=RECORDS)
        rows += [{"person": person, "material": material, "version": one,
                  "since": utc(f"2018-{chance.choice((3, 4)):02}-{chance.randint(1, 28):02} 10:00")}
                 for one in some]  # fmt: skip
    lay_out(world.person("ines"), world.case(), rows=rows)


def _figures(size: str) -> Iterator[Figure]:
    case, session = world.case(), db.session()
    grouped = sa.select(AccessRecord.person_id, AccessRecord.version_id, sa.func.min(AccessRecord.since_latest))
    grouped = grouped.where(AccessRecord.case_id == case.id).group_by(AccessRecord.person_id, AccessRecord.version_id)
    ids = [one.id for one in session.scalars(holdings.people_of(case).limit(50))]

    def narrowed() -> None:
        grounds = read_grounds(case)
        narrow(grounds.people, [one.step for one in grounds.steps])

    def matrix() -> None:
        subjects = [one for one in subjects_of([case]) if not one.claim]
        holdings.cells_of_windows(case, ids, [one.windows for one in subjects[:AT_ONCE]])

    floor, *found = typical(side_by_side(TIMES, lambda: session.execute(grouped).all(), narrowed, matrix))
    for name, took, work in zip(("narrowing", "matrix by disclosures"), found, (narrowed, matrix), strict=True):
        yield ratio(f"{name}, {size}", took, floor, f"<= {MANY_TIMES}", "ms")
        yield Figure(f"{name}, {size}", f"{took:.1f} ms", "", took, f"<= {LONGEST} ms")
        count = _count_statements(work)
        yield Figure(f"{name}, {size}, statements", str(count), "", count, f"<= {STATEMENTS}")


def _count_statements(work: Callable[[], None]) -> int:
    told: list[str] = []

    def tell(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        told.append(statement)

    event.listen(sa.Engine, "before_cursor_execute", tell)
    work()
    event.remove(sa.Engine, "before_cursor_execute", tell)
    return len([one for one in told if not one.startswith(("PRAGMA", "BEGIN"))])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
