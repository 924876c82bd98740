"""Claims: the leaked statements of a disclosure, and what is asked of each."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.base.db import Base, moment
from tracker.base.text import dumps
from tracker.models.case.cases import InCase, NumberedPart
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.versions import Version
from tracker.models.disclosure.words import Accuracy, CheckAnswer, Protected, Question, Wording
from tracker.models.recorded import Editable
from tracker.models.searched import Searched
from tracker.models.words import one_of

if TYPE_CHECKING:
    from tracker.models.disclosure.derivations import Derivation

# What was published; and with it what a finding takes from a claim. The questions asked of every claim are not in it:
# they are about the whole disclosure, and the assessment is judged over them.
WORDS = ("quote", "locator")
SAID = (*WORDS, "protected", "authority", "accuracy", "accuracy_basis", "version_id", "wording")


@dataclass(frozen=True)
class Checked:
    """The answer to a question asked of a claim; none until somebody gives one, if only that it is unknown."""

    answer: CheckAnswer | None = None
    at: Moment = field(default_factory=Moment.of)
    source: str = ""
    note: str = ""


def _answer_to(question: Question) -> property:
    return property(lambda claim: claim.checked(question), doc=question.label)


class Claim(Editable, NumberedPart, Base):
    """One leaked statement of a disclosure."""

    __tablename__ = "claim"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("quote", "locator", "authority", "accuracy_basis")),)
    WITHIN: ClassVar[Any] = Disclosure
    PLACE: ClassVar[tuple[str, str]] = ("claim", "number")

    disclosure_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure.id"))
    quote: Mapped[str] = mapped_column(sa.Text)
    locator: Mapped[str] = mapped_column(sa.String(200), default="")
    protected: Mapped[Protected] = mapped_column(one_of(Protected), default=Protected.UNDETERMINED)
    authority: Mapped[str] = mapped_column(sa.String(300), default="")
    accuracy: Mapped[Accuracy | None] = mapped_column(one_of(Accuracy))
    accuracy_basis: Mapped[str] = mapped_column(sa.Text, default="")
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("version.id"))
    wording: Mapped[Wording | None] = mapped_column(one_of(Wording))

    disclosure: Mapped[Disclosure] = relationship(back_populates="claims")
    version: Mapped[Version | None] = relationship()
    derivations: Mapped[list["Derivation"]] = relationship(back_populates="claim", order_by="Derivation.id")
    checks: Mapped[list["ClaimCheck"]] = relationship(back_populates="claim", order_by="ClaimCheck.id")

    already_public = _answer_to(Question.ALREADY_PUBLIC)
    precursor = _answer_to(Question.PRECURSOR)
    clearance = _answer_to(Question.CLEARANCE)
    declassified = _answer_to(Question.DECLASSIFIED)
    briefing_possible = _answer_to(Question.BRIEFING_POSSIBLE)

    @property
    def derived_from(self) -> list[Disclosure]:
        """The earlier disclosures that this claim repeats, beside those that its whole disclosure does."""
        return [one.origin for one in self.derivations]

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

    def sha256_of(self, names: Iterable[str]) -> str:
        """SHA-256 of these columns: which claim it was at the time when a text rested on it."""
        return hashlib.sha256(dumps([getattr(self, name) for name in names]).encode("ascii")).hexdigest()


class ClaimCheck(InCase, Base):
    """One question asked of a claim (released before? cleared? ...): the answer, since when, on whose word."""

    __tablename__ = "claim_check"
    __table_args__ = (sa.UniqueConstraint("claim_id", "question"),)

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("source", "note"), under="claim", at="at"),)

    claim_id: Mapped[int] = mapped_column(sa.ForeignKey("claim.id"))
    question: Mapped[Question] = mapped_column(one_of(Question))
    answer: Mapped[CheckAnswer | None] = mapped_column(one_of(CheckAnswer))
    at: Mapped[Moment] = moment("at")
    source: Mapped[str] = mapped_column(sa.String(300), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")

    claim: Mapped[Claim] = relationship(back_populates="checks")

    @property
    def whole(self) -> Claim:
        """The claim, of which an answer is a part."""
        return self.claim
