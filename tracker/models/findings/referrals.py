"""Referrals: to whom the case, or a part of it, was handed over, under which reference, and what came of it."""

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.analysis.moments import Moment
from tracker.base.db import Base, moment
from tracker.models.case.cases import Case, Numbered
from tracker.models.recorded import Editable, Recorded
from tracker.models.searched import Searched


class Referral(Editable, Recorded, Numbered, Base):
    """One referral to another authority; the answer often comes after the case is closed."""

    __tablename__ = "referral"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("to", "reference", "reason", "result"), at="sent"),)

    to: Mapped[str] = mapped_column(sa.String(300))
    reference: Mapped[str] = mapped_column(sa.String(120), default="")
    sent: Mapped[Moment] = moment("sent")
    reason: Mapped[str] = mapped_column(sa.Text)
    result: Mapped[str] = mapped_column(sa.Text, default="")
    resulted: Mapped[Moment] = moment("resulted")

    @classmethod
    def pending(cls, case: Case) -> "sa.Select[Referral]":
        """Those of a case that have no result yet."""
        return cls.of(case).where(cls.result == "")

    @property
    def label(self) -> str:
        """Number and addressee."""
        return f"{self.number}: {self.to}"
