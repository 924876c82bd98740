"""Findings: a claim the team makes about one allegation, for a reviewer to vouch for."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.letters import says
from tracker.base.db import UTC, Base, index_of_few
from tracker.models.access.people import Person
from tracker.models.case.cases import Numbered
from tracker.models.findings.citations import Citation
from tracker.models.findings.reviews import Reviewed
from tracker.models.findings.words import CRITICAL, Conclusion, FindingState, Standard
from tracker.models.recorded import Editable
from tracker.models.register.accounts import Account
from tracker.models.sealed import Format, is_hash_of, sha256_of
from tracker.models.searched import Searched
from tracker.models.words import one_of

if TYPE_CHECKING:
    from tracker.models.findings.comments import Comment
    from tracker.models.findings.replies import Reply
    from tracker.models.findings.revisions import FindingRevision

TEXTS = {  # the fields of a finding in the order in which they are read
    "allegation": "Allegation",
    "rule": "Rule in force at the time",
    "standard": "Standard of proof",
    "evidence_for": "Evidence for",
    "evidence_against": "Evidence against",
    "missing": "Missing evidence",
    "reasoning": "Reasoning",
    "reply": "Person's reply",
    "conclusion": "Conclusion",
}


class Finding(Reviewed, Editable, Numbered, Base):
    """What the team says of one allegation. The standard of proof is chosen before the text."""

    __tablename__ = "finding"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        index_of_few("ix_finding_open", "case_id", "state IN ('draft', 'submitted', 'returned')"),
    )

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(("allegation", "rule", "evidence_for", "evidence_against", "missing", "reasoning", "reply"), at="at"),
    )
    WORDINGS: ClassVar[tuple[Format, ...]] = (Format("finding/1", ("number", *TEXTS), parts="text_parts"),)

    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    allegation: Mapped[str] = mapped_column(sa.Text)
    rule: Mapped[str] = mapped_column(sa.Text, default="")
    standard: Mapped[Standard] = mapped_column(one_of(Standard))
    evidence_for: Mapped[str] = mapped_column(sa.Text, default="")
    evidence_against: Mapped[str] = mapped_column(sa.Text, default="")
    missing: Mapped[str] = mapped_column(sa.Text, default="")
    reasoning: Mapped[str] = mapped_column(sa.Text, default="")
    reply: Mapped[str] = mapped_column(sa.Text, default="")
    conclusion: Mapped[Conclusion | None] = mapped_column(one_of(Conclusion))
    state: Mapped[FindingState] = mapped_column(one_of(FindingState), default=FindingState.DRAFT)
    revision: Mapped[int] = mapped_column(default=0)
    text_sha256: Mapped[str] = mapped_column(sa.String(64), default="")
    submitted_at: Mapped[datetime | None] = mapped_column(UTC)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)

    person: Mapped[Person | None] = relationship()
    author: Mapped[Account] = relationship()
    citations: Mapped[list[Citation]] = relationship(back_populates="finding", order_by="Citation.number")
    revisions: Mapped[list["FindingRevision"]] = relationship(
        back_populates="finding", order_by="FindingRevision.revision"
    )
    comments: Mapped[list["Comment"]] = relationship(back_populates="finding", order_by="Comment.number")
    replies: Mapped[list["Reply"]] = relationship(back_populates="finding", order_by="Reply.number")

    def text(self) -> str:
        """The exact text a reviewer vouches for: every field, the person, and the citations that stand."""
        return self.WORDINGS[-1].spell(self)

    def text_parts(self) -> dict[str, Any]:
        """Whom it is about, and what it cites."""
        cited = [one.spell() for one in self.citations if one.stands]
        return {"person": self.person.number if self.person else None, "cites": cited}

    def compute_sha256(self) -> str:
        """SHA-256 of the text as it is now, in hex."""
        return sha256_of(self.text())

    @property
    def is_kept(self) -> bool:
        """Whether the text as it is now, with what it rests on, is the one that was kept last."""
        return is_hash_of(self.WORDINGS, self, self.text_sha256)

    def part(self, name: str) -> str:
        """One part of the text as a reader sees it, by its name in TEXTS."""
        value = getattr(self, name)
        return str(getattr(value, "label", value) or "")

    def says_still(self, passage: str) -> bool:
        """Whether these words stand in a part of its text."""
        return any(stands_in(passage, self.part(name)) for name in TEXTS)

    @property
    def label(self) -> str:
        """Number and the beginning of the allegation, as a choice shows it."""
        return f"{self.number}: {self.allegation[:80]}"

    @property
    def is_critical(self) -> bool:
        """Whether it leaves something standing against a person, who is asked for a reply."""
        return self.person_id is not None and self.conclusion in CRITICAL

    @property
    def came_late(self) -> bool:
        """Whether a reply, a silence or a response was recorded after the text was put before a reviewer."""
        at = self.submitted_at
        return self.is_critical and at is not None and any(one.came_at and one.came_at > at for one in self.replies)

    @property
    def must_weigh(self) -> bool:
        """Whether a reply came, or that none came was recorded, and the text does not say how that was weighed."""
        return self.is_critical and any(one.is_answered for one in self.replies) and not says(self.reply)

    @property
    def missing_parts(self) -> list[str]:
        """What must be filled in before it can be submitted."""
        needed = ("rule", "evidence_for", "evidence_against", "reasoning", "conclusion")
        return [TEXTS[name] for name in needed if not says(getattr(self, name) or "")]

    @property
    def approval(self) -> Any:
        """The approval of exactly the current revision; None when there is none, or an edit voided it."""
        reviews = [one for one in self.reviews if one.revision == self.revision]
        return reviews[-1] if reviews and reviews[-1].is_approval and self.state is FindingState.APPROVED else None


def stands_in(passage: str, text: str) -> bool:
    """Whether a text holds these words; how they are broken into lines does not matter."""
    return " ".join(passage.split()) in " ".join(text.split())
