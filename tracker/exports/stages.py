"""How the case moved as files; of the protected-disclosure screen its result and day alone."""

import sqlalchemy as sa

from tracker.exports.columns import Table, instant, label, plain, text
from tracker.models.screening import Screen
from tracker.models.stages import CaseFlag, ForgoneReview, StageMove

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
