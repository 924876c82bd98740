"""Lines of inquiry, for and against; and the hypotheses that are tested side by side."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.db import UTC, Base, moment
from tracker.models.accounts import User
from tracker.models.cases import InCase
from tracker.models.judging import Direction, LineState, Tested
from tracker.models.words import one_of

STANDING = (
    "Authorised briefing",
    "Accidental publication",
    "Already public or inferred",
    "Talk passed on",
    "Recipient's recipient or assistant",
    "Intrusion",
    "Several sources",
    "One insider, careless",
    "One insider, deliberate",
    "Invented",
)


class LineOfInquiry(InCase, Base):
    """A question to settle. Those that could speak for the person are a required kind."""

    __tablename__ = "line_of_inquiry"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    question: Mapped[str] = mapped_column(sa.Text)
    direction: Mapped[Direction] = mapped_column(one_of(Direction))
    hypothesis_id: Mapped[int | None] = mapped_column(sa.ForeignKey("hypothesis.id"))
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    due: Mapped[Moment] = moment("due")
    state: Mapped[LineState] = mapped_column(one_of(LineState), default=LineState.OPEN)
    result: Mapped[str] = mapped_column(sa.Text, default="")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)
    row: Mapped[int] = mapped_column(default=1)

    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id])
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    hypothesis: Mapped["Hypothesis | None"] = relationship()

    @property
    def label(self) -> str:
        """Number and question, as a choice shows it."""
        return f"{self.number}: {self.question[:80]}"


class Hypothesis(InCase, Base):
    """One way it may have come about. Ten stand in every case, so that the favourite is never the only one."""

    __tablename__ = "hypothesis"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(300))
    state: Mapped[Tested] = mapped_column(one_of(Tested), default=Tested.NOT_TESTED)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    row: Mapped[int] = mapped_column(default=1)

    @property
    def label(self) -> str:
        """Number and words, as a choice shows it."""
        return f"H{self.number}: {self.text}"

    @property
    def is_settled(self) -> bool:
        """Tested by evidence, or left untested with a reason."""
        return self.state is not Tested.NOT_TESTED or bool(self.reason)
