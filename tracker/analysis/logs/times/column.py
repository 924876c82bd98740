"""A whole column of times: its distinct shapes, seen once line by line, and the formats that read every one of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracker.analysis.logs.times.dates import FORMATS, DateFormat, Written, in_language, read_anyhow
from tracker.analysis.logs.times.languages import ENGLISH, LANGUAGES, fold_word, words_of
from tracker.analysis.logs.times.sentinels import doubt
from tracker.analysis.logs.times.shapes import find_shape, plain

_MASK = str.maketrans("123456789", "0" * 9)
_CLOCKS = frozenset(f":{minute:02}:{second:02}" for minute in range(60) for second in range(60))
_LEAST, _MOST = "\0least", "\0most"  # behind the shape of a number
_DATE = 11  # characters at the beginning that are kept apart: a date of figures, or a day and the name of a month
_LONGEST = 200  # characters that are kept; a time has fewer
_SHAPES = 20_000  # kept at most; a column that has more is no column of times
_PLAUSIBLE = range(1990, 2079)  # years in which the numbers of one unit, and not of another, are times of a log
_LETTERS = re.compile(r"[^\W\d_]+")
_TRIED = 300  # texts by which a language is looked for


class Cell(NamedTuple):
    """A text as the file has it, where it stands first, and in how many lines there are some of its shape."""

    text: str
    line: int
    lines: int


class Column:
    """The distinct shapes of the times of a file, bounded however long it is."""

    def __init__(self) -> None:
        self._seen: dict[str, list[int]] = {}
        self._texts: dict[str, str] = {}

    def see(self, line: int, text: str) -> None:
        """Take note of one cell. Cells of one day that are written alike are one; of numbers the ends are kept."""
        if text[13:] in _CLOCKS:  # 2018-03-20 19:15:04, the quick path
            key = text[:_DATE]
        elif ":" in text or not text.replace(".", "", 1).replace("-", "", 1).isdecimal():
            text = text[:_LONGEST]
            key = text[:_DATE] + text[_DATE:].translate(_MASK)
        else:
            text = text[:_LONGEST]
            least, most = text.translate(_MASK) + _LEAST, text.translate(_MASK) + _MOST
            self._note(least, line, text, is_better=text < self._texts.get(least, text))
            self._note(most, line, text, is_better=text > self._texts.get(most, text), of=0)
            return
        seen = self._seen.get(key)
        if seen is not None:
            seen[0] += 1
        else:
            self._note(key, line, text, is_better=True)

    def _note(self, key: str, line: int, text: str, *, is_better: bool, of: int = 1) -> None:
        seen = self._seen.get(key)
        if seen is None and len(self._seen) >= _SHAPES:
            return
        self._seen[key] = [seen[0] + of if seen else of, line if is_better or not seen else seen[1]]
        if is_better or not seen:
            self._texts[key] = text

    def cells(self) -> Iterator[Cell]:
        """One cell of each shape."""
        for key, (count, line) in self._seen.items():
            if not key.endswith(_MOST) or self._texts[key] != self._texts[key.removesuffix(_MOST) + _LEAST]:
                yield Cell(self._texts[key], line, count)


def detect(texts: Iterable[str]) -> list[DateFormat]:
    """The formats that read every text that is a time at all: several where somebody has to choose.

    Nothing where no text is a time or no one format reads them all; what is no time is refused later, by its line.
    Formats of other languages are tried where English reads less, one language at a time.
    """
    known = list(dict.fromkeys(text for text in map(plain, texts) if text))
    fitting, foreign = _fitting(known, FORMATS)
    if foreign and (languages := _languages(foreign)):
        fitting, _ = _fitting(known, [in_language(base, name) for name in languages for base in FORMATS[:6]])
        return _proposed(fitting, known) if fitting else []
    return _proposed(fitting, known) if len(foreign) < len(known) else []


def _fitting(texts: list[str], formats: Iterable[DateFormat]) -> tuple[list[DateFormat], list[str]]:
    """The formats that read all those texts which any of them reads, and the texts that none of them reads."""
    every = list(formats)
    fitting, foreign = every, []
    for text in texts:
        left = [one for one in fitting if read_anyhow(one, text)]
        if left or any(read_anyhow(one, text) for one in every if one not in fitting):
            fitting = left
        else:
            foreign.append(text)
    return fitting, foreign


def _languages(texts: list[str]) -> list[str]:
    """The languages that read some of these texts and each as many as any; of those that read them alike, the first."""
    found: dict[tuple[Written | None, ...], str] = {}
    words = {fold_word(word) for text in texts for word in _LETTERS.findall(text)}
    for name in LANGUAGES:
        if name != ENGLISH and not words.isdisjoint({*words_of(name).months, *words_of(name).halves}):
            bases = [in_language(base, name) for base in FORMATS[3:6]]
            values = tuple(
                next(filter(None, (read_anyhow(base, text) for base in bases)), None) for text in texts[:_TRIED]
            )
            found.setdefault(values, name)
    most = max((sum(map(bool, values)) for values in found), default=0)
    return [name for values, name in found.items() if most and sum(map(bool, values)) == most]


def _proposed(fitting: list[DateFormat], texts: list[str]) -> list[DateFormat]:
    """Of the formats that fit, those that say what the others leave open; one where none is left open."""
    language = fitting[0].language if fitting else ENGLISH
    families = Counter(shape[0] for text in texts if (shape := find_shape(text, language)))
    written = [one for one in fitting if not one.is_count]
    if families["numbers"]:
        written = [one for one in written if one.order]
    else:  # they read alike but for the language
        written.sort(key=lambda one: -families[one.name.partition(",")[0]])
        written = list({one.language: one for one in reversed(written)}.values())[::-1]
    numbers = [text for text in texts if text.replace(".", "", 1).removeprefix("-").isdecimal()]
    return _plausible([*written, *(one for one in fitting if one.is_count)], numbers) if numbers else written


def _plausible(formats: list[DateFormat], numbers: list[str]) -> list[DateFormat]:
    """Those in which all numbers are times of our days; else those in which none may stand for no time."""
    times = {one.name: [at.local for text in numbers if text.strip("0.") and (at := read_anyhow(one, text))]
             for one in formats}  # fmt: skip
    likely = [one for one in formats if all(at.year in _PLAUSIBLE for at in times[one.name])]
    return likely or [one for one in formats if not any(doubt(at, "") for at in times[one.name])] or formats
