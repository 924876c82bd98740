"""Exports: what left the register, by whom, for whom and how far it came. Each has a number that its file bears."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.base.db import UTC, Base
from tracker.models.case.cases import Case
from tracker.models.recorded import Recorded
from tracker.models.words import Word, one_of

WHOLE_CASE = "case"


class Format(Word):
    """How a file is written: its ending, and its type on the web."""

    CSV = "csv", "CSV", "csv", "text/csv"
    CSV_FOR_EXCEL = "csv_for_excel", "CSV for Excel", "csv", "text/csv"  # Excel reads it as UTF-8 by its first bytes
    XLSX = "xlsx", "Excel workbook", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ZIP = "zip", "Zip", "zip", "application/zip"

    def __init__(self, value: str, label: str, ending: str, media_type: str) -> None:
        super().__init__(value, label)
        self.ending, self.media_type = ending, media_type


class Outcome(Word):
    """How an export ended; one that stays RUNNING was cut off together with the program."""

    RUNNING = "running"
    OK = "ok"
    FAILED = "failed"


class Export(Recorded, Base):
    """One export of a case, or of a list of the register (then without a case)."""

    __tablename__ = "export"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cases.id"))
    number: Mapped[int]
    what: Mapped[str] = mapped_column(sa.String(32))
    filter: Mapped[str] = mapped_column(sa.Text, default="")
    purpose: Mapped[str] = mapped_column(sa.Text, default="")
    recipient: Mapped[str] = mapped_column(sa.String(300), default="")
    names: Mapped[bool] = mapped_column(default=False)
    format: Mapped[Format] = mapped_column(one_of(Format), default=Format.CSV)
    as_of: Mapped[datetime | None] = mapped_column(UTC)
    ended: Mapped[datetime | None] = mapped_column(UTC)
    rows: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(sa.String(64))
    outcome: Mapped[Outcome] = mapped_column(one_of(Outcome), default=Outcome.RUNNING)

    case: Mapped[Case | None] = relationship()

    @property
    def file_name(self) -> str:
        """`LK-7QX4-export-12-access.csv`; the whole case is `LK-7QX4-export-12.zip`.

        What left as the record stood at an earlier time says so: `LK-7QX4-export-12-access-as-of-20180503T160000Z.csv`.
        """
        stem = f"{self.case.reference if self.case else 'register'}-export-{self.number}"
        as_of = f"-as-of-{self.as_of:%Y%m%dT%H%M%SZ}" if self.as_of else ""
        return f"{stem}{'' if self.what == WHOLE_CASE else f'-{self.what}'}{as_of}.{self.format.ending}"

    @classmethod
    def of(cls, case: Case) -> "sa.Select[Export]":
        """Those of one case."""
        return sa.select(cls).where(cls.case_id == case.id)
