"""Captures: files that show a disclosure as it was found."""

from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.base.db import Base
from tracker.models.case.cases import NumberedPart
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.recorded import Attributed, Correctable
from tracker.models.searched import Searched


class Capture(Attributed, Correctable, NumberedPart, Base):
    """A file that shows a disclosure as it was found. A better one is a new row that names the old."""

    __tablename__ = "capture"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("name", "note"), under="disclosure"),)
    WITHIN: ClassVar[Any] = Disclosure
    PLACE: ClassVar[tuple[str, str]] = ("capture", "number")

    disclosure_id: Mapped[int] = mapped_column(sa.ForeignKey("disclosure.id"))
    name: Mapped[str] = mapped_column(sa.String(255))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int] = mapped_column(sa.BigInteger)
    note: Mapped[str] = mapped_column(sa.Text, default="")

    disclosure: Mapped[Disclosure] = relationship(back_populates="captures")

    @property
    def label(self) -> str:
        """Number and name, as a choice shows it."""
        return f"{self.number}: {self.name}"
