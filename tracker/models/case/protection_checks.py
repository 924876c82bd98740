"""The protected-disclosure check: its result, and the answers behind it, a compartment for counsel alone."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.typed.writing import write_day
from tracker.base.db import Base
from tracker.models.case.cases import Case
from tracker.models.case.words import ProtectedBy, ProtectionResult
from tracker.models.recorded import Recorded
from tracker.models.words import Answer, one_of

SECRET = {"secret": True}


class ProtectionCheck(Recorded, Base):
    """Counsel's result of the protected-disclosure check. The newest one counts; the earlier ones stay readable."""

    __tablename__ = "protection_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"), index=True)
    result: Mapped[ProtectionResult] = mapped_column(one_of(ProtectionResult))
    reason: Mapped[str] = mapped_column(sa.Text, info={"secret": True})
    answered_on: Mapped[str] = mapped_column(sa.String(10))

    case: Mapped[Case] = relationship(back_populates="protection_checks")
    answers: Mapped["ProtectionAnswers | None"] = relationship(back_populates="protection_check")

    @property
    def day_words(self) -> str:
        """The date of the result, for a reader: `16 Nov 2026`."""
        return write_day(date.fromisoformat(self.answered_on))


def _answer(name: str) -> Mapped[Answer]:
    return mapped_column(one_of(Answer, name), default=Answer.UNKNOWN, info=SECRET)


class ProtectionAnswers(Base):
    """The answers that one result rests on. No export and no page of the team holds them."""

    __tablename__ = "protection_answers"

    protection_check_id: Mapped[int] = mapped_column(sa.ForeignKey("protection_check.id"), primary_key=True)
    wrongdoing: Mapped[Answer] = _answer("wrongdoing")
    lawful_recipient: Mapped[Answer] = _answer("lawful_recipient")
    protected_by: Mapped[ProtectedBy] = mapped_column(one_of(ProtectedBy), default=ProtectedBy.UNKNOWN, info=SECRET)
    raised_before: Mapped[Answer] = _answer("raised_before")
    identifies: Mapped[Answer] = _answer("identifies")
    requester: Mapped[str] = mapped_column(sa.String(200), default="", info=SECRET)
    requester_figures: Mapped[Answer] = _answer("requester_figures")

    protection_check: Mapped[ProtectionCheck] = relationship(back_populates="answers")

    @property
    def case(self) -> Case:
        """The case it belongs to."""
        return self.protection_check.case
