"""Contacts with whoever published: that two people spoke says nothing of what they said."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.base.db import UTC, Base, moment
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.people import Person
from tracker.models.case.cases import Numbered
from tracker.models.inquiry.words import Basis
from tracker.models.recorded import Attributed, Correctable
from tracker.models.searched import Searched
from tracker.models.words import Answer, one_of


class PressContact(Attributed, Correctable, Numbered, Base):
    """One contact of a person with somebody outside; corrected by a new row that names it."""

    __tablename__ = "press_contact"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"), sa.UniqueConstraint("log_id", "line"))

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(
            ("with_whom", "channel", "content", "explanation", "source", "why_corrected"), at="at", follows="log_id"
        ),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    with_whom: Mapped[str] = mapped_column(sa.String(200))
    at: Mapped[Moment] = moment("at")
    minutes: Mapped[int | None]
    channel: Mapped[str] = mapped_column(sa.String(80), default="")
    basis: Mapped[Basis] = mapped_column(one_of(Basis))
    content_known: Mapped[Answer] = mapped_column(one_of(Answer), default=Answer.UNKNOWN)
    content: Mapped[str] = mapped_column(sa.Text, default="")
    explanation: Mapped[str] = mapped_column(sa.Text, default="")
    source: Mapped[str] = mapped_column(sa.String(300), default="")
    why_corrected: Mapped[str] = mapped_column(sa.Text, default="", info={"later": True})
    recorded: Mapped[datetime] = mapped_column(UTC)
    log_id: Mapped[int | None] = mapped_column(sa.ForeignKey("access_log.id"))
    line: Mapped[int | None]
    row_sha256: Mapped[str | None] = mapped_column(sa.String(64))  # as an import brought it

    person: Mapped[Person] = relationship()
    log: Mapped[AccessLog | None] = relationship()

    @classmethod
    def counted(cls) -> sa.ColumnElement[bool]:
        """Contacts that somebody wrote down, or whose log is visible."""
        return sa.or_(cls.log_id.is_(None), cls.log_id.not_in(AccessLog.hidden_ids()))

    @property
    def origin(self) -> str:
        """Where the contact is known from, in short."""
        line = f"L{self.log.number}, line {self.line}" if self.log is not None else ""
        return ": ".join(filter(None, (line, self.source)))

    @property
    def label(self) -> str:
        """Number and person, as a choice shows it."""
        return f"{self.number}: {self.person.pseudonym} with {self.with_whom}"
