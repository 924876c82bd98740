"""Signing in: sessions, attempts, and forms that were sent. (Housekeeping, without entries.)"""

import hashlib
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import sql_text
from tracker.base.db import UTC, Base
from tracker.models.register.accounts import Account

KEY = 16  # digits of the hash of a token, from which nobody gets to the token


def binding(token_hash: str, uid: str, started: str) -> str:
    """What the entry of a sign-in holds of its session: a hash of what the row holds, the account and the start."""
    return hashlib.sha256(f"{token_hash} {uid} {started}".encode("ascii")).hexdigest()


class LoginSession(Base):
    """One signed-in browser. Its row is the session: when it ends, a copied cookie is dead. (Housekeeping.)"""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UTC)
    seen_at: Mapped[datetime] = mapped_column(UTC)
    confirmed_at: Mapped[datetime] = mapped_column(UTC)
    ended_at: Mapped[datetime | None] = mapped_column(UTC)
    browser: Mapped[str] = mapped_column(sa.String(120))
    address: Mapped[str] = mapped_column(sa.String(64))

    account: Mapped[Account] = relationship()

    @property
    def binding(self) -> str:
        """What entries call this session."""
        return binding(self.token_hash, self.account.uid, sql_text(self.started_at))

    @classmethod
    def locate(cls, account: Account, *, key: str) -> sa.Select["LoginSession"]:
        """One of my own sessions, at /sessions/<key>."""
        mine = sa.select(cls).where(cls.account_id == account.id, cls.ended_at.is_(None))
        return mine.where(sa.func.substr(cls.token_hash, 1, KEY) == key)

    @property
    def key(self) -> str:
        """What tells it from my other sessions in an address; a number would tell how many others signed in."""
        return self.token_hash[:KEY]


class LoginAttempt(Base):
    """A try to sign in, under the keyed hash of the name that was typed. (Housekeeping.)"""

    __tablename__ = "login_attempt"
    __table_args__ = (sa.Index("ix_login_attempt_name_hash_at", "name_hash", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name_hash: Mapped[str] = mapped_column(sa.String(64))
    device_hash: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(UTC)
    ok: Mapped[bool]


class FormToken(Base):
    """A form that was sent: the same form again is answered with the place the first one led to. (Housekeeping.)"""

    __tablename__ = "form_token"

    token: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC, index=True)
    location: Mapped[str | None] = mapped_column(sa.String(500))
