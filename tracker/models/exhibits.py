"""Exhibits and their custody: a thing preserved, and every handover of it, without gap or overlap."""

from datetime import datetime
from typing import Any, ClassVar, Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.db import UTC, Base, moment
from tracker.models.accounts import User
from tracker.models.cases import Case, InCase
from tracker.models.evidence import ExhibitForm, InformationGrade, Original, SourceGrade
from tracker.models.sealed import Sealed
from tracker.models.words import one_of


class Exhibit(Sealed, InCase, Base):
    """A file, kept under its hash, or an object under a seal. What it is never changes; how it is graded may."""

    __tablename__ = "exhibit"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.Index("ix_exhibit_sha256", "case_id", "sha256"),
        sa.CheckConstraint("(form = 'file') = (sha256 IS NOT NULL)", name="a_file_has_a_hash"),
    )

    FORMAT: ClassVar[str] = "tracker-exhibit/1"
    SEALS: ClassVar[tuple[str, ...]] = (
        "case_id", "number", "form", "name", "sha256", "size", "obtained", "obtained_from", "how", "twin_id", "by_id",
        "at",
    )  # fmt: skip
    FREE: ClassVar[tuple[str, ...]] = ("title", "original", "source_grade", "information_grade", "note", "row")
    PARTS: ClassVar[tuple[str, ...]] = ("case",)
    SEALED_AT_ONCE: ClassVar[bool] = True

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
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
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)
    row: Mapped[int] = mapped_column(default=1)

    by: Mapped[User] = relationship()
    twin: Mapped["Exhibit | None"] = relationship(remote_side=[id])
    custody: Mapped[list["CustodyEntry"]] = relationship(back_populates="exhibit", order_by="CustodyEntry.number")
    disposals: Mapped[list["Disposal"]] = relationship(back_populates="exhibit", order_by="Disposal.id")

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


class InExhibit(InCase):
    """What belongs to one exhibit and is found by its number within it."""

    @classmethod
    def located(cls, user: User, *, case: str, number: int, part: int) -> sa.Select[Self]:  # type: ignore[override]
        """The part at its exhibit's address and its own number."""
        parent = sa.select(Exhibit.id).join(Case).where(Case.reference == case, Exhibit.number == number)
        model: Any = cls
        return cls.visible_to(user).where(model.exhibit_id == parent.scalar_subquery(), model.number == part)


class CustodyEntry(Sealed, InExhibit, Base):
    """One handover: from whom, to whom, when, why, under which seal. The one before it ends where it begins."""

    __tablename__ = "custody_entry"
    __table_args__ = (sa.UniqueConstraint("exhibit_id", "number"),)

    FORMAT: ClassVar[str] = "tracker-custody/1"
    SEALS: ClassVar[tuple[str, ...]] = (
        "case_id", "exhibit_id", "number", "from_holder", "to_holder", "at", "why", "seal_number", "condition", "by_id",
        "recorded",
    )  # fmt: skip
    PARTS: ClassVar[tuple[str, ...]] = ("case", "exhibit.custody")
    SEALED_AT_ONCE: ClassVar[bool] = True

    id: Mapped[int] = mapped_column(primary_key=True)
    exhibit_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibit.id"))
    number: Mapped[int]
    from_holder: Mapped[str] = mapped_column(sa.String(200))
    to_holder: Mapped[str] = mapped_column(sa.String(200))
    at: Mapped[Moment] = moment("at")
    why: Mapped[str] = mapped_column(sa.String(500))
    seal_number: Mapped[str] = mapped_column(sa.String(80), default="")
    condition: Mapped[str] = mapped_column(sa.String(300), default="")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    recorded: Mapped[datetime] = mapped_column(UTC)

    exhibit: Mapped[Exhibit] = relationship(back_populates="custody")
    by: Mapped[User] = relationship()

    def sealed_parts(self) -> dict[str, Any]:
        """Which exhibit it is about, and the seal of the handover before it: a chain."""
        before = next((one for one in self.exhibit.custody if one.number == self.number - 1), None)
        about = {"case": self.case.reference, "exhibit": self.exhibit.number, "exhibit_seal": self.exhibit.seal}
        return {**about, "sha256": self.exhibit.sha256, "before": before and before.seal}


class Disposal(Sealed, InExhibit, Base):
    """The end of an exhibit: one person proposes it, another confirms it. What it was, and its hash, stay.

    It is sealed when it is confirmed: a file that is gone from the store without a sealed disposal is lost.
    """

    __tablename__ = "disposal"
    __table_args__ = (sa.UniqueConstraint("exhibit_id", "number"),)

    FORMAT: ClassVar[str] = "tracker-disposal/1"
    SEALS: ClassVar[tuple[str, ...]] = (
        "case_id", "exhibit_id", "number", "reason", "by_id", "at", "confirmed_by_id", "confirmed_at",
        "declined_by_id", "declined_at", "why_declined",
    )  # fmt: skip
    PARTS: ClassVar[tuple[str, ...]] = ("case", "exhibit")

    id: Mapped[int] = mapped_column(primary_key=True)
    exhibit_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibit.id"))
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.Text)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UTC)
    declined_at: Mapped[datetime | None] = mapped_column(UTC)
    declined_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    why_declined: Mapped[str] = mapped_column(sa.Text, default="")

    exhibit: Mapped[Exhibit] = relationship(back_populates="disposals")
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])
    declined_by: Mapped[User | None] = relationship(foreign_keys=[declined_by_id])

    def sealed_parts(self) -> dict[str, Any]:
        """Which exhibit it is the end of."""
        return {"case": self.case.reference, "exhibit": self.exhibit.number, "exhibit_seal": self.exhibit.seal}

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.confirmed_at is None and self.declined_at is None
