"""Disclosures: what appeared outside, when and in which words."""

from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.base.db import Base, moment
from tracker.models.case.cases import Numbered
from tracker.models.disclosure.words import DisclosureForm, Medium
from tracker.models.recorded import Editable
from tracker.models.searched import Searched
from tracker.models.words import one_of

if TYPE_CHECKING:
    from tracker.models.disclosure.captures import Capture
    from tracker.models.disclosure.claims import Claim
    from tracker.models.disclosure.derivations import Derivation


class Disclosure(Editable, Numbered, Base):
    """One appearance of the material outside: where, when, in which words."""

    __tablename__ = "disclosure"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(("outlet", "title", "author", "url", "sourcing", "text"), at="published"),
    )

    outlet: Mapped[str] = mapped_column(sa.String(200))
    title: Mapped[str] = mapped_column(sa.String(300), default="")
    author: Mapped[str] = mapped_column(sa.String(200), default="")
    medium: Mapped[Medium] = mapped_column(one_of(Medium), default=Medium.OTHER)
    url: Mapped[str] = mapped_column(sa.String(2000), default="")
    published: Mapped[Moment] = moment("published")
    first_seen: Mapped[Moment] = moment("first_seen")
    comment_requested: Mapped[Moment] = moment("comment_requested")
    sourcing: Mapped[str] = mapped_column(sa.Text, default="")
    form: Mapped[DisclosureForm | None] = mapped_column(one_of(DisclosureForm))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    text_sha256: Mapped[str | None] = mapped_column(sa.String(64))

    derivations: Mapped[list["Derivation"]] = relationship(
        back_populates="disclosure", foreign_keys="Derivation.disclosure_id", order_by="Derivation.id"
    )
    claims: Mapped[list["Claim"]] = relationship(back_populates="disclosure", order_by="Claim.number")
    captures: Mapped[list["Capture"]] = relationship(back_populates="disclosure", order_by="Capture.number")

    @property
    def derived_from(self) -> list["Disclosure"]:
        """The earlier disclosures that it repeats as a whole."""
        return [one.origin for one in self.derivations if one.claim_id is None]

    @property
    def heading(self) -> str:
        """Outlet and title, as a list shows it."""
        return f"{self.outlet}: {self.title}" if self.title else self.outlet

    @property
    def label(self) -> str:
        """Number and outlet, as a choice shows it."""
        return f"{self.number}: {self.heading}"

    @property
    def link(self) -> str | None:
        """The address, if a browser may follow it."""
        return self.url if is_web_address(self.url) else None


def is_web_address(text: str) -> bool:
    """Whether a browser may be sent there: http or https, and a host; no script, no file, no password."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
