"""What the record says of itself as files: who works on the case, where sources differ, what left, and the ledger."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from tracker.analysis.cells import guard
from tracker.exports.columns import Column, Table, Values, instant, label, named_text, plain, text
from tracker.exports.labels import Labels
from tracker.models.audit import AuditEvent
from tracker.models.duties import Assignment
from tracker.models.exports import Export
from tracker.models.rivals import RivalFact

TEAM = Table(
    "team",
    lambda case: sa.select(Assignment).where(Assignment.case_id == case.id),
    (Assignment.id,),
    (
        plain("number", Assignment.id),
        plain("duty", Assignment.duty),
        label("by", "accounts", Assignment.by_id),
        instant("proposed", Assignment.proposed_at),
        instant("accepted", Assignment.accepted_at),
        instant("declined", Assignment.declined_at),
        instant("asleep", Assignment.asleep_at),
        instant("ended", Assignment.ended_at),
        text("declaration", Assignment.declaration),
        text("end_reason", Assignment.end_reason),
    ),
)

RIVALS = Table(
    "rivals",
    RivalFact.of,
    (RivalFact.number,),
    (
        plain("number", RivalFact.number),
        label("thing", "things", RivalFact.thing, RivalFact.thing_id),
        plain("field", RivalFact.field),
        text("value", RivalFact.value),
        text("source", RivalFact.source),
        plain("confidence", RivalFact.confidence),
        label("by", "accounts", RivalFact.by_id),
        instant("at", RivalFact.at),
        instant("withdrawn", RivalFact.withdrawn_at),
    ),
)

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
)
