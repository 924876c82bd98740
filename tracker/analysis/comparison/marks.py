"""Identifying marks of copies: words that one copy alone has. Two that are independent must stand in a text.

A mark is what somebody wrote of a copy: several are parted by semicolons, and words in quotation marks are what the
copy says there. A mark that two copies share, or that stands in a version that others have, tells nothing apart.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.analysis.comparison.texts import Text, read

NEEDED = 2
_PART = re.compile(r"[;\n]")
_SAID = re.compile(r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»|「([^」]+)」")


@dataclass(frozen=True)
class Marked:
    """The marks of one copy, and those of them that stand in the text and are of this copy alone."""

    marks: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def is_consistent(self) -> bool:
        """Whether two independent marks stand in the text."""
        return len(self.found) >= NEEDED

    @property
    def words(self) -> str:
        """The answer for a reader."""
        if not self.marks:
            return "Not diagnostic: its mark has no words."
        if self.is_consistent:
            return f"Consistent: {len(self.found)} of {len(self.marks)} marks stand in the text."
        if self.found:
            return f"Not diagnostic: 1 of {len(self.marks)} marks stands in the text. Two independent marks are needed."
        return "Not diagnostic: no mark stands in the text."


def find_marks(
    text: Text, marks: Mapping[int, str], versions: Sequence[Text], own: Mapping[int, int]
) -> dict[int, Marked]:
    """By copy, which of its marks stand in a text and nowhere else.

    `own` is the place among `versions` of the version that a copy alone has; no other version may hold its mark.
    """
    said = {copy: _said(mark) for copy, mark in marks.items()}
    times = Counter(words for each in said.values() for words in each)
    found = {}
    for copy, each in said.items():
        others = [version for place, version in enumerate(versions) if place != own.get(copy)]
        alone = {words: mark for words, mark in each.items() if times[words] == 1}
        found[copy] = Marked(tuple(each.values()), tuple(_found(text, alone, others)))
    return found


def _found(text: Text, marks: Mapping[tuple[str, ...], str], others: Sequence[Text]) -> Iterator[str]:
    """Those that stand in the text and in no other version; two that overlap are not independent."""
    taken: set[int] = set()
    for words, mark in marks.items():
        spans = (range(at, at + len(words)) for at in _places(text, words))
        span = next((one for one in spans if taken.isdisjoint(one)), None)
        if span is not None and not any(_places(version, words) for version in others):
            taken.update(span)
            yield mark


def _said(mark: str) -> dict[tuple[str, ...], str]:
    """The words of each mark, and how they are written."""
    parts = []
    for part in _PART.split(mark):
        quoted = ["".join(one) for one in _SAID.findall(part)]
        parts += quoted or [part.strip()]
    return {words: part for part in parts if (words := read(part).words)}


def _places(text: Text, words: tuple[str, ...]) -> list[int]:
    first, length = words[0], len(words)
    return [at for at, word in enumerate(text.words) if word == first and text.words[at : at + length] == words]
