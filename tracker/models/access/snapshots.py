"""Snapshots: results of analyses that were kept as they were, so that they can be read again and cited."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.base.db import Base
from tracker.models.case.cases import Numbered
from tracker.models.recorded import Recorded


class Snapshot(Recorded, Numbered, Base):
    """A result as it was. Its bytes lie in the file store under their SHA-256, and nothing of it changes.

    `page` is the list it is of and `query` its filter. The case then had `entries` entries in the audit log, and
    `last_entry` is the hash of the last of them.
    """

    __tablename__ = "snapshot"

    page: Mapped[str] = mapped_column(sa.String(40))
    query: Mapped[str] = mapped_column(sa.Text, default="")
    title: Mapped[str] = mapped_column(sa.String(300))
    sentence: Mapped[str] = mapped_column(sa.Text)
    rows: Mapped[int]
    entries: Mapped[int]
    last_entry: Mapped[str] = mapped_column(sa.String(64))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int] = mapped_column(sa.BigInteger)
    why: Mapped[str] = mapped_column(sa.Text, default="")

    @property
    def label(self) -> str:
        """Number and title, as a choice shows it."""
        return f"{self.number}: {self.title}"
