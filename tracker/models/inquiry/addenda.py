"""What comes after a sealed interview: addenda, sealed at once; and what the team thinks of it, apart."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.base.db import UTC, Base, moment
from tracker.models.case.cases import Part
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import AddendumKind
from tracker.models.register.accounts import Account
from tracker.models.sealed import Format, Sealed
from tracker.models.words import one_of


class Addendum(Sealed, Part, Base):
    """What was added to a sealed interview: new facts, the person's correction, a clerical error. Sealed at once."""

    __tablename__ = "addendum"
    __table_args__ = (sa.UniqueConstraint("interview_id", "number"),)

    WITHIN: ClassVar[Any] = Interview
    FORMATS: ClassVar[tuple[Format, ...]] = (
        Format("addendum/1", (
            "case_id", "interview_id", "number", "kind", "text", "signed_by", "signed", "by_id", "at",
        )),
    )  # fmt: skip
    SEALED_AT_ONCE: ClassVar[bool] = True
    PARTS: ClassVar[tuple[str, ...]] = ("interview",)

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interview.id"))
    number: Mapped[int]
    kind: Mapped[AddendumKind] = mapped_column(one_of(AddendumKind))
    text: Mapped[str] = mapped_column(sa.Text, info={"secret": True})
    signed_by: Mapped[str] = mapped_column(sa.String(200))
    signed: Mapped[Moment] = moment("signed")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)

    interview: Mapped[Interview] = relationship(back_populates="addenda")
    by: Mapped[Account] = relationship()

    def sealed_parts(self) -> dict[str, Any]:
        """Which statement it is added to."""
        return {"statement": self.interview.seal}


class Evaluation(Part, Base):
    """What the team thinks of an interview: kept apart, never part of the statement; a later one stands beside it."""

    __tablename__ = "evaluation"
    __table_args__ = (sa.UniqueConstraint("interview_id", "number"),)

    WITHIN: ClassVar[Any] = Interview

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interview.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text, info={"secret": True})
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)

    interview: Mapped[Interview] = relationship(back_populates="evaluations")
    by: Mapped[Account] = relationship()

    @property
    def whole(self) -> None:
        """What is thought of an interview changes nothing of it."""
