"""What the entries of a case since a time did to its record, undone: the values that its rows had then.

An entry holds old and new value of each column that it changed. Read from the newest to the oldest, the last old value
that is met is the one of then. Secret columns are named and never quoted: of those it is only known that they changed.
"""

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.audit.verify.derived import FOLLOWS
from tracker.audit.verify.reading import stream
from tracker.base.db import Base, Bound
from tracker.base.text import dumps
from tracker.models.findings.known_sources import KnownSources
from tracker.policy.refusals import Refused

NOT_KEPT = "Text not kept for this date."
SINCE = (
    'SELECT a.seq, d."values", CASE WHEN d.seq IS NULL THEN a.line END FROM audit a '
    "LEFT JOIN audit_detail d ON d.seq = a.seq WHERE a.case_ref = '{case}' AND a.seq > {cut} ORDER BY a.seq DESC"
)
THEN = (  # of the records that were named since: those that the newest entry before left there
    "SELECT r.kind, r.record_id FROM audit_record r JOIN (SELECT kind, record_id, max(seq) AS seq FROM audit_record "
    "WHERE seq <= {cut} AND (kind, record_id) IN (SELECT n.kind, n.record_id FROM audit_record n "
    "JOIN audit a ON a.seq = n.seq WHERE a.case_ref = '{case}' AND a.seq > {cut}) GROUP BY kind, record_id) m "
    "ON m.seq = r.seq AND m.kind = r.kind AND m.record_id = r.record_id WHERE r.sha256 IS NOT NULL"
)


@dataclass(frozen=True)
class Undone:
    """The columns as they were of each record that was named since, by kind and key, as an entry spells values.

    `known` are those of them that an entry had left there by then. The others were made since, or came with an import.
    """

    values: dict[str, dict[int, dict[str, Any]]]
    known: frozenset[tuple[str, int]]

    def of(self, kind: str) -> dict[int, dict[str, Any]]:
        """Those of one table."""
        return self.values.get(kind, {})

    def was_there(self, kind: str, key: int) -> bool:
        """Whether a record that came with no import was there."""
        return key not in self.of(kind) or (kind, key) in self.known


def undo(connection: sa.Connection, case: str, cut: int) -> Undone:
    """Undo every entry of a case, given by its reference, after the entry `cut`.

    Raises Refused when the values of one of them were erased: nobody can say any more what was there.
    """
    values: dict[str, dict[int, dict[str, Any]]] = {}
    for seq, detail, line in stream(connection, SINCE.format(case=case, cut=cut)):
        if detail is None and '"detail":' in line:
            raise Refused(f"Values of entry {seq} were erased. The record cannot be shown as it stood before it.")
        for name, fields in json.loads(detail or "{}").items():
            kind, _, key = name.partition(":")
            former = values.setdefault(kind, {}).setdefault(int(key), {})
            former.update({column: old for column, (old, _) in fields.items()})
    return Undone(values, frozenset((kind, key) for kind, key in stream(connection, THEN.format(case=case, cut=cut))))


def put_back(table: sa.Table, row: dict[str, Any], former: dict[str, Any]) -> dict[str, Any]:
    """A row of a table, as a database holds it, with the values that it had; what follows from others follows."""
    back = {name: _spell_then(table.c[name], value) for name, value in former.items() if name in table.c}
    row = row | back
    for place, (source, follow) in FOLLOWS.items():
        kind, _, name = place.partition(".")
        if kind == table.name and source in back:
            row[name] = follow(row[source])
    return row


def missing_row(table: sa.Table) -> dict[str, Any]:
    """A row of which nothing is known, on which one that was removed is put back: an entry names what had a value."""
    return {column.name: _spell(column, None) for column in table.columns}


def _spell_then(column: sa.Column[Any], value: Any) -> Any:
    return _not_kept(column) if column.info.get("secret") else _spell(column, value)


def _spell(column: sa.Column[Any], value: Any) -> Any:
    """The value of an entry as the database holds it."""
    if isinstance(column.type, Bound):
        return column.type.unknown if value is None else value
    return dumps(value) if isinstance(column.type, (sa.JSON, KnownSources)) and value is not None else value


def _not_kept(column: sa.Column[Any]) -> str:
    if isinstance(column.type, sa.JSON):
        return "{}"
    return NOT_KEPT if isinstance(column.type, sa.Text) else ""


def tables() -> list[sa.Table]:
    """All tables of the record, those that others name first."""
    return Base.metadata.sorted_tables
