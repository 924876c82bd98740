"""Materials: what leaked."""

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment
from tracker.base.db import Base, moment
from tracker.models.case.cases import InCase

if TYPE_CHECKING:
    from tracker.models.disclosure.copies import Copy
    from tracker.models.disclosure.versions import Version


class Material(InCase, Base):
    """The confidential document or data set that came out."""

    __tablename__ = "material"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"), sa.UniqueConstraint("case_id", "identifier"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    identifier: Mapped[str] = mapped_column(sa.String(80))
    title: Mapped[str] = mapped_column(sa.String(300))
    originator: Mapped[str] = mapped_column(sa.String(200), default="")
    custodian: Mapped[str] = mapped_column(sa.String(200), default="")
    marking: Mapped[str] = mapped_column(sa.String(40), default="")
    created: Mapped[Moment] = moment("created")
    retention: Mapped[str] = mapped_column(sa.String(300), default="")
    lock_version: Mapped[int] = mapped_column(default=1)

    versions: Mapped[list["Version"]] = relationship(back_populates="material", order_by="Version.number")
    copies: Mapped[list["Copy"]] = relationship(back_populates="material", order_by="Copy.number")
