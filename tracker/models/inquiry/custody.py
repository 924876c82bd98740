"""Custody of an exhibit: every handover, without gap or overlap, and its end."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.base.db import UTC, Base, index_of_few, moment
from tracker.models.case.cases import NumberedPart
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.recorded import Attributed, Recorded
from tracker.models.register.accounts import Account
from tracker.models.sealed import Format, Sealed
from tracker.models.searched import Searched


class CustodyEntry(Sealed, Attributed, NumberedPart, Base):
    """One handover: from whom, to whom, when, why, under which seal. The one before it ends where it begins."""

    __tablename__ = "custody_entry"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(("from_holder", "to_holder", "why", "seal_number", "condition"), under="exhibit", at="at"),
    )
    WITHIN: ClassVar[Any] = Exhibit
    FORMATS: ClassVar[tuple[Format, ...]] = (
        Format("custody_entry/1", (
            "case_id", "exhibit_id", "number", "from_holder", "to_holder", "at", "why", "seal_number", "condition",
            "by_id", "recorded",
        )),
    )  # fmt: skip
    PARTS: ClassVar[tuple[str, ...]] = ("case", "exhibit.custody")
    SEALED_AT_ONCE: ClassVar[bool] = True

    exhibit_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibit.id"))
    from_holder: Mapped[str] = mapped_column(sa.String(200))
    to_holder: Mapped[str] = mapped_column(sa.String(200))
    at: Mapped[Moment] = moment("at")
    why: Mapped[str] = mapped_column(sa.String(500))
    seal_number: Mapped[str] = mapped_column(sa.String(80), default="")
    condition: Mapped[str] = mapped_column(sa.String(300), default="")
    recorded: Mapped[datetime] = mapped_column(UTC)

    exhibit: Mapped[Exhibit] = relationship(back_populates="custody")

    def sealed_parts(self) -> dict[str, Any]:
        """Which exhibit it is about, and the seal of the handover before it: a chain."""
        before = next((one for one in self.exhibit.custody if one.number == self.number - 1), None)
        about = {"case": self.case.reference, "exhibit": self.exhibit.number, "exhibit_seal": self.exhibit.seal}
        return {**about, "sha256": self.exhibit.sha256, "before": before and before.seal}


class Disposal(Sealed, Recorded, NumberedPart, Base):
    """The end of an exhibit: one person proposes it, another confirms it. What it was, and its hash, stay.

    It is sealed when it is confirmed: a file that is gone from the store without a sealed disposal is lost.
    """

    __tablename__ = "disposal"
    __table_args__ = (
        sa.UniqueConstraint("exhibit_id", "number"),
        index_of_few("ix_disposal_open", "case_id", "confirmed_at IS NULL AND declined_at IS NULL"),
    )

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("reason", "why_declined"), under="exhibit", at="at"),)
    WITHIN: ClassVar[Any] = Exhibit
    FORMATS: ClassVar[tuple[Format, ...]] = (
        Format("disposal/1", (
            "case_id", "exhibit_id", "number", "reason", "by_id", "at", "confirmed_by_id", "confirmed_at",
            "declined_at", "declined_by_id", "why_declined",
        )),
    )  # fmt: skip
    PARTS: ClassVar[tuple[str, ...]] = ("case", "exhibit")

    exhibit_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibit.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UTC)
    declined_at: Mapped[datetime | None] = mapped_column(UTC)
    declined_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    why_declined: Mapped[str] = mapped_column(sa.Text, default="")

    exhibit: Mapped[Exhibit] = relationship(back_populates="disposals")
    confirmed_by: Mapped[Account | None] = relationship(foreign_keys=[confirmed_by_id])
    declined_by: Mapped[Account | None] = relationship(foreign_keys=[declined_by_id])

    def sealed_parts(self) -> dict[str, Any]:
        """Which exhibit it is the end of."""
        return {"case": self.case.reference, "exhibit": self.exhibit.number, "exhibit_seal": self.exhibit.seal}

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.confirmed_at is None and self.declined_at is None
