"""Records that never change again once they are sealed: a signed interview, a review, a handover, a decision.

Every column of a sealed record is fixed but those its model names (`FREE`), such as a later withdrawal or grade. The
action that seals (`doors.seal`) stores the exact bytes in `sealed_text`, and their SHA-256 in the record and in its
entry; from then on no flush may change what is fixed. The bytes are never composed again: `tracker audit verify`
hashes the stored bytes, and compares the fields they name with the record as it is now, by the names of the fields.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, object_session

from tracker.base.db import Base
from tracker.base.text import dumps


def sha256_of(text: str) -> str:
    """SHA-256 of an exact text, in hex."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()


@dataclass(frozen=True)
class Format:
    """One numbered format: the columns and moments that such a text names, and the method that reads other rows.

    A format is never changed once a register holds a text of it: one more field is the next number, which stands after
    it in `FORMATS`, and the texts that are there go on being read by theirs.
    """

    name: str
    fields: tuple[str, ...]
    parts: str = "sealed_parts"

    def spell(self, thing: Any) -> str:
        """The exact text of a thing as it is now: JSON, keys sorted, ASCII, as the audit log spells its lines."""
        parts = getattr(thing, self.parts)() if self.parts else {}
        return dumps({"format": self.name, **{name: getattr(thing, name) for name in self.fields}, **parts})


def changed_fields(formats: tuple[Format, ...], thing: Any, text: str) -> list[str]:
    """The names of the fields in which an exact text differs from the thing as it is now, read by the text's format.

    `format` alone when it is none of these. Raises ValueError when the text is no JSON.
    """
    said = json.loads(text)
    known = next((one for one in formats if one.name == said.get("format")), None)
    if known is None:
        return ["format"]
    now = json.loads(known.spell(thing))
    return sorted(name for name in said.keys() | now.keys() if said.get(name, ...) != now.get(name, ...))


def is_hash_of(formats: tuple[Format, ...], thing: Any, sha256: str) -> bool:
    """Whether this is the hash of the thing's exact text as it is now, in whichever of its formats it was made."""
    return any(sha256_of(one.spell(thing)) == sha256 for one in reversed(formats))


class SealedText(Base):
    """The exact bytes that were sealed. Whoever may read the record may read them; an erasure leaves the hash alone.

    No entry tells of these rows: the entry that seals carries the hash. The database refuses to change or remove one.
    """

    __tablename__ = "sealed_text"

    kind: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    format: Mapped[str] = mapped_column(sa.String(40))
    bytes: Mapped[str | None] = mapped_column(sa.Text, info={"secret": True})  # ASCII, so that it reads as text too
    sha256: Mapped[str] = mapped_column(sa.String(64))


class Sealed:
    """Mixed into a model: `FORMATS` are the formats of its sealed text, the newest last.

    `FREE` names the columns that may change all the same, `PARTS` the relations that `sealed_parts` reads: many things
    are looked at together, and then those are loaded together.

    What is sealed in the action that makes it is `SEALED_AT_ONCE`: a row without a seal did not come from the program.
    """

    FORMATS: ClassVar[tuple[Format, ...]]
    FREE: ClassVar[tuple[str, ...]] = ()
    PARTS: ClassVar[tuple[str, ...]] = ()
    SEALED_AT_ONCE: ClassVar[bool] = False

    seal: Mapped[str | None] = mapped_column(sa.String(64))

    @property
    def is_sealed(self) -> bool:
        """Whether it may never change again."""
        return self.seal is not None

    def sealed_text(self) -> str:
        """The exact bytes that were sealed; before sealing, or after an erasure, what would be sealed now."""
        kept = self.stored_text
        return kept.bytes if kept is not None and kept.bytes is not None else self.FORMATS[-1].spell(self)

    @property
    def stored_text(self) -> SealedText | None:
        """The stored bytes; None until it is sealed."""
        session, key = object_session(self), sa.inspect(self).identity
        return session.get(SealedText, (self.__tablename__, *key)) if self.is_sealed and session and key else None  # type: ignore[attr-defined]

    @property
    def is_intact(self) -> bool:
        """Whether the bytes have the hash of the seal, and every field they name is unchanged."""
        text = self.sealed_text()
        return sha256_of(text) == self.seal and not changed_fields(self.FORMATS, self, text)

    def sealed_parts(self) -> dict[str, Any]:
        """What belongs to the record and is stored in other rows."""
        return {}

    def compute_seal(self) -> str:
        """SHA-256 of the text as it is now, in hex: in the format in which it was sealed, if that is still right."""
        if self.seal and is_hash_of(self.FORMATS, self, self.seal):
            return self.seal
        return sha256_of(self.FORMATS[-1].spell(self))
