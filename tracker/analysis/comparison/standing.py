"""What passages say of each version: how many places that tell versions apart agree with it, and how many contradict.

Nothing here is a degree of likeness: a version is told from another only by the places where the two differ.
"""

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from tracker.analysis.comparison.index import Index
from tracker.analysis.comparison.passages import Passage, Place, find_passages
from tracker.analysis.comparison.texts import Text, bits
from tracker.base.text import counted

ROUND = 25  # numbers of a text that are looked at


class Standing(Enum):
    """What the quoted places say of one version."""

    CONSISTENT = "Consistent"
    INCONSISTENT = "Inconsistent"
    NOT_DIAGNOSTIC = "Not diagnostic"
    NONE = "No passage found"


@dataclass(frozen=True)
class Compared:
    """A text compared with all versions of an index: its passages, and by version what they say."""

    text: Text
    index: Index
    passages: tuple[Passage, ...]

    @cached_property
    def places(self) -> list[Place]:
        """The places that tell versions apart."""
        return [place for passage in self.passages for place in passage.places]

    @cached_property
    def _counts(self) -> tuple[Counter[int], Counter[int], Counter[int]]:
        """By version how many places agree with it, how many contradict it, and how many passages it has.

        Most versions agree with most places, so those that agree are what is left of the others, where that is so.
        """
        agree, against, held = Counter[int](), Counter[int](), Counter[int]()
        for passage in self.passages:
            rest = [
                place for place in passage.places if not place.whole and place.agree | place.against == passage.holders
            ]
            for version in bits(passage.holders):
                held[version] += 1
                agree[version] += len(rest)
            for place in passage.places:
                against.update(bits(place.against))
                if place in rest:
                    agree.subtract(bits(place.against))
                else:
                    agree.update(bits(place.agree))
        return agree, against, held

    def agree(self, version: int) -> int:
        """How many places a version agrees with."""
        return self._counts[0][version]

    def against(self, version: int) -> int:
        """How many places contradict a version."""
        return self._counts[1][version]

    def held(self, version: int) -> int:
        """How many passages a version has."""
        return self._counts[2][version]

    def standing(self, version: int) -> Standing:
        """What the places say of a version."""
        if self.against(version):
            return Standing.INCONSISTENT
        if self.agree(version):
            return Standing.CONSISTENT
        return Standing.NOT_DIAGNOSTIC if self.held(version) else Standing.NONE

    @cached_property
    def standings(self) -> dict[Standing, list[int]]:
        """The versions of each standing, in their order."""
        found: dict[Standing, list[int]] = {standing: [] for standing in Standing}
        for version in range(len(self.index.texts)):
            found[self.standing(version)].append(version)
        return found

    @property
    def shared_words(self) -> int:
        """How many words of the text stand in passages."""
        own = sum(last - first + 1 for one in self.passages for first, last in one.own)
        return sum(one.last - one.first + 1 for one in self.passages) - own

    @property
    def numbers(self) -> list[tuple[str, list[int]]]:
        """Numbers of the text that not every version has, with the versions that do."""
        found = ((one, self.index.holders_of_number(one)) for one in self.text.numbers[:ROUND])
        return [(number, list(bits(who))) for number, who in found if who != self.index.everyone]


def compare(text: Text, index: Index) -> Compared:
    """A text compared with every version of an index."""
    return Compared(text, index, tuple(find_passages(text, index)))


def say_result(found: Compared) -> str:
    """The answer in words: which version, as far as the places tell."""
    standings, places = found.standings, len(found.places)
    consistent, same = standings[Standing.CONSISTENT], standings[Standing.NOT_DIAGNOSTIC]
    if not found.index.texts:
        return "Cannot tell: no version of this case has a text that can be compared."
    if not found.passages:
        return "No passage of this text stands in a version that can be compared."
    if not places:
        return f"Cannot tell which version. Not diagnostic: {_nothing_differs(len(same))}"
    quoted = f"{counted(places, 'place')} quoted at which versions differ."
    if not consistent:
        return f"{quoted} No version agrees with every place. Several versions may have been used, or words changed."
    if len(consistent) == 1:
        return f"{quoted} One version agrees with every place: the text is consistent with it alone."
    return (
        f"{quoted} Not diagnostic between {len(consistent):,} versions: all of them agree with every place. "
        "Cannot tell which of them."
    )


def _nothing_differs(versions: int) -> str:
    if versions == 1:
        return "only one version holds these words, and no other version could be compared with it."
    return f"the quoted words are the same in {versions:,} versions."
