"""The audit log's rows. The line is the only truth; the other columns are indexes that `verify` compares with it."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base

GENESIS = "0" * 64


class AuditEvent(Base):
    """One sealed line. There is no UNIQUE beside the key: INSERT OR REPLACE would delete the row it clashes with."""

    __tablename__ = "audit"
    __table_args__ = (sa.Index("ix_audit_case_ref_cseq", "case_ref", "cseq"), sa.Index("ix_audit_at", "at"))

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[str] = mapped_column(sa.Text)
    leaf: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[str] = mapped_column(sa.String(27))
    actor: Mapped[str] = mapped_column(sa.String(32), index=True)
    act: Mapped[str] = mapped_column(sa.String(64), index=True)
    case_ref: Mapped[str | None] = mapped_column(sa.String(16))
    cseq: Mapped[int | None]
    obj: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    out: Mapped[str] = mapped_column(sa.String(8))


class AuditDetail(Base):
    """Old and new values of an entry; they may be erased, the line that commits to them may not."""

    __tablename__ = "audit_detail"

    seq: Mapped[int] = mapped_column(sa.ForeignKey("audit.seq"), primary_key=True, autoincrement=False)
    salt: Mapped[str] = mapped_column(sa.String(64))
    values: Mapped[str] = mapped_column(sa.Text)
