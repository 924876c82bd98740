"""Outcomes: what is decided of a case, on four axes that are never merged."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.base.db import UTC, Base, index_of_few
from tracker.models.case.cases import Case, Numbered
from tracker.models.findings.known_sources import KnownSource, KnownSources
from tracker.models.findings.reviews import Review, Reviewed
from tracker.models.findings.words import Breach, Ending, Happened, Intent, OutcomeState
from tracker.models.recorded import Editable, Recorded
from tracker.models.register.accounts import Account
from tracker.models.sealed import Format, Sealed, is_hash_of, sha256_of
from tracker.models.searched import Searched
from tracker.models.words import one_of


class Outcome(Reviewed, Sealed, Editable, Recorded, Numbered, Base):
    """Four axes, a closing note, letters; sealed when the case is closed on it. Reopening keeps it."""

    __tablename__ = "outcome"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        index_of_few("ix_outcome_open", "case_id", "closed_at IS NULL"),
    )

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("note", "letters", "why_bare", "why_reopened"), at="at"),)
    TEXTS: ClassVar[tuple[str, ...]] = (
        "number", "ending", "happened", "breach", "intent", "sources", "why_bare", "note", "letters",
    )  # fmt: skip
    WORDINGS: ClassVar[tuple[Format, ...]] = (Format("outcome-text/1", TEXTS, parts=""),)
    FORMATS: ClassVar[tuple[Format, ...]] = (
        Format("outcome/1", (
            *TEXTS, "case_id", "revision", "by_id", "at", "reviewed", "as_it_stood", "submitted_at",
            "closed_at", "closed_by_id",
        )),
    )  # fmt: skip
    FREE: ClassVar[tuple[str, ...]] = ("reopened_at", "reopened_by_id", "why_reopened", "lock_version")
    PARTS: ClassVar[tuple[str, ...]] = ("case", "closed_by")

    ending: Mapped[Ending] = mapped_column(one_of(Ending), default=Ending.DECIDED)
    happened: Mapped[Happened] = mapped_column(one_of(Happened))
    breach: Mapped[Breach] = mapped_column(one_of(Breach))
    intent: Mapped[Intent | None] = mapped_column(one_of(Intent))
    sources: Mapped[tuple[KnownSource, ...]] = mapped_column(KnownSources)
    why_bare: Mapped[str] = mapped_column(sa.Text, default="")  # why it rests on no interview, record or finding
    note: Mapped[str] = mapped_column(sa.Text)
    letters: Mapped[str] = mapped_column(sa.Text, default="")
    revision: Mapped[int] = mapped_column(default=1)
    submitted_at: Mapped[datetime | None] = mapped_column(UTC)
    reviewed: Mapped[bool] = mapped_column(default=False)
    as_it_stood: Mapped[str] = mapped_column(sa.Text, default="")  # the record at the closing: read by `Standing`
    closed_at: Mapped[datetime | None] = mapped_column(UTC)
    closed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    reopened_at: Mapped[datetime | None] = mapped_column(UTC)
    reopened_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    why_reopened: Mapped[str] = mapped_column(sa.Text, default="")

    closed_by: Mapped[Account | None] = relationship(foreign_keys=[closed_by_id])
    reopened_by: Mapped[Account | None] = relationship(foreign_keys=[reopened_by_id])

    @classmethod
    def unreviewed(cls, case: Case) -> sa.Select[Any]:
        """That on which the case was closed though nobody independent had reviewed it, and which still stands."""
        return cls.of(case).where(cls.closed_at.is_not(None), cls.reopened_at.is_(None), ~cls.reviewed)

    def text(self) -> str:
        """The exact text the reviewer approves: the four axes, note and letters."""
        return self.WORDINGS[-1].spell(self)

    @property
    def text_sha256(self) -> str:
        """SHA-256 of that text, in hex."""
        return sha256_of(self.text())

    def has_text(self, sha256: str) -> bool:
        """Whether this is the hash of its words as they are, in the format of the time."""
        return is_hash_of(self.WORDINGS, self, sha256)

    def sealed_parts(self) -> dict[str, Any]:
        """Who closed the case."""
        return {"case": self.case.reference, "closed_by": self.closed_by.uid if self.closed_by else None}

    @property
    def state(self) -> OutcomeState:
        """How far it has come: its badge and its buttons follow from this alone."""
        if self.is_sealed:
            return OutcomeState.REOPENED if self.reopened_at else OutcomeState.CLOSED
        if self.returned is not None:
            return OutcomeState.RETURNED
        if self.submitted_at is None:
            return OutcomeState.DRAFT
        return OutcomeState.SUBMITTED if self.approval is None else OutcomeState.APPROVED

    @property
    def approval(self) -> Review | None:
        """The reviewer's approval of exactly this text; None when there is none, or an edit voided it."""
        last = self.last_review
        return last if last is not None and last.is_approval and last.revision == self.revision else None
