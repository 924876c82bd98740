"""Replies: what the person said to a passage that was put to them, and what the team says to that."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.letters import says
from tracker.analysis.moments import Moment
from tracker.base.db import UTC, Base, index_of_few, moment
from tracker.models.case.cases import NumberedPart
from tracker.models.findings.findings import Finding
from tracker.models.recorded import Editable, Recorded
from tracker.models.searched import Searched


class Reply(Editable, Recorded, NumberedPart, Base):
    """A passage put to the person it is about, the answer or that no response was received, and the team's response."""

    __tablename__ = "reply"
    __table_args__ = (
        sa.UniqueConstraint("finding_id", "number"),
        index_of_few("ix_reply_open", "case_id", "response = ''"),
    )

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(("passage", "gist", "why_extended", "answer", "response"), under="finding", at="put_at"),
    )
    WITHIN: ClassVar[Any] = Finding

    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("finding.id"))
    passage: Mapped[str] = mapped_column(sa.Text)
    gist: Mapped[str] = mapped_column(sa.Text, default="")
    put_at: Mapped[Moment] = moment("put_at")
    days: Mapped[int]
    why_extended: Mapped[str] = mapped_column(sa.Text, default="")
    answer: Mapped[str] = mapped_column(sa.Text, default="", info={"secret": True})
    answered_at: Mapped[Moment] = moment("answered_at")
    no_response_at: Mapped[datetime | None] = mapped_column(UTC)
    came_at: Mapped[datetime | None] = mapped_column(UTC)  # when answer, silence or response was last recorded
    response: Mapped[str] = mapped_column(sa.Text, default="")
    responded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    finding: Mapped[Finding] = relationship(back_populates="replies")

    @property
    def due(self) -> datetime:
        """The end of the time to reply: so many days after the latest time at which the passage can have been put."""
        if self.put_at.latest is None:
            raise RuntimeError("nothing is put to a person at an unknown time")
        return self.put_at.latest + timedelta(days=self.days)

    @property
    def no_response_from(self) -> datetime:
        """When no response may be recorded: the days count in full from when the record knows of the passage, too."""
        return max(self.due, self.at + timedelta(days=self.days))

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer, or it is recorded that none was received."""
        return says(self.answer) or self.no_response_at is not None

    @property
    def is_settled(self) -> bool:
        """Answered or silent, and responded to."""
        return self.is_answered and says(self.response)
