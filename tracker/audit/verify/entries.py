"""Verify the audit log: hash every line again, compare it with its neighbours, columns, details and records."""

import json
from collections.abc import Generator, Set
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from tracker.audit.entries import commitment, entry_hash, records_hash
from tracker.audit.verify.reading import Progress, silent, stream
from tracker.base.text import dumps
from tracker.models.register.audit_log import GENESIS

COLUMNS = ("seq", "at", "actor", "action", "case_ref", "cseq", "record", "outcome")
ENTRIES = (
    f'SELECT a.{", a.".join(COLUMNS)}, a.line, a.entry_hash, d.salt, d."values" '
    "FROM audit a LEFT JOIN audit_detail d ON d.seq = a.seq WHERE a.seq > {} AND a.seq <= {} ORDER BY a.seq"
)
RECORDS = (
    "SELECT seq, kind, record_id, sha256 FROM audit_record WHERE seq > {} AND seq <= {} ORDER BY seq, kind, record_id"
)
LAST = 1 << 62
_END = (LAST + 1, "", 0, None)
Named = dict[str, str | None]  # `claim:12` -> the commitment to it; None: removed
Row = tuple[Any, ...]


@dataclass
class Chain:
    """What the next entry must continue: the seq and hash of the last, and the counter of each case so far."""

    seq: int = 0
    entry_hash: str = GENESIS
    cseq: dict[str, int] = field(default_factory=dict)
    undetailed: set[int] = field(default_factory=set)


def _refuse_float(_text: str) -> None:
    raise ValueError("no floats")


_parse = json.JSONDecoder(parse_float=_refuse_float, parse_constant=_refuse_float).decode
_spell = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode


def first_fault(
    connection: sa.Connection,
    chain: Chain,
    *,
    until: int = LAST,
    erased: Set[int] = frozenset(),
    progress: Progress = silent,
) -> tuple[int, str] | None:
    """Entry and sentence of the first fault after the end of the chain, which is moved on to the last sound entry.

    `erased` are entries whose values are known to have been erased.
    """
    with (
        closing(stream(connection, ENTRIES.format(chain.seq, until), "entries", progress)) as entries,
        closing(_read_records(connection, chain.seq, until)) as records,
    ):
        upcoming = next(records, _END)
        for row in entries:
            named: Named = {}
            while upcoming[0] <= row[0]:
                if upcoming[0] < row[0]:
                    return upcoming[0], "records are listed for it, and there is no such entry."
                named[f"{upcoming[1]}:{upcoming[2]}"] = upcoming[3]
                upcoming = next(records, _END)
            if sentence := _entry_fault(row, chain, named):
                return row[0], sentence
            chain.seq, chain.entry_hash = row[0], row[9]
        if upcoming is not _END:
            return upcoming[0], "records are listed for it, and there is no such entry."
    if missing := chain.undetailed - erased:
        return min(missing), "its old and new values are missing, and no erasure lists the entry."
    return None


def _read_records(connection: sa.Connection, after: int, until: int) -> Generator[Row, None, None]:
    return stream(connection, RECORDS.format(after, until))


def _entry_fault(row: Row, chain: Chain, named: Named) -> str | None:
    """The first thing that is wrong with an entry, in one sentence."""
    text, sha256, salt, values = row[8:]
    if row[0] != chain.seq + 1:
        return f"it follows entry {chain.seq}; an entry between them was removed or inserted."
    try:
        line = _parse(text)
    except ValueError:
        return "its line is not JSON."
    if not isinstance(line, dict) or _exact_form(line, text) != text:
        return "its line is not in the exact form of the audit log."
    if entry_hash(text) != sha256:
        return "its line was changed later."
    if line.get("prev") != chain.entry_hash:
        return "it does not continue the entry before it."
    if sentence := _column_fault(row, line) or _counter_fault(line, chain):
        return sentence
    details = line.get("d", {})
    return _detail_fault(line, details, salt, values, chain) or _records_fault(details, values, named)


def _exact_form(line: dict[str, Any], text: str) -> str:
    """The line as the audit log spells it; only one with characters beyond ASCII may have been spelled otherwise."""
    try:
        return dumps(line) if "\\u" in text else _spell(line)
    except ValueError:
        return ""


def _column_fault(row: Row, line: dict[str, Any]) -> str | None:
    get = line.get
    said = (get("seq"), get("at"), get("actor"), get("act"), get("case"), get("cseq"), get("obj"), get("out"))
    if row[:8] == said:
        return None
    column = next(name for name, one, other in zip(COLUMNS, row, said, strict=False) if one != other)
    return f"its column {column} differs from its line."


def _counter_fault(line: dict[str, Any], chain: Chain) -> str | None:
    if (case := line.get("case")) is None:
        return None
    expected = chain.cseq.get(case, 0) + 1
    chain.cseq[case] = expected
    return None if line.get("cseq") == expected else f"the counter of case {case} should be {expected}."


def _detail_fault(
    line: dict[str, Any], details: dict[str, Any], salt: str | None, values: str | None, chain: Chain
) -> str | None:
    for seq in details.get("erased", []) if line.get("act") == "erasure.done" else []:
        chain.undetailed.discard(seq)
    if "detail" not in details:
        return None if salt is None else "it has old and new values, but its line names none."
    if salt is None:
        chain.undetailed.add(line["seq"])
        return None
    same = commitment(salt, values or "") == details["detail"]
    return None if same else "its old and new values were changed later."


def _records_fault(details: dict[str, Any], values: str | None, named: Named) -> str | None:
    """Whether the records that are listed for the entry, in a table of their own, are those that it names."""
    if "records_sha256" in details:
        known = values is None or json.loads(values).keys() == named.keys()
        same = known and records_hash(named) == details["records_sha256"]
    elif fields := details.get("fields"):
        record = details.get("record", {})
        same = named == {name: record.get(name) for name in fields}
    else:
        same = not named
    return None if same else "the records that are listed for it are not those that it names."


def chain_until(connection: sa.Connection, seq: int) -> Chain:
    """The chain as it stands at an entry, which is taken as sound; raises LookupError when there is no such entry."""
    if seq == 0:
        return Chain()
    hashes = list(stream(connection, f"SELECT entry_hash FROM audit WHERE seq = {seq}"))
    if not hashes:
        raise LookupError(seq)
    counters = f"SELECT case_ref, max(cseq) FROM audit WHERE seq <= {seq} AND case_ref IS NOT NULL GROUP BY case_ref"
    return Chain(seq, hashes[0][0], dict(stream(connection, counters)))
