"""Eliminations: somebody is eliminated for a disclosure or a claim, by evidence; a reviewer confirms it; reversible."""

import re
from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.base.db import UTC, Base
from tracker.models.access.people import Person
from tracker.models.access.words import Ground, Strength
from tracker.models.case.cases import Numbered
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.findings.reviews import Review, Reviewed
from tracker.models.recorded import Recorded
from tracker.models.register.accounts import Account
from tracker.models.sealed import Format, Sealed
from tracker.models.words import one_of

_LOG = re.compile(r"\bL([1-9]\d{0,8})\b", re.ASCII)


def logs_named(evidence: str) -> list[int]:
    """The numbers of the logs that a text names, like L3."""
    return [int(number) for number in _LOG.findall(evidence)]


class Elimination(Reviewed, Sealed, Recorded, Numbered, Base):
    """Why somebody is eliminated. Its words are fixed when it is proposed; another wording is another elimination."""

    __tablename__ = "elimination"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.CheckConstraint("disclosure_id IS NOT NULL", name="it_is_for_a_disclosure"),
        sa.Index("ix_elimination_person", "person_id"),
    )

    FORMATS: ClassVar[tuple[Format, ...]] = (
        Format("elimination/1", (
            "case_id", "number", "person_id", "disclosure_id", "claim_id", "ground", "evidence", "strength", "against",
            "why_wrong", "by_id", "at",
        )),
    )  # fmt: skip
    SEALED_AT_ONCE: ClassVar[bool] = True
    FREE: ClassVar[tuple[str, ...]] = ("withdrawn_at", "withdrawn_by_id", "why_withdrawn")
    PARTS: ClassVar[tuple[str, ...]] = ("person", "disclosure", "claim")

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    disclosure_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure.id"))
    claim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("claim.id"))
    ground: Mapped[Ground] = mapped_column(one_of(Ground))
    evidence: Mapped[str] = mapped_column(sa.Text)
    strength: Mapped[Strength] = mapped_column(one_of(Strength))
    against: Mapped[str] = mapped_column(sa.Text, default="")  # numbers of the records at E3 to E6 that it overrules
    why_wrong: Mapped[str] = mapped_column(sa.Text, default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTC)
    withdrawn_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    why_withdrawn: Mapped[str] = mapped_column(sa.Text, default="")

    person: Mapped[Person] = relationship()
    disclosure: Mapped[Disclosure] = relationship()
    claim: Mapped[Claim | None] = relationship()
    withdrawn_by: Mapped[Account | None] = relationship(foreign_keys=[withdrawn_by_id])

    def sealed_parts(self) -> dict[str, Any]:
        """Who is eliminated for what."""
        claim = self.claim.number if self.claim else None
        return {"person": self.person.number, "disclosure": self.disclosure.number, "claim": claim}

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the text a reviewer confirms."""
        return self.compute_seal()

    @property
    def overruled(self) -> set[int]:
        """The numbers of the access records that its reason says are wrong."""
        return {int(number) for number in self.against.split() if number.isdecimal()}

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.withdrawn_at is not None

    @property
    def confirmation(self) -> Review | None:
        """The review that confirms it; None while it waits, after a return, and once it is withdrawn."""
        last = self.last_review
        return last if last is not None and last.is_approval and not self.is_withdrawn else None

    @property
    def state(self) -> str:
        """Its state in one word."""
        if self.is_withdrawn:
            return "withdrawn"
        if not self.reviews:
            return "proposed"
        return "confirmed" if self.confirmation else "returned"
