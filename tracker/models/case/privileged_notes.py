"""Privileged notes: counsel's own. Nobody else reads them, no export holds them, and counsel's reading is recorded."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.base.db import UTC, Base
from tracker.models.case.cases import InCase
from tracker.models.register.accounts import Account


class PrivilegedNote(InCase, Base):
    """A note of counsel; a later one stands beside it."""

    __tablename__ = "privileged_note"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text, info={"secret": True})
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)

    by: Mapped[Account] = relationship()
