"""Duties: who does what in a case, since when, on whose word; and the recusal wall that overrides them."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session, relationship

from tracker.db import UTC, Base
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.words import Duty, Kind, MatchState, Stage, one_of

if TYPE_CHECKING:
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

    case: Mapped[Case] = relationship(back_populates="assignments")
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
            return "asleep until woken"
        return "working" if self.accepted_at else "waits for an answer"

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
        return sa.select(cls).where(sa.or_(Case.exists_for(user, cls.case_id), proposed))

    @classmethod
    def located(cls, user: User, *, case: str, number: int) -> sa.Select["Assignment"]:
        """The duty at /cases/<reference>/team/<number>."""
        here = sa.select(Case.id).where(Case.reference == case).scalar_subquery()
        return cls.visible_to(user).where(cls.case_id == here, cls.id == number)


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

    case: Mapped[Case] = relationship()
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
        return sa.select(cls).where(Case.exists_for(user, cls.case_id), cls.user_id != user.id)

    @classmethod
    def located(cls, user: User, *, case: str, number: int) -> sa.Select["WallMatch"]:
        """The match at /cases/<reference>/wall/<number>."""
        here = sa.select(Case.id).where(Case.reference == case).scalar_subquery()
        return cls.visible_to(user).where(cls.case_id == here, cls.id == number)


HELD: Any = Assignment.__table__.alias("held").c  # under names of their own, so that they stand inside any other select
WALL: Any = WallMatch.__table__.alias("wall").c


def lead_name() -> sa.Label[str | None]:
    """The name of whoever leads a case now, as a column `lead_name` for a select of cases."""
    leading = (HELD.case_id == Case.id, HELD.duty == Duty.LEAD, HELD.accepted_at.is_not(None), HELD.ended_at.is_(None))
    name = sa.select(User.name).where(*leading, User.id == HELD.user_id).order_by(HELD.id).limit(1)
    return name.correlate(Case).scalar_subquery().label("lead_name")


def duties_of(user: User, case: Case) -> frozenset[Duty]:
    """The duties in force of `user` in `case`: none behind a wall. Asked once a transaction."""
    session = object_session(case)
    if session is None or user.kind is not Kind.MEMBER:
        return frozenset()
    known: dict[tuple[int, int], frozenset[Duty]] = session.info.setdefault("duties", {})
    if (user.id, case.id) not in known:
        held = sa.select(Assignment.duty).where(
            Assignment.user_id == user.id,
            Assignment.case_id == case.id,
            *Assignment.in_force(Assignment),
            ~WallMatch.standing(Assignment.case_id, user.id),
        )
        known[user.id, case.id] = frozenset(session.scalars(held))
    return known[user.id, case.id]


def know_duties(session: Session, cases: Iterable[Case]) -> None:
    """Ask once for the duties in force of everybody in these cases, so that `duties_of` need not ask for each."""
    holders = {(held.user_id, case.id): set[Duty]() for case in cases for held in case.assignments}
    held = (
        sa.select(Assignment.user_id, Assignment.case_id, Assignment.duty)
        .join(User, User.id == Assignment.user_id)
        .where(
            Assignment.case_id.in_([case.id for case in cases]),
            Assignment.id.in_(_in_force()),
            User.kind == Kind.MEMBER,
        )
    )
    for user_id, case_id, duty in session.execute(held):
        holders[user_id, case_id].add(duty)
    session.info.setdefault("duties", {}).update({key: frozenset(found) for key, found in holders.items()})


def headless() -> sa.Select[Case]:
    """The open cases in which neither lead nor counsel nor decider can act: an administrator names a lead."""
    return sa.select(Case).where(
        Case.stage != Stage.CLOSED, Case.id.not_in(able_in(Duty.LEAD, Duty.COUNSEL, Duty.DECIDER))
    )


def able_in(*duties: Duty) -> sa.Select[int]:
    """Ids of the cases in which somebody with one of these duties can act: it works, no wall, may sign in."""
    able = sa.select(Assignment.case_id).join(User, User.id == Assignment.user_id)
    return able.where(
        Assignment.id.in_(_in_force()),
        Assignment.duty.in_(duties),
        User.disabled_at.is_(None),
        User.password_hash.is_not(None),
    )


def _in_force() -> sa.Select[int]:
    """Ids of the duties that work, none of them behind a wall."""
    return sa.select(Assignment.id).where(
        *Assignment.in_force(Assignment), ~WallMatch.standing(Assignment.case_id, Assignment.user_id)
    )
