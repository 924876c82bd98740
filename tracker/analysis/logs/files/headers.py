"""Names of columns: the same name may come back in other letter case, with blanks or with underscores."""

import unicodedata
from collections.abc import Sequence

_DROPPED = str.maketrans("", "", " \t\r\n_\u00a0\ufeff")


def normal(header: str) -> str:
    """The name folded: "Last Name", "LAST_NAME " and "lastname" are one."""
    return unicodedata.normalize("NFKC", header).casefold().translate(_DROPPED)


def positions(header: Sequence[str]) -> dict[str, int]:
    """Where each folded name stands; the first of equal names."""
    found: dict[str, int] = {}
    for index, name in enumerate(header):
        found.setdefault(normal(name), index)
    return found
