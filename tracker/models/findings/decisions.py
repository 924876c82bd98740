"""The decision log."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.base.db import UTC, Base
from tracker.models.case.cases import InCase
from tracker.models.register.accounts import Account
from tracker.models.sealed import Format, Sealed


class Decision(Sealed, InCase, Base):
    """An entry of the decision log. Another decision is another entry."""

    __tablename__ = "decision"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    FORMATS: ClassVar[tuple[Format, ...]] = (
        Format("decision/1", (
            "case_id", "number", "what", "alternatives", "reason", "revisit", "by_id", "at",
        )),
    )  # fmt: skip
    SEALED_AT_ONCE: ClassVar[bool] = True
    PARTS: ClassVar[tuple[str, ...]] = ("by",)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    what: Mapped[str] = mapped_column(sa.Text)
    alternatives: Mapped[str] = mapped_column(sa.Text, default="")
    reason: Mapped[str] = mapped_column(sa.Text)
    revisit: Mapped[str] = mapped_column(sa.String(200), default="")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)

    by: Mapped[Account] = relationship()

    def sealed_parts(self) -> dict[str, Any]:
        """Who decided."""
        return {"by": self.by.uid}
