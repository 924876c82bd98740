"""Revisions: every text of a finding as it was saved, and who saved it."""

import json
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.base.db import Base
from tracker.models.case.cases import Part
from tracker.models.findings.findings import TEXTS, Finding
from tracker.models.recorded import Recorded
from tracker.models.searched import Searched


def _texts(said: str) -> str:
    """The texts of a revision, one after the other."""
    kept = json.loads(said)
    return "\n\n".join(kept[name] for name in TEXTS if kept.get(name))


class FindingRevision(Recorded, Part, Base):
    """One text of a finding as it was saved, and who saved it: none of those may review it."""

    __tablename__ = "finding_revision"
    __table_args__ = (sa.UniqueConstraint("finding_id", "revision"),)

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("text",), under="finding", at="at", spell={"text": _texts}),)
    WITHIN: ClassVar[Any] = Finding
    PLACE: ClassVar[tuple[str, str]] = ("revision", "revision")

    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("finding.id"))
    revision: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    text_sha256: Mapped[str] = mapped_column(sa.String(64))

    finding: Mapped[Finding] = relationship(back_populates="revisions")

    @property
    def said(self) -> dict[str, Any]:
        """The fields as they were saved, by their names; `cites` and `person` among them."""
        return dict(json.loads(self.text))
