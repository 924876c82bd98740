"""How an account looks at lists: the columns it leaves out of one, and its saved filters and orders. (Housekeeping.)"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.base import db
from tracker.base.db import UTC, Base

FIRST_STEPS = "first-steps"  # stands where the name of a list does
LONGEST_NAME, LONGEST_QUERY, AT_MOST = 60, 2000, 20


class ListView(Base):
    """A saved view of a list of a case, or of the register; without a name, the columns that are left out of it.

    It is seen on the page of its list alone, so whoever has no role in the case any more does not see it.
    """

    __tablename__ = "list_view"
    __table_args__ = (sa.Index("ix_list_view", "account_id", "list", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cases.id"))
    list: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(LONGEST_NAME), default="")
    query: Mapped[str] = mapped_column(sa.String(LONGEST_QUERY), default="")
    hidden: Mapped[str] = mapped_column(sa.Text, default="")  # heads of columns, one a line
    at: Mapped[datetime] = mapped_column(UTC)

    @classmethod
    def of_list(cls, account_id: int, name: str, case_id: int | None) -> "sa.Select[ListView]":
        """Those of an account for one list, by their names: first, without one, the columns."""
        mine = sa.select(cls).where(cls.account_id == account_id, cls.list == name)
        here = cls.case_id.is_(None) if case_id is None else cls.case_id == case_id
        return mine.where(here).order_by(cls.name)

    @classmethod
    def of_first_steps(cls, account_id: int, case_id: int) -> "sa.Select[ListView]":
        """What says that an account has hidden the first steps of a case."""
        return sa.select(cls).where(cls.account_id == account_id, cls.case_id == case_id, cls.list == FIRST_STEPS)


@dataclass(frozen=True)
class Looks:
    """How somebody looks at a list of a case, or of the register: heads that are left out, and their saved views."""

    name: str
    case: str | None
    hidden: frozenset[str]
    views: tuple[ListView, ...]

    @classmethod
    def of(cls, account: Any, name: str, case: Any) -> Self:
        """Those of an account."""
        saved = db.session().scalars(ListView.of_list(account.id, name, case.id if case else None)).all()
        hidden = frozenset(head for view in saved if not view.name for head in view.hidden.splitlines())
        return cls(name, case.reference if case else None, hidden, tuple(view for view in saved if view.name))
