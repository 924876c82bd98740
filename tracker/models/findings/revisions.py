"""Revisions: every text of a finding as it was saved, and who saved it."""

import json
from datetime import datetime
from typing import Any, ClassVar, Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.base.db import UTC, Base
from tracker.models.case.cases import Part
from tracker.models.findings.findings import Finding
from tracker.models.register.accounts import Account


class FindingRevision(Part, Base):
    """One text of a finding as it was saved, and who saved it: none of those may review it."""

    __tablename__ = "finding_revision"
    __table_args__ = (sa.UniqueConstraint("finding_id", "revision"),)

    WITHIN: ClassVar[Any] = Finding

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("finding.id"))
    revision: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    text_sha256: Mapped[str] = mapped_column(sa.String(64))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)

    finding: Mapped[Finding] = relationship(back_populates="revisions")
    by: Mapped[Account] = relationship()

    @classmethod
    def located(cls, account: Account, *, case: str, number: int, revision: int) -> sa.Select[Self]:  # type: ignore[override]
        """The text at /findings/<number>/revisions/<revision>."""
        return cls.within(account, case, number).where(cls.revision == revision)

    @property
    def address_values(self) -> dict[str, Any]:
        """What its address is made of."""
        return {**self.finding.address_values, "revision": self.revision}

    @property
    def said(self) -> dict[str, Any]:
        """The fields as they were saved, by their names; `cites` and `person` among them."""
        return dict(json.loads(self.text))
