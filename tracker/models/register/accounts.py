"""Accounts: who signs in, by which invitation, under which other names. None of it says anything about a case."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.identifiers.written import fold_identifier
from tracker.base.db import UTC, Base
from tracker.models.access.words import IdentifierKind
from tracker.models.register.words import Kind
from tracker.models.words import one_of

if TYPE_CHECKING:
    from tracker.models.case.assignments import Assignment
    from tracker.models.register.sessions import LoginSession


class Account(Base):
    """Somebody who signs in; never a person of a case."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(sa.String(32), unique=True, default=lambda: secrets.token_hex(8))
    email: Mapped[str] = mapped_column(sa.String(254))
    email_folded: Mapped[str] = mapped_column(sa.String(254), unique=True, info={"derived": True})
    name: Mapped[str] = mapped_column(sa.String(120))
    name_folded: Mapped[str] = mapped_column(sa.Text, info={"derived": True})  # which may be longer
    kind: Mapped[Kind] = mapped_column(one_of(Kind))
    password_hash: Mapped[str | None] = mapped_column(sa.String(255), info={"secret": True})
    password_set_at: Mapped[datetime | None] = mapped_column(UTC)
    password_notice: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTC)
    disabled_at: Mapped[datetime | None] = mapped_column(UTC)
    lock_version: Mapped[int] = mapped_column(default=1)

    aliases: Mapped[list["Alias"]] = relationship(back_populates="account", order_by="Alias.id")
    assignments: Mapped[list["Assignment"]] = relationship(
        back_populates="account", foreign_keys="Assignment.account_id", viewonly=True
    )

    is_authenticated: ClassVar[bool] = True  # asked by Flask-Login, as are get_id and is_active
    is_anonymous: ClassVar[bool] = False
    session_token: ClassVar[str | None] = None  # set on the instance that signs in
    login_session: ClassVar["LoginSession | None"] = None

    def get_id(self) -> str | None:
        """What the cookie holds: the token of this browser's session, never the account's id."""
        return self.session_token

    @property
    def is_active(self) -> bool:
        """Whether this account may sign in."""
        return self.disabled_at is None and self.password_hash is not None

    @property
    def state(self) -> str:
        """The account's state in one word, one of STATES."""
        if self.disabled_at is not None:
            return "disabled"
        if self.password_hash:
            return "active"
        return "reset" if self.password_set_at else "invited"

    STATES: ClassVar[dict[str, Callable[[], sa.ColumnElement[bool]]]] = {
        "active": lambda: Account.disabled_at.is_(None) & Account.password_hash.is_not(None),
        "invited": lambda: Account.disabled_at.is_(None) & Account.password_set_at.is_(None),
        "reset": lambda: (
            Account.disabled_at.is_(None) & Account.password_hash.is_(None) & Account.password_set_at.is_not(None)
        ),
        "disabled": lambda: Account.disabled_at.is_not(None),
    }

    def spellings(self) -> set[tuple[str, str]]:
        """Every identifier by which this account may stand in a case, as (kind, folded value)."""
        return {("email", self.email_folded), *((alias.kind.value, alias.value_folded) for alias in self.aliases)}

    @property
    def written(self) -> list[str]:
        """The same as they were written, for what is near."""
        return [self.email, *(alias.value for alias in self.aliases)]

    @classmethod
    def visible_to(cls, account: "Account") -> sa.Select["Account"]:
        """Administrators see the accounts; everybody sees their own."""
        listed = sa.select(cls)
        return listed if account.kind is Kind.ADMINISTRATOR else listed.where(cls.id == account.id)

    @classmethod
    def locate(cls, account: "Account", *, number: int) -> sa.Select["Account"]:
        """The account at /accounts/<number>."""
        return cls.visible_to(account).where(cls.id == number)

    @property
    def address_values(self) -> dict[str, Any]:
        """What its address is made of."""
        return {"number": self.id}

    @classmethod
    def by_email(cls, email: str) -> sa.Select["Account"]:
        """The account of an address, however it is spelt."""
        return sa.select(cls).where(cls.email_folded == fold_identifier(email))


class Alias(Base):
    """Another identifier of an account: an old address, an account name, a badge. It feeds the recusal only."""

    __tablename__ = "account_alias"
    __table_args__ = (sa.UniqueConstraint("account_id", "kind", "value_folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    kind: Mapped[IdentifierKind] = mapped_column(one_of(IdentifierKind))
    value: Mapped[str] = mapped_column(sa.String(254))
    value_folded: Mapped[str] = mapped_column(sa.String(254), index=True, info={"derived": True})

    account: Mapped[Account] = relationship(back_populates="aliases")

    @property
    def whole(self) -> Account:
        """The account, of which an identifier is a part."""
        return self.account

    @classmethod
    def locate(cls, account: Account, *, number: int, alias: int) -> sa.Select["Alias"]:
        """The alias at /accounts/<number>/aliases/<alias>."""
        accounts = Account.locate(account, number=number).with_only_columns(Account.id)
        return sa.select(cls).where(cls.account_id.in_(accounts), cls.id == alias)


class Invitation(Base):
    """A one-time link that lets somebody set a password: the first one, or after a reset. Only its hash is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True, info={"secret": True})
    purpose: Mapped[str] = mapped_column(sa.String(8))
    made_at: Mapped[datetime] = mapped_column(UTC)
    expires_at: Mapped[datetime] = mapped_column(UTC)
    used_at: Mapped[datetime | None] = mapped_column(UTC)

    account: Mapped[Account] = relationship()
