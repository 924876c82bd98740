"""Texts folded and cut into words: what is indexed and what is asked for go the same way, on every database.

A word is a run of letters and digits, without accents and in small letters. Han, Kana, Thai and other scripts that are
written without spaces are cut character by character. `P-014` is two words beside each other, and so is `17:20`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

LONGEST_WORD = 64  # characters; the rest of a longer one is not looked at
MOST_WORDS = 10_000  # of a piece: PostgreSQL knows no position beyond 16,383
MOST_OF_ONE = 255  # times the same word in a piece: PostgreSQL knows no further positions of it
OVERLAP = 50  # words that a piece shares with the one before it: a phrase lies whole in one of the two
_RUNS = re.compile(r"[0-9A-Za-z]+|[^\x00-\x7f]+")
_ACCENTS = (
    "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # of Latin, Greek and Cyrillic letters
    "\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u06d6-\u06dc"
)
_ACCENT = re.compile(f"[{_ACCENTS}]")
# what is one letter to a reader: a syllable of Hangul in its parts, or a character with the marks that follow it
_LETTERS = re.compile(
    rf"[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?|.[{_ACCENTS}\u3099\u309a\uff9e\uff9f]*", re.DOTALL
)
_ALONE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\U00020000-\U0003ffff]"
)
_FURTHER = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "æ": "ae", "œ": "oe", "þ": "th"}
)  # letters that Unicode does not take apart


class Word(NamedTuple):
    """A word, and from which character to which it stands in the text."""

    text: str
    start: int
    end: int


class Piece(NamedTuple):
    """Part of a text that is indexed as one: where it stands, and its words with a space between them."""

    start: int
    length: int
    words: str


def cut(text: str) -> Iterator[Word]:
    """The words of a text, folded, in their order."""
    word, start, end = "", 0, 0
    for part, first, last in _parts(text):
        ends = part[:1] == " "
        if word and (ends or first > end):
            yield Word(word[:LONGEST_WORD], start, end)
            word = ""
        if ends and part != " ":
            yield Word(part[1:], first, last)
        elif part and not ends:
            start, word = (start if word else first), word + part
        end = last
    if word:
        yield Word(word[:LONGEST_WORD], start, end)


def fold_words(text: str) -> list[str]:
    """The words of a text alone."""
    return [word.text for word in cut(text)]


def pieces(text: str) -> Iterator[Piece]:
    """The pieces in which a text is indexed; none if it has no words. All but the first begin with words of the last.

    No piece has more words, or the same word more often, than PostgreSQL keeps the positions of.
    """
    if text.isascii() and len(text) < MOST_OF_ONE:  # by far the most: one piece, whatever it says
        yield from _piece_of_plain(text)
        return
    words = list(cut(text))
    first = 0
    while first < len(words):
        last = _end_of_piece(words, first)
        start, end = words[first].start, words[last - 1].end
        yield Piece(start, end - start, " ".join(word.text for word in words[first:last]))
        if last == len(words):
            return
        first = last - OVERLAP


def _piece_of_plain(text: str) -> Iterator[Piece]:
    """The same of a short text in ASCII, whose words are its runs of letters and digits."""
    if runs := list(_RUNS.finditer(text)):
        start = runs[0].start()
        yield Piece(start, runs[-1].end() - start, " ".join([run[0].lower()[:LONGEST_WORD] for run in runs]))


def is_alone(word: str) -> bool:
    """Whether a word is a single character of a script that is written without spaces."""
    return _ALONE.match(word) is not None


def _end_of_piece(words: list[Word], first: int) -> int:
    times: Counter[str] = Counter()
    last = first
    while last < min(len(words), first + MOST_WORDS) and times[words[last].text] < MOST_OF_ONE:
        times[words[last].text] += 1
        last += 1
    return last


def _parts(text: str) -> Iterator[tuple[str, int, int]]:
    """Parts of words and where they stand: "" cannot be seen, " " ends a word, " x" is a word alone."""
    for run in _RUNS.finditer(text):
        if run[0][0] < "\x80":
            yield run[0].lower(), run.start(), run.end()
            continue
        for letters in _LETTERS.finditer(run[0]):
            for part in _fold(letters[0]):
                yield part, run.start() + letters.start(), run.start() + letters.end()


@lru_cache(20_000)
def _fold(letters: str) -> tuple[str, ...]:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letters).casefold())
    whole = unicodedata.normalize("NFC", _ACCENT.sub("", apart)).translate(_FURTHER)
    return tuple(map(_fold_letter, whole)) or ("",)


def _fold_letter(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Cf":
        return ""
    if _ALONE.match(letter) and kind[0] in "LMN":
        return f" {letter}"
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    return letter if kind[0] in "LMN" else " "
