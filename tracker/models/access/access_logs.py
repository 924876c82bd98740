"""Access logs: one imported file each, kept byte for byte, with what is known of its reliability."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.logs.rows import Cause, Problem, is_covered
from tracker.analysis.moments import Moment
from tracker.base.db import UTC, Base, index_of_few, moment
from tracker.models.access.words import LogKind, LogState
from tracker.models.case.cases import Numbered
from tracker.models.recorded import Editable
from tracker.models.register.accounts import Account
from tracker.models.searched import Searched
from tracker.models.words import one_of


class AccessLog(Editable, Numbered, Base):
    """One imported file. It is also the job that imports it: its row holds the state and the counts.

    `begun` says that a worker is at the step the log is in, and is empty while it waits for one. `mapping` is the plan
    of `tracker.imports.plan`, `report` what the dry run found; `left_out` says which lines with errors, or
    lines that were named, are left out, and why: `column`, `rule` and `value` of the errors or the `named` lines, how
    many `lines`, and `why`.
    """

    __tablename__ = "access_log"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        index_of_few("ix_access_log_open", "imported_by_id", "state IN ('received', 'checked')"),
    )

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(
            ("name", "system", "obtained_from", "gaps"), at="obtained", only=lambda: AccessLog.state == LogState.VISIBLE
        ),
    )

    kind: Mapped[LogKind] = mapped_column(one_of(LogKind))
    state: Mapped[LogState] = mapped_column(one_of(LogState), default=LogState.RECEIVED)
    name: Mapped[str] = mapped_column(sa.String(255))
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    system: Mapped[str] = mapped_column(sa.String(200), default="")
    obtained_from: Mapped[str] = mapped_column(sa.String(200), default="")
    obtained: Mapped[Moment] = moment("obtained")
    covers_since: Mapped[Moment] = moment("covers_since")
    covers_until: Mapped[Moment] = moment("covers_until")
    gaps: Mapped[str] = mapped_column(sa.Text, default="")
    clock_offset: Mapped[str] = mapped_column(sa.String(80), default="")
    zone: Mapped[str] = mapped_column(sa.String(64), default="UTC")
    mapping: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    rows: Mapped[int] = mapped_column(default=0)
    faults: Mapped[int] = mapped_column(default=0)
    repeats: Mapped[int] = mapped_column(default=0)
    nobody_rows: Mapped[int] = mapped_column(default=0)  # whose account names nobody: no record is made of them
    new_people: Mapped[int] = mapped_column(default=0)
    done_rows: Mapped[int] = mapped_column(default=0)
    first_number: Mapped[int | None]
    salt: Mapped[str] = mapped_column(sa.String(64), default="", info={"secret": True})  # of the hashes of its rows
    rows_sha256: Mapped[str] = mapped_column(sa.String(64), default="")  # one over those of all that came with it
    left_out: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default=list)
    report: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict, deferred=True, info={"secret": True})
    failure: Mapped[str] = mapped_column(sa.Text, default="")
    imported_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    imported: Mapped[datetime] = mapped_column(UTC)
    begun: Mapped[datetime | None] = mapped_column(UTC)
    finished: Mapped[datetime | None] = mapped_column(UTC)
    reverted: Mapped[datetime | None] = mapped_column(UTC)
    reverted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    reverted_why: Mapped[str] = mapped_column(sa.Text, default="")

    imported_by: Mapped[Account] = relationship(foreign_keys=[imported_by_id])
    reverted_by: Mapped[Account | None] = relationship(foreign_keys=[reverted_by_id])

    @property
    def receipt(self) -> str:
        """The import's number, as it is quoted in letters."""
        return f"{self.case.reference}/L{self.number}"

    @property
    def names_nobody(self) -> bool:
        """Whether it counts, and somebody had access whom its lines do not name."""
        return self.state is LogState.VISIBLE and self.kind is LogKind.ACCESS and self.nobody_rows > 0

    @classmethod
    def nameless(cls) -> sa.ColumnElement[bool]:
        """The same as a condition of a query: each such log is an unresolved channel."""
        return sa.and_(cls.state == LogState.VISIBLE, cls.kind == LogKind.ACCESS, cls.nobody_rows > 0)

    @property
    def is_running(self) -> bool:
        """Whether a worker has something to do for it, or is at it."""
        return self.state in {LogState.CHECKING, LogState.STAGING}

    @property
    def lines(self) -> int:
        """The lines of the file, as far as it has been looked at."""
        return int(self.mapping.get("reading", {}).get("lines", 0))

    @property
    def problems(self) -> list[Problem]:
        """The problems that the dry run found."""
        return [Problem(*one) for one in self.report.get("problems", ())]

    @property
    def named_lines(self) -> set[int]:
        """The lines that were named to be left out."""
        return {line for one in self.left_out for line in one.get("named", ())}

    @property
    def causes_left_out(self) -> set[Cause]:
        """Of which errors the lines are left out."""
        return {(one["column"], one["rule"], one["value"]) for one in self.left_out if "rule" in one}

    def leaves_out(self, problem: Problem) -> bool:
        """Whether every line of a problem is left out."""
        named = len(problem.first) == problem.lines and self.named_lines.issuperset(problem.first)
        return named or is_covered(problem.cause, self.causes_left_out)

    @property
    def in_list(self) -> str:
        """The address of the list its rows belong to, below that of the case."""
        return self.kind.value.replace("_", "-")

    @classmethod
    def keeps_people(cls) -> sa.ColumnElement[bool]:
        """Reverted logs whose people stay, since the records of such a log stay too: all but lists of people."""
        return sa.and_(cls.state == LogState.REVERTED, cls.kind != LogKind.PEOPLE)

    @classmethod
    def hidden_ids(cls) -> sa.Select[int]:
        """Logs whose rows count nowhere: unfinished, failed or reverted."""
        return sa.select(cls.id).where(cls.state != LogState.VISIBLE)


class ImportMapping(Base):
    """The columns an account last chose for files of one source system in one case. (Housekeeping.)"""

    __tablename__ = "import_mapping"
    __table_args__ = (sa.UniqueConstraint("case_id", "kind", "system_folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    kind: Mapped[LogKind] = mapped_column(one_of(LogKind))
    system_folded: Mapped[str] = mapped_column(sa.String(200))
    mapping: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    at: Mapped[datetime] = mapped_column(UTC)
