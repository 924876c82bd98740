"""The decision log."""

from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.base.db import Base
from tracker.models.case.cases import Numbered
from tracker.models.recorded import Recorded
from tracker.models.sealed import Format, Sealed
from tracker.models.searched import Searched


class Decision(Sealed, Recorded, Numbered, Base):
    """An entry of the decision log. Another decision is another entry."""

    __tablename__ = "decision"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("what", "alternatives", "reason", "revisit"), at="at"),)
    FORMATS: ClassVar[tuple[Format, ...]] = (
        Format("decision/1", (
            "case_id", "number", "what", "alternatives", "reason", "revisit", "by_id", "at",
        )),
    )  # fmt: skip
    SEALED_AT_ONCE: ClassVar[bool] = True
    PARTS: ClassVar[tuple[str, ...]] = ("by",)

    what: Mapped[str] = mapped_column(sa.Text)
    alternatives: Mapped[str] = mapped_column(sa.Text, default="")
    reason: Mapped[str] = mapped_column(sa.Text)
    revisit: Mapped[str] = mapped_column(sa.String(200), default="")

    def sealed_parts(self) -> dict[str, Any]:
        """Who decided."""
        return {"by": self.by.uid}
