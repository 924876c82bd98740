"""Materials: what leaked."""

from typing import TYPE_CHECKING, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.base.db import Base, moment
from tracker.models.case.cases import Numbered
from tracker.models.recorded import Editable
from tracker.models.searched import Searched

if TYPE_CHECKING:
    from tracker.models.disclosure.copies import Copy
    from tracker.models.disclosure.versions import Version


class Material(Editable, Numbered, Base):
    """The confidential document or data set that came out."""

    __tablename__ = "material"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"), sa.UniqueConstraint("case_id", "identifier"))

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(("identifier", "title", "originator", "custodian", "retention"), at="created"),
    )

    identifier: Mapped[str] = mapped_column(sa.String(80))
    title: Mapped[str] = mapped_column(sa.String(300))
    originator: Mapped[str] = mapped_column(sa.String(200), default="")
    custodian: Mapped[str] = mapped_column(sa.String(200), default="")
    marking: Mapped[str] = mapped_column(sa.String(40), default="")
    created: Mapped[Moment] = moment("created")
    retention: Mapped[str] = mapped_column(sa.String(300), default="")

    versions: Mapped[list["Version"]] = relationship(back_populates="material", order_by="Version.number")
    copies: Mapped[list["Copy"]] = relationship(back_populates="material", order_by="Copy.number")
