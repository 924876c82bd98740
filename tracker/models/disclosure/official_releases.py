"""Official releases: what was published by those who may; it is no disclosure, and is compared with each of them."""

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.analysis.moments import Moment
from tracker.base.db import Base, moment
from tracker.models.case.cases import Numbered
from tracker.models.disclosure.disclosures import is_web_address
from tracker.models.disclosure.words import Medium
from tracker.models.recorded import Editable
from tracker.models.searched import Searched
from tracker.models.words import one_of


class OfficialRelease(Editable, Numbered, Base):
    """One official statement, readout, publication or declassification: `by` is the office that released it."""

    __tablename__ = "official_release"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("by", "title", "url", "text"), at="released"),)

    by: Mapped[str] = mapped_column(sa.String(300))
    title: Mapped[str] = mapped_column(sa.String(300), default="")
    medium: Mapped[Medium] = mapped_column(one_of(Medium), default=Medium.OTHER)
    url: Mapped[str] = mapped_column(sa.String(2000), default="")
    released: Mapped[Moment] = moment("released")
    text: Mapped[str] = mapped_column(sa.Text, default="")
    text_sha256: Mapped[str | None] = mapped_column(sa.String(64))

    @property
    def heading(self) -> str:
        """Who and what, as a list shows it."""
        return f"{self.by}: {self.title}" if self.title else self.by

    @property
    def link(self) -> str | None:
        """The address, if a browser may follow it."""
        return self.url if is_web_address(self.url) else None
