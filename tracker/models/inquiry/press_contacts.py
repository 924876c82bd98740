"""Contacts with whoever published: that two people spoke says nothing of what they said."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.base.db import UTC, Base, moment
from tracker.models.access.people import Person
from tracker.models.case.cases import InCase
from tracker.models.corrections import Correctable
from tracker.models.inquiry.words import Basis
from tracker.models.register.accounts import Account
from tracker.models.words import Answer, one_of


class PressContact(Correctable, InCase, Base):
    """One contact of a person with somebody outside; corrected by a new row that names it."""

    __tablename__ = "press_contact"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"), sa.UniqueConstraint("corrects_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
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
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("press_contact.id"))
    why_corrected: Mapped[str] = mapped_column(sa.Text, default="")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    recorded: Mapped[datetime] = mapped_column(UTC)

    person: Mapped[Person] = relationship()
    by: Mapped[Account] = relationship()
    corrects: Mapped["PressContact | None"] = relationship(remote_side=[id], back_populates="corrected_by")
    corrected_by: Mapped["PressContact | None"] = relationship(back_populates="corrects", uselist=False)

    @property
    def label(self) -> str:
        """Number and person, as a choice shows it."""
        return f"{self.number}: {self.person.pseudonym} with {self.with_whom}"
