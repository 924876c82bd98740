"""Verify the audit log: hash every line again, compare it with its neighbours, columns and details; then the record."""

import json
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from tracker.audit import guards
from tracker.audit.entries import commitment, dumps, entry_hash
from tracker.audit.verify import derived, imports, records, sealed
from tracker.models.register.audit_log import GENESIS, AuditDetail, AuditEntry

AT_ONCE = 5_000


@dataclass(frozen=True)
class Fault:
    """What is wrong, and at which entry (None: with the table as a whole)."""

    seq: int | None
    sentence: str

    def __str__(self) -> str:
        return f"Entry {self.seq}: {self.sentence}" if self.seq is not None else self.sentence


@dataclass
class _Chain:
    """What the next entry must continue."""

    seq: int = 0
    entry_hash: str = GENESIS
    cseq: dict[str, int] = field(default_factory=dict)
    undetailed: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """How many entries there are, the hash of the last entry, and the first fault if there is any."""

    entries: int
    head: str
    fault: Fault | None


def verify(connection: sa.Connection) -> Verdict:
    """Check the whole audit log, then what was sealed, then every row; stops at the first fault. Reads in batches."""
    _read_one_snapshot(connection)
    chain = _Chain()
    with closing(_read_entries(connection)) as rows:
        for row in rows:
            if sentence := _entry_fault(row, chain):
                return Verdict(chain.seq, chain.entry_hash, Fault(row.seq, sentence))
            chain.seq, chain.entry_hash = row.seq, row.entry_hash
    if chain.undetailed:
        seq = min(chain.undetailed)
        sentence = "its old and new values are missing, and no erasure lists the entry."
        return Verdict(chain.seq, chain.entry_hash, Fault(seq, sentence))
    if gone := guards.missing(connection):
        sentence = f"The database no longer guards the audit log: {', '.join(gone)} is missing or altered."
        return Verdict(chain.seq, chain.entry_hash, Fault(None, sentence))
    with closing(_record_faults(connection)) as faults:
        fault = next((Fault(seq, sentence) for seq, sentence in faults), None)
    return Verdict(chain.seq, chain.entry_hash, fault)


def _record_faults(connection: sa.Connection) -> Generator[tuple[int | None, str], None, None]:
    """Faults of sealed texts, of records, of imported rows and of derived columns, in this order."""
    yield from sealed.faults(connection)
    log = records.read_log(connection)
    yield from records.faults(connection, log)
    yield from imports.faults(connection, log)
    yield from derived.faults(connection)


def _read_one_snapshot(connection: sa.Connection) -> None:
    """Read audit log and record as of one time, so that new entries are no fault. SQLite does so by itself."""
    connection.rollback()
    if connection.dialect.name == "postgresql":
        connection.execution_options(isolation_level="REPEATABLE READ")


def _read_entries(connection: sa.Connection) -> Generator[Any, None, None]:
    select = (
        sa.select(AuditEntry.__table__, AuditDetail.salt, AuditDetail.values)
        .join(AuditDetail, AuditDetail.seq == AuditEntry.seq, isouter=True)
        .order_by(AuditEntry.seq)
    )
    with connection.execution_options(yield_per=AT_ONCE).execute(select) as result:
        yield from result


def _entry_fault(row: Any, chain: _Chain) -> str | None:
    """The first thing that is wrong with an entry, in one sentence."""
    if row.seq != chain.seq + 1:
        return f"it follows entry {chain.seq}; an entry between them was removed or inserted."
    try:
        line = json.loads(row.line)
    except ValueError:
        return "its line is not JSON."
    if not isinstance(line, dict) or _exact_form(line) != row.line:
        return "its line is not in the exact form of the audit log."
    if entry_hash(row.line) != row.entry_hash:
        return "its line was changed later."
    if line.get("prev") != chain.entry_hash:
        return "it does not continue the entry before it."
    return _column_fault(row, line) or _counter_fault(line, chain) or _detail_fault(row, line, chain)


def _exact_form(line: dict[str, Any]) -> str:
    try:
        return dumps(line)
    except ValueError:
        return ""


def _column_fault(row: Any, line: dict[str, Any]) -> str | None:
    keys = {
        "seq": "seq",
        "at": "at",
        "actor": "actor",
        "action": "act",
        "case_ref": "case",
        "cseq": "cseq",
        "record": "obj",
        "outcome": "out",
    }
    for column, key in keys.items():
        if getattr(row, column) != line.get(key):
            return f"its column {column} differs from its line."
    return None


def _counter_fault(line: dict[str, Any], chain: _Chain) -> str | None:
    if (case := line.get("case")) is None:
        return None
    expected = chain.cseq.get(case, 0) + 1
    chain.cseq[case] = expected
    return None if line.get("cseq") == expected else f"the counter of case {case} should be {expected}."


def _detail_fault(row: Any, line: dict[str, Any], chain: _Chain) -> str | None:
    details = line.get("d", {})
    for seq in details.get("erased", []) if line.get("act") == "erasure.done" else []:
        chain.undetailed.pop(seq, None)
    if "detail" not in details:
        return None if row.salt is None else "it has old and new values, but its line names none."
    if row.salt is None:
        chain.undetailed[row.seq] = details["detail"]
        return None
    same = commitment(row.salt, row.values) == details["detail"]
    return None if same else "its old and new values were changed later."
