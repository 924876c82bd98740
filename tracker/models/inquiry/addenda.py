"""What comes after a sealed interview: addenda, sealed at once; and what the team thinks of it, apart."""

from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.base.db import Base, moment
from tracker.models.case.cases import NumberedPart
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import AddendumKind
from tracker.models.recorded import Recorded
from tracker.models.sealed import Format, Sealed
from tracker.models.searched import Reading, Searched
from tracker.models.words import one_of


class Addendum(Sealed, Recorded, NumberedPart, Base):
    """What was added to a sealed interview: new facts, the person's correction, a clerical error. Sealed at once."""

    __tablename__ = "addendum"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(("text", "signed_by"), Reading.STATEMENT, under="interview", at="signed"),
    )
    WITHIN: ClassVar[Any] = Interview
    FORMATS: ClassVar[tuple[Format, ...]] = (
        Format("addendum/1", (
            "case_id", "interview_id", "number", "kind", "text", "signed_by", "signed", "by_id", "at",
        )),
    )  # fmt: skip
    SEALED_AT_ONCE: ClassVar[bool] = True
    PARTS: ClassVar[tuple[str, ...]] = ("interview",)

    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interview.id"))
    kind: Mapped[AddendumKind] = mapped_column(one_of(AddendumKind))
    text: Mapped[str] = mapped_column(sa.Text, info={"secret": True})
    signed_by: Mapped[str] = mapped_column(sa.String(200))
    signed: Mapped[Moment] = moment("signed")

    interview: Mapped[Interview] = relationship(back_populates="addenda")

    @property
    def whole(self) -> None:
        """What is added to a sealed interview changes nothing of it."""

    def sealed_parts(self) -> dict[str, Any]:
        """Which statement it is added to."""
        return {"statement": self.interview.seal}


class Evaluation(Recorded, NumberedPart, Base):
    """What the team thinks of an interview: kept apart, never part of the statement; a later one stands beside it."""

    __tablename__ = "evaluation"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("text",), Reading.EVALUATION, under="interview", at="at"),)
    WITHIN: ClassVar[Any] = Interview

    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interview.id"))
    text: Mapped[str] = mapped_column(sa.Text, info={"secret": True})

    interview: Mapped[Interview] = relationship(back_populates="evaluations")

    @property
    def whole(self) -> None:
        """What is thought of an interview changes nothing of it."""
