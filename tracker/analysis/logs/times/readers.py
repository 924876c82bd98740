"""Times of a file, ready for the database: quick where an hour's clocks are simple, careful everywhere else."""

import re
from collections.abc import Callable
from collections.abc import Mapping as Names
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from tracker.analysis.logs.times.dates import DateFault, DateFormat, Written
from tracker.analysis.logs.times.sentinels import NO_TIME, doubt, is_apart, no_word, zero
from tracker.analysis.logs.times.unsettled import answer_of
from tracker.analysis.logs.times.zone_words import read_zone
from tracker.analysis.moments import Moment, MomentFault, Precision, from_csv, placed, sql_text
from tracker.analysis.times import LENGTH
from tracker.analysis.zones import find_zone, in_utc

When = tuple[str | None, str | None, str | None, str]  # earliest and latest as stored text, offset, precision
_Simple = Callable[[str], When | None]
UNKNOWN: When = (None, None, None, "unknown")
_MINUTE = {f":{m:02}": (f":{m:02}:00.000000Z", f":{m:02}:59.999999Z") for m in range(60)}
_SECOND = {f":{s:02}": f":{s:02}.000000Z" for s in range(60)}
_MINUTE_AND_SECOND = {m + s: m + _SECOND[s] for m in _MINUTE for s in _SECOND}
_ZERO = "1970-01-01T00:00:00.000000Z"
_HALVES = {f"{hour:02}{half}M": f"{hour % 12 + (half == 'P') * 12:02}" for hour in range(1, 13) for half in "AP"}
_APACHE = 11  # where the first colon of 20/Mar/2018:19:15:04 stands
_ALONE = re.compile(r"Z|[+-]\d\d:?\d\d|[A-Za-z]+(?:[/_+-][A-Za-z\d_]+)*", re.ASCII)  # without a comment in brackets
_FRACTION = re.compile(r"\.(\d{1,9})", re.ASCII)
_ZONES = 500  # remembered at most
_UNITS = {Precision.MINUTE: "minutes", Precision.EXACT: "seconds"}
_KEPT = 20_000  # hours, minutes and texts remembered at most


class _Shifted(dict[str, str]):
    """Hours, or minutes, of the clocks of a zone -> the same in UTC; empty where it is not that simple."""

    def __init__(self, zone: tzinfo | None, unit: timedelta) -> None:
        super().__init__()
        self.zone, self.unit, self.length = zone, unit, 13 if unit == timedelta(hours=1) else 16

    def __missing__(self, text: str) -> str:
        if len(self) > _KEPT:
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


def text_reader(dates: DateFormat, zone: str) -> Callable[[str], When]:
    """A reader of one cell. `zone` is that of times without an offset, empty if the account named none.

    An hour that the clocks showed twice is read as the range of both: a file cannot be asked. The reader raises
    MomentFault with a sentence.
    """
    name, rules = find_zone(zone) if zone else (None, None)
    simple, with_offset = _simple(name, rules), _with_offset(dates.answers)
    careful, days = lru_cache(maxsize=_KEPT // 5)(_Careful(dates, name, rules, simple)), _Days(dates)

    def fraction(text: str) -> When | None:
        """Read 2018-03-20T19:15:04.1234567Z like the time without its fraction, which is then put in."""
        part = _FRACTION.match(text, 19)
        whole = text[:19] + text[part.end() :] if part else ""
        if not part or not (when := simple(whole) or with_offset(whole)) or when[3] != "exact":
            return None
        at = f"{(when[0] or '')[:20]}{part[1][:6]:0<6}Z"
        return at, at, when[2], "exact"

    def other(text: str) -> When:
        if text[19:20] == "." and (when := fraction(text)):
            return when
        day, clock = _parts(text)
        if clock and (iso := days[day]):  # the clock of 3/20/2018 9:15 PM is read like that of 2018-03-20 21:15
            plainly = f"{iso} {_clock(clock)}"
            return simple(plainly) or with_offset(plainly) or careful(text)
        return careful(text)

    return lambda text: simple(text) or with_offset(text) or other(text)


def _parts(text: str) -> tuple[str, str]:
    """The date before a clock time, and the clock time with what follows; both empty where that is not plain."""
    colon = text.find(":")
    blank = text.rfind(" ", 0, colon) if colon > 0 else -1
    if blank > 0:
        return text[:blank].rstrip(","), text[blank + 1 :]
    return (text[:11], text[12:]) if colon == _APACHE else ("", "")


def _clock(clock: str) -> str:
    """A clock time of two digits an hour, on the 24-hour clock if it was plainly one of the 12-hour clock."""
    half = clock[-2:].upper()
    if half in {"AM", "PM"}:
        hour, _, rest = clock[:-2].rstrip().partition(":")
        return f"{_HALVES.get(hour.zfill(2) + half, '')}:{rest}"
    return clock if clock[2:3] == ":" else f"0{clock}"


class _Days(dict[str, str]):
    """Dates as the file writes them, without a blank -> as ISO 8601 does; empty for what is no date by itself."""

    def __init__(self, dates: DateFormat) -> None:
        super().__init__()
        self.dates = dates

    def __missing__(self, text: str) -> str:
        if len(self) > _KEPT:
            self.clear()
        return self.setdefault(text, self._iso(text))

    def _iso(self, text: str) -> str:
        try:
            local, precision, zone = self.dates.read(text)
        except MomentFault:
            return ""
        return "" if self.dates.is_count or zone or precision is not Precision.DAY else local.date().isoformat()


class _Careful:
    """The reader of every time that the quick ones leave."""

    def __init__(self, dates: DateFormat, name: str | None, rules: tzinfo | None, simple: _Simple) -> None:
        self.dates, self.name, self.rules, self.simple = dates, name, rules, simple

    def __call__(self, text: str) -> When:
        if text.casefold() == "unknown":
            return UNKNOWN
        try:
            written = self.dates.read(text)
        except DateFault:
            if (asked := no_word(text)) and answer_of(self.dates.answers, asked) == NO_TIME:
                return UNKNOWN
            raise
        if (asked := doubt(written.local, text)) and answer_of(self.dates.answers, asked) == NO_TIME:
            return UNKNOWN
        when = self._placed(text, written)
        if when[0] == _ZERO and not asked and answer_of(self.dates.answers, zero(text)) == NO_TIME:
            return UNKNOWN
        return when

    def _placed(self, text: str, written: Written) -> When:
        local, precision, zone = written
        if zone:
            if self.dates.is_count:  # counted from an instant, and shown on the clocks of the file
                return _when(placed(local, self.name or zone[0], zone[1], precision))
            return _twice(local, *zone, precision) or _when(_own(text, local, precision, *zone))
        name, rules = self.name, self.rules
        if not name or not rules:
            raise MomentFault(f'"{text}" has no time zone. Choose the zone of the file.')
        quick = None if precision is Precision.DAY else self.simple(local.isoformat(" ", _UNITS[precision]))
        if quick and local.microsecond:
            at = f"{(quick[0] or '')[:20]}{local.microsecond:06}Z"
            return at, at, name, "exact"
        return quick or _twice(local, name, rules, precision) or _when(placed(local, name, rules, precision))


def _own(text: str, local: datetime, precision: Precision, name: str, rules: tzinfo) -> Moment:
    """The moment of a time that says its zone; an offset places it, and the name beside it must agree."""
    moment = placed(local, name, rules, precision)
    when, known = moment.earliest, find_zone(name)[1]
    if when and known != rules and when.astimezone(known).utcoffset() != when.astimezone(rules).utcoffset():
        raise MomentFault(f'"{text}" contradicts itself. {name} had another offset then.')
    return moment


def _with_offset(answers: Names[str, str]) -> Callable[[str], When | None]:
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
            simple = known[zone] = _simple_in(zone, answers)
        return simple(text[:cut])

    return read


def _simple_in(zone: str, answers: Names[str, str]) -> Callable[[str], When | None]:
    """The quick reader of a zone as it is written behind a time; of what needs more care, one that reads nothing."""
    zone = zone.strip()
    if not _ALONE.fullmatch(zone):
        return lambda _: None
    try:
        return _simple(*read_zone(zone, answers))
    except MomentFault:
        return lambda _: None


def _simple(name: str | None, zone: tzinfo | None) -> Callable[[str], When | None]:
    """A reader of "2018-03-20 19:15" and "2018-03-20 19:15:04" that leaves everything unusual to others."""
    hours, minutes = _Shifted(zone, timedelta(hours=1)), _Shifted(zone, timedelta(minutes=1))

    def read(text: str) -> When | None:
        size = len(text)
        if size == 19:
            start, rest = hours[text[:13]], _MINUTE_AND_SECOND.get(text[13:])
            if not start or not rest:
                start, rest = minutes[text[:16]], _SECOND.get(text[16:])
            if start and rest:
                at = start + rest
                return at, at, name, "exact"
        elif size == 16:
            start, ends = hours[text[:13]], _MINUTE.get(text[13:])
            if not start or not ends:
                start, ends = minutes[text], _MINUTE[":00"]
                ends = (ends[0][3:], ends[1][3:])
            if start:
                return start + ends[0], start + ends[1], name, "minute"
        return None

    return read


def _twice(local: datetime, name: str, zone: tzinfo, precision: Precision) -> When | None:
    """Both instants of a time that the clocks showed twice."""
    early, late = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if precision is Precision.DAY or (early.utcoffset() or timedelta()) <= (late.utcoffset() or timedelta()):
        return None
    return sql_text(in_utc(early)), sql_text(in_utc(late) + LENGTH[precision]), name, "between"


def _when(moment: Moment) -> When:
    first, last = (sql_text(bound) if bound else None for bound in (moment.earliest, moment.latest))
    return first, last, moment.offset, moment.precision.value


class _Names(dict[str, str | None]):
    """What follows the clock in a `_local` cell -> the zone as it is stored."""

    def __missing__(self, tail: str) -> str | None:
        if len(self) > _KEPT:
            self.clear()
        return self.setdefault(tail, find_zone(tail.partition("[")[2][:-1] if tail[-1:] == "]" else tail)[0])


def cells_reader() -> Callable[[str, str, str], When]:
    """A reader of the three cells of a time as we export it; it raises MomentFault with a sentence."""
    hours, names = _Shifted(find_zone("UTC")[1], timedelta(hours=1)), _Names({"": None})

    @lru_cache(maxsize=_KEPT // 5)
    def careful(utc: str, local: str, precision: str) -> When:
        return _when(from_csv(utc, local, precision))

    def read(utc: str, local: str, precision: str) -> When:
        plain = not local or (local[10:11] == "T" and local[19:20] in "+-" and len(local) < 100)
        if plain and len(utc) == 20 and utc[19] == "Z":
            hour, rest = hours[utc[:13]], _MINUTE_AND_SECOND.get(utc[13:19])
            if hour and rest and precision == "exact":
                at = hour + rest
                return at, at, names[local[19:]], "exact"
            if hour and rest and precision == "minute" and utc[17:19] == "00":
                return hour + rest, hour + _MINUTE[utc[13:16]][1], names[local[19:]], "minute"
        return careful(utc, local, precision)

    return read
