"""What differs between two texts, word by word, for a reader who has read the first and must not miss a word."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby

WORDS = re.compile(r"\w+|\s+|[^\w\s]")
LINES = re.compile(r"[^\n]*\n|[^\n]+")
MOST = 400_000  # pairs of equal pieces that are looked at; texts that repeat one word thousands of times have more


class Change(Enum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A run of words with the same fate."""

    change: Change
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in reading order: without the added ones they are the old text, without the removed
    ones the new. Word by word where that can be told quickly, else line by line, else as a whole.
    """
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    start, end = _at_words(old, new, start, end)
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    middle = _within(before, after, WORDS) or _within(before, after, LINES) or _replace(before, after)
    return _join([Piece(Change.SAME, new[:start]), *middle, Piece(Change.SAME, new[len(new) - end :])])


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many letters both begin with."""
    shorter = min(len(one), len(other))
    return next((at for at in range(shorter) if one[at] != other[at]), shorter)


def _at_words(old: str, new: str, start: int, end: int) -> tuple[int, int]:
    """The same bounds, moved outwards until they cut no word of either text."""
    while start and any(_cuts(text, start) for text in (old, new)):
        start -= 1
    while end and any(_cuts(text, len(text) - end) for text in (old, new)):
        end -= 1
    return start, end


def _cuts(text: str, at: int) -> bool:
    return 0 < at < len(text) and bool(re.match(r"\w\w|\s\s", text[at - 1 : at + 1]))


def _within(old: str, new: str, pattern: re.Pattern[str]) -> list[Piece]:
    """The pieces when both are cut by the pattern; none when it would take too long to find them."""
    before, after = pattern.findall(old), pattern.findall(new)
    counts = Counter(after)
    if sum(counts[piece] for piece in before) > MOST:
        return []
    found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    kinds = [None, *(kind for kind, *_ in found), None]
    pieces = []
    for at, (kind, first, last, then, until) in enumerate(found):
        gone, come = "".join(before[first:last]), "".join(after[then:until])
        between = kinds[at] == kinds[at + 2] == "replace" and gone.isspace()  # a blank between two other words
        pieces += [Piece(Change.SAME, gone)] if kind == "equal" and not between else _replace(gone, come)
    return pieces


def _replace(old: str, new: str) -> list[Piece]:
    return [Piece(Change.REMOVED, old), Piece(Change.ADDED, new)]


def _join(pieces: list[Piece]) -> list[Piece]:
    """Without empty pieces: between two runs of the same words, what went and then what came."""
    found: list[Piece] = []
    changes = (Change.SAME, Change.REMOVED, Change.ADDED)
    for _, run in groupby(filter(lambda piece: piece.text, pieces), lambda piece: piece.change is Change.SAME):
        texts = dict.fromkeys(changes, "")
        for piece in run:
            texts[piece.change] += piece.text
        found += [Piece(change, texts[change]) for change in changes if texts[change]]
    return found
