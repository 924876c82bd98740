"""What somebody searches for: words, "phrases", beginnings* and words NEAR each other, as both databases ask for it.

All of it must occur. There is nothing a database could take for its own language: a query holds folded words only.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.analysis.search.words import OVERLAP, fold_words

LONGEST, MOST_WORDS, WITHIN = 200, 32, 10
assert MOST_WORDS + WITHIN < OVERLAP, "what is asked for must lie whole in one piece"
_PARTS = re.compile(r'["“”„«»]([^"“”„«»]*)(["“”„«»])?|([^\s"“”„«»]+)')
_NEAR = "NEAR"


class BadQuery(ValueError):
    """The text is no query; it says in one sentence what to do."""


@dataclass(frozen=True)
class Phrase:
    """Words that follow each other, one or more; of the last one perhaps only the beginning."""

    words: tuple[str, ...]
    is_prefix: bool = False

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """From which to before which word it stands among these, each time."""
        size = len(self.words)
        *head, tail = self.words
        for at in range(len(words) - size + 1):
            last = words[at + size - 1]
            if (last.startswith(tail) if self.is_prefix else last == tail) and list(words[at : at + size - 1]) == head:
                yield at, at + size

    @property
    def fts5(self) -> str:
        """In the language of SQLite."""
        return f'"{" ".join(self.words)}"{" *" if self.is_prefix else ""}'

    @property
    def tsquery(self) -> str:
        """In the language of PostgreSQL."""
        return " <-> ".join(f"'{word}'" for word in self.words) + (":*" if self.is_prefix else "")


@dataclass(frozen=True)
class Near:
    """Two phrases with at most WITHIN words between them, in whichever order."""

    one: Phrase
    other: Phrase

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where the two stand that are near each other."""
        ones, others = list(self.one.find(words)), list(self.other.find(words))
        for mine, theirs in ((ones, others), (others, ones)):
            yield from (place for place in mine if any(_are_near(place, other) for other in theirs))

    @property
    def fts5(self) -> str:
        """In the language of SQLite."""
        return f"NEAR({self.one.fts5} {self.other.fts5}, {WITHIN})"

    @property
    def tsquery(self) -> str:
        """In the language of PostgreSQL, which knows only exact distances."""
        pairs = ((self.one, self.other), (self.other, self.one))
        return " | ".join(f"({_at_distance(*pair, apart)})" for pair in pairs for apart in range(1, WITHIN + 2))


Term = Phrase | Near


def parse(text: str) -> tuple[Term, ...]:
    """The terms of a query. Raises BadQuery with a sentence for whoever typed it."""
    if len(text) > LONGEST:
        raise BadQuery(f"Enter at most {LONGEST} characters.")
    terms: list[Term] = []
    is_near = False
    for phrase in _phrases(text):
        if phrase is None:
            if is_near or not terms or isinstance(terms[-1], Near):
                raise BadQuery("Enter one word or phrase on each side of NEAR.")
            is_near = True
            continue
        terms.append(_near(terms.pop(), phrase) if is_near else phrase)
        is_near = False
    if is_near:
        raise BadQuery("Enter one word or phrase on each side of NEAR.")
    if not terms:
        raise BadQuery("Enter a word to search for.")
    if sum(len(one.words) for term in terms for one in _parts(term)) > MOST_WORDS:
        raise BadQuery(f"Enter at most {MOST_WORDS} words.")
    return tuple(dict.fromkeys(terms))


def _phrases(text: str) -> Iterator[Phrase | None]:
    """The phrases of a query one by one; None for the word NEAR."""
    for part in _PARTS.finditer(text):
        quoted, closed, bare = part.groups()
        if quoted is not None and not closed:
            raise BadQuery("Close the quotation mark.")
        if bare == _NEAR:
            yield None
            continue
        is_prefix = bare is not None and bare.endswith("*")
        words = fold_words(quoted if bare is None else bare)
        if is_prefix and not words:
            raise BadQuery("Enter the beginning of a word before the asterisk, such as card*.")
        if words:
            yield Phrase(tuple(words), is_prefix)


def _near(one: Term, other: Phrase) -> Near:
    assert isinstance(one, Phrase)
    if any(_can_be_one(mine, theirs) for mine in _words(one) for theirs in _words(other)):
        raise BadQuery("Enter different words on both sides of NEAR.")  # the databases differ about a word near itself
    return Near(one, other)


def _words(phrase: Phrase) -> list[tuple[str, bool]]:
    return [(word, phrase.is_prefix and at == len(phrase.words) - 1) for at, word in enumerate(phrase.words)]


def _can_be_one(mine: tuple[str, bool], theirs: tuple[str, bool]) -> bool:
    (one, one_goes_on), (other, other_goes_on) = mine, theirs
    return one == other or (one_goes_on and other.startswith(one)) or (other_goes_on and one.startswith(other))


def _parts(term: Term) -> tuple[Phrase, ...]:
    return (term,) if isinstance(term, Phrase) else (term.one, term.other)


def _are_near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return 0 <= max(one[0], other[0]) - min(one[1], other[1]) <= WITHIN


def _at_distance(first: Phrase, second: Phrase, apart: int) -> str:
    (opening, *rest) = second.words
    star = ":*" if second.is_prefix else ""
    tail = "".join(f" <-> '{word}'" for word in rest)
    return f"{first.tsquery} <{apart}> '{opening}'{tail}{star}"
