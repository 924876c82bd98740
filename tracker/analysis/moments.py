"""Moments: reading the times that people type and that files hold, and writing them so that they come back the same."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from tracker.analysis.times import LENGTH, Moment, Precision, from_sql_text, sql_text, zone_of
from tracker.analysis.zones import MomentFault, day_bounds, find_zone, in_utc, instant

__all__ = ["Moment", "MomentFault", "Precision", "from_csv", "from_sql_text", "placed", "sql_text", "stated", "to_csv"]

_WRITTEN = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:[T ] *(\d\d?)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,6})\d*)?)?)?)?"
    r" *([Zz]|[+-]\d\d(?::?\d\d)?)?(?:\[([^\]]+)\])?",
    re.ASCII,
)
_LONGEST = 300  # characters of the three cells of a time
_TAIL = re.compile(r"\[([^\]]+)\]$|([+-]\d\d:\d\d|Z)$", re.ASCII)


def stated(
    text: str, zone: str | None, precision: Precision | str | None = None, latest_text: str | None = None
) -> Moment:
    """What a person typed: "2018-03-20 19:15", "2018-03-20", "2018-03-20T23:15:04Z".

    `zone` (IANA name or offset) is that of a text without its own; the precision is the finest the text carries unless
    told; `latest_text` is the later end of "between". MomentFault with a sentence for anything that cannot be so.
    """
    try:
        kind = Precision(precision) if precision else None
    except ValueError:
        raise MomentFault(f'"{precision}" is not a precision. Choose from {", ".join(Precision)}.') from None
    text, latest_text = text.strip(), (latest_text or "").strip()
    if kind is Precision.UNKNOWN:
        if text or latest_text:
            raise MomentFault("Leave the time empty when it is unknown, or choose another precision.")
        return Moment.of()
    if latest_text and kind not in {None, Precision.BETWEEN}:
        raise MomentFault("A second time is only for the precision “Between”.")
    if kind is Precision.BETWEEN and not latest_text:
        raise MomentFault("Enter the later time. The precision “Between” needs two times.")
    return _between(_read(text, zone, None), _read(latest_text, zone, None)) if latest_text else _read(text, zone, kind)


def _between(first: Moment, second: Moment) -> Moment:
    if first.earliest and second.latest and second.latest < first.earliest:
        raise MomentFault("The later time is before the earlier time. Swap the two times.")
    return Moment.of(first.earliest, second.latest, first.offset, Precision.BETWEEN)


def _read(text: str, zone: str | None, kind: Precision | None) -> Moment:
    match = _WRITTEN.fullmatch(text)
    if not match:
        raise MomentFault(f'"{text[:60]}" is not a date or time. Write 2018-03-20 19:15, or 2018-03-20 for a day.')
    year, month, day, hour, minute, second, fraction, written, named = match.groups()
    try:
        clock = time(int(hour or 0), int(minute or 0), int(second or 0), int((fraction or "").ljust(6, "0")))
        local = datetime.combine(date(int(year), int(month), int(day)), clock)
    except ValueError:
        raise MomentFault(f'"{text}" is not a real date or time. Times run from 00:00 to 23:59.') from None
    found = Precision.HOUR if minute is None else Precision.MINUTE if second is None else Precision.EXACT
    found = Precision.DAY if hour is None else found
    name, rules = _written_zone(written, named, zone)
    moment = placed(local, name, rules, kind or found, dated_only=found is Precision.DAY)
    if written and named and moment.earliest:
        _agree(moment.earliest, written, named, text)
    return moment


def _written_zone(written: str | None, named: str | None, zone: str | None) -> tuple[str, tzinfo]:
    """The zone a time stands in: its offset places it, the name in brackets after it is kept."""
    if not (written or named or zone):
        raise MomentFault("Enter the time zone, or add the offset from UTC, such as -04:00 or Z.")
    rules = find_zone(written or named or zone or "")
    return (find_zone(named)[0], rules[1]) if named else rules


def _agree(when: datetime, written: str, named: str, text: str) -> None:
    if when.astimezone(find_zone(named)[1]).utcoffset() != when.astimezone(find_zone(written)[1]).utcoffset():
        raise MomentFault(f'"{text}" contradicts itself. {named} was not at {written} then.')


def placed(local: datetime, name: str, zone: tzinfo, precision: Precision, *, dated_only: bool = False) -> Moment:
    """The moment at which the clocks of `zone` showed the naive `local`, known to `precision`.

    For "before" that is the bound. MomentFault for local times that never were or were twice, and for a date alone
    where hours are needed.
    """
    if precision is Precision.DAY:
        return Moment.of(*day_bounds(local.date(), zone), name, precision)
    if dated_only and precision is Precision.BEFORE:
        return Moment.of(None, day_bounds(local.date(), zone)[0], name, precision)
    if dated_only:
        raise MomentFault(f"Add hours and minutes, or choose the precision “Day”: {local.date()} has no time.")
    if precision is not Precision.EXACT and precision is not Precision.BEFORE:
        local = local.replace(second=0, microsecond=0)
    when = instant(local.replace(minute=0) if precision is Precision.HOUR else local, zone)
    return Moment.of(None if precision is Precision.BEFORE else when, _end(when, precision), name, precision)


def _end(first: datetime, precision: Precision) -> datetime:
    """The last instant of the minute or hour that begins at `first`."""
    try:
        return first + LENGTH.get(precision, timedelta())
    except OverflowError:
        raise MomentFault(f"The {precision} from {_iso(first)} is outside the years 1 to 9999 in UTC.") from None


def to_csv(moment: Moment) -> tuple[str, str, str]:
    """The three cells of a moment: `_utc`, `_local`, `_precision`; `from_csv` reads them back as the same moment."""
    first, last, precision = moment.earliest, moment.latest, moment.precision
    if last is None:
        utc = ""
    elif first is None:
        utc = _iso(last)
    else:
        try:
            whole = _span(first, moment.offset, precision) == (first, last)
        except MomentFault:
            whole = False
        utc = _iso(first) if whole else f"{_iso(first)}/{_iso(last)}"
    return utc, _local_cell(moment), precision.value


def from_csv(utc: str, local: str, precision: str) -> Moment:
    """The moment of three cells: the first tells the time and the second its zone; without the first, both.

    MomentFault says what is wrong.
    """
    utc, local, precision = utc.strip(), local.strip(), precision.strip()
    if len(utc) + len(local) + len(precision) > _LONGEST:
        raise MomentFault(f'"{(utc or local or precision)[:60]}..." is too long for a time.')
    if not utc and precision != Precision.UNKNOWN:
        return stated(local, None, precision)
    tail = _TAIL.search(local)
    offset = find_zone(tail[1] or tail[2])[0] if tail else None
    if precision not in {*Precision, ""} or (precision == Precision.UNKNOWN and utc):
        raise MomentFault(f'"{precision}" is not the precision of "{utc}". Choose from {", ".join(Precision)}.')
    kind = Precision(precision) if precision else _read(utc, "Z", None).precision
    if kind is Precision.UNKNOWN:
        return Moment(None, None, offset, kind)
    first, slash, last = utc.partition("/")
    if kind is Precision.BEFORE:
        return Moment(None, _from_iso(utc), offset, kind)
    bounds = (_from_iso(first), _from_iso(last)) if slash else _span(_from_iso(first), offset, kind)
    if bounds is None or bounds[1] < bounds[0]:
        raise MomentFault(f'"{utc}" is not “between”. Write the earlier time, a slash and the later time.')
    return Moment(*bounds, offset, kind)


def _span(when: datetime, offset: str | None, precision: Precision) -> tuple[datetime, datetime] | None:
    """The minute, hour or day around an instant on the clocks of its zone; None where the precision tells no span."""
    if precision is Precision.EXACT:
        return when, when
    zone = zone_of(offset) or UTC
    try:
        local = when.astimezone(zone).replace(microsecond=0, second=0)
    except OverflowError:
        raise MomentFault(f"{_iso(when)} is outside the years 1 to 9999 in {offset}.") from None
    if precision is Precision.DAY:
        return day_bounds(local.date(), zone)
    if precision not in LENGTH:
        return None
    first = in_utc(local.replace(minute=0) if precision is Precision.HOUR else local)
    return first, _end(first, precision)


def _iso(when: datetime) -> str:
    """UTC with seconds, and with a fraction only where there is one."""
    return when.isoformat()[:-6] + "Z"


def _from_iso(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise MomentFault(f'"{text[:60]}" is not a time in UTC. Write 2018-03-20T23:15:04Z.') from None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else in_utc(when)


def _local_cell(moment: Moment) -> str:
    """What the clocks there showed, with the offset, and with the zone's name where it has one (RFC 9557)."""
    zone, name = zone_of(moment.offset), moment.offset or ""
    suffix = "" if name[:1] in "+-" else f"[{name}]"
    bounds = [bound for bound in (moment.earliest, moment.latest) if bound and zone]
    try:
        if bounds and moment.precision is Precision.DAY:
            return bounds[0].astimezone(zone).date().isoformat() + (suffix or name)
        shown = bounds if moment.precision is Precision.BETWEEN else bounds[:1]
        return "/".join(bound.astimezone(zone).isoformat() for bound in shown) + (suffix if shown or suffix else name)
    except OverflowError:
        return suffix or name
