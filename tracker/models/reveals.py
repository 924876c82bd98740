"""Reveals: a reviewer or decider sees one person's name for an hour, for a reason that is recorded."""

from datetime import UTC as ZERO
from datetime import datetime, timedelta
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from tracker.db import UTC, Base
from tracker.models.accounts import User
from tracker.models.cases import InCase
from tracker.models.people import Person

LASTS = timedelta(hours=1)


class Reveal(InCase, Base):
    """Who saw whose name, from when to when, and why."""

    __tablename__ = "reveal"
    __table_args__ = (sa.Index("ix_reveal_person_user", "person_id", "user_id", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime] = mapped_column(UTC)
    until: Mapped[datetime] = mapped_column(UTC)

    person: Mapped[Person] = relationship()
    user: Mapped[User] = relationship()

    @classmethod
    def standing(cls, user: User, person: Person, at: datetime) -> sa.Select[Self]:
        """The newest reveal by which this user sees the person's name at a moment."""
        mine = (cls.person_id == person.id, cls.user_id == user.id, cls.until > at)
        return sa.select(cls).where(*mine).order_by(cls.id.desc()).limit(1)


def is_revealed(user: User, thing: Any) -> bool:
    """Whether `thing` is a person whose name this user revealed, and the hour is not over."""
    session = object_session(thing)
    if not isinstance(thing, Person) or session is None:
        return False
    return session.scalar(Reveal.standing(user, thing, datetime.now(ZERO))) is not None
