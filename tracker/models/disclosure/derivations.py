"""Derivations: which earlier disclosures one repeats, as a whole or in one of its claims."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.base.db import Base
from tracker.models.case.cases import InCase
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure


class Derivation(InCase, Base):
    """A disclosure, or one claim of it, repeats an earlier disclosure."""

    __tablename__ = "derivation"
    __table_args__ = (
        sa.UniqueConstraint("disclosure_id", "claim_id", "origin_id"),
        sa.Index("ix_derivation_origin", "origin_id"),
    )

    disclosure_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure.id"))
    claim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("claim.id"))
    origin_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure.id"))

    disclosure: Mapped[Disclosure] = relationship(back_populates="derivations", foreign_keys=[disclosure_id])
    claim: Mapped[Claim | None] = relationship(back_populates="derivations")
    origin: Mapped[Disclosure] = relationship(foreign_keys=[origin_id])

    @property
    def whole(self) -> Claim | Disclosure:
        """What is another version when it comes or goes."""
        return self.claim or self.disclosure
