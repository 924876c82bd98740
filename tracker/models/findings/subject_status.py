"""Subject status: a person becomes a subject by two signatures, for thirty days, on evidence beyond access."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.base.db import UTC, Base, index_of_few
from tracker.models.access.people import Person
from tracker.models.case.cases import NumberedPart
from tracker.models.disclosure.claims import WORDS
from tracker.models.findings.citations import Citation
from tracker.models.findings.words import Cited
from tracker.models.recorded import Recorded
from tracker.models.register.accounts import Account
from tracker.models.sealed import Format, Sealed

LASTS = timedelta(days=30)


class SubjectStatus(Sealed, Recorded, NumberedPart, Base):
    """The lead proposes, counsel signs, and it lapses unless it is proposed and signed again."""

    __tablename__ = "subject_status"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.Index("ix_subject_status_person", "person_id"),
        index_of_few("ix_subject_status_open", "case_id", "signed_at IS NULL AND ended_at IS NULL"),
    )

    WITHIN: ClassVar[Any] = Person
    FORMATS: ClassVar[tuple[Format, ...]] = (
        Format("subject_status/1", (
            "case_id", "number", "person_id", "allegation", "alternatives", "notice_plan", "by_id", "at",
            "signed_by_id", "signed_at", "until",
        )),
    )  # fmt: skip
    FREE: ClassVar[tuple[str, ...]] = ("ended_at", "ended_by_id", "why_ended")
    PARTS: ClassVar[tuple[str, ...]] = (
        "person", "by", "signed_by", *(f"citations.{kind.value}" for kind in Cited), "citations.claim.disclosure",
        "citations.interview.person",
    )  # fmt: skip

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    allegation: Mapped[str] = mapped_column(sa.Text)
    alternatives: Mapped[str] = mapped_column(sa.Text)
    notice_plan: Mapped[str] = mapped_column(sa.Text, default="")
    signed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    signed_at: Mapped[datetime | None] = mapped_column(UTC)
    until: Mapped[datetime | None] = mapped_column(UTC)
    ended_at: Mapped[datetime | None] = mapped_column(UTC)
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    why_ended: Mapped[str] = mapped_column(sa.Text, default="")

    person: Mapped[Person] = relationship()
    signed_by: Mapped[Account | None] = relationship(foreign_keys=[signed_by_id])
    ended_by: Mapped[Account | None] = relationship(foreign_keys=[ended_by_id])
    citations: Mapped[list[Citation]] = relationship(back_populates="subject_status", order_by="Citation.number")

    def sealed_parts(self) -> dict[str, Any]:
        """Whom it is about, on which evidence, and who signed."""
        cited = [one.spell(WORDS) for one in self.citations if one.stands]
        signed_by = self.signed_by.uid if self.signed_by else None
        return {"person": self.person.number, "by": self.by.uid, "signed_by": signed_by, "cites": cited}

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the text that counsel signs, as it is now: a citation more is another text."""
        return self.compute_seal()

    @classmethod
    def in_force(cls, moment: datetime) -> sa.ColumnElement[bool]:
        """Signed by both, not ended, not lapsed at this moment."""
        return sa.and_(cls.signed_at.is_not(None), cls.ended_at.is_(None), cls.until > moment)

    def state_at(self, moment: datetime) -> str:
        """Its state in words at this moment."""
        if self.ended_at is not None:
            return "ended"
        if self.signed_at is None or self.until is None:
            return "proposed"
        return "in force" if self.until > moment else "lapsed"
