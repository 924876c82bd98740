"""The passwords that everybody knows, and nobody may use."""

import gzip
from functools import cache

from tracker.base.paths import PACKAGE
from tracker.base.text import fold


@cache
def common() -> frozenset[str]:
    """Passwords of 15 characters or more that everybody knows: made from common words, rows of keys and phrases."""
    with gzip.open(PACKAGE / "base" / "common-passwords.txt.gz", "rt", encoding="utf-8") as lines:
        return frozenset(fold(line) for line in lines)
