"""Verifying: every line hashed again and held against its neighbours, columns and details; then the record."""

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
    """What the entries so far say about the next one."""

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
    _stand_still(connection)
    chain = _Chain()
    with closing(_rows(connection)) as rows:
        for row in rows:
            if sentence := _wrong(row, chain):
                return Verdict(chain.seq, chain.entry_hash, Fault(row.seq, sentence))
            chain.seq, chain.entry_hash = row.seq, row.entry_hash
    if chain.undetailed:
        seq = min(chain.undetailed)
        return Verdict(
            chain.seq, chain.entry_hash, Fault(seq, "its old and new values are gone and no erasure lists it.")
        )
    if gone := guards.missing(connection):
        sentence = f"The database no longer guards the audit log: {', '.join(gone)} is missing or altered."
        return Verdict(chain.seq, chain.entry_hash, Fault(None, sentence))
    with closing(_broken(connection)) as broken:
        fault = next((Fault(seq, sentence) for seq, sentence in broken), None)
    return Verdict(chain.seq, chain.entry_hash, fault)


def _broken(connection: sa.Connection) -> Generator[tuple[int | None, str], None, None]:
    """What is wrong with the record: with what was sealed, with its rows, with those of imports, with what follows."""
    yield from sealed.broken(connection)
    told = records.heard(connection)
    yield from records.broken(connection, told)
    yield from imports.broken(connection, told)
    yield from derived.broken(connection)


def _stand_still(connection: sa.Connection) -> None:
    """Audit log and record are read as of one moment: what is recorded meanwhile is no fault. SQLite does so anyway."""
    connection.rollback()
    if connection.dialect.name == "postgresql":
        connection.execution_options(isolation_level="REPEATABLE READ")


def _rows(connection: sa.Connection) -> Generator[Any, None, None]:
    select = (
        sa.select(AuditEntry.__table__, AuditDetail.salt, AuditDetail.values)
        .join(AuditDetail, AuditDetail.seq == AuditEntry.seq, isouter=True)
        .order_by(AuditEntry.seq)
    )
    with connection.execution_options(yield_per=AT_ONCE).execute(select) as result:
        yield from result


def _wrong(row: Any, chain: _Chain) -> str | None:
    """The first thing that is wrong with an entry, in one sentence."""
    if row.seq != chain.seq + 1:
        return f"it follows entry {chain.seq}; what stood between them is gone or was squeezed in."
    try:
        line = json.loads(row.line)
    except ValueError:
        return "its line is not JSON."
    if not isinstance(line, dict) or _spelling(line) != row.line:
        return "its line is not spelt as the audit log spells it."
    if entry_hash(row.line) != row.entry_hash:
        return "its line was changed after it was written."
    if line.get("prev") != chain.entry_hash:
        return "it does not continue the entry before it."
    return _columns(row, line) or _counter(line, chain) or _detail(row, line, chain)


def _spelling(line: dict[str, Any]) -> str:
    try:
        return dumps(line)
    except ValueError:
        return ""


def _columns(row: Any, line: dict[str, Any]) -> str | None:
    told = {
        "seq": "seq",
        "at": "at",
        "actor": "actor",
        "action": "act",
        "case_ref": "case",
        "cseq": "cseq",
        "record": "obj",
        "outcome": "out",
    }
    for column, key in told.items():
        if getattr(row, column) != line.get(key):
            return f"its column {column} differs from its line."
    return None


def _counter(line: dict[str, Any], chain: _Chain) -> str | None:
    if (case := line.get("case")) is None:
        return None
    expected = chain.cseq.get(case, 0) + 1
    chain.cseq[case] = expected
    return None if line.get("cseq") == expected else f"the counter of case {case} should be {expected}."


def _detail(row: Any, line: dict[str, Any], chain: _Chain) -> str | None:
    details = line.get("d", {})
    for seq in details.get("erased", []) if line.get("act") == "erasure.done" else []:
        chain.undetailed.pop(seq, None)
    if "detail" not in details:
        return None if row.salt is None else "it has old and new values that its line does not know of."
    if row.salt is None:
        chain.undetailed[row.seq] = details["detail"]
        return None
    same = commitment(row.salt, row.values) == details["detail"]
    return None if same else "its old and new values were changed after they were written."
