"""Reviews: one reviewer's answer to one exact text, sealed; an edit of the text makes it void."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tracker.base.db import UTC, Base, index_of_few
from tracker.models.case.cases import Numbered
from tracker.models.findings.words import Verdict
from tracker.models.register.accounts import Account
from tracker.models.sealed import Format, Sealed
from tracker.models.words import one_of

REVIEWED = ("finding", "elimination", "assessment", "outcome")
_ONE = " + ".join(f"CASE WHEN {name}_id IS NULL THEN 0 ELSE 1 END" for name in REVIEWED) + " = 1"


class Reviewed:
    """A text that a reviewer answers: its `reviews`, oldest first, and the `text_sha256` of its words as they are."""

    text_sha256: Any

    @declared_attr
    def reviews(cls) -> Mapped[list["Review"]]:
        """Every verdict about it, oldest first."""
        return relationship("Review", order_by="Review.id")

    @property
    def last_review(self) -> "Review | None":
        """The newest verdict, whichever of its texts that was about."""
        return self.reviews[-1] if self.reviews else None

    def has_text(self, sha256: str) -> bool:
        """Whether this is the hash of its words as they are."""
        return bool(self.text_sha256 == sha256)

    @property
    def returned(self) -> "Review | None":
        """The last review, where it returned exactly these words; edited back they are the same words."""
        last = self.last_review
        returns = last is not None and not last.is_approval and self.has_text(last.text_sha256)
        return last if returns else None


class Review(Sealed, Numbered, Base):
    """A verdict about a finding, an elimination, the assessment of what came out, or the outcome of the case."""

    __tablename__ = "review"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.CheckConstraint(_ONE, name="one_thing_is_reviewed"),
        sa.Index("ix_review_finding", "finding_id"),
        sa.Index("ix_review_elimination", "elimination_id"),
        sa.Index("ix_review_assessment", "assessment_id"),
        sa.Index("ix_review_outcome", "outcome_id"),
        index_of_few("ix_review_returned", "elimination_id", "verdict = 'returned' AND elimination_id IS NOT NULL"),
    )

    FORMATS: ClassVar[tuple[Format, ...]] = (
        Format("review/1", (
            "case_id", "number", *(f"{name}_id" for name in REVIEWED), "reviewer_id", "verdict", "note", "revision",
            "text_sha256", "at",
        )),
    )  # fmt: skip
    SEALED_AT_ONCE: ClassVar[bool] = True
    PARTS: ClassVar[tuple[str, ...]] = ("reviewer",)

    finding_id: Mapped[int | None] = mapped_column(sa.ForeignKey("finding.id"))
    elimination_id: Mapped[int | None] = mapped_column(sa.ForeignKey("elimination.id"))
    assessment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assessment.id"))
    outcome_id: Mapped[int | None] = mapped_column(sa.ForeignKey("outcome.id"))
    reviewer_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    verdict: Mapped[Verdict] = mapped_column(one_of(Verdict))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    revision: Mapped[int] = mapped_column(default=1)
    text_sha256: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(UTC)

    reviewer: Mapped[Account] = relationship()

    def sealed_parts(self) -> dict[str, Any]:
        """Who reviewed it."""
        return {"reviewer": self.reviewer.uid}

    @property
    def kind(self) -> str:
        """What was reviewed: one of REVIEWED."""
        return next(name for name in REVIEWED if getattr(self, f"{name}_id") is not None)

    @property
    def is_approval(self) -> bool:
        """Whether it approves."""
        return self.verdict is Verdict.APPROVED
