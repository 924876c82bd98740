"""How fast accesses leave as CSV, against the floor: csv.writer over the same SELECT to the same file.

    python -m benchmarks.export_rows [ROWS]

An instance of its own is made in a temporary folder. The share of the floor's speed must stay at 0.4 or more, the first
byte come within 100 ms, and the memory not grow with the rows. Rows whose times are all of one precision, or have
fractions of a second, must reach 0.6 of their floor.
"""

import csv
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from benchmarks.figures import Figure
from tests import world
from tracker import create_app
from tracker.actions.access import people
from tracker.actions.disclosure import materials
from tracker.actions.register import exports
from tracker.analysis.moments import Moment
from tracker.base import db
from tracker.cli.founding import prepare
from tracker.exports.labels import Labels
from tracker.exports.streams import Stream
from tracker.exports.writing import BATCH, lines
from tracker.models.access.access_records import AccessRecord
from tracker.models.case.cases import Case
from tracker.web.lists import zip_tables

TABLES = {table.name: table for table in zip_tables()}

PEOPLE, LEAST, LEAST_OF_A_KIND = 200, 0.4, 0.6
SECOND, MINUTE, TICK = timedelta(seconds=1), timedelta(minutes=1), timedelta(microseconds=1)
KINDS = {  # how far apart the bounds are; a fraction of a second is exact
    "exact": timedelta(), "fraction": timedelta(), "minute": MINUTE - TICK, "hour": 60 * MINUTE - TICK,
    "day": 1440 * MINUTE - TICK, "between": 7 * MINUTE, "before": timedelta(),
}  # fmt: skip
MIXED = ("exact", "exact", "minute", "day")


def found() -> None:
    """A few hundred people and a material."""
    world.build()
    ines = world.person("ines")
    materials.register_material(
        ines, world.case(), identifier="CARDS", title="Notecards", marking="internal", created=Moment.of()
    )
    for number in range(PEOPLE):
        who = [("badge", f"B-{number:05}")]
        people.add_person(ines, world.case(), name=f"Name {number}", post="Aide", unit="", identifiers=who)


def fill(rows: int, kinds: tuple[str, ...]) -> None:
    """Nothing but so many accesses of these people to the material, with times of these kinds in turns."""
    base = {
        "case_id": world.case().id, "material_id": 1, "channel": "opened", "level": "E3",
        "by_id": world.person("ines").id, "at": "2026-01-01T00:00:00.000000Z", "why_corrected": "", "source": "",
        "note": "", "part": 1,
        "until_earliest": db.EVER_BEFORE, "until_latest": db.EVER_AFTER, "until_precision": "unknown",
    }  # fmt: skip
    plain = (sa.Column(column.name) for column in AccessRecord.__table__.columns)
    table = sa.Table(AccessRecord.__tablename__, sa.MetaData(), *plain)
    db.session().rollback()
    with db.writer().connect() as connection:
        connection.execute(sa.delete(table))
        for start in range(0, rows, 10_000):
            numbers = range(start, min(start + 10_000, rows))
            connection.execute(sa.insert(table), [base | occurrence(at, kinds[at % len(kinds)]) for at in numbers])
        connection.commit()


def occurrence(number: int, kind: str) -> dict[str, object]:
    """One row, in the zone of a capital or of a workstation; some notes look like formulas."""
    at = datetime(2018, 1, 1) + 31 * number * SECOND  # noqa: DTZ001  # it is written as UTC below
    zone = "America/New_York" if number % 3 and kind != "day" else "-05:00"
    at = {
        "fraction": at + 7_919 * number % 1_000_000 * TICK, "minute": at.replace(second=0),
        "hour": at.replace(minute=0, second=0), "day": at.replace(hour=5, minute=0, second=0),
    }.get(kind, at)  # fmt: skip
    first, last = (f"{one.isoformat(timespec='microseconds')}Z" for one in (at, at + KINDS[kind]))
    return {
        "number": number + 1, "person_id": number % PEOPLE + 1, "line": number + 2,
        "since_earliest": db.EVER_BEFORE if kind == "before" else first, "since_latest": last, "since_offset": zone,
        "since_precision": "exact" if kind == "fraction" else kind, "source": f"Portal, line {number}",
        "note": "=1+1" if number % 50 == 0 else "",
    }  # fmt: skip


def floor(case: Case, path: Path) -> float:
    """Seconds of csv.writer over the same SELECT and columns."""
    select = TABLES["access"].select(AccessRecord.of(case))
    begun = time.perf_counter()
    with db.session().get_bind().connect() as connection, path.open("w", newline="") as out:
        found = connection.execute(select, execution_options={"yield_per": BATCH})
        writer = csv.writer(out)
        for batch in found.partitions():
            writer.writerows(batch)
    return time.perf_counter() - begun


def ours(case: Case, path: Path) -> tuple[float, float]:
    """Seconds of a whole export with its entries, and of its first byte."""
    table, case_id = TABLES["access"], case.id

    def made(connection: sa.Connection, tally: object) -> Iterator[bytes]:
        return lines(Labels(connection, case_id, names=False), table, rows, tally)

    begun = time.perf_counter()
    rows = AccessRecord.of(case)
    stream = Stream(exports.start_list(world.person("lena"), case, what="access", filter=""), made)
    with path.open("wb") as out:
        out.write(next(stream))
        first = time.perf_counter() - begun
        for chunk in stream:
            out.write(chunk)
    return time.perf_counter() - begun, first


def measure(path: Path) -> tuple[float, float, float]:
    """Seconds of the floor, of ours, and of our first byte: the best of three tries each."""
    tries = [(floor(world.case(), path), *ours(world.case(), path)) for _ in range(3)]
    floored, took, first = (min(numbers) for numbers in zip(*tries, strict=True))
    return floored, took, first


def main(rows: int = 1_000_000) -> None:
    """Measure mixed rows, then a fifth as many of each kind, and print the lines of the table."""
    with tempfile.TemporaryDirectory() as folder, create_app(prepare(Path(folder) / "instance")).app_context():
        found()
        fill(rows, MIXED)
        path, memory = Path(folder) / "out.csv", _memory()
        floored, took, first = measure(path)
        size, grown = path.stat().st_size, _memory() - memory
        print(_speed("export", rows, took, floored, LEAST))
        print(Figure("export, first byte", f"{first * 1000:.0f} ms", "", first * 1000, "<= 100 ms"))
        print(Figure(f"export, memory for {size / 1e6:.0f} MB", f"{grown} MB", "", grown, "<= 50 MB"), flush=True)
        for kind in KINDS:
            fill(rows // 5, (kind,))
            floored, took, _ = measure(path)
            print(_speed(f"export, {kind} times", rows // 5, took, floored, LEAST_OF_A_KIND), flush=True)


def _speed(name: str, rows: int, took: float, floored: float, least: float) -> Figure:
    return Figure(
        f"{name}, rows a second", f"{rows / took:,.0f}", f"{rows / floored:,.0f}", floored / took, f">= {least}"
    )


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
