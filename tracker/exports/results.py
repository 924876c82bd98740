"""Results: what stands beside the rows of an analysis, and the exact bytes of both as a snapshot keeps them.

The rows are those of the file of the list, without names: a person is a pseudonym, whoever keeps or reads it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tracker.base import db
from tracker.base.text import dumps
from tracker.exports.columns import Table
from tracker.exports.labels import Labels
from tracker.models.case.cases import Case
from tracker.models.register.audit_log import AuditEntry

FORMAT = "snapshot/1"
MOST = 20_000  # rows that a snapshot holds


@dataclass(frozen=True)
class Result:
    """The answer in a sentence, how complete it is, and what can be wrong with it."""

    sentence: str
    coverage: Sequence[str]
    pitfalls: Sequence[str]


@dataclass(frozen=True)
class Kept:
    """A result with its rows, as it is about to be kept: what it is called, and the page and filter it stands at."""

    title: str
    page: str
    query: str
    result: Result
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]

    @property
    def is_too_long(self) -> bool:
        """Whether it has more rows than a snapshot holds."""
        return len(self.rows) > MOST

    def spell(self, case: Case, at: datetime, entries: int, last_entry: str) -> bytes:
        """The exact bytes: JSON, keys sorted, ASCII, as the audit log spells its lines."""
        about = {
            "format": FORMAT, "case": case.reference, "marking": case.marking, "title": self.title, "page": self.page,
            "query": self.query, "at": at, "entries": entries, "last_entry": last_entry,
            "sentence": self.result.sentence, "coverage": self.result.coverage, "pitfalls": self.result.pitfalls,
            "header": self.header, "rows": self.rows,
        }  # fmt: skip
        return dumps(about).encode("ascii")


def rows_of(case: Case, table: Table, rows: sa.Select[Any]) -> list[list[Any]]:
    """The cells of a table without names, and one row more than a snapshot holds where there are more."""
    connection = db.session().connection()
    found = [tuple(row) for row in connection.execute(table.select(rows).limit(MOST + 1))]
    return [list(row) for row in table.cells(Labels(connection, case.id, names=False), found)] if found else []


def last_entry_of(case: Case) -> tuple[int, str]:
    """How many entries the audit log has of a case, and the hash of the last."""
    newest = sa.select(AuditEntry.cseq, AuditEntry.entry_hash).where(AuditEntry.case_ref == case.reference)
    row: Any = db.session().execute(newest.order_by(AuditEntry.cseq.desc()).limit(1)).one()
    return row


def read_kept(text: bytes) -> dict[str, Any]:
    """What the bytes of a snapshot say."""
    return dict(json.loads(text))
