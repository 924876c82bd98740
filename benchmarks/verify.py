"""How long `verify` takes, against the floor: the same rows through the driver, each hashed by itself.

    python -m benchmarks.verify [ROWS]

An instance of its own is made in a temporary folder, with so many access records (a million) and an entry for each. The
floor reads audit log, details, named records, access records and what is searched, and takes SHA-256 of the text of
every row. All of it must take at most 3 times the floor, on PostgreSQL (TRACKER_DATABASE_URL names an empty database) 5
times. What came after the last time costs what is new and a seventh of the rest.
"""

import hashlib
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.figures import Figure, ratio
from tests import world
from tests.builders import build_material
from tracker import create_app
from tracker.actions.access import access_records
from tracker.analysis.moments import Moment, stated
from tracker.audit import guards, schema
from tracker.audit.appending import of_record
from tracker.audit.entries import Entry, Origin, commitment, state_of
from tracker.audit.search.writing import rebuild as rebuild_index
from tracker.audit.verify import apart
from tracker.audit.verify.chain import Since, Verdict
from tracker.audit.verify.reading import stream
from tracker.base import db
from tracker.base.text import dumps
from tracker.cli.founding import prepare
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.words import Level

FILLED = ("access_record", "audit", "audit_detail", "audit_record")
CHUNK, NEW = 20_000, 1_000
MOST = {"sqlite": "<= 3", "postgresql": "<= 5"}
TABLES = (
    'SELECT a.*, d.salt, d."values" FROM audit a LEFT JOIN audit_detail d ON d.seq = a.seq ORDER BY a.seq',
    "SELECT * FROM audit_record ORDER BY seq",
    "SELECT * FROM access_record ORDER BY id",
    "SELECT * FROM search_text ORDER BY id",
)


class _Recorded(Entry):
    """The entry of one access record, whose state is known."""

    state: dict[str, Any]

    def _state_hash(self, _name: str, salt: str) -> str:
        return commitment(salt, dumps(self.state))


def found() -> AccessRecord:
    """The people of the tests, and one access record that the others are like."""
    world.build()
    material, moment = build_material.material(), stated("2018-03-01 09:00", "UTC")
    return access_records.record_access(
        world.person("ines"), world.case(), person=build_material.person(), material=material, level=Level.E3,
        since=moment, until=Moment.of(), source="", note="seen", version=None, copy=None, channel=None,
    )  # fmt: skip


def fill(url: str, first: AccessRecord, rows: int) -> None:
    """So many access records like the first, each with its entry: past the doors, with the guards taken off."""
    state, uid = state_of(first), world.person("ines").uid
    select = sa.select(AccessRecord.__table__).where(AccessRecord.id == first.id)
    raw = [sa.type_coerce(column, sa.types.NullType()).label(column.name) for column in AccessRecord.__table__.columns]
    row = dict(db.session().execute(select.with_only_columns(*raw)).mappings().one())
    last = db.session().execute(sa.text("SELECT seq, entry_hash FROM audit ORDER BY seq DESC LIMIT 1")).one()
    cseq = db.session().scalar(sa.text("SELECT max(cseq) FROM audit WHERE case_ref = 'LK-AAAA'")) or 0
    made = _rows(state, row, uid, (last.seq, last.entry_hash, cseq), rows)
    db.session().rollback()
    with schema.owner(url) as connection:
        guards.take_off(connection)
        while chunk := list(islice(made, CHUNK)):
            for table, of_table in zip(
                ("access_record", "audit", "audit_detail", "audit_record"), zip(*chunk, strict=True), strict=True
            ):
                connection.execute(sa.insert(sa.table(table, *map(sa.column, of_table[0]))), list(of_table))
        newest = "SELECT max(at) FROM audit WHERE case_ref = 'LK-AAAA'"
        connection.execute(sa.text(f"UPDATE cases SET changed = ({newest}) WHERE reference = 'LK-AAAA'"))
        guards.put_on(connection)
        rebuild_index(connection)


def _rows(
    state: dict[str, Any], row: dict[str, Any], uid: str, head: tuple[int, str, int], rows: int
) -> Iterator[tuple[dict[str, Any], ...]]:
    seq, entry_hash, cseq = head
    at = datetime.now(UTC)
    for number in range(1, rows + 1):
        own = {"id": row["id"] + number, "number": row["number"] + number, "note": f"row {number}"}
        entry = _Recorded("access_record.recorded", uid, "LK-AAAA", f"access_record:{own['id']}", Origin())
        entry.state, at = state | own, at + timedelta(milliseconds=1)
        entry.changed = {f"access_record:{own['id']}": {"note": [None, own["note"]], "level": [None, "E3"]}}
        line, detail, named = entry.complete(seq + 1, entry_hash, cseq + 1, at)
        seq, entry_hash, cseq = seq + 1, line["entry_hash"], cseq + 1
        ((name, sha256),) = named.items()
        yield row | own, line, {"seq": seq, **(detail or {})}, {"seq": seq, **of_record(name, sha256)}


def read_and_hash(connection: sa.Connection) -> float:
    """Seconds that the floor takes."""
    began = time.perf_counter()
    for select in TABLES:
        for row in stream(connection, select):
            hashlib.sha256(repr(row).encode()).digest()
    return time.perf_counter() - began


def verified(since: Since | None = None) -> tuple[float, Verdict]:
    """Seconds that it takes, and what was found; it must be sound."""
    began = time.perf_counter()
    verdict = apart.verify(db.engine(), since=since)
    if verdict.fault:
        raise SystemExit(str(verdict.fault))
    return time.perf_counter() - began, verdict


def main(rows: int = 1_000_000) -> None:
    """Print its lines of the table."""
    with tempfile.TemporaryDirectory() as folder:
        settings = prepare(Path(folder) / "instance")
        app = create_app(settings)
        with app.app_context():
            fill(settings.database_url, found(), rows)
            engine = db.engine()
            with engine.connect() as connection:
                read_and_hash(connection)  # whatever the disk holds is in memory for both
                floor, (whole, verdict) = read_and_hash(connection), verified()
                late, _ = verified(_since(connection, verdict.entries - NEW))
            wanted = MOST[engine.dialect.name]
            db.sessions.remove()
            engine.dispose()
    print(ratio(f"verify, {rows:,} records and entries", whole, floor, wanted, "s"))
    print(Figure("verify --since", f"{late:,.1f} s", f"{whole:,.1f} s", late / whole, "<= 0.35"), flush=True)


def _since(connection: sa.Connection, seq: int) -> Since:
    select = sa.text("SELECT entry_hash FROM audit WHERE seq = :seq")
    return Since(seq, str(connection.execute(select, {"seq": seq}).scalar()))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
