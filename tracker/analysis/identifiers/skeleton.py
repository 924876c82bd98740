"""Letters that look alike: the skeleton of Unicode Technical Standard 39, of texts that are folded.

The table beside this file is made by scripts/confusables.py; its first line is the version of Unicode. Because case is
ignored, what looks like a letter in either case counts: the capital I is drawn like l, so i and l are one.
"""

import unicodedata
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("confusables.txt")
_DOT_ABOVE = "\u0307"  # what folding leaves of the capital I with a dot


@cache
def _table() -> tuple[str, dict[int, str]]:
    version, *lines = TABLE.read_text("utf-8").splitlines()
    drawn_like = (line.split("\t") for line in lines)
    return version, {ord(letter): drawn for drawn, letters in drawn_like for letter in letters} | {ord("i"): "l"}


def version() -> str:
    """The version of Unicode that the table is of."""
    return _table()[0]


def skeleton(folded: str) -> str:
    """One spelling of all folded texts that look alike, whatever alphabets their letters are of. It may be longer."""
    if folded.isascii():
        return folded.translate(_table()[1])
    drawn = unicodedata.normalize("NFD", folded).translate(_table()[1])
    return unicodedata.normalize("NFD", drawn).replace(f"l{_DOT_ABOVE}", "l").translate(_table()[1])
