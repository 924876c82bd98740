"""Whereabouts: where somebody was at a time that matters."""

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.base.db import Base
from tracker.models.access.occurrences import Occurrence
from tracker.models.searched import Searched


class Whereabouts(Occurrence, Base):
    """Where a person was at a time that matters."""

    __tablename__ = "whereabouts"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.UniqueConstraint("log_id", "line", "part"),
        sa.Index("ix_whereabouts_case_since", "case_id", "since_earliest", "id", "log_id"),
        sa.Index("ix_whereabouts_identifier_since", "identifier_id", "since_earliest", "id", "log_id"),
        sa.Index("ix_whereabouts_person_since", "case_id", "person_id", "since_earliest", "id", "log_id"),
        sa.Index("ix_whereabouts_case_place", "case_id", "place", "since_earliest", "id", "log_id"),
    )

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(("place", "source", "note", "why_corrected"), at="since", only=lambda: Whereabouts.log_id.is_(None)),
    )

    place: Mapped[str] = mapped_column(sa.String(200))
