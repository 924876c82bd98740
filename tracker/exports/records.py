"""What the record says of itself as files: what has left, and the ledger."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from tracker.analysis.cells import guard
from tracker.exports.columns import Column, Table, Values, instant, label, named_text, plain, text
from tracker.exports.labels import Labels
from tracker.models.audit import AuditEvent
from tracker.models.exports import Export
from tracker.policy import Permission, allows

EXPORTS = Table(
    "exports",
    Export.of,
    (Export.number,),
    (
        plain("number", Export.number),
        plain("what", Export.what),
        named_text("filter", Export.filter),  # may hold the words somebody searched for
        text("purpose", Export.purpose),
        text("recipient", Export.recipient),
        plain("names", sa.case((Export.names, "yes"), else_="no")),
        label("by", "accounts", Export.by_id),
        instant("at", Export.at),
        instant("ended", Export.ended),
        plain("rows", Export.rows),
        plain("sha256", Export.sha256),
        plain("outcome", Export.outcome),
    ),
)


def _origins(_labels: Labels, values: Sequence[Values]) -> Iterable[Values]:
    """`cli:operator` for what came from a shell."""
    return [[guard(str(json.loads(line).get("via", ""))) if '"via":' in line else "" for line in values[0]]]


def _ledger_of(case: Any) -> sa.Select[Any]:
    return sa.select(AuditEvent).where(AuditEvent.case_ref == case.reference)


LEDGER = Table(
    "ledger",
    _ledger_of,
    (AuditEvent.seq,),
    (
        plain("seq", AuditEvent.seq),
        instant("at", AuditEvent.at),
        label("actor", "actors", AuditEvent.case_ref, AuditEvent.actor),
        plain("act", AuditEvent.act),
        plain("case", AuditEvent.case_ref),
        plain("object", AuditEvent.obj),
        plain("outcome", AuditEvent.out),
        plain("leaf", AuditEvent.leaf),
        plain("cseq", AuditEvent.cseq),
        plain("actor_id", AuditEvent.actor),
        Column(("via",), (AuditEvent.line,), _origins),
    ),
    needs=Permission.READ_CASE_LEDGER,
    shown=lambda reader, case: (
        () if allows(reader, Permission.KEEP_PRIVILEGED, case) else (~AuditEvent.of_privileged(),)
    ),  # that there are privileged notes is told to nobody but counsel
)
