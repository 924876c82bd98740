"""Contacts with whoever published: that two people spoke says nothing of what they said."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.base.db import UTC, Base, moment
from tracker.models.access.people import Person
from tracker.models.case.cases import Numbered
from tracker.models.inquiry.words import Basis
from tracker.models.recorded import Attributed, Correctable
from tracker.models.searched import Searched
from tracker.models.words import Answer, one_of


class PressContact(Attributed, Correctable, Numbered, Base):
    """One contact of a person with somebody outside; corrected by a new row that names it."""

    __tablename__ = "press_contact"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(("with_whom", "channel", "content", "explanation", "source", "why_corrected"), at="at"),
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
    why_corrected: Mapped[str] = mapped_column(sa.Text, default="")
    recorded: Mapped[datetime] = mapped_column(UTC)

    person: Mapped[Person] = relationship()

    @property
    def label(self) -> str:
        """Number and person, as a choice shows it."""
        return f"{self.number}: {self.person.pseudonym} with {self.with_whom}"
