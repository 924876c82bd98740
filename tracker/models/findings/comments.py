"""Comments: a remark about one passage of one text of a finding, and its answer."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.base.db import UTC, Base
from tracker.models.case.cases import NumberedPart
from tracker.models.findings.findings import Finding, stands_in
from tracker.models.recorded import Recorded
from tracker.models.register.accounts import Account
from tracker.models.searched import Searched


class Comment(Recorded, NumberedPart, Base):
    """What somebody remarks about one passage of one text of a finding."""

    __tablename__ = "comment"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("passage", "text", "answer"), under="finding", at="at"),)
    WITHIN: ClassVar[Any] = Finding

    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("finding.id"))
    revision: Mapped[int]
    field: Mapped[str] = mapped_column(sa.String(40))
    passage: Mapped[str] = mapped_column(sa.Text, default="")
    text: Mapped[str] = mapped_column(sa.Text)
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTC)

    finding: Mapped[Finding] = relationship(back_populates="comments")
    answered_by: Mapped[Account | None] = relationship(foreign_keys=[answered_by_id])

    @property
    def whole(self) -> None:
        """A remark about a text changes nothing of the text: whoever is writing it need not compare."""

    @property
    def is_current(self) -> bool:
        """Whether the passage still stands in the text; a remark on a whole part holds until the text changes."""
        if not self.passage:
            return self.revision == self.finding.revision
        return stands_in(self.passage, self.finding.part(self.field))
