"""How a case came to where it stands: moves between stages, side flags, and a review that was forgone."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import UTC, Base
from tracker.models.accounts import User
from tracker.models.cases import InCase
from tracker.models.judging import Flag
from tracker.models.words import Stage, one_of


class StageMove(InCase, Base):
    """One move, with what the gates said at that moment."""

    __tablename__ = "stage_move"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    from_stage: Mapped[Stage] = mapped_column(one_of(Stage, "from_stage"))
    to_stage: Mapped[Stage] = mapped_column(one_of(Stage, "to_stage"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    checklist: Mapped[str] = mapped_column(sa.Text, default="")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)

    by: Mapped[User] = relationship()


class CaseFlag(InCase, Base):
    """Suspended, or referred to another authority: since when, why, until when."""

    __tablename__ = "case_flag"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    flag: Mapped[Flag] = mapped_column(one_of(Flag))
    reason: Mapped[str] = mapped_column(sa.Text)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)
    lifted_at: Mapped[datetime | None] = mapped_column(UTC)
    lifted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    why_lifted: Mapped[str] = mapped_column(sa.Text, default="")

    by: Mapped[User] = relationship(foreign_keys=[by_id])
    lifted_by: Mapped[User | None] = relationship(foreign_keys=[lifted_by_id])


class ForgoneReview(InCase, Base):
    """Counsel or decider lets a case go on that has no reviewer: it closes "not independently reviewed"."""

    __tablename__ = "forgone_review"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.Text)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)

    by: Mapped[User] = relationship()
