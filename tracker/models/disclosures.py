"""Disclosures and their claims: what appeared outside, when, and which statements of it were protected."""

from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.db import Base, moment
from tracker.models.accounts import User
from tracker.models.cases import Case, InCase
from tracker.models.materials import Version
from tracker.models.words import Accuracy, Answer, DisclosureForm, Medium, Protected, Question, Wording, one_of


class Disclosure(InCase, Base):
    """One appearance of the material outside: where, when, in which words."""

    __tablename__ = "disclosure"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    outlet: Mapped[str] = mapped_column(sa.String(200))
    title: Mapped[str] = mapped_column(sa.String(300), default="")
    author: Mapped[str] = mapped_column(sa.String(200), default="")
    medium: Mapped[Medium] = mapped_column(one_of(Medium), default=Medium.OTHER)
    url: Mapped[str] = mapped_column(sa.String(2000), default="")
    published: Mapped[Moment] = moment("published")
    first_seen: Mapped[Moment] = moment("first_seen")
    comment_requested: Mapped[Moment] = moment("comment_requested")
    sourcing: Mapped[str] = mapped_column(sa.Text, default="")
    form: Mapped[DisclosureForm | None] = mapped_column(one_of(DisclosureForm))
    derived_from_id: Mapped[int | None] = mapped_column(sa.ForeignKey("disclosure.id"))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    text_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    row: Mapped[int] = mapped_column(default=1)

    derived_from: Mapped["Disclosure | None"] = relationship(remote_side=[id])
    claims: Mapped[list["Claim"]] = relationship(back_populates="disclosure", order_by="Claim.number")
    captures: Mapped[list["Capture"]] = relationship(back_populates="disclosure", order_by="Capture.number")

    @property
    def heading(self) -> str:
        """Outlet and title, as a list shows it."""
        return f"{self.outlet}: {self.title}" if self.title else self.outlet

    @property
    def label(self) -> str:
        """Number and outlet, as a choice shows it."""
        return f"{self.number}: {self.heading}"

    @property
    def link(self) -> str | None:
        """The address, if a browser may follow it."""
        return self.url if is_web_address(self.url) else None


class Capture(InCase, Base):
    """A file that shows a disclosure as it was found. A better one is a new row that names the old."""

    __tablename__ = "capture"
    __table_args__ = (sa.UniqueConstraint("disclosure_id", "number"), sa.UniqueConstraint("corrects_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    disclosure_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(255))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int] = mapped_column(sa.BigInteger)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("capture.id"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    disclosure: Mapped[Disclosure] = relationship(back_populates="captures")
    corrects: Mapped["Capture | None"] = relationship(remote_side=[id], back_populates="corrected_by")
    corrected_by: Mapped["Capture | None"] = relationship(back_populates="corrects", uselist=False)
    by: Mapped[User] = relationship()

    @property
    def label(self) -> str:
        """Number and name, as a choice shows it."""
        return f"{self.number}: {self.name}"

    @classmethod
    def located(cls, user: User, *, case: str, number: int, capture: int) -> sa.Select[Self]:  # type: ignore[override]
        """The capture at its disclosure's address and its own number."""
        return _within(cls, user, case, number).where(cls.number == capture)


@dataclass(frozen=True)
class Checked:
    """The answer to a question asked of a claim: unknown until somebody says more."""

    answer: Answer = Answer.UNKNOWN
    at: Moment = field(default_factory=Moment.of)
    source: str = ""
    note: str = ""

    @property
    def words(self) -> str:
        """The answer in one line."""
        return "; ".join(filter(None, [self.answer.label, self.at.words if self.at else "", self.source, self.note]))


def _answer_to(question: Question) -> property:
    return property(lambda claim: claim.checked(question), doc=question.label)


class Claim(InCase, Base):
    """One leaked statement of a disclosure."""

    __tablename__ = "claim"
    __table_args__ = (sa.UniqueConstraint("disclosure_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    disclosure_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure.id"))
    number: Mapped[int]
    quote: Mapped[str] = mapped_column(sa.Text)
    locator: Mapped[str] = mapped_column(sa.String(200), default="")
    protected: Mapped[Protected] = mapped_column(one_of(Protected), default=Protected.UNDETERMINED)
    authority: Mapped[str] = mapped_column(sa.String(300), default="")
    accuracy: Mapped[Accuracy] = mapped_column(one_of(Accuracy), default=Accuracy.UNKNOWN)
    accuracy_basis: Mapped[str] = mapped_column(sa.Text, default="")
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("version.id"))
    wording: Mapped[Wording | None] = mapped_column(one_of(Wording))
    row: Mapped[int] = mapped_column(default=1)

    disclosure: Mapped[Disclosure] = relationship(back_populates="claims")
    version: Mapped[Version | None] = relationship()
    checks: Mapped[list["ClaimCheck"]] = relationship(back_populates="claim", order_by="ClaimCheck.id")

    already_public = _answer_to(Question.ALREADY_PUBLIC)
    precursor = _answer_to(Question.PRECURSOR)
    clearance = _answer_to(Question.CLEARANCE)
    declassified = _answer_to(Question.DECLASSIFIED)
    briefing_possible = _answer_to(Question.BRIEFING_POSSIBLE)

    def check(self, question: Question) -> "ClaimCheck | None":
        """The row with the answer to one of the questions asked of every claim."""
        return next((check for check in self.checks if check.question is question), None)

    def checked(self, question: Question) -> Checked:
        """The answer to it, as far as it was given."""
        row = self.check(question)
        return Checked(row.answer, row.at, row.source, row.note) if row else Checked()

    @property
    def label(self) -> str:
        """C2, as the page of its disclosure numbers it."""
        return f"C{self.number}"

    @classmethod
    def located(cls, user: User, *, case: str, number: int, claim: int) -> sa.Select[Self]:  # type: ignore[override]
        """The claim at its disclosure's address and its own number."""
        return _within(cls, user, case, number).where(cls.number == claim)


class ClaimCheck(InCase, Base):
    """One question asked of a claim (released before? cleared? ...): the answer, since when, on whose word."""

    __tablename__ = "claim_check"
    __table_args__ = (sa.UniqueConstraint("claim_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(sa.ForeignKey("claim.id"))
    question: Mapped[Question] = mapped_column(one_of(Question))
    answer: Mapped[Answer] = mapped_column(one_of(Answer), default=Answer.UNKNOWN)
    at: Mapped[Moment] = moment("at")
    source: Mapped[str] = mapped_column(sa.String(300), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")

    claim: Mapped[Claim] = relationship(back_populates="checks")


def _within(cls: Any, user: User, case: str, number: int) -> sa.Select[Any]:
    parent = sa.select(Disclosure.id).join(Case).where(Case.reference == case, Disclosure.number == number)
    return cls.visible_to(user).where(cls.disclosure_id == parent.scalar_subquery())


def is_web_address(text: str) -> bool:
    """Whether a browser may be sent there: http or https, and a host; no script, no file, no password."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
