"""How the case is judged and how it moved as files; of the protected-disclosure screen its result and day alone."""

import sqlalchemy as sa

from tracker.exports.columns import Table, instant, label, plain, text
from tracker.models.cases import Screen
from tracker.models.outcomes import Appraisal, Decision, Outcome
from tracker.models.stages import CaseFlag, ForgoneReview, StageMove

APPRAISALS = Table(
    "appraisals",
    Appraisal.of,
    (Appraisal.number,),
    (
        plain("number", Appraisal.number),
        plain("happened", Appraisal.happened),
        text("reason", Appraisal.reason),
        plain("damage", Appraisal.damage),
        text("damage_reason", Appraisal.damage_reason),
        plain("text_sha256", Appraisal.text_sha256),
        label("by", "accounts", Appraisal.by_id),
        instant("at", Appraisal.at),
    ),
)

DECISIONS = Table(
    "decisions",
    Decision.of,
    (Decision.number,),
    (
        plain("number", Decision.number),
        text("what", Decision.what),
        text("alternatives", Decision.alternatives),
        text("reason", Decision.reason),
        text("revisit", Decision.revisit),
        label("by", "accounts", Decision.by_id),
        instant("at", Decision.at),
        plain("seal", Decision.seal),
    ),
)

OUTCOMES = Table(
    "outcomes",
    Outcome.of,
    (Outcome.number,),
    (
        plain("number", Outcome.number),
        plain("happened", Outcome.happened),
        plain("breach", Outcome.breach),
        plain("intent", Outcome.intent),
        plain("source", Outcome.source),
        text("source_reason", Outcome.source_reason),
        text("note", Outcome.note),
        text("letters", Outcome.letters),
        plain("revision", Outcome.revision),
        plain("reviewed", sa.case((Outcome.reviewed, "yes"), else_="no")),
        label("by", "accounts", Outcome.by_id),
        instant("at", Outcome.at),
        instant("closed", Outcome.closed_at),
        label("closed_by", "accounts", Outcome.closed_by_id),
        instant("reopened", Outcome.reopened_at),
        label("reopened_by", "accounts", Outcome.reopened_by_id),
        text("why_reopened", Outcome.why_reopened),
        plain("seal", Outcome.seal),
    ),
)

MOVES = Table(
    "stage-moves",
    StageMove.of,
    (StageMove.number,),
    (
        plain("number", StageMove.number),
        plain("from_stage", StageMove.from_stage),
        plain("to_stage", StageMove.to_stage),
        text("reason", StageMove.reason),
        text("checklist", StageMove.checklist),
        label("by", "accounts", StageMove.by_id),
        instant("at", StageMove.at),
    ),
)

FLAGS = Table(
    "flags",
    CaseFlag.of,
    (CaseFlag.number,),
    (
        plain("number", CaseFlag.number),
        plain("flag", CaseFlag.flag),
        text("reason", CaseFlag.reason),
        label("by", "accounts", CaseFlag.by_id),
        instant("at", CaseFlag.at),
        instant("lifted", CaseFlag.lifted_at),
        label("lifted_by", "accounts", CaseFlag.lifted_by_id),
        text("why_lifted", CaseFlag.why_lifted),
    ),
)

FORGONE = Table(
    "forgone-reviews",
    ForgoneReview.of,
    (ForgoneReview.number,),
    (
        plain("number", ForgoneReview.number),
        text("reason", ForgoneReview.reason),
        label("by", "accounts", ForgoneReview.by_id),
        instant("at", ForgoneReview.at),
    ),
)

SCREENS = Table(
    "screens",
    lambda case: sa.select(Screen).where(Screen.case_id == case.id),
    (Screen.id,),
    (plain("result", Screen.result), text("answered_on", Screen.answered_on)),
)
