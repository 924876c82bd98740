"""Columns that many things of the record have: who recorded it and when, which version a form saw, what it corrects."""

from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tracker.base.db import UTC
from tracker.models.register.accounts import Account


class Attributed:
    """Mixed into a model: who recorded it."""

    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    @declared_attr
    def by(cls) -> Mapped[Account]:
        """Who recorded it."""
        return relationship(Account, foreign_keys=f"{cls.__name__}.by_id")  # type: ignore[attr-defined]


class Recorded(Attributed):
    """Mixed into a model: who recorded it, and when."""

    at: Mapped[datetime] = mapped_column(UTC)


class Editable:
    """Mixed into a model that is edited in forms: the version that a form was opened on is compared on saving."""

    lock_version: Mapped[int] = mapped_column(default=1)


class Correctable:
    """Mixed into a model of evidence: it is not edited; a later row names the one it corrects, which stays readable."""

    @declared_attr
    def corrects_id(cls) -> Mapped[int | None]:
        """The row this one corrects."""
        itself = sa.ForeignKey(f"{cls.__tablename__}.id")  # type: ignore[attr-defined]
        return mapped_column(itself, unique=True, info={"later": True})

    @declared_attr
    def corrects(cls) -> Mapped[Any]:
        """The row this one corrects."""
        name = cls.__name__  # type: ignore[attr-defined]
        return relationship(name, remote_side=f"{name}.id", back_populates="corrected_by")

    @declared_attr
    def corrected_by(cls) -> Mapped[Any]:
        """The later row that corrects this one."""
        return relationship(cls.__name__, back_populates="corrects", uselist=False)  # type: ignore[attr-defined]

    @classmethod
    def uncorrected(cls) -> sa.ColumnElement[bool]:
        """Rows that no later row corrects; the list of corrected ones is short, however many rows there are."""
        table: Any = cls
        return _uncorrected(table)


@cache  # putting it together costs more than asking it
def _uncorrected(table: Any) -> sa.ColumnElement[bool]:
    later = sa.orm.aliased(table)
    return table.id.not_in(sa.select(later.corrects_id).where(later.corrects_id.is_not(None)))
