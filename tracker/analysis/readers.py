"""Times of a file, ready for the database: quick where an hour's clocks are simple, careful everywhere else."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from tracker.analysis.dates import DateFormat
from tracker.analysis.moments import Moment, MomentFault, Precision, from_csv, placed, sql_text
from tracker.analysis.times import LENGTH
from tracker.analysis.zones import find_zone, in_utc

When = tuple[str | None, str | None, str | None, str]  # earliest and latest as stored text, offset, precision
UNKNOWN: When = (None, None, None, "unknown")
_MINUTES = {f":{m:02}": (f":{m:02}:00.000000Z", f":{m:02}:59.999999Z") for m in range(60)}
_SECONDS = {f":{m:02}:{s:02}": f":{m:02}:{s:02}.000000Z" for m in range(60) for s in range(60)}
_KEPT = 50_000  # hours, and texts, remembered at most


class _Hours(dict[str, str]):
    """A local date and hour as ISO text -> the same in UTC; empty where the hour is not simply shifted by hours."""

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__()
        self.zone = zone

    def __missing__(self, hour: str) -> str:
        if len(self) > _KEPT:
            self.clear()
        return self.setdefault(hour, self._shifted(hour))

    def _shifted(self, hour: str) -> str:
        if not (self.zone and hour.isascii() and hour[4] == hour[7] == "-" and hour[10] in "T " and hour[11:] < "24"):
            return ""
        try:
            first, last = datetime.fromisoformat(f"{hour}:00"), datetime.fromisoformat(f"{hour}:59:59")
            shifts = {
                at.replace(tzinfo=self.zone, fold=fold).utcoffset() or timedelta()
                for at in (first, last)
                for fold in (0, 1)
            }
            if len(shifts) > 1 or shifts.pop() % timedelta(hours=1):
                return ""
            return sql_text(in_utc(first.replace(tzinfo=self.zone)))[:13]
        except ValueError:
            return ""


def text_reader(dates: DateFormat, zone: str) -> Callable[[str], When]:
    """A reader of one cell. `zone` is that of times without an offset, empty if the user named none.

    An hour that the clocks showed twice is read as the range of both: a file cannot be asked. The reader raises
    MomentFault with a sentence.
    """
    name, rules = find_zone(zone) if zone else (None, None)
    hours, careful = _Hours(None if dates.epoch else rules), _careful(dates, name, rules)

    def read(text: str) -> When:
        size = len(text)
        if size == 19:
            hour, rest = hours[text[:13]], _SECONDS.get(text[13:])
            if hour and rest:
                at = hour + rest
                return at, at, name, "exact"
        elif size == 16:
            hour, ends = hours[text[:13]], _MINUTES.get(text[13:])
            if hour and ends:
                return hour + ends[0], hour + ends[1], name, "minute"
        return careful(text)

    return read


def _careful(dates: DateFormat, name: str | None, rules: tzinfo | None) -> Callable[[str], When]:
    """The reader of every other text; it remembers the last ones."""

    @lru_cache(maxsize=_KEPT // 5)
    def read(text: str) -> When:
        if text.casefold() == "unknown":
            return UNKNOWN
        local, precision = dates.read(text)
        if local.tzinfo:
            own, own_rules = find_zone(local.isoformat()[-6:])
            if dates.epoch and name and precision is Precision.EXACT and not local.utcoffset():
                own = name
            return _when(placed(local.replace(tzinfo=None), own, own_rules, precision))
        if not name or not rules:
            raise MomentFault(f'"{text}" does not say its time zone: choose the zone of the file.')
        return _twice(local, name, rules, precision) or _when(placed(local, name, rules, precision))

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
        return self.setdefault(tail, find_zone(tail[tail.index("[") + 1 : -1] if tail[-1:] == "]" else tail)[0])


def cells_reader() -> Callable[[str, str, str], When]:
    """A reader of the three cells of a time as we export it; it raises MomentFault with a sentence."""
    hours, names = _Hours(find_zone("UTC")[1]), _Names({"": None})

    @lru_cache(maxsize=_KEPT // 5)
    def careful(utc: str, local: str, precision: str) -> When:
        return _when(from_csv(utc, local, precision))

    def read(utc: str, local: str, precision: str) -> When:
        if len(utc) == 20 and utc[19] == "Z" and (not local or (local[10:11] == "T" and local[19:20] in "+-")):
            hour, rest = hours[utc[:13]], _SECONDS.get(utc[13:19])
            if hour and rest and precision == "exact":
                at = hour + rest
                return at, at, names[local[19:]], "exact"
            if hour and rest and precision == "minute" and utc[17:19] == "00":
                return hour + rest, hour + _MINUTES[utc[13:16]][1], names[local[19:]], "minute"
        return careful(utc, local, precision)

    return read
