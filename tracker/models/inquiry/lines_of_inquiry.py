"""Lines of inquiry, for and against."""

from typing import TYPE_CHECKING, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.base.db import Base, index_of_few, moment
from tracker.models.case.cases import Numbered
from tracker.models.inquiry.words import Direction, LineOfInquiryState
from tracker.models.recorded import Editable, Recorded
from tracker.models.register.accounts import Account
from tracker.models.searched import Searched
from tracker.models.words import one_of

if TYPE_CHECKING:
    from tracker.models.inquiry.hypotheses import Hypothesis


class LineOfInquiry(Editable, Recorded, Numbered, Base):
    """A question to settle. Those that could speak for the person are a required kind."""

    __tablename__ = "line_of_inquiry"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        index_of_few("ix_line_of_inquiry_open", "case_id", "state = 'open'"),
    )

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("question", "result"), at="due"),)

    question: Mapped[str] = mapped_column(sa.Text)
    direction: Mapped[Direction] = mapped_column(one_of(Direction))
    hypothesis_id: Mapped[int | None] = mapped_column(sa.ForeignKey("hypothesis.id"))
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    due: Mapped[Moment] = moment("due")
    state: Mapped[LineOfInquiryState] = mapped_column(one_of(LineOfInquiryState), default=LineOfInquiryState.OPEN)
    result: Mapped[str] = mapped_column(sa.Text, default="")

    owner: Mapped[Account | None] = relationship(foreign_keys=[owner_id])
    hypothesis: Mapped["Hypothesis | None"] = relationship()

    @property
    def label(self) -> str:
        """Number and question, as a choice shows it."""
        return f"{self.number}: {self.question[:80]}"
