"""What others are known by, found in free text however it is spelt: a pack for readers outside names nobody else."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import permutations
from typing import NamedTuple

from tracker.analysis.search.words import Word, cut, fold_words

SHORTEST = 3  # letters of what is masked in any case of letters
PART = 2  # letters of a part of a name that is masked where it begins with a capital: initials are words too
WRITTEN_AFTER = frozenset(":\\/")  # what stands before an account, as in account:notes
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"“”]+@[\w-]+(?:\.[\w-]+)*")

Words = tuple[str, ...]


class Found(NamedTuple):
    """A place in a text that tells somebody: where it stands, and the folded words it is written with."""

    start: int
    end: int
    words: Words


class Mask:
    """The names and identifiers of a case, as folded words: capitals, accents and hyphens make no difference.

    An identifier with figures is found with its words apart or in one: 4929 1234 is 49291234, and B-105 is b105.

    `ordinary` are texts whose words are no secret, such as posts. An account that is one of these words is masked only
    where it is written as an account: else "adviser" could be said of nobody.
    """

    def __init__(self, names: Iterable[str], identifiers: Iterable[str], ordinary: Iterable[str]) -> None:
        names, common = list(names), {_stem(word) for text in ordinary for word in fold_words(text)}
        known = [tuple(fold_words(one)) for one in identifiers]
        whole = {*map(tuple, map(fold_words, names)), *known}
        numbers = (("".join(words), words) for words in known if any(map(str.isdecimal, "".join(words))))
        self._numbers = {joined: words for joined, words in sorted(numbers) if len(joined) >= SHORTEST}
        self._begun = {joined[:end] for joined in self._numbers for end in range(1, len(joined))}
        self._accounts = {one for one in whole if len(one) == 1 and one[0].isalpha() and _stem(one[0]) in common}
        parts = [[word for word in fold_words(name) if len(word) >= PART] for name in names]
        self._parts = {word for some in parts for word in some}
        self._pairs = {pair for some in parts for pair in permutations(some, 2)}
        self._joined = {first + second for first, second in self._pairs}
        self._by_first: dict[str, list[Words]] = defaultdict(list)
        for one in sorted(whole, key=lambda words: (-len(words), words)):
            if one and len("".join(one)) >= (SHORTEST if one[0].isascii() else PART):
                self._by_first[one[0]].append(one)

    def find(self, text: str) -> Iterator[Found]:
        """Each place that tells somebody, in the order of the text; every e-mail address is one."""
        addresses = [Found(one.start(), one.end(), tuple(fold_words(one[0]))) for one in _ADDRESS.finditer(text)]
        words, at = list(cut(text)), 0
        for one in addresses:
            while at < len(words) and words[at].start < one.start:
                found, at = self._at(text, words, at)
                if found is not None and found.end <= one.start:
                    yield found
            yield one
            while at < len(words) and words[at].start < one.end:
                at += 1
        while at < len(words):
            found, at = self._at(text, words, at)
            if found is not None:
                yield found

    def _at(self, text: str, words: list[Word], at: int) -> tuple[Found | None, int]:
        """What begins at a word, and where to go on."""
        first = words[at]
        for some in self._by_first.get(first.text, ()):
            if tuple(word.text for word in words[at : at + len(some)]) == some and self._tells(text, first, some):
                return Found(first.start, words[at + len(some) - 1].end, some), at + len(some)
        if (number := self._number(words, at)) is not None:
            known, after = number
            return Found(first.start, words[after - 1].end, known), after
        if first.text in self._joined or (first.text in self._parts and self._names(text, words, at)):
            return Found(first.start, first.end, (first.text,)), at + 1
        return None, at + 1

    def _number(self, words: list[Word], at: int) -> tuple[Words, int] | None:
        """An identifier with figures that begins at a word, however it is spaced, and the word after it."""
        written = ""
        for after in range(at, len(words)):
            if after > at and words[after].start > words[after - 1].end + 1:
                return None
            written += words[after].text
            if (known := self._numbers.get(written)) is not None:
                return known, after + 1
            if written not in self._begun:
                return None
        return None

    def _names(self, text: str, words: list[Word], at: int) -> bool:
        """Whether a part of a name is meant as one: it begins with a capital, or stands beside another part of it."""
        beside = (words[near].text for near in (at - 1, at + 1) if 0 <= near < len(words))
        return not text[words[at].start].islower() or any((words[at].text, one) in self._pairs for one in beside)

    def _tells(self, text: str, first: Word, some: Words) -> bool:
        return some not in self._accounts or text[max(0, first.start - 1) : first.start] in WRITTEN_AFTER


def _stem(word: str) -> str:
    """A word without the ending of the plural."""
    return word.removesuffix("s")
