"""A passage beside the same passage of a version, word by word: what is the same, left out, added or changed."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from rapidfuzz.distance import Indel, Levenshtein

from tracker.analysis.comparison.texts import RUN, Text

LONGEST = 8_000  # words of a passage that are aligned, from its beginning: what it costs grows with the square
MORE, FURTHER = 60, 25  # words that a version may have more; words up to the end of a sentence that are looked at
ALIKE = 0.7  # of the letters of two spellings of a word
_DIGIT = re.compile(r"\d")


class Change(Enum):
    """What became of words of a version in the published text."""

    SAME = "same"
    LEFT_OUT = "left out"
    ADDED = "added"
    WORDS = "other words"
    NUMBER = "another number"
    SPELLING = "another spelling"


@dataclass(frozen=True)
class Piece:
    """Words of the published text, and those of the version that stand there."""

    change: Change
    published: str
    kept: str


@dataclass(frozen=True)
class Alignment:
    """A passage and that of a version, piece by piece; `start` is the word of the version with which it begins."""

    pieces: tuple[Piece, ...]
    start: int

    @property
    def is_shortened(self) -> bool:
        """Whether words of the version are left out, within or before the end of a sentence."""
        return any(piece.change is Change.LEFT_OUT for piece in self.pieces)

    @property
    def changes(self) -> list[Piece]:
        """The pieces that are not the same."""
        return [piece for piece in self.pieces if piece.change is not Change.SAME]


def align(text: Text, span: tuple[int, int], version: Text) -> Alignment | None:
    """The words of a text from one to another beside those of a version; None where it has no three of them in a row.

    Of very many words the first are aligned.
    """
    span = span[0], min(span[1], span[0] + LONGEST - 1)
    place = _locate(text, span, version)
    if place is None:
        return None
    first, last = place
    steps = _steps(text.words[span[0] : span[1] + 1], version.words[first : last + 1])
    pieces = [_piece(text, version, span[0], first, *step) for step in steps]
    before, after = _back(version, first, FURTHER), _forth(version, last, FURTHER)
    if before < first:
        pieces.insert(0, Piece(Change.LEFT_OUT, "", version.says(before, first - 1)))
    if after > last:
        pieces.append(Piece(Change.LEFT_OUT, "", version.says(last + 1, after)))
    return Alignment(tuple(pieces), first)


def other_words(text: Text, span: tuple[int, int], version: Text) -> list[tuple[int, int]]:
    """The words of the span, from one to another, that do not stand in the version in this order."""
    place = _locate(text, span, version)
    if place is None:
        return [span]
    published, kept = text.words[span[0] : span[1] + 1], version.words[place[0] : place[1] + 1]
    steps = [step for step in _steps(published, kept) if published[step[0] : step[1]] != kept[step[2] : step[3]]]
    return [(span[0] + first, span[0] + last - 1) for first, last, _, _ in steps if last > first]


def _locate(text: Text, span: tuple[int, int], version: Text) -> tuple[int, int] | None:
    """Where in the version most of these words stand: its first and its last word of them."""
    wanted = {key: at for at, key in enumerate(text.keys[span[0] : span[1] + 2 - RUN])}
    hits = [(at, wanted[key]) for at, key in enumerate(version.keys) if key in wanted]
    if not hits:
        return None
    length, most, best, start = span[1] - span[0] + MORE, 0, (0, 0), 0
    for end, (at, _) in enumerate(hits):
        while at - hits[start][0] > length:
            start += 1
        if end - start >= most:
            most, best = end - start + 1, (start, end)
    chain = _in_order(hits[best[0] : best[1] + 1])  # without words that stand elsewhere in the passage too
    (first, before), (last, place) = chain[0], chain[-1]
    behind = span[1] - span[0] - place - RUN + 1  # words of the passage that are others in the version
    return _back(version, first, before), _forth(version, last + RUN - 1, behind)


def _in_order(hits: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of hits that stand in the same order in both texts; hits are in the order of the version."""
    ends: list[int] = []  # by length of a run the place with which the lowest such run ends
    last: list[int] = []  # and the hit that it is
    before: list[int] = []
    for number, (_, place) in enumerate(hits):
        length = bisect_left(ends, place)
        ends[length : length + 1], last[length : length + 1] = [place], [number]
        before.append(last[length - 1] if length else -1)
    chain, number = [], last[-1]
    while number >= 0:
        chain.append(hits[number])
        number = before[number]
    return chain[::-1]


def _back(version: Text, at: int, words: int) -> int:
    """So many words before, or where the sentence begins."""
    while words > 0 and at > 0 and not version.ends_sentence(at - 1):
        at, words = at - 1, words - 1
    return at


def _forth(version: Text, at: int, words: int) -> int:
    """So many words behind, or where the sentence ends."""
    while words > 0 and not version.ends_sentence(at):
        at, words = at + 1, words - 1
    return at


def _steps(published: Sequence[str], kept: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Which words of both stand beside each other; what went and what came at the same place is one step."""
    steps = [(one.src_start, one.src_end, one.dest_start, one.dest_end, one.tag == "equal")
             for one in Indel.opcodes(published, kept)]  # fmt: skip
    held: tuple[int, int, int, int] | None = None
    for first, last, begin, end, is_same in steps:
        if is_same:
            if held:
                yield held
            held = None
            yield first, last, begin, end
        else:
            held = (held[0], last, held[2], end) if held else (first, last, begin, end)
    if held:
        yield held


def _piece(text: Text, version: Text, offset: int, origin: int, first: int, last: int, begin: int, end: int) -> Piece:
    published = text.says(offset + first, offset + last - 1) if last > first else ""
    kept = version.says(origin + begin, origin + end - 1) if end > begin else ""
    words = text.words[offset + first : offset + last], version.words[origin + begin : origin + end]
    return Piece(_kind(*words), published, kept)


def _kind(published: Sequence[str], kept: Sequence[str]) -> Change:
    if published == kept:
        return Change.SAME
    if not published or not kept:
        return Change.ADDED if published else Change.LEFT_OUT
    one, other = " ".join(published), " ".join(kept)
    if _DIGIT.search(one) or _DIGIT.search(other):
        return Change.NUMBER
    return Change.SPELLING if Levenshtein.normalized_similarity(one, other) >= ALIKE else Change.WORDS
