"""What is decided of a case: the appraisal of what came out, the decision log, and the outcome on four axes."""

import hashlib
from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.canonical import dumps
from tracker.db import UTC, Base
from tracker.models.accounts import User
from tracker.models.cases import InCase
from tracker.models.judging import SHORT, Breach, Happened, Intent, Source
from tracker.models.sealed import Sealed
from tracker.models.words import Answer, one_of


class Appraisal(InCase, Base):
    """Was there a disclosure at all? Proposed by the lead over the claims as they are recorded; a reviewer agrees."""

    __tablename__ = "appraisal"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    happened: Mapped[Happened | None] = mapped_column(one_of(Happened))
    reason: Mapped[str] = mapped_column(sa.Text)
    damage: Mapped[Answer] = mapped_column(one_of(Answer, "damage"))
    damage_reason: Mapped[str] = mapped_column(sa.Text)
    text_sha256: Mapped[str] = mapped_column(sa.String(64))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)

    by: Mapped[User] = relationship()
    reviews: Mapped[list[Any]] = relationship("Review", order_by="Review.id")

    @property
    def is_short(self) -> bool:
        """Whether it proposes that there is nothing to investigate: the case then goes straight to review."""
        return self.happened in SHORT

    def made_sha256(self, claims: list[list[Any]]) -> str:
        """SHA-256 of what is appraised: its own words, and the claims with what was answered of each."""
        said = {name: getattr(self, name) for name in ("number", "happened", "reason", "damage", "damage_reason")}
        text = dumps({"format": "tracker-appraisal/1", **said, "claims": claims})
        return hashlib.sha256(text.encode("ascii")).hexdigest()


class Decision(Sealed, InCase, Base):
    """An entry of the decision log. Another decision is another entry."""

    __tablename__ = "decision"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    FORMAT: ClassVar[str] = "tracker-decision/1"
    SEALS: ClassVar[tuple[str, ...]] = (
        "case_id", "number", "what", "alternatives", "reason", "revisit", "by_id", "at",
    )  # fmt: skip
    PARTS: ClassVar[tuple[str, ...]] = ("by",)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    what: Mapped[str] = mapped_column(sa.Text)
    alternatives: Mapped[str] = mapped_column(sa.Text, default="")
    reason: Mapped[str] = mapped_column(sa.Text)
    revisit: Mapped[str] = mapped_column(sa.String(200), default="")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)

    by: Mapped[User] = relationship()

    def sealed_parts(self) -> dict[str, Any]:
        """Who decided."""
        return {"by": self.by.uid}


class Outcome(Sealed, InCase, Base):
    """Four axes, a closing note, the letters; sealed when the decider closes the case on it. Reopening keeps it."""

    __tablename__ = "outcome"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    FORMAT: ClassVar[str] = "tracker-outcome/1"
    TEXTS: ClassVar[tuple[str, ...]] = (
        "number", "happened", "breach", "intent", "source", "source_reason", "note", "letters",
    )  # fmt: skip
    SEALS: ClassVar[tuple[str, ...]] = (
        *TEXTS, "case_id", "revision", "by_id", "at", "reviewed", "closed_at", "closed_by_id",
    )  # fmt: skip
    FREE: ClassVar[tuple[str, ...]] = ("reopened_at", "reopened_by_id", "why_reopened", "row")
    PARTS: ClassVar[tuple[str, ...]] = ("case", "closed_by")

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    happened: Mapped[Happened] = mapped_column(one_of(Happened))
    breach: Mapped[Breach] = mapped_column(one_of(Breach))
    intent: Mapped[Intent | None] = mapped_column(one_of(Intent))
    source: Mapped[Source] = mapped_column(one_of(Source))
    source_reason: Mapped[str] = mapped_column(sa.Text, default="")
    note: Mapped[str] = mapped_column(sa.Text)
    letters: Mapped[str] = mapped_column(sa.Text, default="")
    revision: Mapped[int] = mapped_column(default=1)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)
    reviewed: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None] = mapped_column(UTC)
    closed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    reopened_at: Mapped[datetime | None] = mapped_column(UTC)
    reopened_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    why_reopened: Mapped[str] = mapped_column(sa.Text, default="")
    row: Mapped[int] = mapped_column(default=1)

    by: Mapped[User] = relationship(foreign_keys=[by_id])
    closed_by: Mapped[User | None] = relationship(foreign_keys=[closed_by_id])
    reopened_by: Mapped[User | None] = relationship(foreign_keys=[reopened_by_id])
    reviews: Mapped[list[Any]] = relationship("Review", order_by="Review.id")

    def text(self) -> str:
        """The exact text the reviewer approves: the four axes, note and letters."""
        return dumps({"format": self.FORMAT, **{name: getattr(self, name) for name in self.TEXTS}})

    @property
    def text_sha256(self) -> str:
        """SHA-256 of that text, in hex."""
        return hashlib.sha256(self.text().encode("ascii")).hexdigest()

    def sealed_parts(self) -> dict[str, Any]:
        """Who closed the case."""
        return {"case": self.case.reference, "closed_by": self.closed_by.uid if self.closed_by else None}

    @property
    def approval(self) -> Any:
        """The reviewer's approval of exactly this text; None when there is none, or an edit voided it."""
        last = self.reviews[-1] if self.reviews else None
        return last if last is not None and last.is_approval and last.revision == self.revision else None
