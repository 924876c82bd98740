"""The audit log's rows. The line is the only truth; the other columns are indexes that `verify` compares with it."""

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, object_session

from tracker.analysis.moments import from_sql_text
from tracker.base.db import Base
from tracker.models.case.assignments import RecusalMatch
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account, Alias

GENESIS = "0" * 64


class AuditEntry(Base):
    """One sealed line. There is no UNIQUE beside the key: INSERT OR REPLACE would delete the row it clashes with."""

    __tablename__ = "audit"
    __table_args__ = (sa.Index("ix_audit_case_ref_cseq", "case_ref", "cseq"), sa.Index("ix_audit_at", "at"))

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[str] = mapped_column(sa.Text)
    entry_hash: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[str] = mapped_column(sa.String(27))
    actor: Mapped[str] = mapped_column(sa.String(32), index=True)
    action: Mapped[str] = mapped_column(sa.String(64), index=True)
    case_ref: Mapped[str | None] = mapped_column(sa.String(16))
    cseq: Mapped[int | None]
    record: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    outcome: Mapped[str] = mapped_column(sa.String(8))

    @property
    def case(self) -> "Case | None":
        """The case it belongs to."""
        session = object_session(self)
        return session.scalar(sa.select(Case).where(Case.reference == self.case_ref)) if session else None

    @property
    def moment(self) -> datetime:
        """When it was written, by the clock of then."""
        return from_sql_text(self.at)

    @property
    def details(self) -> dict[str, Any]:
        """The details in its line: names of changed fields, counts and hashes, never content."""
        return dict(json.loads(self.line).get("d", {}))

    @property
    def schema(self) -> str:
        """The revision of the schema that it was written under."""
        return str(json.loads(self.line)["schema"])

    @property
    def origin(self) -> str:
        """`cli:operator` for what came from a shell; shown beside the actor everywhere."""
        return str(json.loads(self.line).get("via", ""))

    @classmethod
    def of_privileged(cls) -> sa.ColumnElement[bool]:
        """Whether an entry is about privileged notes: on the case only counsel learns even how many there are."""
        return cls.action.startswith("privileged_note.", autoescape=True)

    @classmethod
    def visible_to(cls, auditor: Account) -> sa.Select["AuditEntry"]:
        """The entries of the register: none of a case behind a recusal, and none by which one's own recusal rose."""
        recused = sa.select(Case.reference).join(RecusalMatch, RecusalMatch.case_id == Case.id)
        recused = recused.where(RecusalMatch.account_id == auditor.id, RecusalMatch.in_force())
        own = [f"{Alias.__tablename__}:{alias.id}" for alias in auditor.aliases]
        return sa.select(cls).where(
            sa.or_(cls.case_ref.is_(None), cls.case_ref.not_in(recused)),
            sa.or_(cls.record.is_(None), cls.record.not_in(own)),
        )

    @classmethod
    def locate(cls, account: Account, *, case: str, number: int) -> sa.Select["AuditEntry"]:
        """The entry at /cases/<reference>/audit-log/<its counter in the case>."""
        visible = sa.select(Case.reference).where(Case.exists_for(account, Case.id), Case.reference == case)
        return sa.select(cls).where(cls.case_ref.in_(visible), cls.cseq == number)


class NamedRecord(Base):
    """One record that an entry changed: so the entry that named it last is found without reading the log.

    `sha256` commits to the record after the entry, as the line does where it names records one by one; None: removed.
    """

    __tablename__ = "audit_record"
    __table_args__ = (sa.Index("ix_audit_record_kind_record_id_seq", "kind", "record_id", "seq"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str | None] = mapped_column(sa.String(64))


class AuditDetail(Base):
    """Old and new values of an entry; they may be erased, the line that commits to them may not."""

    __tablename__ = "audit_detail"

    seq: Mapped[int] = mapped_column(sa.ForeignKey("audit.seq"), primary_key=True, autoincrement=False)
    salt: Mapped[str] = mapped_column(sa.String(64))
    values: Mapped[str] = mapped_column(sa.Text)
