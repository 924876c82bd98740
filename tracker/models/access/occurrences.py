"""Occurrences: accesses and whereabouts, one row each, corrected by a new row and never edited."""

from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.base.db import moment
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.people import Identifier, Person
from tracker.models.case.cases import Numbered
from tracker.models.recorded import Correctable, Recorded


class Occurrence(Correctable, Recorded, Numbered):
    """What an access and a whereabouts row share: who, from when to when, and where the fact comes from."""

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    identifier_id: Mapped[int | None] = mapped_column(sa.ForeignKey("identifier.id"))
    log_id: Mapped[int | None] = mapped_column(sa.ForeignKey("access_log.id"))
    line: Mapped[int | None]
    part: Mapped[int] = mapped_column(default=0)  # of a line that names several people: the first is 0
    repeat_of: Mapped[int | None]
    source: Mapped[str] = mapped_column(sa.String(300), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")
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
    def person(cls) -> Mapped[Person]:
        """Whom it is about."""
        return relationship(Person, foreign_keys=f"{cls.__name__}.person_id")  # type: ignore[attr-defined]

    @declared_attr
    def identifier(cls) -> Mapped[Identifier | None]:
        """By which identifier the log knew the person."""
        return relationship(Identifier)

    @declared_attr
    def log(cls) -> Mapped[AccessLog | None]:
        """The imported file."""
        return relationship(AccessLog)

    @classmethod
    def counted(cls) -> sa.ColumnElement[bool]:
        """Rows that somebody wrote down, or whose log is visible."""
        return sa.or_(cls.log_id.is_(None), cls.log_id.not_in(AccessLog.hidden_ids()))

    @property
    def origin(self) -> str:
        """Where the fact comes from, in short: `L3, line 17`, or what was written down."""
        if self.log is None:
            return self.source
        line = f"L{self.log.number}" if self.line is None else f"L{self.log.number}, line {self.line}"
        return f"{line}: {self.source}" if self.source else line
