"""Roles: who does what in a case, since when, on whose word; and the recusal that overrides them."""

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.identifiers.near import Near
from tracker.base.db import UTC, Base, index_of_few
from tracker.models.access.words import IdentifierKind
from tracker.models.case.words import MatchState, Role
from tracker.models.register.accounts import Account
from tracker.models.register.words import Kind
from tracker.models.words import one_of

if TYPE_CHECKING:
    from tracker.models.access.people import Person
    from tracker.models.case.cases import Case

TEAM = frozenset({Role.LEAD, Role.INVESTIGATOR})


class Assignment(Base):
    """One role of one account in one case. It is never removed: an inspector asks who was on the team when."""

    __tablename__ = "assignment"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.Index("ix_assignment_account", "account_id", "case_id", "accepted_at", "ended_at", "inactive_since"),
        sa.Index("ix_assignment_account_role", "account_id", "role", "case_id"),
        index_of_few(
            "ix_assignment_offered", "account_id", "accepted_at IS NULL AND declined_at IS NULL AND ended_at IS NULL"
        ),
        index_of_few("ix_assignment_inactive", "case_id", "inactive_since IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"), index=True)
    number: Mapped[int]  # within the case: the id would tell how many there are elsewhere
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    role: Mapped[Role] = mapped_column(one_of(Role))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(UTC)
    accepted_at: Mapped[datetime | None] = mapped_column(UTC)
    declined_at: Mapped[datetime | None] = mapped_column(UTC)
    declaration: Mapped[str] = mapped_column(sa.Text, default="")
    inactive_since: Mapped[datetime | None] = mapped_column(UTC)
    ended_at: Mapped[datetime | None] = mapped_column(UTC)
    end_reason: Mapped[str] = mapped_column(sa.Text, default="")

    case: Mapped["Case"] = relationship(back_populates="assignments")
    account: Mapped[Account] = relationship(foreign_keys=[account_id], back_populates="assignments")
    by: Mapped[Account | None] = relationship(foreign_keys=[by_id])

    @classmethod
    def working(cls) -> sa.Select[int]:
        """Case ids of the roles in force; narrow it by account or role. Walls are not looked at here."""
        return sa.select(cls.case_id).where(*cls.in_force(cls))

    @staticmethod
    def in_force(held: Any) -> tuple[sa.ColumnElement[bool], ...]:
        """Accepted, not ended, not inactive, as SQL about an assignment or an alias of it."""
        return held.accepted_at.is_not(None), held.ended_at.is_(None), held.inactive_since.is_(None)

    @property
    def is_working(self) -> bool:
        """Accepted, not ended, not inactive."""
        return self.accepted_at is not None and self.ended_at is None and self.inactive_since is None

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
        """The role's state in words."""
        if self.declined_at:
            return "declined"
        if self.ended_at:
            return "ended" if self.accepted_at else "withdrawn"
        if self.inactive_since:
            return "inactive until reactivated"
        return "active" if self.accepted_at else "offered"

    @classmethod
    def visible_to(cls, account: Account) -> sa.Select["Assignment"]:
        """Those of the cases that exist for the account, and offers to its owner (none behind a recusal)."""
        proposed = sa.and_(
            cls.account_id == account.id,
            cls.accepted_at.is_(None),
            cls.declined_at.is_(None),
            cls.ended_at.is_(None),
            cls.inactive_since.is_(None),
            ~RecusalMatch.recuses(cls.case_id, account.id),
            sa.literal(account.kind is Kind.MEMBER),
        )
        return sa.select(cls).where(sa.or_(exists_for(account, cls.case_id), proposed))

    @classmethod
    def locate(cls, account: Account, *, case: str, number: int) -> sa.Select["Assignment"]:
        """The role at /cases/<reference>/team/<number>."""
        return cls.visible_to(account).where(cls.case.has(reference=case), cls.number == number)


def near_mark(near: Near) -> str:
    """How a near match is noted, beside the kinds of identifiers that are equal."""
    return f"near-{near.word}"


_NEAR = {near_mark(near): near.label for near in Near}


class RecusalMatch(Base):
    """An account whose owner may be a person of the case. Until it is rejected the case does not exist for them."""

    __tablename__ = "recusal_match"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "account_id", "person_id"),
        sa.UniqueConstraint("case_id", "number"),
        index_of_few("ix_recusal_match_open", "case_id", "state = 'open'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    number: Mapped[int]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    matched_on: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[MatchState] = mapped_column(one_of(MatchState), default=MatchState.OPEN)
    found_at: Mapped[datetime] = mapped_column(UTC)
    settled_at: Mapped[datetime | None] = mapped_column(UTC)
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")

    case: Mapped["Case"] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    person: Mapped["Person"] = relationship()
    settled_by: Mapped[Account | None] = relationship(foreign_keys=[settled_by_id])

    @property
    def kinds(self) -> str:
        """What the two have in common, in words: `email, badge`. Which one is not said here."""
        return ", ".join(sorted({_NEAR.get(kind, kind) for kind in self._kinds}))

    @property
    def deciding_marks(self) -> list[str]:
        """What it rests on: what is exact, and near matches only where nothing is."""
        marks = self.matched_on.split()
        return [mark for mark in marks if mark.partition(":")[0] not in _NEAR] or marks

    @property
    def is_near(self) -> bool:
        """Whether it rests on near matches alone."""
        return self._kinds <= set(_NEAR)

    @property
    def _kinds(self) -> set[str]:
        return {mark.partition(":")[0] for mark in self.matched_on.split()}

    @classmethod
    def of_holders(cls) -> sa.ColumnElement[bool]:
        """Of accounts with a role in the case, or an offer of one. Any other recusal is silent towards the team."""
        of_account = (HELD.case_id == cls.case_id, HELD.account_id == cls.account_id)
        return sa.exists().where(*of_account, HELD.ended_at.is_(None), HELD.declined_at.is_(None))

    @classmethod
    def near_only(cls) -> sa.ColumnElement[bool]:
        """The same as `is_near`, as SQL: what is exact begins with the kind of an identifier."""
        exact = [(" " + cls.matched_on).contains(f" {kind.value}:") for kind in IdentifierKind]
        return ~sa.or_(*exact)

    @classmethod
    def recuses(cls, case_id: Any, account_id: Any) -> sa.ColumnElement[bool]:
        """Whether a recusal stands between an account and a case, as SQL."""
        same = (RECUSAL.case_id == case_id, RECUSAL.account_id == account_id)
        return sa.exists().where(*same, RECUSAL.state != MatchState.REJECTED)

    @classmethod
    def in_force(cls) -> sa.ColumnElement[bool]:
        """Not rejected: open, or confirmed."""
        return cls.state != MatchState.REJECTED

    @classmethod
    def visible_to(cls, account: Account) -> sa.Select["RecusalMatch"]:
        """Those of the cases that exist for the account, about others who have a role there."""
        return sa.select(cls).where(exists_for(account, cls.case_id), cls.account_id != account.id, cls.of_holders())

    @classmethod
    def locate(cls, account: Account, *, case: str, number: int) -> sa.Select["RecusalMatch"]:
        """The match at /cases/<reference>/recusals/<number>."""
        return cls.visible_to(account).where(cls.case.has(reference=case), cls.number == number)


HELD: Any = Assignment.__table__.alias("held").c  # under names of their own, so that they stand inside any other select
RECUSAL: Any = RecusalMatch.__table__.alias("recusal").c


def visible_case_ids(account: Account) -> sa.Select[int]:
    """Ids of the cases that exist for `account`: an accepted role, not ended, not inactive, and no recusal."""
    return _visible_case_ids(account.id, account.kind)


def exists_for(account: Account, case_id: Any) -> sa.ColumnElement[bool]:
    """The same of one case, as SQL that is asked row by row: it stays quick with however many cases there are."""
    return _exists_for(account.id, account.kind, case_id)


@lru_cache(512)  # these are part of most statements, and putting them together costs more than asking them
def _visible_case_ids(account_id: int, kind: Kind) -> sa.Select[int]:
    held = Assignment.working().where(Assignment.account_id == account_id).distinct()
    recused = sa.select(RecusalMatch.case_id).where(RecusalMatch.account_id == account_id, RecusalMatch.in_force())
    return held.where(Assignment.case_id.not_in(recused), sa.literal(kind is Kind.MEMBER))


@lru_cache(512)
def _exists_for(account_id: int, kind: Kind, case_id: Any) -> sa.ColumnElement[bool]:
    works = sa.exists().where(HELD.case_id == case_id, HELD.account_id == account_id, *Assignment.in_force(HELD))
    return sa.and_(works, ~RecusalMatch.recuses(case_id, account_id), sa.literal(kind is Kind.MEMBER))
