"""The passwords that everybody knows, and nobody may use."""

import gzip
from functools import cache

from tracker.models.accounts import folded
from tracker.paths import PACKAGE


@cache
def common() -> frozenset[str]:
    """Passwords of 15 characters or more that everybody knows: made from common words, rows of keys and phrases."""
    with gzip.open(PACKAGE / "common-passwords.txt.gz", "rt", encoding="utf-8") as lines:
        return frozenset(folded(line) for line in lines)
