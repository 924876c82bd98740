"""Aliases of a material: what systems call it, such as a path, so that their logs need not be edited."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from tracker.analysis.aliases import plain_path
from tracker.base.db import UTC, Base
from tracker.base.text import fold
from tracker.models.access.access_logs import AccessLog
from tracker.models.case.cases import NumberedPart
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.words import AliasKind
from tracker.models.recorded import Recorded
from tracker.models.register.accounts import Account
from tracker.models.searched import Searched
from tracker.models.words import one_of

LONGEST = 500


def alias_key(text: str) -> str:
    """What an alias is matched by: the same for every way in which it is usually written."""
    return fold(plain_path(text))[:LONGEST]


class MaterialAlias(Recorded, NumberedPart, Base):
    """One alias. Two materials of a case never share one; a removed alias stays readable and matches nothing."""

    __tablename__ = "material_alias"
    __table_args__ = (
        sa.UniqueConstraint("material_id", "number"),
        sa.Index(
            "uq_material_alias_in_force",
            "case_id",
            "value_folded",
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        ),
    )

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("value", "removed_why"), under="material"),)
    WITHIN: ClassVar[Any] = Material

    material_id: Mapped[int] = mapped_column(sa.ForeignKey("material.id"))
    kind: Mapped[AliasKind] = mapped_column(one_of(AliasKind))
    value: Mapped[str] = mapped_column(sa.String(LONGEST))
    value_folded: Mapped[str] = mapped_column(sa.String(LONGEST), info={"derived": True})
    learned_from_id: Mapped[int | None] = mapped_column(sa.ForeignKey("access_log.id"))
    removed_at: Mapped[datetime | None] = mapped_column(UTC)
    removed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    removed_why: Mapped[str] = mapped_column(sa.Text, default="")

    material: Mapped[Material] = relationship()
    learned_from: Mapped[AccessLog | None] = relationship()
    removed_by: Mapped[Account | None] = relationship(foreign_keys=[removed_by_id])

    @classmethod
    def listed(cls, material: Material) -> "sa.Select[MaterialAlias]":
        """Those of a material for its page, the removed ones last."""
        select = sa.select(cls).where(cls.material_id == material.id).options(joinedload(cls.learned_from))
        return select.order_by(cls.removed_at.is_not(None), cls.number)
