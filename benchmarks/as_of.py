"""A case as its record stood: making its small database, against copying its access records alone; then a page of it.

python -m benchmarks.as_of [RECORDS]
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from benchmarks.figures import HEADING, Figure, ratio, side_by_side, typical
from benchmarks.scratch import Size, found_instance, grow_instance, opened
from tests import world
from tracker.audit.as_of import reading
from tracker.audit.doors import now
from tracker.base import db
from tracker.base.config import Settings
from tracker.models.access.people import Person

TIMES, RECORDS = 4, 200_000


def figures(settings: Settings, folder: Path) -> Iterator[Figure]:
    """Of the largest case of a register: the first page as of a time, and each further one."""
    file = settings.instance / "tracker.db"
    with opened(settings):
        at = now()
        floor, found = typical(side_by_side(TIMES, lambda: _copy(file, folder), lambda: _first(at, folder)))
        yield ratio("case as of a time, first page", found, floor, "<= 5", "ms")
        plain, again = typical(side_by_side(10, lambda: len(_people()), lambda: _again(at, folder)))
        yield Figure("its people again, more than now", f"{again - plain:.1f} ms", "", again - plain, "<= 30 ms")


def _copy(file: Path, folder: Path) -> None:
    """The same access records, copied within SQLite into a file of its own, with their indexes."""
    with tempfile.TemporaryDirectory(dir=folder) as here:
        plain = sqlite.connect(f"{here}/copy.db", isolation_level=None)
        plain.execute("PRAGMA journal_mode = OFF")
        plain.execute("ATTACH ? AS record", [str(file)])
        plain.execute("CREATE TABLE main.access_record AS SELECT * FROM record.access_record WHERE case_id = 1")
        indexes = (
            "SELECT sql FROM record.sqlite_master WHERE tbl_name = 'access_record' AND type = 'index' AND sql <> ''"
        )
        for (statement,) in plain.execute(indexes).fetchall():
            plain.execute(statement)
        plain.close()


def _first(at: datetime, folder: Path) -> None:
    for one in [*reading._kept]:
        reading._kept.pop(one).scratch.close()
    _again(at, folder)


def _again(at: datetime, folder: Path) -> int:
    with reading.as_it_stood(world.case(), at, folder) as record:
        return len(record.scalars(Person.of(world.case())).all())


def _people() -> list[Person]:
    session = db.session()
    session.rollback()
    return list(session.scalars(Person.of(world.case())).all())


def main(records: str = str(RECORDS)) -> None:
    """Print the table, line by line as the figures come."""
    print(HEADING, flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for figure in figures(grow_instance(found_instance(folder), Size(int(records), 2)), folder):
            print(figure, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:2])
