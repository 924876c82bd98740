"""What a moment is: the bounds of what is known of a time, the zone it was written in, and how precise it is.

A time is never invented: a Moment holds the earliest and the latest instant that what was written allows.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Self

from tracker.analysis.zones import TICK, MomentFault, find_zone, in_utc

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BEGINNING, _END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class Precision(StrEnum):
    """How much is known of a time."""

    EXACT = "exact"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    BEFORE = "before"
    BETWEEN = "between"
    UNKNOWN = "unknown"


LENGTH = {
    Precision.EXACT: timedelta(),
    Precision.MINUTE: timedelta(minutes=1) - TICK,
    Precision.HOUR: timedelta(hours=1) - TICK,
}


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened: the inclusive bounds of what is known, both aware and in UTC.

    `earliest` is None for "before"; both are None for "unknown". `offset` is the zone as it was written, an IANA name
    or an offset such as "-04:00". Raises ValueError for naive times and for bounds that contradict the precision.
    """

    earliest: datetime | None
    latest: datetime | None
    offset: str | None
    precision: Precision

    def __post_init__(self) -> None:
        """Bounds and precision must tell the same story."""
        given = (self.earliest is not None, self.latest is not None)
        right = {Precision.UNKNOWN: (False, False), Precision.BEFORE: (False, True)}.get(self.precision, (True, True))
        if given != right:
            raise ValueError(f"a time of precision {self.precision} cannot have these bounds")
        if any(bound is not None and bound.utcoffset() != timedelta() for bound in (self.earliest, self.latest)):
            raise ValueError("the bounds of a time are aware and in UTC")
        if self.earliest is not None and self.latest is not None and self.latest < self.earliest:
            raise ValueError("a time cannot end before it begins")

    @classmethod
    def of(
        cls,
        earliest: datetime | None = None,
        latest: datetime | None = None,
        offset: str | None = None,
        precision: str | None = None,
    ) -> Self:
        """A moment from four columns, any of which may be empty; the end of time may stand for a missing bound."""
        if (earliest is None and latest is None) or precision == Precision.UNKNOWN:
            return cls(None, None, None, Precision.UNKNOWN)
        kind = Precision(precision) if precision else _likely(earliest, latest)
        if kind is Precision.BEFORE:
            return cls(None, _END if latest is None else in_utc(latest), offset, kind)
        return cls(
            _BEGINNING if earliest is None else in_utc(earliest),
            _END if latest is None else in_utc(latest),
            offset,
            kind,
        )

    def __composite_values__(self) -> tuple[datetime | None, datetime | None, str | None, str]:
        """The four columns of this moment, as SQLAlchemy asks for them."""
        return self.earliest, self.latest, self.offset, self.precision.value

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return self.precision is not Precision.UNKNOWN

    @property
    def day(self) -> date | None:
        """The day it began on its own clocks, or the day it was before; None if nothing is known."""
        bound = self.earliest or self.latest
        return bound.astimezone(zone_of(self.offset) or UTC).date() if bound else None

    @property
    def day_words(self) -> str:
        """That day for a reader, of what is a plain date: "1 Apr 2018"."""
        return _day(self.day) if self.day else ""

    @property
    def words(self) -> str:
        """The moment in UTC, for a reader: "20 Mar 2018, 23:15 UTC"; a day is the local day."""
        return _words(self, UTC, "UTC") or "unknown"

    @property
    def local_words(self) -> str:
        """The moment as its own clocks showed it: "20 Mar 2018, 19:15 UTC-04:00"; empty where that says no more."""
        zone = zone_of(self.offset)
        try:
            bounds = [bound.astimezone(zone) for bound in (self.earliest, self.latest) if bound and zone]
            return _words(self, zone, "") if zone and any(bound.utcoffset() for bound in bounds) else ""
        except OverflowError:
            return ""


def _likely(earliest: datetime | None, latest: datetime | None) -> Precision:
    if earliest is None:
        return Precision.BEFORE
    return Precision.EXACT if earliest == latest else Precision.BETWEEN


def zone_of(offset: str | None) -> tzinfo | None:
    """The rules of a stored zone; None if there is none, or this machine does not know it."""
    try:
        return find_zone(offset)[1] if offset else None
    except MomentFault:
        return None


def offset_words(zone: tzinfo, when: datetime) -> str:
    """The offset from UTC at a time: "UTC", "UTC-4", "UTC+5:30"."""
    shift = when.astimezone(zone).utcoffset() or timedelta()
    minutes = abs(shift) // timedelta(minutes=1)
    hours, rest = divmod(minutes, 60)
    return f"UTC{'-' if shift < timedelta() else '+'}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


def place_name(zone: str) -> str:
    """The place of a zone as people say it: "New York"; an offset stays as it is."""
    return zone if zone[:1] in "+-" else zone.rpartition("/")[2].replace("_", " ")


def _words(moment: Moment, zone: tzinfo, label: str) -> str:
    """The moment on the clocks of `zone`; without a label each time carries its offset."""
    first, last = moment.earliest, moment.latest
    if last is None:
        return ""
    if first is None:
        return f"before {_clock(last, zone, label)}"
    if moment.precision is Precision.DAY:
        local = first.astimezone(zone_of(moment.offset) or UTC)
        return f"{_day(local)} (day)" if label else f"{_day(local)}, {_shift(local)}"
    if moment.precision is Precision.BETWEEN:
        return f"between {_clock(first, zone, label)} and {_clock(last, zone, label)}"
    hour = " (hour)" if moment.precision is Precision.HOUR else ""
    return _clock(first, zone, label, exact=moment.precision is Precision.EXACT) + hour


def _day(local: date) -> str:
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def _shift(local: datetime) -> str:
    return f"UTC{local.isoformat()[26 if local.microsecond else 19 :]}"


def _clock(when: datetime, zone: tzinfo, label: str, *, exact: bool = False) -> str:
    """Seconds are shown for an exact time, and where a bound is not that of a whole minute."""
    local = when.astimezone(zone)
    whole = (local.second, local.microsecond) in {(0, 0), (59, 999999)}
    clock = local.replace(tzinfo=None).isoformat(timespec="auto" if exact or not whole else "minutes")[11:]
    return f"{_day(local)}, {clock} {label or _shift(local)}"


def sql_text(when: datetime) -> str:
    """An aware moment as the database stores it: UTC, always 27 characters, sorted like time. Naive: ValueError."""
    if when.tzinfo is not UTC:
        if when.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        when = when.astimezone(UTC)
    return when.isoformat(timespec="microseconds")[:26] + "Z"


def from_sql_text(text: str) -> datetime:
    """The moment, aware and in UTC, of what `sql_text` wrote."""
    return datetime.fromisoformat(text)
