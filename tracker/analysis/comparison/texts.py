"""Texts as they are compared: their words, folded as search folds them, and where each stands."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from tracker.analysis.search.words import Word, cut, is_alone

RUN = 3  # words in a row that two texts must share before anything is said of them
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_QUOTED = re.compile('“[^”]*”|„[^“”]*[“”]|"[^"]*"|«[^»]*»|»[^«]*«|「[^」]*」|『[^』]*』|《[^》]*》')
_SENTENCE_END = re.compile(r"[.!?。！？؟۔][\"'”’»」)\]]*(?:\s|$)|[。！？؟۔]|\n\s*\n")
_MOST_QUOTED = 5_000  # characters between two quotation marks


@dataclass(frozen=True)
class Text:
    """A text, its folded words, and from which character to which each stands in it."""

    raw: str
    words: tuple[str, ...]
    starts: "array[int]" = field(repr=False)
    ends: "array[int]" = field(repr=False)

    @cached_property
    def keys(self) -> "array[int]":
        """A number for each run of three words, the same for the same words."""
        return array("q", map(hash, zip(self.words, self.words[1:], self.words[2:], strict=False)))

    @cached_property
    def joined(self) -> str:
        """All words with a space around each: what holds some of them in a row is found in it."""
        return f" {' '.join(self.words)} "

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of two digits or more, each once, without the commas between thousands."""
        found = dict.fromkeys(one.replace(",", "") for one in _NUMBER.findall(self.raw))
        return tuple(one for one in found if sum(map(str.isdigit, one)) > 1)

    @cached_property
    def quotes(self) -> "array[int]":
        """For each word the number of the pair of quotation marks in which it stands; 0 for none."""
        found, at = array("l"), 0
        for number, hit in enumerate(_QUOTED.finditer(self.raw), 1):
            first, last = bisect_left(self.starts, hit.start()), bisect_left(self.starts, hit.end())
            is_short = hit.end() - hit.start() <= _MOST_QUOTED
            found.extend([0] * (first - at) + [number * is_short] * (last - first))
            at = last
        found.extend([0] * (len(self.words) - at))
        return found

    def weigh(self, first: int, last: int) -> float:
        """How many words there are from one to another, both included; two characters of Han and its like are one."""
        return sum(0.5 if is_alone(word) else 1 for word in self.words[first : last + 1])

    def says(self, first: int, last: int) -> str:
        """The text from one word to another, both included, on one line."""
        return " ".join(self.raw[self.starts[first] : self.ends[last]].split())

    def ends_sentence(self, at: int) -> bool:
        """Whether a sentence or a paragraph ends after this word."""
        if at + 1 >= len(self.words):
            return True
        following = self.starts[at + 1] + 1  # with a letter of the next word: 2.5 is no end
        return _SENTENCE_END.search(self.raw, self.ends[at], following) is not None


class Reader:
    """Cuts texts into words; a line that several of them share is cut once."""

    def __init__(self) -> None:
        self._lines: dict[str, tuple[Word, ...]] = {}

    def read(self, raw: str) -> Text:
        """A text with its words."""
        words: list[str] = []
        starts, ends = array("l"), array("l")
        for at, line in _lines(raw):
            for word, first, last in self._cut(line):
                words.append(word)
                starts.append(at + first)
                ends.append(at + last)
        return Text(raw, tuple(words), starts, ends)

    def _cut(self, line: str) -> tuple[Word, ...]:
        if (known := self._lines.get(line)) is None:
            known = self._lines[line] = tuple(cut(line))
        return known


def read(raw: str) -> Text:
    """One text with its words."""
    return Reader().read(raw)


def bits(mask: int) -> Iterator[int]:
    """The places of a set that is kept as a number."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def mask_of(places: Iterable[int]) -> int:
    """The number that is kept for a set of places."""
    mask = 0
    for place in places:
        mask |= 1 << place
    return mask


def _lines(raw: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in raw.split("\n"):
        yield at, line
        at += len(line) + 1
