"""Times of a file, ready for the database: quick where an hour's clocks are simple, careful everywhere else."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from tracker.analysis.logs.times.dates import DateFault, DateFormat, Written
from tracker.analysis.logs.times.quick import (
    KEPT,
    Quick,
    When,
    fraction_reader,
    offset_reader,
    plain_clock,
    simple_reader,
    split_clock,
)
from tracker.analysis.logs.times.sentinels import NO_TIME, doubt, no_word, zero
from tracker.analysis.logs.times.unsettled import answer_of
from tracker.analysis.moments import Moment, MomentFault, Precision, placed, sql_text
from tracker.analysis.times import LENGTH
from tracker.analysis.zones import find_zone, in_utc

UNKNOWN: When = (None, None, None, "unknown")
_ZERO = "1970-01-01T00:00:00.000000Z"
_UNITS = {Precision.MINUTE: "minutes", Precision.EXACT: "seconds"}


def text_reader(dates: DateFormat, zone: str) -> Callable[[str], When]:
    """A reader of one cell. `zone` is that of times without an offset, empty if the account named none.

    An hour that the clocks showed twice is read as the range of both: a file cannot be asked. The reader raises
    MomentFault with a sentence.
    """
    name, rules = find_zone(zone) if zone else (None, None)
    simple, with_offset = simple_reader(name, rules), offset_reader(dates.answers)
    careful, days = lru_cache(maxsize=KEPT // 5)(_Careful(dates, name, rules, simple)), _Days(dates)

    fraction = fraction_reader(lambda text: simple(text) or with_offset(text))

    def other(text: str) -> When:
        if text[19:20] == "." and (when := fraction(text)):
            return when
        day, clock = split_clock(text)
        if clock and (iso := days[day]):  # the clock of 3/20/2018 9:15 PM is read like that of 2018-03-20 21:15
            plainly = f"{iso} {plain_clock(clock)}"
            return simple(plainly) or with_offset(plainly) or careful(text)
        return careful(text)

    return lambda text: simple(text) or with_offset(text) or other(text)


class _Days(dict[str, str]):
    """Dates as the file writes them, without a blank -> as ISO 8601 does; empty for what is no date by itself."""

    def __init__(self, dates: DateFormat) -> None:
        super().__init__()
        self.dates = dates

    def __missing__(self, text: str) -> str:
        if len(self) > KEPT:
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

    def __init__(self, dates: DateFormat, name: str | None, rules: tzinfo | None, simple: Quick) -> None:
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
                return stored(placed(local, self.name or zone[0], zone[1], precision))
            return _twice(local, *zone, precision) or stored(_own(text, local, precision, *zone))
        name, rules = self.name, self.rules
        if not name or not rules:
            raise MomentFault(f'"{text}" has no time zone. Choose the zone of the file.')
        quick = None if precision is Precision.DAY else self.simple(local.isoformat(" ", _UNITS[precision]))
        if quick and local.microsecond:
            at = f"{(quick[0] or '')[:20]}{local.microsecond:06}Z"
            return at, at, name, "exact"
        return quick or _twice(local, name, rules, precision) or stored(placed(local, name, rules, precision))


def _own(text: str, local: datetime, precision: Precision, name: str, rules: tzinfo) -> Moment:
    """The moment of a time that says its zone; an offset places it, and the name beside it must agree."""
    moment = placed(local, name, rules, precision)
    when, known = moment.earliest, find_zone(name)[1]
    if when and known != rules and when.astimezone(known).utcoffset() != when.astimezone(rules).utcoffset():
        raise MomentFault(f'"{text}" contradicts itself. {name} had another offset then.')
    return moment


def _twice(local: datetime, name: str, zone: tzinfo, precision: Precision) -> When | None:
    """Both instants of a time that the clocks showed twice."""
    early, late = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if precision is Precision.DAY or (early.utcoffset() or timedelta()) <= (late.utcoffset() or timedelta()):
        return None
    return sql_text(in_utc(early)), sql_text(in_utc(late) + LENGTH[precision]), name, "between"


def stored(moment: Moment) -> When:
    """A moment as it is stored."""
    first, last = (sql_text(bound) if bound else None for bound in (moment.earliest, moment.latest))
    return first, last, moment.offset, moment.precision.value
