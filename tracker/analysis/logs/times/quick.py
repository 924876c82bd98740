"""The quick readers: plain times are put together from remembered hours, all others are left to the careful one."""

import re
from collections.abc import Callable
from collections.abc import Mapping as Names
from datetime import datetime, timedelta, tzinfo

from tracker.analysis.logs.times.sentinels import is_apart
from tracker.analysis.logs.times.zone_words import read_zone
from tracker.analysis.moments import MomentFault, sql_text
from tracker.analysis.zones import in_utc

When = tuple[str | None, str | None, str | None, str]  # earliest and latest as stored text, offset, precision
Quick = Callable[[str], When | None]
MINUTE = {f":{m:02}": (f":{m:02}:00.000000Z", f":{m:02}:59.999999Z") for m in range(60)}
_SECOND = {f":{s:02}": f":{s:02}.000000Z" for s in range(60)}
MINUTE_AND_SECOND = {m + s: m + _SECOND[s] for m in MINUTE for s in _SECOND}
_HALVES = {f"{hour:02}{half}M": f"{hour % 12 + (half == 'P') * 12:02}" for hour in range(1, 13) for half in "AP"}
_APACHE = 11  # where the first colon of 20/Mar/2018:19:15:04 stands
_ALONE = re.compile(r"Z|[+-]\d\d:?\d\d|[A-Za-z]+(?:[/_+-][A-Za-z\d_]+)*", re.ASCII)  # without a comment in brackets
_FRACTION = re.compile(r"\.(\d{1,9})", re.ASCII)
_ZONES = 500  # remembered at most
KEPT = 20_000  # hours, minutes and texts remembered at most


class Shifted(dict[str, str]):
    """Hours, or minutes, of the clocks of a zone -> the same in UTC; empty where it is not that simple."""

    def __init__(self, zone: tzinfo | None, unit: timedelta) -> None:
        super().__init__()
        self.zone, self.unit, self.length = zone, unit, 13 if unit == timedelta(hours=1) else 16

    def __missing__(self, text: str) -> str:
        if len(self) > KEPT:
            self.clear()
        return self.setdefault(text, self._shifted(text))

    def _shifted(self, text: str) -> str:
        if not (self.zone and text.isascii() and text[4] == text[7] == "-" and text[10] in "T " and text[11:13] < "24"):
            return ""
        if is_apart(text):
            return ""
        try:
            first = datetime.fromisoformat(text if self.length == 16 else f"{text}:00")
            shifts = {
                at.replace(tzinfo=self.zone, fold=fold).utcoffset() or timedelta()
                for at in (first, first + self.unit - timedelta(seconds=1))
                for fold in (0, 1)
            }
            if len(shifts) > 1 or shifts.pop() % self.unit:
                return ""
            return sql_text(in_utc(first.replace(tzinfo=self.zone)))[: self.length]
        except (ValueError, OverflowError):
            return ""


def simple_reader(name: str | None, zone: tzinfo | None) -> Callable[[str], When | None]:
    """A reader of "2018-03-20 19:15" and "2018-03-20 19:15:04" that leaves everything unusual to others."""
    hours, minutes = Shifted(zone, timedelta(hours=1)), Shifted(zone, timedelta(minutes=1))

    def read(text: str) -> When | None:
        size = len(text)
        if size == 19:
            start, rest = hours[text[:13]], MINUTE_AND_SECOND.get(text[13:])
            if not start or not rest:
                start, rest = minutes[text[:16]], _SECOND.get(text[16:])
            if start and rest:
                at = start + rest
                return at, at, name, "exact"
        elif size == 16:
            start, ends = hours[text[:13]], MINUTE.get(text[13:])
            if not start or not ends:
                start, ends = minutes[text], MINUTE[":00"]
                ends = (ends[0][3:], ends[1][3:])
            if start:
                return start + ends[0], start + ends[1], name, "minute"
        return None

    return read


def offset_reader(answers: Names[str, str]) -> Callable[[str], When | None]:
    """A reader of "2018-03-20T19:15:04-04:00", "2018-03-20 23:15Z" and "2018-03-20 19:15 America/New_York".

    It leaves everything else to others.
    """
    known: dict[str, Callable[[str], When | None]] = {}

    def read(text: str) -> When | None:
        cut = len(text) - (1 if text[-1:] == "Z" else 6)
        if cut not in {16, 19}:
            cut = text.find(" ", 16, 20)  # a zone that has a column of its own
            if cut not in {16, 19}:
                return None
        zone = text[cut:]
        simple = known.get(zone)
        if not simple:
            if len(known) > _ZONES:
                return None
            simple = known[zone] = simple_in(zone, answers)
        return simple(text[:cut])

    return read


def simple_in(zone: str, answers: Names[str, str]) -> Callable[[str], When | None]:
    """The quick reader of a zone as it is written behind a time; of what needs more care, one that reads nothing."""
    zone = zone.strip()
    if not _ALONE.fullmatch(zone):
        return lambda _: None
    try:
        return simple_reader(*read_zone(zone, answers))
    except MomentFault:
        return lambda _: None


def fraction_reader(quick: Quick) -> Quick:
    """A reader of 2018-03-20T19:15:04.1234567Z, like the time without its fraction, which is then put in."""

    def read(text: str) -> When | None:
        part = _FRACTION.match(text, 19)
        if not part or not (when := quick(text[:19] + text[part.end() :])) or when[3] != "exact":
            return None
        at = f"{(when[0] or '')[:20]}{part[1][:6]:0<6}Z"
        return at, at, when[2], "exact"

    return read


def split_clock(text: str) -> tuple[str, str]:
    """The date before a clock time, and the clock time with what follows; both empty where that is not plain."""
    colon = text.find(":")
    blank = text.rfind(" ", 0, colon) if colon > 0 else -1
    if blank > 0:
        return text[:blank].rstrip(","), text[blank + 1 :]
    return (text[:11], text[12:]) if colon == _APACHE else ("", "")


def plain_clock(clock: str) -> str:
    """A clock time of two digits an hour, on the 24-hour clock if it was plainly one of the 12-hour clock."""
    half = clock[-2:].upper()
    if half in {"AM", "PM"}:
        hour, _, rest = clock[:-2].rstrip().partition(":")
        return f"{_HALVES.get(hour.zfill(2) + half, '')}:{rest}"
    return clock if clock[2:3] == ":" else f"0{clock}"
