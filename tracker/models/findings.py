"""Findings: a claim the team makes, text by text. Every text that was saved stays readable under its SHA-256."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.canonical import dumps
from tracker.analysis.moments import Moment
from tracker.db import UTC, Base, moment
from tracker.models.accounts import User
from tracker.models.cases import Case, InCase
from tracker.models.citations import Citation
from tracker.models.judging import CRITICAL, Conclusion, FindingState, Standard
from tracker.models.people import Person
from tracker.models.words import one_of

TEXTS = {  # the fields of a finding in the order in which they are read
    "allegation": "What is alleged",
    "rule": "Rule in force then",
    "standard": "Standard of proof",
    "evidence_for": "Evidence for",
    "evidence_against": "Evidence against",
    "missing": "What is missing",
    "reasoning": "Reasoning",
    "reply": "The person's reply, and how it was weighed",
    "conclusion": "Conclusion",
}


class Finding(InCase, Base):
    """What the team says of one allegation. The standard of proof is chosen before the text."""

    __tablename__ = "finding"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
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
    row: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person | None] = relationship()
    author: Mapped[User] = relationship()
    citations: Mapped[list[Citation]] = relationship(order_by="Citation.number")
    revisions: Mapped[list["FindingRevision"]] = relationship(
        back_populates="finding", order_by="FindingRevision.revision"
    )
    comments: Mapped[list["Comment"]] = relationship(back_populates="finding", order_by="Comment.number")
    replies: Mapped[list["Reply"]] = relationship(back_populates="finding", order_by="Reply.number")
    reviews: Mapped[list[Any]] = relationship("Review", order_by="Review.id")

    def text(self) -> str:
        """The exact text a reviewer vouches for: every field, the pseudonym, and the citations that stand."""
        said = {name: getattr(self, name) for name in TEXTS}
        cited = [[one.cited_label, one.bearing, one.note] for one in self.citations if one.stands]
        person = self.person.pseudonym if self.person else None
        return dumps({"format": "tracker-finding/1", "number": self.number, "person": person, **said, "cites": cited})

    def made_sha256(self) -> str:
        """SHA-256 of the text as it is now, in hex."""
        return hashlib.sha256(self.text().encode("ascii")).hexdigest()

    def part(self, name: str) -> str:
        """One part of the text as a reader sees it, by its name in TEXTS."""
        value = getattr(self, name)
        return str(getattr(value, "label", value) or "")

    @property
    def label(self) -> str:
        """Number and the beginning of the allegation, as a choice shows it."""
        return f"{self.number}: {self.allegation[:80]}"

    @property
    def is_critical(self) -> bool:
        """Whether it leaves something standing against a person, who is asked for her reply."""
        return self.person_id is not None and self.conclusion in CRITICAL

    @property
    def missing_parts(self) -> list[str]:
        """What must be filled in before it can be submitted."""
        needed = ("rule", "evidence_for", "evidence_against", "reasoning", "conclusion")
        return [TEXTS[name] for name in needed if not getattr(self, name)]

    @property
    def approval(self) -> Any:
        """The approval of exactly the current revision; None when there is none, or an edit voided it."""
        reviews = [one for one in self.reviews if one.revision == self.revision]
        return reviews[-1] if reviews and reviews[-1].is_approval and self.state is FindingState.APPROVED else None


class InFinding(InCase):
    """What belongs to one finding and is found by its number within it."""

    @classmethod
    def located(cls, user: User, *, case: str, number: int, part: int) -> sa.Select[Self]:  # type: ignore[override]
        """The part at its finding's address and its own number."""
        parent = sa.select(Finding.id).join(Case).where(Case.reference == case, Finding.number == number)
        model: Any = cls
        return cls.visible_to(user).where(model.finding_id == parent.scalar_subquery(), model.number == part)


class FindingRevision(InCase, Base):
    """One text of a finding as it was saved, and who saved it: none of those may review it."""

    __tablename__ = "finding_revision"
    __table_args__ = (sa.UniqueConstraint("finding_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("finding.id"))
    revision: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    text_sha256: Mapped[str] = mapped_column(sa.String(64))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)

    finding: Mapped[Finding] = relationship(back_populates="revisions")
    by: Mapped[User] = relationship()

    @classmethod
    def located(cls, user: User, *, case: str, number: int, revision: int) -> sa.Select[Self]:  # type: ignore[override]
        """The text at /findings/<number>/revisions/<revision>."""
        parent = sa.select(Finding.id).join(Case).where(Case.reference == case, Finding.number == number)
        return cls.visible_to(user).where(cls.finding_id == parent.scalar_subquery(), cls.revision == revision)

    @property
    def said(self) -> dict[str, Any]:
        """The fields as they were saved, by their names; `cites` and `person` among them."""
        return dict(json.loads(self.text))


class Comment(InFinding, Base):
    """What somebody remarks about one passage of one text of a finding."""

    __tablename__ = "comment"
    __table_args__ = (sa.UniqueConstraint("finding_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("finding.id"))
    number: Mapped[int]
    revision: Mapped[int]
    field: Mapped[str] = mapped_column(sa.String(40))
    passage: Mapped[str] = mapped_column(sa.Text, default="")
    text: Mapped[str] = mapped_column(sa.Text)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTC)

    finding: Mapped[Finding] = relationship(back_populates="comments")
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id])

    @property
    def is_current(self) -> bool:
        """Whether the passage still stands in the text; a remark on a whole part holds until the text changes."""
        if not self.passage:
            return self.revision == self.finding.revision
        return stands_in(self.passage, self.finding.part(self.field))


class Reply(InFinding, Base):
    """A passage put to the person it is about: her answer, or her silence, recorded; and what the team says to it."""

    __tablename__ = "reply"
    __table_args__ = (sa.UniqueConstraint("finding_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("finding.id"))
    number: Mapped[int]
    passage: Mapped[str] = mapped_column(sa.Text)
    gist: Mapped[str] = mapped_column(sa.Text, default="")
    put_at: Mapped[Moment] = moment("put_at")
    days: Mapped[int]
    why_extended: Mapped[str] = mapped_column(sa.Text, default="")
    answer: Mapped[str] = mapped_column(sa.Text, default="", info={"secret": True})
    answered_at: Mapped[Moment] = moment("answered_at")
    silent_at: Mapped[datetime | None] = mapped_column(UTC)
    response: Mapped[str] = mapped_column(sa.Text, default="")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)
    row: Mapped[int] = mapped_column(default=1)

    finding: Mapped[Finding] = relationship(back_populates="replies")
    by: Mapped[User] = relationship()

    @property
    def due(self) -> datetime:
        """Until when she has time: so many days after the latest moment at which it can have reached her."""
        if self.put_at.latest is None:
            raise RuntimeError("nothing is put to a person at an unknown time")
        return self.put_at.latest + timedelta(days=self.days)

    @property
    def is_answered(self) -> bool:
        """Whether she answered, or her silence is recorded."""
        return bool(self.answer) or self.silent_at is not None

    @property
    def is_settled(self) -> bool:
        """Answered or silent, and responded to."""
        return self.is_answered and bool(self.response)


def authors_of(finding: Finding) -> Iterable[User]:
    """Everybody who wrote any text of it: the author, every co-author, whoever edited last."""
    return [finding.author, *(one.by for one in finding.revisions)]


def stands_in(passage: str, text: str) -> bool:
    """Whether a text holds these words; how they are broken into lines does not matter."""
    return " ".join(passage.split()) in " ".join(text.split())
