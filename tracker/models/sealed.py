"""What never changes again once it is sealed: a signed interview, a verdict, a handover, a decision.

Everything of a sealed row is fixed but the columns it names itself: that it was withdrawn since, or graded anew. The
seal is the SHA-256 of the exact bytes of `sealed_text`. The action that seals (`ledger.seal`) writes it into the
row and into its entry; from then on no flush may change what is fixed, and `tracker ledger verify` makes the bytes
anew from the row and compares them with what the entry says.
"""

import hashlib
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.analysis.canonical import dumps


class Sealed:
    """Mixed into a model: `FORMAT` names the spelling of its sealed text, `SEALS` the columns and moments in it.

    `FREE` names the columns that may change all the same, `PARTS` the relations that `sealed_parts` reads: many things
    are looked at together, and then those are loaded together.

    What is sealed in the action that makes it is `SEALED_AT_ONCE`: a row without a seal did not come from the program.
    """

    FORMAT: ClassVar[str]
    SEALS: ClassVar[tuple[str, ...]]
    FREE: ClassVar[tuple[str, ...]] = ()
    PARTS: ClassVar[tuple[str, ...]] = ()
    SEALED_AT_ONCE: ClassVar[bool] = False

    seal: Mapped[str | None] = mapped_column(sa.String(64))

    @property
    def is_sealed(self) -> bool:
        """Whether it may never change again."""
        return self.seal is not None

    def sealed_text(self) -> str:
        """The exact text that is hashed: JSON, keys sorted, ASCII, as the ledger spells its lines."""
        return dumps(
            {"format": self.FORMAT, **{name: getattr(self, name) for name in self.SEALS}, **self.sealed_parts()}
        )

    def sealed_parts(self) -> dict[str, Any]:
        """What belongs to the thing and stands in other rows."""
        return {}

    def made_seal(self) -> str:
        """SHA-256 of the sealed text, in hex."""
        return hashlib.sha256(self.sealed_text().encode("ascii")).hexdigest()
