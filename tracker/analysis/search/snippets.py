"""What a result shows of a text: the words around the first place that was found, with the found words marked."""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.analysis.search.queries import Term
from tracker.analysis.search.words import OVERLAP, Word, cut

BEFORE, AFTER = 8, 24  # words


class Run(NamedTuple):
    """Part of what is shown, and whether it was searched for."""

    text: str
    is_marked: bool


def snippet(text: str, terms: Sequence[Term], *, before: int = BEFORE, after: int = AFTER) -> tuple[Run, ...]:
    """The words around the first place in the text where a term stands, else its beginning; line breaks are spaces."""
    words = list(cut(text))
    if not words:
        return ()
    marked = _marked(words, terms)
    at = min(marked, default=0)
    first, last = max(0, at - before), min(len(words), at + after)
    start = words[first].start if first else 0
    end = words[last - 1].end if last < len(words) else len(text)
    runs = [Run("… ", is_marked=False)] if first else []
    for place in sorted(at for at in marked if first <= at < last):
        if words[place].start >= start:  # several words may stand in one character
            runs += [Run(_plain(text[start : words[place].start]), is_marked=False)]
            start = max(start, words[place].end)
            runs += [Run(text[words[place].start : start], is_marked=True)]
    runs += [Run(_plain(text[start:end]), is_marked=False)]
    return tuple(run for run in [*runs, Run(" …" if last < len(words) else "", is_marked=False)] if run.text)


def count_places(words: Sequence[str], terms: Sequence[Term], *, piece: int) -> int:
    """In how many places of a piece the terms stand; what the piece before it has as well is left to that."""
    again = OVERLAP if piece else 0
    return sum(end > again for term in terms for _, end in term.find(words))


def _marked(words: list[Word], terms: Sequence[Term]) -> set[int]:
    texts = [word.text for word in words]
    return {at for term in terms for start, end in term.find(texts) for at in range(start, end)}


def _plain(text: str) -> str:
    """Line breaks as spaces."""
    return text.replace("\r", "").replace("\n", " ")
