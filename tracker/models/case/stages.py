"""How a case came to where it stands: moves between stages, suspensions, and a review that was waived."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column, object_session, relationship

from tracker.base.db import UTC, Base
from tracker.models.case.assignments import HELD
from tracker.models.case.cases import Case, Numbered
from tracker.models.case.words import Role, Stage
from tracker.models.recorded import Recorded
from tracker.models.register.accounts import Account
from tracker.models.words import one_of


class StageMove(Recorded, Numbered, Base):
    """One move, with what the gates said at that moment."""

    __tablename__ = "stage_move"

    from_stage: Mapped[Stage] = mapped_column(one_of(Stage, "from_stage"))
    to_stage: Mapped[Stage] = mapped_column(one_of(Stage, "to_stage"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    checklist: Mapped[str] = mapped_column(sa.Text, default="")
    stops: Mapped[bool] = mapped_column(default=False)  # to the review, since the inquiry is stopped and referred


class Suspension(Recorded, Numbered, Base):
    """Suspended: since when, why, until when."""

    __tablename__ = "suspension"

    reason: Mapped[str] = mapped_column(sa.Text)
    lifted_at: Mapped[datetime | None] = mapped_column(UTC)
    lifted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    why_lifted: Mapped[str] = mapped_column(sa.Text, default="")

    lifted_by: Mapped[Account | None] = relationship(foreign_keys=[lifted_by_id])


class ReviewWaiver(Recorded, Numbered, Base):
    """Counsel or deciding official lets a case go on that has no reviewer: it closes "not independently reviewed"."""

    __tablename__ = "review_waiver"

    reason: Mapped[str] = mapped_column(sa.Text)

    @classmethod
    def still_counts(cls) -> sa.ColumnElement[bool]:
        """Whether it still counts: no reviewer has accepted since, and the case was not closed and reopened since."""
        accepted = sa.exists().where(
            HELD.case_id == cls.case_id, HELD.role == Role.REVIEWER, HELD.accepted_at >= cls.at
        )
        moved = aliased(StageMove)
        reopened = sa.exists().where(moved.case_id == cls.case_id, moved.from_stage == Stage.CLOSED, moved.at >= cls.at)
        return ~accepted & ~reopened


@dataclass(frozen=True)
class Event:
    """One of the three above in short: what a page of the case tells of its way, and whether it counts today."""

    kind: str
    number: int
    at: datetime
    reason: str
    by: str
    from_stage: Stage | None
    to_stage: Stage | None
    lifted_at: datetime | None
    stops: bool
    stands: bool


def events_of(case: Case) -> list[Event]:
    """Moves, suspensions and waived review of a case, oldest first, in one statement."""
    session: Any = object_session(case)
    no_stage, never = (sa.type_coerce(sa.null(), one.type) for one in (StageMove.from_stage, Suspension.lifted_at))
    moved = (StageMove.from_stage, StageMove.to_stage, never, StageMove.stops, sa.false())
    suspended = (no_stage, no_stage, Suspension.lifted_at, sa.false(), Suspension.lifted_at.is_(None))
    waived = (no_stage, no_stage, never, sa.false(), ReviewWaiver.still_counts())
    events = sa.union_all(
        _select_events("move", StageMove, case, *moved),
        _select_events("suspension", Suspension, case, *suspended),
        _select_events("waived", ReviewWaiver, case, *waived),
    )
    return [Event(*row) for row in session.execute(events.order_by("at", "number"))]


def _select_events(kind: str, model: Any, case: Case, *more: Any) -> sa.Select[Any]:
    common = (sa.literal(kind).label("kind"), model.number.label("number"), model.at.label("at"), model.reason)
    return (
        sa.select(*common, Account.name, *more).join(Account, Account.id == model.by_id).where(model.case_id == case.id)
    )
