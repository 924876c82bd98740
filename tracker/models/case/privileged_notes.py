"""Privileged notes: counsel's own. Nobody else reads them, no export holds them, and counsel's reading is recorded."""

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.base.db import Base
from tracker.models.case.cases import Numbered
from tracker.models.recorded import Recorded
from tracker.models.searched import Reading, Searched


class PrivilegedNote(Recorded, Numbered, Base):
    """A note of counsel; a later one stands beside it."""

    __tablename__ = "privileged_note"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (Searched(("text",), Reading.PRIVILEGED, at="at"),)

    text: Mapped[str] = mapped_column(sa.Text, info={"secret": True})
