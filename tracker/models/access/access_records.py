"""Access records: one row per recorded occurrence of somebody getting at a material."""

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.base.db import Base, index_of_few
from tracker.models.access.occurrences import Occurrence
from tracker.models.access.people import Person
from tracker.models.access.words import Channel, Level
from tracker.models.disclosure.copies import Copy
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.models.searched import Searched
from tracker.models.words import one_of

# what is asked of everybody's records to say who had access: the index by person holds all of it
_WEIGHED = ("since_latest", "until_earliest", "until_latest", "level", "material_id", "version_id")


class AccessRecord(Occurrence, Base):
    """One recorded occurrence of somebody getting at a material."""

    __tablename__ = "access_record"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.UniqueConstraint("log_id", "line", "part"),
        sa.Index("ix_access_case_since", "case_id", "since_earliest", "id", "log_id"),
        sa.Index("ix_access_identifier_since", "identifier_id", "since_earliest", "id", "log_id"),
        sa.Index("ix_access_person_since", "case_id", "person_id", "since_earliest", "id", "log_id", *_WEIGHED),
        sa.Index("ix_access_material_since", "case_id", "material_id", "since_earliest", "id", "log_id"),
        sa.Index("ix_access_level_since", "case_id", "level", "since_earliest", "id", "log_id"),
        sa.Index("ix_access_channel_since", "case_id", "channel", "since_earliest", "id", "log_id"),
        index_of_few("ix_access_told_by", "told_by_id", "told_by_id IS NOT NULL"),
    )

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(("source", "note", "why_corrected"), at="since", only=lambda: AccessRecord.log_id.is_(None)),
    )

    material_id: Mapped[int] = mapped_column(sa.ForeignKey("material.id"))
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("version.id"))
    copy_id: Mapped[int | None] = mapped_column(sa.ForeignKey("copy.id"))
    channel: Mapped[Channel | None] = mapped_column(one_of(Channel))
    level: Mapped[Level] = mapped_column(one_of(Level))
    told_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))

    material: Mapped[Material] = relationship()
    version: Mapped[Version | None] = relationship()
    copy: Mapped[Copy | None] = relationship()
    told_by: Mapped[Person | None] = relationship(foreign_keys=[told_by_id])

    @classmethod
    def second_hand(cls) -> sa.ColumnElement[bool]:
        """Whether somebody else told the person."""
        return sa.or_(cls.level == Level.E7, cls.channel == Channel.TOLD_BY_ANOTHER)
