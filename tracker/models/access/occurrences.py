"""Occurrences: accesses and whereabouts, one row each, corrected by a new row and never edited."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.base.db import UTC, moment
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.people import Identifier, Person
from tracker.models.case.cases import Case, InCase
from tracker.models.corrections import Correctable
from tracker.models.register.accounts import Account


class Occurrence(Correctable, InCase):
    """What an access and a whereabouts row share: who, from when to when, and where the fact comes from."""

    number: Mapped[int]
    line: Mapped[int | None]
    repeat_of: Mapped[int | None]
    source: Mapped[str] = mapped_column(sa.String(300), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime] = mapped_column(UTC)
    why_corrected: Mapped[str] = mapped_column(sa.Text, default="", info={"later": True})
    row_sha256: Mapped[str | None] = mapped_column(sa.String(64))  # as an import brought it

    if TYPE_CHECKING:  # columns of the two moments below
        since_earliest: Mapped[datetime | None]
        since_latest: Mapped[datetime | None]

    @declared_attr
    def since(cls) -> Mapped[Moment]:
        """From when."""
        return moment("since")

    @declared_attr
    def until(cls) -> Mapped[Moment]:
        """Until when."""
        return moment("until")

    @declared_attr
    def person_id(cls) -> Mapped[int]:
        """Whom it is about."""
        return mapped_column(sa.ForeignKey("person.id"))

    @declared_attr
    def identifier_id(cls) -> Mapped[int | None]:
        """By which of the person's identifiers the log knew her."""
        return mapped_column(sa.ForeignKey("identifier.id"))

    @declared_attr
    def log_id(cls) -> Mapped[int | None]:
        """The imported file it came from; none when somebody wrote it down."""
        return mapped_column(sa.ForeignKey("access_log.id"))

    @declared_attr
    def by_id(cls) -> Mapped[int]:
        """Who recorded or imported it."""
        return mapped_column(sa.ForeignKey("account.id"))

    @declared_attr
    def corrects_id(cls) -> Mapped[int | None]:
        """The row this one corrects; that one stays readable, struck through."""
        return mapped_column(sa.ForeignKey(f"{cls.__tablename__}.id"), info={"later": True})  # type: ignore[attr-defined]

    @declared_attr
    def person(cls) -> Mapped[Person]:
        """Whom it is about."""
        return relationship(Person)

    @declared_attr
    def identifier(cls) -> Mapped[Identifier | None]:
        """By which identifier the log knew the person."""
        return relationship(Identifier)

    @declared_attr
    def log(cls) -> Mapped[AccessLog | None]:
        """The imported file."""
        return relationship(AccessLog)

    @declared_attr
    def by(cls) -> Mapped[Account]:
        """Who recorded it."""
        return relationship(Account)

    @classmethod
    def counted(cls) -> sa.ColumnElement[bool]:
        """Rows that somebody wrote down, or whose log is visible."""
        return sa.or_(cls.log_id.is_(None), cls.log_id.not_in(AccessLog.hidden_ids()))

    @classmethod
    def visible_to(cls, account: Account) -> sa.Select[Self]:
        """Those of the cases that exist for the account."""
        return sa.select(cls).where(Case.exists_for(account, cls.case_id), cls.counted())

    @classmethod
    def of(cls, case: Case) -> sa.Select[Self]:
        """Those of one case."""
        return sa.select(cls).where(cls.case_id == case.id, cls.counted())

    @property
    def origin(self) -> str:
        """Where the fact comes from, in short: `L3, line 17`, or what was written down."""
        if self.log is None:
            return self.source
        line = f"L{self.log.number}" if self.line is None else f"L{self.log.number}, line {self.line}"
        return f"{line}: {self.source}" if self.source else line
