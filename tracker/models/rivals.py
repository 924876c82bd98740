"""Rival facts: two sources that differ stand side by side, and nothing computes on them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import UTC, Base
from tracker.models.accounts import User
from tracker.models.cases import InCase
from tracker.models.words import Confidence, one_of


class RivalFact(InCase, Base):
    """What another source says about one field of one thing; shown under that field."""

    __tablename__ = "rival_fact"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.Index("ix_rival_fact_thing", "case_id", "thing", "thing_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    thing: Mapped[str] = mapped_column(sa.String(32))
    thing_id: Mapped[int]
    field: Mapped[str] = mapped_column(sa.String(40))
    value: Mapped[str] = mapped_column(sa.Text)
    source: Mapped[str] = mapped_column(sa.String(300))
    confidence: Mapped[Confidence] = mapped_column(one_of(Confidence))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTC)

    by: Mapped[User] = relationship()
