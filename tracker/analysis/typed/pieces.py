"""The pieces of a typed time: its day or month, its clock time and its zone, with no reading that was not written."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from tracker.analysis.times import MONTHS, Precision
from tracker.analysis.zones import MomentFault

LONGEST = 120  # characters
NO_DATE = "Enter a date with a year, such as 20 Mar 2018 7:15 pm."
NOT_REAL = "Enter a real date and time. Times run from 00:00 to 23:59."
_FULL = "january february march april may june july august september october november december".split()
_MONTHS = {name: n % 12 + 1 for n, name in enumerate((*map(str.lower, MONTHS), *_FULL))} | {"sept": 9}
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_NAME = "(?P<name>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?P<weekday>mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|" + "|".join(_DAYS) + r")\.?,? )?"
_DATES = (
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)",
    r"(?P<first>\d\d?)(?P<mark>[-/.])(?P<other>\d\d?)(?P=mark)(?P<year>\d{4}|\d\d)",
    r"(?P<day>\d\d?)(?:st|nd|rd|th)?[ /.-]{1,2}" + _NAME + r",?[ /.-](?P<year>\d{4})",
    _NAME + r" (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<year>\d{4})",
    _NAME + r" (?P<year>\d{4})",
    r"(?P<month>\d\d?)/(?P<year>\d{4})",
    r"(?P<year>\d{4})-(?P<month>\d\d)",
    r"(?P<relative>today|yesterday|tomorrow)",
)
_CLOCK = (
    r"(?:(?P<hour>\d\d?)(?:[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,](?P<fraction>\d{1,6}))?)?)?"
    r" ?(?P<half>[ap]\.?m\b\.?)?|(?P<word>noon|midnight))"
)
_ZONE = (
    r"(?: ?\(?(?P<zone>z\b|(?:utc|gmt)(?:[+-]\d\d?(?::?\d\d)?)?|[+-]\d\d:?\d\d|[a-z_]+(?:/[a-z_+\d-]+)+)\)?)?"
    r"(?:\[(?P<named>[^\]]+)\])?"
)
_RULES = tuple(
    re.compile(rule, re.ASCII | re.IGNORECASE)
    for wanted in _DATES
    for rule in (
        f"{_WEEKDAY}{wanted}(?:(?P<tight>t|,? (?:at )?){_CLOCK})?{_ZONE}",
        f"{_CLOCK}{_ZONE},? (?:on )?{_WEEKDAY}{wanted}",
        f"{_CLOCK},? (?:on )?{_WEEKDAY}{wanted}{_ZONE}",
    )
)
_CLOCK_ALONE = re.compile(_CLOCK + _ZONE, re.ASCII | re.IGNORECASE)
_SHORT_ZONE = re.compile(r"\d\)? ?\(?([A-Z]{2,5})\)?$", re.ASCII)


class DateOrder(StrEnum):
    """Which of two numbers comes first in a date such as 04/03/2018."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class TwoReadings(MomentFault):
    """A date that can be read in two ways; `days` has the day of each order."""

    def __init__(self, text: str, days: dict[DateOrder, date]) -> None:
        super().__init__(f"Choose the date. {text} can be read in two ways.")
        self.days = days


class Clock(NamedTuple):
    """A time of day, and how precisely it was written."""

    time: time
    precision: Precision


@dataclass(frozen=True, slots=True)
class Piece:
    """One typed time. `day` is None where only a time of day was written; a month has the days `day` to `until`."""

    day: date | None
    until: date | None
    clock: Clock | None
    zone: str | None
    named: str | None
    is_offset_sure: bool


def read_piece(text: str, order: DateOrder | None, today: date) -> Piece:
    """The pieces of one typed time; MomentFault for what is none, TwoReadings where day and month could be swapped."""
    for rule in _RULES:
        if match := rule.fullmatch(text):
            parts = match.groupdict()
            day, until = _day(parts, order, today)
            return _piece(parts, day, until)
    if match := _CLOCK_ALONE.fullmatch(text):
        return _piece(match.groupdict(), None, None)
    if short := _SHORT_ZONE.search(text):
        raise MomentFault(f"Choose the time zone from the list. {short[1]} can mean several zones.")
    raise MomentFault(NO_DATE)


def _piece(parts: dict[str, str | None], day: date | None, until: date | None) -> Piece:
    zone, named = parts.get("zone"), parts.get("named")
    if zone and zone.lower()[:3] in {"z", "utc", "gmt"}:
        zone = zone.upper()
    sure = not (zone or "").startswith("-") or bool(named) or (parts.get("tight") or "").lower() == "t"
    return Piece(day, until, _clock(parts), zone, named, sure)


def _day(parts: dict[str, str | None], order: DateOrder | None, today: date) -> tuple[date, date | None]:
    """The day that was written; of a month its first and its last day."""
    try:
        if word := (parts.get("relative") or "").lower():
            day = today + timedelta(days=("yesterday", "today", "tomorrow").index(word) - 1)
        elif parts.get("first"):
            day = _numbered_day(parts, order)
        else:
            month = _MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["month"] or 0)  # type: ignore[union-attr]
            day = date(int(parts["year"] or 0), month, int(parts.get("day") or 1))
    except (ValueError, OverflowError) as wrong:
        raise wrong if isinstance(wrong, MomentFault) else MomentFault(NOT_REAL) from None
    if (weekday := parts.get("weekday")) and _DAYS[day.weekday()][:3] != weekday.lower()[:3]:
        is_on = _DAYS[day.weekday()].capitalize()
        raise MomentFault(
            f"Correct the date or the weekday. {day.day} {MONTHS[day.month - 1]} {day.year} is a {is_on}."
        )
    return day, None if parts.get("day") or parts.get("first") or word else _last_day(day)


def _numbered_day(parts: dict[str, str | None], order: DateOrder | None) -> date:
    """The day of a date in numbers, with what was chosen where day and month could be swapped."""
    first, other, year = int(parts["first"] or 0), int(parts["other"] or 0), int(parts["year"] or 0)
    if len(parts["year"] or "") == 2:
        if order is None or parts["mark"] == "-" or year > 79:
            raise MomentFault("Enter the year with four digits, such as 2018.")
        year += 2000
    if first == other or first > 12 or other > 12:
        return date(year, *((other, first) if other <= 12 else (first, other)))
    days = {DateOrder.DAY_FIRST: date(year, other, first), DateOrder.MONTH_FIRST: date(year, first, other)}
    if order is None:
        raise TwoReadings(f"{parts['first']}{parts['mark']}{parts['other']}{parts['mark']}{parts['year']}", days)
    return days[order]


def _last_day(first: date) -> date:
    """The last day of the month that begins with `first`."""
    return min(first.replace(day=28) + timedelta(days=days) for days in range(4) if _is_last(first, days))


def _is_last(first: date, days: int) -> bool:
    last = first.replace(day=28) + timedelta(days=days)
    return last == date.max or (last + timedelta(days=1)).month != first.month


def _clock(parts: dict[str, str | None]) -> Clock | None:
    """The time of day that was written."""
    if word := (parts.get("word") or "").lower():
        if word == "midnight":
            raise MomentFault("Enter 00:00 and the day that begins. Midnight can be the start or the end of a day.")
        return Clock(time(12), Precision.MINUTE)
    if parts.get("hour") is None:
        return None
    hour, half = int(parts["hour"] or 0), (parts.get("half") or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            raise MomentFault("Enter hours from 1 to 12 before am or pm, or leave am and pm out.")
        hour = hour % 12 + (12 if half == "p" else 0)
    elif parts.get("minute") is None:
        raise MomentFault("Enter hours and minutes, such as 17:20 or 5:20 pm.")
    found = Precision.HOUR if parts.get("minute") is None else Precision.MINUTE
    fraction = int((parts.get("fraction") or "").ljust(6, "0"))
    try:
        clock = time(hour, int(parts.get("minute") or 0), int(parts.get("second") or 0), fraction)
    except ValueError:
        raise MomentFault(NOT_REAL) from None
    return Clock(clock, Precision.EXACT if parts.get("second") else found)


def now_as_text(now: datetime) -> str:
    """What "now" stands for, to the minute."""
    return f"{now:%Y-%m-%d %H:%M}"
