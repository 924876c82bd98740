"""Captures: files that show a disclosure as it was found."""

from typing import Any, ClassVar, Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.base.db import Base
from tracker.models.case.cases import Part
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.register.accounts import Account


class Capture(Part, Base):
    """A file that shows a disclosure as it was found. A better one is a new row that names the old."""

    __tablename__ = "capture"
    __table_args__ = (sa.UniqueConstraint("disclosure_id", "number"), sa.UniqueConstraint("corrects_id"))

    WITHIN: ClassVar[Any] = Disclosure

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
    by: Mapped[Account] = relationship()

    @property
    def label(self) -> str:
        """Number and name, as a choice shows it."""
        return f"{self.number}: {self.name}"

    @classmethod
    def located(cls, account: Account, *, case: str, number: int, capture: int) -> sa.Select[Self]:  # type: ignore[override]
        """The capture at its disclosure's address and its own number."""
        return cls.within(account, case, number).where(cls.number == capture)
