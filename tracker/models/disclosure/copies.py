"""Numbered copies of a material."""

from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from tracker.base.db import Base
from tracker.models.case.cases import NumberedPart
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.models.disclosure.words import CopyForm
from tracker.models.recorded import Editable
from tracker.models.searched import Searched
from tracker.models.words import one_of


class Copy(Editable, NumberedPart, Base):
    """A numbered copy: its form, who holds it, and a mark that tells it from the others."""

    __tablename__ = "copy"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("label", "holder", "mark"), under="material"),)
    WITHIN: ClassVar[Any] = Material

    material_id: Mapped[int] = mapped_column(sa.ForeignKey("material.id"))
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("version.id"))
    label: Mapped[str] = mapped_column(sa.String(80), default="")
    form: Mapped[CopyForm] = mapped_column(one_of(CopyForm))
    holder: Mapped[str] = mapped_column(sa.String(200), default="")
    holder_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    mark: Mapped[str] = mapped_column(sa.String(200), default="")

    material: Mapped[Material] = relationship(back_populates="copies")
    version: Mapped[Version | None] = relationship(back_populates="copies")
    holder_person: Mapped[Any] = relationship("Person")

    @classmethod
    def listed(cls, material: Material) -> "sa.Select[Copy]":
        """Those of a material for its page, with the version and the person who holds it."""
        select = sa.select(cls).where(cls.material_id == material.id).order_by(cls.number)
        return select.options(joinedload(cls.version).defer(Version.text), joinedload(cls.holder_person))
