"""Reveals: a reviewer or deciding official sees one person's name for an hour, for a reason that is recorded."""

from datetime import UTC as ZERO
from datetime import datetime, timedelta
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from tracker.base.db import UTC, Base
from tracker.models.access.people import Person
from tracker.models.case.cases import InCase
from tracker.models.register.accounts import Account

LASTS = timedelta(hours=1)


class Reveal(InCase, Base):
    """Who saw whose name, from when to when, and why."""

    __tablename__ = "reveal"
    __table_args__ = (sa.Index("ix_reveal_person_account", "person_id", "account_id", "until"),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime] = mapped_column(UTC)
    until: Mapped[datetime] = mapped_column(UTC)

    person: Mapped[Person] = relationship()
    account: Mapped[Account] = relationship()

    @classmethod
    def newest_for(cls, account: Account, person: Person, at: datetime) -> sa.Select[Self]:
        """The newest reveal by which this account sees the person's name at a moment."""
        mine = (cls.person_id == person.id, cls.account_id == account.id, cls.until > at)
        return sa.select(cls).where(*mine).order_by(cls.id.desc()).limit(1)


def is_revealed(account: Account, thing: Any) -> bool:
    """Whether `thing` is a person whose name this account revealed, and the hour is not over."""
    session = object_session(thing)
    if not isinstance(thing, Person) or session is None:
        return False
    return session.scalar(Reveal.newest_for(account, thing, datetime.now(ZERO))) is not None
