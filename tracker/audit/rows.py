"""Imported rows: each keeps a salted hash of itself as it came, and the entry of its import holds one over all of them.

An import lays out up to a million rows: they are hashed as the database holds them, without a type of ours between.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from tracker.audit.entries import since

_spell = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


def columns_of(model: Any, revision: str) -> list[str]:
    """The columns that such a hash covers, in its order, under a schema revision.

    Neither the key, which nobody knows before the row is there, nor what is recomputed, nor what happens to the row
    later (`info={"later": True}`): such as which row it corrects.
    """
    return sorted(
        column.name
        for column in model.__table__.columns
        if not column.primary_key
        and column.name != "row_sha256"
        and not {"derived", "later"} & column.info.keys()
        and since(column) <= revision
    )


class RowHash:
    """Hashes rows of one table that came with one log: its salt, the table, and the values in the order of columns."""

    def __init__(self, salt: str, table: str) -> None:
        self._begun = hashlib.sha256(f"{salt}{table}".encode("ascii"))

    def of(self, values: Sequence[Any]) -> str:
        """SHA-256 of a row, in hex; its values are numbers, texts and None."""
        made = self._begun.copy()
        made.update(_spell(values).encode("ascii"))
        return made.hexdigest()


class RowsHash:
    """One hash over those of all rows of an import: rows by their numbers, then people, identifiers and corrections."""

    def __init__(self) -> None:
        self._made = hashlib.sha256()

    def add(self, hashes: Iterable[str]) -> None:
        """Go on with these."""
        for one in hashes:
            self._made.update(one.encode("ascii"))

    def add_corrections(self, corrections: Iterable[Any]) -> None:
        """Go on with which line corrects which, and why; by line."""
        for one in corrections:
            self._made.update(_spell(tuple(one)).encode("ascii"))

    @property
    def sha256(self) -> str:
        """The hash over all that were added, in hex."""
        return self._made.hexdigest()
