"""Standard texts: advisements, the statutory whistleblower text, core questions. A new wording is a new version."""

import hashlib
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.base.db import UTC, Base
from tracker.models.register.accounts import Account
from tracker.models.register.words import Kind, TextKind, TextRule
from tracker.models.words import one_of


class StandardText(Base):
    """One version of a text that interviews are held with. It is never edited; an organisation adds its own."""

    __tablename__ = "standard_text"
    __table_args__ = (sa.UniqueConstraint("kind", "key", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[TextKind] = mapped_column(one_of(TextKind))
    key: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(120))
    version: Mapped[int]
    rule: Mapped[TextRule] = mapped_column(one_of(TextRule), default=TextRule.NONE)
    text: Mapped[str] = mapped_column(sa.Text)
    added: Mapped[datetime] = mapped_column(UTC)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    by: Mapped[Account | None] = relationship()

    @property
    def label(self) -> str:
        """Name and version, as a choice shows it."""
        return f"{self.name}, version {self.version}"

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the text, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def versions(self) -> "sa.Select[StandardText]":
        """All versions of this text, the newest first."""
        same = sa.select(StandardText).where(StandardText.kind == self.kind, StandardText.key == self.key)
        return same.order_by(StandardText.version.desc())

    @classmethod
    def newest(cls, kind: TextKind) -> "sa.Select[StandardText]":
        """The newest version of each text of a kind, by name."""
        later = sa.orm.aliased(cls)
        replaced = sa.exists().where(later.kind == cls.kind, later.key == cls.key, later.version > cls.version)
        return sa.select(cls).where(cls.kind == kind, ~replaced).order_by(cls.name)

    @classmethod
    def visible_to(cls, account: Account) -> "sa.Select[StandardText]":
        """Texts say nothing of a case: members and administrators read them."""
        return sa.select(cls).where(sa.literal(account.kind is not Kind.AUDITOR))

    @classmethod
    def locate(cls, account: Account, *, number: int) -> "sa.Select[StandardText]":
        """The text at /texts/<number>."""
        return cls.visible_to(account).where(cls.id == number)

    @property
    def address_values(self) -> dict[str, Any]:
        """What its address is made of."""
        return {"number": self.id}
