"""Passages: the words of a text that stand in other texts too, and the places in them where those texts differ.

A passage is at least six words in a row that some version holds. In a short text, and between quotation marks, three
are enough: of ordinary prose so few words meet by chance.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby
from operator import and_, or_

from tracker.analysis.comparison.alignment import other_words
from tracker.analysis.comparison.index import Index
from tracker.analysis.comparison.texts import RUN, Text, bits, mask_of

LONG, SHORT_TEXT = 6, 60  # words of a passage in prose; words up to which a text is short
OWN = 3  # words of its own that the publisher may have put between two parts of one passage


@dataclass(frozen=True)
class Place:
    """Words that not every version has which could have: `agree` and `against` are sets of versions as bits.

    `whole` says that it is the passage itself, which the versions `against` lack.
    """

    first: int
    last: int
    agree: int
    against: int
    whole: bool = False


@dataclass(frozen=True)
class Passage:
    """Words of the text from `first` to `last` that the versions `holders` have.

    The versions `near` lack the passage, but have some words of it. `own` are words between that no version has there,
    from one to another.
    """

    first: int
    last: int
    holders: int
    near: int
    places: tuple[Place, ...]
    own: tuple[tuple[int, int], ...]

    @property
    def span(self) -> tuple[int, int]:
        """Its first and its last word."""
        return self.first, self.last


@dataclass(frozen=True)
class _Stretch:
    """Runs of three words one after the other, all of which some version holds: the words, and who holds each run."""

    first: int
    hits: tuple[int, ...]

    @property
    def last(self) -> int:
        return self.first + len(self.hits) + RUN - 2

    @property
    def anybody(self) -> int:
        return reduce(or_, self.hits)

    @property
    def holders(self) -> int:
        """Who has six words of it in a row, or all of it where it is shorter."""
        length = min(LONG - RUN + 1, len(self.hits))
        starts = range(len(self.hits) - length + 1)
        return reduce(or_, (reduce(and_, self.hits[at : at + length]) for at in starts))


def find_passages(text: Text, index: Index) -> list[Passage]:
    """The passages of a text in its order, each with the places where the versions that could be meant differ."""
    found = []
    for stretches in _neighbours(text, _stretches(index.holders(text))):
        holders = reduce(or_, (one.holders for one in stretches if _is_enough(text, one)), 0)
        if holders:
            found.append(_verified(text, index, stretches, _passage(stretches, holders, index.beside(holders))))
    return found


def _stretches(hits: Sequence[int]) -> Iterator[_Stretch]:
    first = 0
    for is_held, some in groupby(hits, bool):
        run = tuple(some)
        if is_held:
            yield _Stretch(first, run)
        first += len(run)


def _neighbours(text: Text, stretches: Iterator[_Stretch]) -> Iterator[list[_Stretch]]:
    """Stretches that lie close together in one sentence and that the same version may hold."""
    group: list[_Stretch] = []
    for one in stretches:
        if group and not _is_near(text, group[-1], one):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _is_near(text: Text, one: _Stretch, other: _Stretch) -> bool:
    """Whether two stretches are parts of one passage: of one sentence, and of one quotation if they are quoted."""
    between = range(one.last, other.first)
    if len(between) > OWN + 1 or not one.anybody & other.anybody or text.quotes[one.last] != text.quotes[other.first]:
        return False
    return not any(map(text.ends_sentence, between))


def _is_enough(text: Text, stretch: _Stretch) -> bool:
    """Whether there are more words than meet by chance."""
    least = RUN if len(text.words) <= SHORT_TEXT or _is_quoted(text, stretch) else LONG
    return text.weigh(stretch.first, stretch.last) >= least


def _is_quoted(text: Text, stretch: _Stretch) -> bool:
    """Whether three words of it stand between the same quotation marks."""
    inside = Counter(filter(None, text.quotes[stretch.first : stretch.last + 1]))
    return any(words >= RUN for words in inside.values())


def _passage(stretches: Sequence[_Stretch], holders: int, possible: int) -> Passage:
    first, last = stretches[0].first, stretches[-1].last
    reads = [0] * (last - first + 1)
    for one in stretches:
        for at, hit in enumerate(one.hits, one.first - first):
            for word in range(at, at + RUN):
                reads[word] |= hit & holders
    own, places = [], []
    at = first
    for who, some in groupby(reads):
        end = at + len(list(some)) - 1
        if not who:
            own.append((at, end))
        elif who != holders:
            places.append(Place(at, end, who, holders & ~who))
        at = end + 1
    lack = possible & ~holders
    whole = [Place(first, last, holders, lack, whole=True)] if lack else []
    near = lack & reduce(or_, (one.anybody for one in stretches))
    return Passage(first, last, holders, near, (*whole, *_merged(places)), tuple(own))


def _verified(text: Text, index: Index, stretches: Sequence[_Stretch], passage: Passage) -> Passage:
    """The passage with the places at which a version has the same words elsewhere, or in another order.

    Whoever has all of it in a row is known at once; of the rest those are looked at that no place contradicts yet.
    """
    rows = [f" {' '.join(text.words[one.first : one.last + 1])} " for one in stretches]
    open_ones = passage.holders & ~reduce(or_, (place.against for place in passage.places), 0)
    exact = mask_of(one for one in bits(open_ones) if all(row in index.texts[one].joined for row in rows))
    against: dict[tuple[int, int], int] = {}
    for version in bits(open_ones & ~exact) if exact else ():
        for span in other_words(text, passage.span, index.texts[version]):
            if span not in passage.own:
                against[span] = against.get(span, 0) | 1 << version
    more = [Place(first, last, exact, who) for (first, last), who in sorted(against.items())]
    return replace(passage, places=(*passage.places, *more)) if more else passage


def _merged(places: Sequence[Place]) -> Iterator[Place]:
    """Places beside each other are one where a word or two are told from their neighbours by these alone."""
    kept: Place | None = None
    for one in places:
        if kept is not None and one.first == kept.last + 1 and _is_one(kept, one):
            kept = Place(kept.first, one.last, kept.agree & one.agree, kept.against | one.against)
            continue
        if kept is not None:
            yield kept
        kept = one
    if kept is not None:
        yield kept


def _is_one(one: Place, other: Place) -> bool:
    shorter = min(one.last - one.first, other.last - other.first) + 1
    return shorter < RUN and one.agree & other.agree in {one.agree, other.agree}
