"""Dates as files write them: each shape has one rule, and what could mean two things is asked for, never guessed."""

import re
from collections.abc import Iterable
from collections.abc import Mapping as Names
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple, Self

from tracker.analysis.logs.times.counts import COUNTS, DAMAGED
from tracker.analysis.logs.times.languages import ENGLISH, LANGUAGES, fold_word, words_of
from tracker.analysis.logs.times.shapes import Parts, find_shape, plain
from tracker.analysis.logs.times.unsettled import Unsettled, answer_of
from tracker.analysis.logs.times.zone_words import Zone, read_zone
from tracker.analysis.times import MONTHS, Precision
from tracker.analysis.zones import MomentFault

_LONGEST, _QUESTIONS = 120, 4  # characters of a text, and questions that one can raise
_ORDERS = {"d/m": ("day", "month", "year"), "m/d": ("month", "day", "year"), "y/m/d": ("year", "month", "day")}
_PIVOT = 69  # the rule of POSIX
_CENTURIES = (
    ("20yy", "2000 to 2099"),
    ("19yy", "1900 to 1999"),
    ("pivot", f"{_PIVOT} to 99 as 19{_PIVOT} to 1999, 00 to {_PIVOT - 1} as 2000 to 20{_PIVOT - 1}"),
)
_ONLY_CLOCK = re.compile(r"\d\d?[:.h]\d\d(?:[:.]\d\d(?:[.,]\d+)?)?(?: ?[AaPp]\.? ?[Mm]\.?)?", re.ASCII)


class DateFault(MomentFault):
    """A text that is no date in the chosen format; its text is one sentence for the account."""


class Written(NamedTuple):
    """What a text says: the time on its clocks without a zone, how precise it is, and its own zone if it has one."""

    local: datetime
    precision: Precision
    zone: Zone | None = None


@dataclass(frozen=True, slots=True)
class DateFormat:
    """One way to read a column. Every shape that can mean one thing only is read alongside the chosen one.

    `order` ("m/d", "d/m" or "y/m/d") is that of dates like 1/10/22, `language` that of the month names; `is_count`
    where times are numbers (COUNTS). `answers` are those to the questions that the file raises.
    """

    name: str
    example: str
    order: str = ""
    is_count: bool = False
    language: str = ENGLISH
    answers: Names[str, str] = field(default_factory=dict, compare=False)

    def told(self, answers: Names[str, str]) -> Self:
        """The same format with what was answered."""
        return replace(self, answers=answers)

    def read(self, text: str) -> Written:
        """What the text says. DateFault if it is no time in this format, Unsettled if a question comes first."""
        if len(text) > _LONGEST:
            raise DateFault(f'"{text[:60]}..." is too long for a date or time.')
        text = plain(text)
        if self.is_count and (counted := self._count(text)):
            return counted
        shape = find_shape(text, self.language)
        if not shape:
            raise DateFault(_why_not(text, self))
        return self._value(text, *shape)

    def _count(self, text: str) -> Written | None:
        try:
            found = COUNTS[self.name].read(text)
        except MomentFault as fault:
            raise DateFault(str(fault)) from None
        if not found:
            return None
        at, precision = found
        return Written(at.replace(tzinfo=None), precision, ("+00:00", at.tzinfo) if at.tzinfo else None)

    def _value(self, text: str, family: str, parts: Parts) -> Written:
        day = self._day(text, parts, family)
        (clock, shift), precision = self._clock(text, parts)
        try:
            local = datetime(*day, *clock) + shift  # noqa: DTZ001 - as the clocks showed it
        except (ValueError, OverflowError):
            read_as = f" (read as {self.name})" if family == "numbers" else ""
            raise DateFault(f'"{text}"{read_as} is not a real date or time.') from None
        return Written(local, precision, self._zone(text, parts.get("zone")))

    def _day(self, text: str, parts: Parts, family: str) -> tuple[int, int, int]:
        numbers = {name: int(parts.get(name) or 0) for name in ("year", "month", "day")}
        short = len(parts["year"] or "") == 2
        if family == "numbers":
            order = "" if self.order == "y/m/d" and not short else self.order
            if not order:
                raise DateFault(f'"{text}" could be day and month or month and day. Choose the date format.')
            numbers = dict(
                zip(_ORDERS[order], (int(parts[name] or 0) for name in ("first", "other", "year")), strict=True)
            )
        elif name := parts.get("name"):
            numbers["month"] = self._month(name)
        if short:
            numbers["year"] = self._whole_year(text, numbers["year"])
        return numbers["year"], numbers["month"], numbers["day"]

    def _month(self, name: str) -> int:
        number = words_of(self.language).months.get(fold_word(name))
        if not number:
            raise DateFault(f'"{name}" is not a month in {self.language}. Choose a date format in another language.')
        return number

    def _whole_year(self, text: str, year: int) -> int:
        century = answer_of(self.answers, Unsettled(
            "century", "The years have two digits. Which years are they?", _CENTURIES,
            f'The year of "{text}" has two digits. Say which century it is.',
        ))  # fmt: skip
        return year + (1900 if century == "19yy" or (century == "pivot" and year >= _PIVOT) else 2000)

    def _clock(self, text: str, parts: Parts) -> tuple[tuple[tuple[int, int, int, int], timedelta], Precision]:
        """The time of day, and what is to be added to it: 24:00 is the next day, a leap second the next second."""
        if parts.get("hour") is None:
            return ((0, 0, 0, 0), timedelta()), Precision.DAY
        hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
        fraction = parts.get("fraction") or parts.get("thousandths") or ""
        hour, shift = self._hour(text, hour, parts), timedelta()
        if hour == 24 and not minute and not second and not fraction.strip("0"):
            hour, shift = 0, timedelta(days=1)
        if second == 60 and minute == 59:
            second, shift = 59, shift + timedelta(seconds=1)
        clock = hour, minute, second, int(fraction[:6].ljust(6, "0"))
        return (clock, shift), Precision.EXACT if parts.get("second") else Precision.MINUTE

    def _hour(self, text: str, hour: int, parts: Parts) -> int:
        word = parts.get("half") or parts.get("early")
        if not word:
            return hour
        if not 1 <= hour <= 12:
            raise DateFault(f'"{text}" is not a time of the 12-hour clock.')
        folded = fold_word(word)
        half = words_of(self.language).halves.get(folded, folded[0])
        return hour % 12 + (12 if half == "p" else 0)

    def _zone(self, text: str, written: str | None) -> Zone | None:
        if not written:
            return None
        try:
            return read_zone(written, self.answers)
        except Unsettled:
            raise
        except MomentFault as fault:
            raise DateFault(f'"{text}" has a zone that is not known. {fault}') from None


def _why_not(text: str, chosen: DateFormat) -> str:
    if DAMAGED.fullmatch(text):
        return f'"{text}" has lost digits in a spreadsheet. Ask for the file as the system wrote it.'
    if _ONLY_CLOCK.fullmatch(text):
        return f'"{text}" is only a time of day. Add the date column, or enter the date as one value for every line.'
    if re.fullmatch(r"-?\d+(?:[.,]\d+)?", text) and not chosen.is_count:
        return f'"{text}" is only a number. Choose a date format that counts, such as epoch s or serial 1900.'
    return f'"{text[:60]}" is not a date or time.'


FORMATS = (
    DateFormat("iso", "2018-03-20 19:15"),
    DateFormat("mon d y", "Mar 20 2018 7:15PM"),
    DateFormat("d mon y", "20 Mar 2018 19:15"),
    DateFormat("y/m/d", "2018/03/20 19:15", order="y/m/d"),
    DateFormat("m/d/y", "3/20/2018 19:15", order="m/d"),
    DateFormat("d/m/y", "20/3/2018 19:15", order="d/m"),
    *(DateFormat(name, one.example, is_count=True) for name, one in COUNTS.items()),
)
_NAMED = {known.name: known for known in FORMATS}


def format_named(name: str) -> DateFormat:
    """The format of that name, such as "d/m/y" or, with the language of its words, "d mon y, German".

    DateFault if there is none.
    """
    if not name:
        raise DateFault("Choose the date format.")
    base, _, language = name.partition(", ")
    if base in _NAMED and not language:
        return _NAMED[base]
    if base in _NAMED and language in LANGUAGES and not _NAMED[base].is_count:
        return in_language(_NAMED[base], language)
    known = ", ".join(_NAMED)
    raise DateFault(
        f'"{name[:60]}" is not a date format. Choose from {known}, or add a language, such as "d mon y, German".'
    )


def in_language(base: DateFormat, language: str) -> DateFormat:
    """The same format with the month names and the words for the half of the day of a language."""
    if language == ENGLISH:
        return base
    months = words_of(language).months
    name = next(word for word, number in months.items() if number == 3)
    example = f"20 {name} 2018" if base.name == "d mon y" else base.example
    return replace(base, name=f"{base.name}, {language}", example=example, language=language)


def format_choices(found: Iterable[tuple[DateFormat, str]], chosen: str) -> list[tuple[str, str]]:
    """Names of formats with words for a list: those found and the chosen one, then the others, then other languages.

    With those found stands what each makes of the first line.
    """
    first = {one.name: f"{one.name}: {words}" for one, words in found}
    with suppress(DateFault):
        first.setdefault(chosen, f"{chosen}, such as {format_named(chosen).example}")
    rest = {name: f"{name}, such as {one.example}" for name, one in _NAMED.items()}
    other = {name: name for name in (f"d mon y, {language}" for language in LANGUAGES if language != ENGLISH)}
    return [*{**first, **{name: words for name, words in {**rest, **other}.items() if name not in first}}.items()]


def reading_words(known: DateFormat, text: str) -> str:
    """What a format makes of a text, for a person: "43179.5 is 20 Mar 2018, 12:00:00"."""
    written = read_anyhow(known, text)
    if not written:
        return f"such as {known.example}"
    clock = "" if written.precision is Precision.DAY else f", {written.local:%H:%M:%S}"
    return f"{text[:40]} is {written.local.day} {MONTHS[written.local.month - 1]} {written.local.year}{clock}"


def read_anyhow(known: DateFormat, text: str) -> Written | None:
    """What a format makes of a text once its questions are answered, with whatever answers; None if it is no time."""
    answers: dict[str, str] = {}
    for _ in range(_QUESTIONS):
        try:
            return known.told(answers).read(text)
        except Unsettled as asked:
            answers[asked.key] = asked.choices[0][0]
        except DateFault:
            return None
    return None
