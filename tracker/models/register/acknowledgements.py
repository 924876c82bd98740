"""Acknowledgements: an auditor looked at a record that was changed outside the program, and said why work goes on."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.base.db import Base
from tracker.models.recorded import Recorded


class Acknowledgement(Recorded, Base):
    """One acknowledgement: the record, the entry that named the mismatch, and the two hashes of that time.

    `expected` is what the newest entry of the record committed to, `found` what the row was: both are salted.
    """

    __tablename__ = "acknowledgement"

    id: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(sa.String(64), index=True)
    mismatch: Mapped[int]  # the number of its entry
    expected: Mapped[str | None] = mapped_column(sa.String(64))
    found: Mapped[str | None] = mapped_column(sa.String(64))
    reason: Mapped[str] = mapped_column(sa.Text)
