"""What waits for somebody: one statement over all kinds of work, for the list on Home and the count beside it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.analysis.moments import sql_text
from tracker.base.statements import spell_out
from tracker.models.access.recusal_questions import RecusalQuestion
from tracker.models.case.cases import Case
from tracker.models.case.staffing import select_leaderless
from tracker.models.case.work import KINDS
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditEntry
from tracker.models.register.words import Kind

NOT_USED = sa.select(Account.id).where(Account.password_hash.is_(None), Account.disabled_at.is_(None))
MOST = 500  # rows that are read; nobody reads further


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: its kind of work, where it lies, and what is said of it."""

    kind: str
    reference: str
    title: str
    number: int | None = None
    part: int | None = None
    person: int | None = None  # the number of the person it concerns
    words: str | None = None
    who: str | None = None  # the account it concerns
    since: datetime | None = None
    days: int | None = None
    zone: str | None = None  # of a date that has one

    @property
    def due(self) -> datetime | None:
        """When a reply is due: so many days after the passage was put."""
        return None if self.days is None or self.since is None else self.since + timedelta(days=self.days)


def waiting_for(session: Session, account: Account, moment: datetime) -> list[Waiting]:
    """What waits for an account, in any order: in cases for a member, about the register for the other kinds."""
    if account.kind is Kind.ADMINISTRATOR:
        return [
            *_count("leaderless", session, select_leaderless(account).with_only_columns(Case.id)),
            *_count("invitation", session, NOT_USED),
            *_count(
                "recusal_questions",
                session,
                RecusalQuestion.for_administrator(account).with_only_columns(RecusalQuestion.id),
            ),
        ]
    if account.kind is Kind.AUDITOR:
        return list(_unread(session, account))
    rows = session.execute(_statement(session.get_bind().dialect.name, oldest=True), bound(account, moment))
    return [Waiting(*row[1:]) for row in rows]


def number_waiting(session: Session) -> sa.ScalarSelect[int]:
    """How many things wait for a member, to be asked beside something else; it takes `me` and `now` as `bound` says."""
    everything = _statement(session.get_bind().dialect.name).subquery()
    return sa.select(sa.func.count()).select_from(everything).scalar_subquery()


def bound(account: Account, moment: datetime) -> dict[str, Any]:
    """What the statement takes."""
    return {"me": account.id, "now": sql_text(moment)}


def _count(kind: str, session: Session, select: sa.Select[Any]) -> list[Waiting]:
    number = session.scalar(sa.select(sa.func.count()).select_from(select.subquery()))
    return [Waiting(kind, "", "", number=number)] if number else []


def _unread(session: Session, auditor: Account) -> list[Waiting]:
    """The entries that were written since an auditor read the audit log."""
    mine = sa.select(sa.func.max(AuditEntry.seq)).where(
        AuditEntry.actor == auditor.uid, AuditEntry.action == "audit_log.read"
    )
    last, newest = session.execute(sa.select(mine.scalar_subquery(), sa.func.max(AuditEntry.seq))).one()
    return [Waiting("audit_log", "", "", number=newest - (last or 0))] if newest and newest != last else []


@cache
def _statement(dialect: str, *, oldest: bool = False) -> Any:
    """The whole statement, spelt out once for a database.

    It takes `me`, the id of the account, and the moment `now`. `oldest` says which are read where there are more than
    MOST; who only counts them need not ask.
    """
    everything = sa.union_all(*(select for kind in KINDS for select in kind())).subquery()
    order = [everything.c.since.asc().nulls_last()] if oldest else []
    return spell_out(sa.select(everything).order_by(*order).limit(MOST), dialect)
