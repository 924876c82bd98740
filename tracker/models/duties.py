"""Duties: who does what in a case, since when, on whose word; and the recusal wall that overrides them."""

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import UTC, Base
from tracker.models.accounts import User
from tracker.models.words import one_of
from tracker.models.words.accounts import Kind
from tracker.models.words.duties import Duty, MatchState

if TYPE_CHECKING:
    from tracker.models.cases import Case
    from tracker.models.people import Person

TEAM = frozenset({Duty.LEAD, Duty.INVESTIGATOR})


class Assignment(Base):
    """One duty of one user in one case. It is never removed: an inspector asks since when she was on the team."""

    __tablename__ = "assignment"
    __table_args__ = (sa.Index("ix_assignment_user", "user_id", "case_id", "accepted_at", "ended_at", "asleep_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"), index=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    duty: Mapped[Duty] = mapped_column(one_of(Duty))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(UTC)
    accepted_at: Mapped[datetime | None] = mapped_column(UTC)
    declined_at: Mapped[datetime | None] = mapped_column(UTC)
    declaration: Mapped[str] = mapped_column(sa.Text, default="")
    asleep_at: Mapped[datetime | None] = mapped_column(UTC)
    ended_at: Mapped[datetime | None] = mapped_column(UTC)
    end_reason: Mapped[str] = mapped_column(sa.Text, default="")

    case: Mapped["Case"] = relationship(back_populates="assignments")
    user: Mapped[User] = relationship(foreign_keys=[user_id], back_populates="assignments")
    by: Mapped[User | None] = relationship(foreign_keys=[by_id])

    @classmethod
    def working(cls) -> sa.Select[int]:
        """Case ids of the duties in force; narrow it by user or duty. Walls are not looked at here."""
        return sa.select(cls.case_id).where(*cls.in_force(cls))

    @staticmethod
    def in_force(held: Any) -> tuple[sa.ColumnElement[bool], ...]:
        """Accepted, not ended, not asleep, as SQL about an assignment or an alias of it."""
        return held.accepted_at.is_not(None), held.ended_at.is_(None), held.asleep_at.is_(None)

    @property
    def is_working(self) -> bool:
        """Accepted, not ended, not asleep."""
        return self.accepted_at is not None and self.ended_at is None and self.asleep_at is None

    @property
    def is_waiting(self) -> bool:
        """Proposed and not yet answered."""
        return self.accepted_at is None and self.declined_at is None and self.ended_at is None

    @property
    def is_over(self) -> bool:
        """Ended, declined or withdrawn."""
        return self.ended_at is not None or self.declined_at is not None

    @property
    def state(self) -> str:
        """The duty's state in words."""
        if self.declined_at:
            return "declined"
        if self.ended_at:
            return "ended" if self.accepted_at else "withdrawn"
        if self.asleep_at:
            return "inactive until reactivated"
        return "active" if self.accepted_at else "offered"

    @classmethod
    def visible_to(cls, user: User) -> sa.Select["Assignment"]:
        """Those of the cases that exist for the user, and proposals to herself (none behind a wall)."""
        proposed = sa.and_(
            cls.user_id == user.id,
            cls.accepted_at.is_(None),
            cls.declined_at.is_(None),
            cls.ended_at.is_(None),
            cls.asleep_at.is_(None),
            ~WallMatch.standing(cls.case_id, user.id),
            sa.literal(user.kind is Kind.MEMBER),
        )
        return sa.select(cls).where(sa.or_(exists_for(user, cls.case_id), proposed))

    @classmethod
    def located(cls, user: User, *, case: str, number: int) -> sa.Select["Assignment"]:
        """The duty at /cases/<reference>/team/<number>."""
        return cls.visible_to(user).where(cls.case.has(reference=case), cls.id == number)


class WallMatch(Base):
    """A user who is, or may be, a person of the case. Until it is rejected the case does not exist for her."""

    __tablename__ = "wall_match"
    __table_args__ = (sa.UniqueConstraint("case_id", "user_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    matched_on: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[MatchState] = mapped_column(one_of(MatchState), default=MatchState.OPEN)
    found_at: Mapped[datetime] = mapped_column(UTC)
    settled_at: Mapped[datetime | None] = mapped_column(UTC)
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")

    case: Mapped["Case"] = relationship()
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    person: Mapped["Person"] = relationship()
    settled_by: Mapped[User | None] = relationship(foreign_keys=[settled_by_id])

    @property
    def kinds(self) -> str:
        """What the two have in common, in words: `email, badge`. Which one is not said here."""
        return ", ".join(sorted({mark.partition(":")[0] for mark in self.matched_on.split()}))

    @classmethod
    def standing(cls, case_id: Any, user_id: Any) -> sa.ColumnElement[bool]:
        """Whether a wall stands between a user and a case, as SQL."""
        same = (WALL.case_id == case_id, WALL.user_id == user_id)
        return sa.exists().where(*same, WALL.state != MatchState.REJECTED)

    @classmethod
    def in_force(cls) -> sa.ColumnElement[bool]:
        """Not rejected: open, or confirmed."""
        return cls.state != MatchState.REJECTED

    @classmethod
    def visible_to(cls, user: User) -> sa.Select["WallMatch"]:
        """Those of the cases that exist for the user; never the ones about herself."""
        return sa.select(cls).where(exists_for(user, cls.case_id), cls.user_id != user.id)

    @classmethod
    def located(cls, user: User, *, case: str, number: int) -> sa.Select["WallMatch"]:
        """The match at /cases/<reference>/wall/<number>."""
        return cls.visible_to(user).where(cls.case.has(reference=case), cls.id == number)


HELD: Any = Assignment.__table__.alias("held").c  # under names of their own, so that they stand inside any other select
WALL: Any = WallMatch.__table__.alias("wall").c


def visible_case_ids(user: User) -> sa.Select[int]:
    """Ids of the cases that exist for `user`: an accepted duty, not ended, not asleep, and no wall."""
    return _visible_case_ids(user.id, user.kind)


def exists_for(user: User, case_id: Any) -> sa.ColumnElement[bool]:
    """The same of one case, as SQL that is asked row by row: it stays quick with however many cases she has."""
    return _exists_for(user.id, user.kind, case_id)


@lru_cache(512)  # these are part of most statements, and putting them together costs more than asking them
def _visible_case_ids(user_id: int, kind: Kind) -> sa.Select[int]:
    held = Assignment.working().where(Assignment.user_id == user_id).distinct()
    walled = sa.select(WallMatch.case_id).where(WallMatch.user_id == user_id, WallMatch.in_force())
    return held.where(Assignment.case_id.not_in(walled), sa.literal(kind is Kind.MEMBER))


@lru_cache(512)
def _exists_for(user_id: int, kind: Kind, case_id: Any) -> sa.ColumnElement[bool]:
    mine = sa.exists().where(HELD.case_id == case_id, HELD.user_id == user_id, *Assignment.in_force(HELD))
    return sa.and_(mine, ~WallMatch.standing(case_id, user_id), sa.literal(kind is Kind.MEMBER))
