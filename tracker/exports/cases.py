"""Cases, who works on them and where sources differ as files, column by column."""

from typing import Any

import sqlalchemy as sa

from tracker.exports.columns import Table, instant, label, plain, text
from tracker.models.cases import Case
from tracker.models.duties import Assignment
from tracker.models.rivals import RivalFact
from tracker.models.words.duties import Duty


def _has_lead() -> Any:
    lead = sa.exists().where(Assignment.case_id == Case.id, Assignment.duty == Duty.LEAD, Assignment.ended_at.is_(None))
    return sa.case((lead, Duty.LEAD.value), else_="")


CASES = Table(
    "cases",
    lambda case: sa.select(Case).where(Case.id == case.id),
    (Case.id,),
    (
        plain("reference", Case.reference),
        text("title", Case.title),
        text("marking", Case.marking),
        plain("stage", Case.stage),
        text("question", Case.question),
        text("why_opened", Case.why_opened),
        text("requested_by", Case.requested_by),
        instant("opened", Case.opened),
        plain("lead", _has_lead()),
        plain("happened", Case.happened),
        plain("breach", Case.breach),
        plain("source", Case.source),
        instant("closed", Case.closed),
        text("legal_hold", Case.legal_hold),
    ),
)

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
