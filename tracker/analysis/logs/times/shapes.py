"""The shapes of written dates and times: which text is a date at all, and what its parts are."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from tracker.analysis.logs.times.languages import ENGLISH, words_of
from tracker.analysis.logs.times.zone_words import ZONE

Parts = dict[str, str | None]
_HALF = r"[AaPp]\.? ?[Mm]\.?"
_ZONE = f"(?: ?(?P<zone>{ZONE}))?"
_GAP = r"(?: ?T ?|, ?|:| | - | at |, at | um | kl\.? | à |, à )"
_NAME = r"(?:de |d')?(?P<name>[^\d\s/.,:;()\[\]+'-]+)\.?"
_WEEKDAY = r"(?:[^\d\s/.,:;()\[\]+-]{2,15}\.?,? )?"
_DAY = r"(?P<day>\d\d?)"
_TIGHT = (
    r"(?:[T ]?(?P<hour>\d\d)(?P<minute>\d\d)(?:(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9})|(?P<thousandths>\d{3}))?)?"
)
_TIGHT += _ZONE + ")?"
_UNIX = r" (?P<hour>\d\d?):(?P<minute>\d\d):(?P<second>\d\d)(?: (?P<zone>[A-Z]{2,5}|[+-]\d{4}))?"
_YEAR = r"(?P<year>\d{4}|\d\d(?!:))"  # of 20 Mar 18:15 the year is missing
_NUMBERS = r"(?P<first>\d\d?)(?P<mark>[/.-]) ?(?P<other>\d\d?)(?P=mark) ?" + _YEAR
_ORIENTAL = r"(?P<year>\d{4}) ?[年년] ?(?P<month>\d\d?) ?[月월] ?(?P<day>\d\d?) ?[日일]"
_SPELLED = str.maketrans("\N{RIGHT SINGLE QUOTATION MARK}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{MINUS SIGN}", "'---")
_DASHES = re.compile(r"(\d{4}-\d\d?-\d\d?[T _-])(\d\d)([-.])(\d\d)\3(\d\d)(?!\d)(.*)", re.ASCII)
_HOURS = re.compile(
    r"(.*[\d日일](?:[T, ]| à )+)(\d\d?) ?[hH] ?(\d\d)(?: ?(?:min|m|:) ?(\d\d) ?s?)?(?![\dA-Za-z])(.*)", re.ASCII
)
_TIME_FIRST = re.compile(
    rf"(\d\d?:\d\d(?::\d\d(?:[.,]\d{{1,9}})?)?(?: ?{_HALF})?),? (?:on )?(\S.*\d.*)", re.ASCII
)  # not with dots: the time 10.03.20 could be a date


def plain(text: str) -> str:
    """The text with single blanks, and with other scripts' digits, dashes and full-width signs as the plain ones."""
    if not text.isascii():
        text = "".join(
            str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
            for sign in unicodedata.normalize("NFKC", text)
            if unicodedata.category(sign) != "Cf"  # marks of the direction of writing
        ).translate(_SPELLED)
    return " ".join(text.split())


@cache
def _rules(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The family and the pattern of every shape, with the words of a language for the half of the day."""
    words = "|".join(sorted(map(re.escape, words_of(language).halves), key=len, reverse=True))
    half = rf"{_HALF}|(?:{words})\.?" if language != ENGLISH else _HALF
    clock = (
        rf"(?:{_GAP}(?:(?P<early>{half}) ?)?(?P<hour>\d\d?)(?P<colon>[:.])(?P<minute>\d\d)"
        r"(?:(?P=colon)(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9})|:(?P<thousandths>\d{3}))?)?"
        rf"(?: ?(?P<half>{half})(?![^\W\d_]))?(?: ?(?:Uhr|h|hrs)\b)?{_ZONE})?"
    )
    zone_of_day = r"(?P<zone>[Zz]|[+-]\d\d:\d\d)"
    shapes = (
        ("iso", r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)" + clock),
        ("y/m/d", r"(?P<year>\d{4})(?P<mark>[/.]) ?(?P<month>\d\d?)(?P=mark) ?(?P<day>\d\d?)\.?" + clock),
        ("numbers", _NUMBERS + clock),
        ("mon d y", _WEEKDAY + _NAME + r" (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<year>\d{4})" + clock),
        ("d mon y", _WEEKDAY + _DAY + r"(?:st|nd|rd|th|er|º)?[ /.-]+" + _NAME
         + r",?[ /.-]+(?:de |del )?" + _YEAR + r"(?: ?г\.?)?" + clock),
        ("d mon y", r"(?P<year>\d{4})[ /.-]+" + _NAME + r"[ /.-]+(?P<day>\d\d?)\.?" + clock),
        ("mon d y", _WEEKDAY + _NAME + " " + _DAY + _UNIX + r" (?P<year>\d{4})"),
        ("iso", r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)" + _TIGHT),
        ("iso", r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)" + clock),
        ("iso", r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)" + zone_of_day),
        ("y/m/d", _ORIENTAL + clock),
    )  # fmt: skip
    return tuple((family, re.compile(rule, re.ASCII if language == ENGLISH else 0)) for family, rule in shapes)


@lru_cache(maxsize=1024)
def find_shape(text: str, language: str) -> tuple[str, Parts] | None:
    """The family of a plain text and its parts; None if it is not a date with four or two digits of a year."""
    return next(shapes_of(text, language), None)


def shapes_of(text: str, language: str) -> Iterator[tuple[str, Parts]]:
    """Every shape that fits a text. That they all mean the same is held by a test."""
    for spelling in _spellings(text):
        for family, rule in _rules(language):
            if match := rule.fullmatch(spelling):
                yield family, match.groupdict()


def _spellings(text: str) -> Iterator[str]:
    """The text, and what it is with the usual marks: times with dashes and dots, 9h15, and the time before the date."""
    yield text
    if match := _DASHES.fullmatch(text):
        yield f"{match[1][:-1]} {match[2]}:{match[4]}:{match[5]}{match[6]}"
    if match := _HOURS.fullmatch(text):
        yield f"{match[1]}{match[2]}:{match[3]}{f':{match[4]}' if match[4] else ''}{match[5]}"
    if match := _TIME_FIRST.fullmatch(text):
        day, blank, zone = match[2].partition(" ")
        yield f"{match[2]} {match[1]}"
        if blank:
            yield f"{day} {match[1]} {zone}"
