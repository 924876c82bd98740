"""Exhibits: a thing preserved, kept under its hash or under a seal."""

from typing import TYPE_CHECKING, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, foreign, mapped_column, relationship, remote

from tracker.analysis.moments import Moment
from tracker.base.db import Base, moment
from tracker.models.case.cases import Numbered
from tracker.models.inquiry.words import ExhibitForm, InformationGrade, Original, SourceGrade
from tracker.models.recorded import Editable, Recorded
from tracker.models.register.audit_log import AuditEntry
from tracker.models.sealed import Format, Sealed
from tracker.models.searched import Searched
from tracker.models.words import one_of

if TYPE_CHECKING:
    from tracker.models.inquiry.custody import CustodyEntry, Disposal

FAILING = ("exhibit.verified", "file.damaged")  # a reading that fails is the second
HASHED = ("exhibit.read", *FAILING)


def _alarm() -> sa.ColumnElement[bool]:
    """The last time its file was hashed, where that found it damaged."""
    newer = aliased(AuditEntry)
    last = sa.select(sa.func.max(newer.seq)).where(newer.record == AuditEntry.record, newer.action.in_(HASHED))
    return sa.and_(
        remote(foreign(AuditEntry.record)) == "exhibit:" + sa.cast(Exhibit.id, sa.String),
        AuditEntry.outcome == "failed",
        AuditEntry.seq == last.correlate_except(newer).scalar_subquery(),
    )


class Exhibit(Sealed, Editable, Recorded, Numbered, Base):
    """A file, kept under its hash, or an object under a seal. What it is never changes; how it is graded may."""

    __tablename__ = "exhibit"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.Index("ix_exhibit_sha256", "case_id", "sha256"),
        sa.CheckConstraint("(form = 'file') = (sha256 IS NOT NULL)", name="a_file_has_a_hash"),
    )

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(("title", "name", "obtained_from", "how", "note"), at="obtained"),
    )
    FORMATS: ClassVar[tuple[Format, ...]] = (
        Format("exhibit/1", (
            "case_id", "number", "form", "name", "sha256", "size", "obtained", "obtained_from", "how", "twin_id",
            "by_id", "at",
        )),
    )  # fmt: skip
    FREE: ClassVar[tuple[str, ...]] = ("title", "original", "source_grade", "information_grade", "note", "lock_version")
    PARTS: ClassVar[tuple[str, ...]] = ("case",)
    SEALED_AT_ONCE: ClassVar[bool] = True

    title: Mapped[str] = mapped_column(sa.String(300))
    form: Mapped[ExhibitForm] = mapped_column(one_of(ExhibitForm))
    name: Mapped[str] = mapped_column(sa.String(255), default="")
    sha256: Mapped[str | None] = mapped_column(sa.String(64))
    size: Mapped[int | None] = mapped_column(sa.BigInteger)
    obtained: Mapped[Moment] = moment("obtained")
    obtained_from: Mapped[str] = mapped_column(sa.String(200))
    how: Mapped[str] = mapped_column(sa.Text, default="")
    original: Mapped[Original | None] = mapped_column(one_of(Original))
    source_grade: Mapped[SourceGrade | None] = mapped_column(one_of(SourceGrade))
    information_grade: Mapped[InformationGrade | None] = mapped_column(one_of(InformationGrade))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    twin_id: Mapped[int | None] = mapped_column(sa.ForeignKey("exhibit.id"))

    twin: Mapped["Exhibit | None"] = relationship(remote_side="Exhibit.id")
    custody: Mapped[list["CustodyEntry"]] = relationship(back_populates="exhibit", order_by="CustodyEntry.number")
    disposals: Mapped[list["Disposal"]] = relationship(back_populates="exhibit", order_by="Disposal.id")
    ended: Mapped["Disposal | None"] = relationship(
        primaryjoin="and_(Disposal.exhibit_id == Exhibit.id, Disposal.confirmed_at.is_not(None))", viewonly=True
    )
    alarm: Mapped[AuditEntry | None] = relationship(primaryjoin=_alarm, viewonly=True)

    def sealed_parts(self) -> dict[str, Any]:
        """Which case it was taken in for."""
        return {"case": self.case.reference}

    @property
    def label(self) -> str:
        """Number and title, as a choice shows it."""
        return f"{self.number}: {self.title}"

    @property
    def grade(self) -> str:
        """`B2`: source and information, each judged apart; a dash for what was not judged."""
        source = self.source_grade.value if self.source_grade else "-"
        information = self.information_grade.value if self.information_grade else "-"
        return "" if source == information == "-" else source + information

    @property
    def holder(self) -> str:
        """Who holds it now."""
        return self.custody[-1].to_holder if self.custody else ""

    @property
    def disposal(self) -> "Disposal | None":
        """The disposal that waits for its second person, or that was carried out; not one that was declined."""
        return next((one for one in reversed(self.disposals) if one.declined_at is None), None)

    @property
    def is_disposed(self) -> bool:
        """Whether it is gone; its record and its hash stay."""
        return self.disposal is not None and self.disposal.confirmed_at is not None

    @property
    def has_file(self) -> bool:
        """Whether its file is kept in the store."""
        return self.form is ExhibitForm.FILE and not self.is_disposed
