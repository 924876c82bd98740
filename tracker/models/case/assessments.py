"""Assessments: what came out, said by the lead over the claims as they are recorded."""

from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.base.db import Base
from tracker.base.text import dumps
from tracker.models.case.cases import Numbered
from tracker.models.findings.reviews import Reviewed
from tracker.models.findings.words import SHORT, Happened
from tracker.models.recorded import Recorded
from tracker.models.sealed import sha256_of
from tracker.models.searched import Searched
from tracker.models.words import Answer, one_of


class Assessment(Reviewed, Recorded, Numbered, Base):
    """Was there a disclosure at all? Proposed by the lead over the claims as they are recorded; a reviewer agrees."""

    __tablename__ = "assessment"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("reason", "damage_reason"), at="at"),)

    happened: Mapped[Happened | None] = mapped_column(one_of(Happened))
    reason: Mapped[str] = mapped_column(sa.Text)
    damage: Mapped[Answer] = mapped_column(one_of(Answer, "damage"))
    damage_reason: Mapped[str] = mapped_column(sa.Text)
    text_sha256: Mapped[str] = mapped_column(sa.String(64))

    @property
    def is_short(self) -> bool:
        """Whether it proposes that there is nothing to investigate: the case then goes straight to review."""
        return self.happened in SHORT

    def compute_sha256(self, form: str, fields: tuple[str, ...], claims: list[list[Any]]) -> str:
        """SHA-256 of what is assessed, in a numbered format: these fields, and the claims with their answers."""
        return sha256_of(dumps({"format": form, **{name: getattr(self, name) for name in fields}, "claims": claims}))
