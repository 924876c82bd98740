"""Time zones, by name or by offset, and where a local time of one lies in UTC. No clock change is guessed."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

TICK = timedelta(microseconds=1)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?", re.ASCII | re.IGNORECASE)


class MomentFault(ValueError):
    """A time that cannot be read; its text is one sentence for the account."""


@cache
def zone_names() -> frozenset[str]:
    """Every IANA zone this machine knows."""
    return frozenset(available_timezones()) - {"localtime", "Factory"}


@lru_cache(maxsize=1024)
def find_zone(text: str) -> tuple[str, tzinfo]:
    """The zone written as an IANA name or an offset ("-04:00", "UTC-4", "Z"): its one spelling, and its rules."""
    text = text.strip()
    if text in {"Z", "z"}:
        return "+00:00", UTC
    if match := _OFFSET.fullmatch(text):
        sign, hours, minutes = match.groups(default="00")
        offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
        if timedelta(hours=-12) <= offset <= timedelta(hours=14):
            return f"{sign}{int(hours):02}:{minutes}", timezone(offset)
        raise MomentFault(f"{text} is not a real offset from UTC. Enter an offset from -12:00 to +14:00.")
    if text in zone_names():
        return text, ZoneInfo(text)
    raise MomentFault(f'"{text[:60]}" is not a time zone. Enter a name (America/New_York) or an offset (-04:00).')


def in_utc(aware: datetime) -> datetime:
    """The same instant in UTC; MomentFault if UTC has no such year."""
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        raise MomentFault(f"{aware.isoformat(' ')} is outside the years 1 to 9999 in UTC.") from None


def instant(local: datetime, zone: tzinfo) -> datetime:
    """The instant in UTC at which the clocks of `zone` showed `local`; MomentFault if they never did, or did twice."""
    early, late = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    shift = (late.utcoffset() or timedelta()) - (early.utcoffset() or timedelta())
    if shift > timedelta():
        raise MomentFault(f"{local.isoformat(' ')} does not exist in {zone}. The clocks went forward over it.")
    if shift < timedelta():
        raise MomentFault(
            f"{local.isoformat(' ')} happened twice in {zone}. Add the offset from UTC, such as {_offset_of(early)}."
        )
    return in_utc(early)


def _offset_of(aware: datetime) -> str:
    return aware.isoformat()[-6:]


def day_bounds(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """The first and the last instant, in UTC, of a local day: 23 or 25 hours where the clocks change."""
    first = in_utc(datetime.combine(day, time(), zone))
    if day == date.max:
        return first, in_utc(datetime.combine(day, time.max, zone))
    midnight = datetime.combine(day + timedelta(days=1), time(), zone)
    last = max(in_utc(midnight), in_utc(midnight.replace(fold=1))) - TICK
    if last < first:
        raise MomentFault(f"{day} does not exist in {zone}. The calendar skipped that day.")
    return first, last
