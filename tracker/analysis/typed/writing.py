"""Times as the form writes them: each text reads back as the same time, which is tried before it is shown."""

from datetime import UTC, date, datetime, tzinfo

from tracker.analysis.moments import Moment, MomentFault
from tracker.analysis.times import MONTHS, Precision, offset_words, place_name, zone_of
from tracker.analysis.typed.reading import Typing, read_time
from tracker.analysis.zones import find_zone

_WHOLE = ((0, 0), (59, 999999), None)  # of the first and the last end of a minute; what is exact is never whole
EXACT = 2
TIED = "\N{NO-BREAK SPACE}"


def write_time(moment: Moment, zone: str = "UTC") -> tuple[str, str]:
    """The text of a time and its zone, from which `read_time` makes the same time again.

    `zone` is that of an unknown time. A time whose bounds are not those of its precision is written by its bounds.
    """
    if not moment:
        return "", zone
    name = _zone_name(moment)
    texts = [_text(moment, name, named=False), _text(moment, name, named=True), _bounds(moment)]
    typing = Typing(name, None, datetime.now(UTC))
    return next((text for text in texts if _reads_as(text, typing, moment)), texts[-1]), name


def _zone_name(moment: Moment) -> str:
    """The zone it was written in; UTC where there is none, or where its clocks leave the calendar."""
    zone = zone_of(moment.offset)
    try:
        known = zone and [end.astimezone(zone) for end in (moment.earliest, moment.latest) if end]
    except OverflowError:
        known = None
    return moment.offset if known and moment.offset else "UTC"


def _reads_as(text: str, typing: Typing, moment: Moment) -> bool:
    try:
        found = read_time(text, typing)
    except MomentFault:
        return False
    return (found.earliest, found.latest, found.precision) == (moment.earliest, moment.latest, moment.precision)


def _text(moment: Moment, name: str, *, named: bool) -> str:
    """The time in the words of its precision; `named` adds offset and zone, for an hour that came twice."""
    first, last, kind = moment.earliest, moment.latest, moment.precision
    if first is None or last is None:
        return f"before {_write_for_box(last, name, 0, named=named)}" if last else ""
    if kind is Precision.BETWEEN:
        if not named and _is_day(first, last, find_zone(name)[1]):
            return f"between {write_day(_local(first, name))} and {write_day(_local(last, name))}"
        return f"between {_write_for_box(first, name, 0, named=named)} and {_write_for_box(last, name, 1, named=named)}"
    local = _local(first, name)
    if kind is Precision.DAY:
        return write_day(local)
    if kind is Precision.HOUR:
        clock = f"{local.hour % 12 or 12} {'am' if local.hour < 12 else 'pm'}"
        return f"{write_day(local)} {clock}{_tail(local, name) if named else ''}"
    return _write_for_box(first, name, EXACT if kind is Precision.EXACT else 0, named=named)


def _bounds(moment: Moment) -> str:
    """Both bounds in UTC to the last digit: no clock of any place is in the way."""
    ends = [f"{write_day(end)} {end:%H:%M:%S.%f} UTC" for end in (moment.earliest, moment.latest) if end]
    return f"between {' and '.join(ends)}" if moment.earliest else f"before {ends[0]}"


def _write_for_box(when: datetime, name: str, end: int, *, named: bool) -> str:
    """A time for the box, with seconds unless it is that end (0 or 1) of a whole minute."""
    local = _local(when, name)
    return f"{write_day(local)} {_clock(local, end)}{_tail(local, name) if named else ''}"


def _is_day(first: datetime, last: datetime, zone: tzinfo) -> bool:
    """Whether it is whole days."""
    begin, end = first.astimezone(zone), last.astimezone(zone)
    return f"{begin:%H%M%S%f}" == "0" * 12 and f"{end:%H%M%S%f}" == "235959999999"


def _local(when: datetime, name: str) -> datetime:
    return when.astimezone(find_zone(name)[1])


def write_day(local: date) -> str:
    """A day: "20 Mar 2018"."""
    return f"{local.day} {MONTHS[local.month - 1]} {local.year:04}"


def _tail(local: datetime, name: str) -> str:
    return f" {local.isoformat()[-6:]}[{name}]"


def zone_label(name: str, when: datetime) -> str:
    """A zone as its list shows it, with its offset at that time: "UTC-4, New York"."""
    shift = offset_words(find_zone(name)[1], when)
    return shift if name[:1] in "+-" or name == "UTC" else f"{shift}, {place_name(name)}"


def say_reading(moment: Moment, zone_name: str) -> tuple[str, str]:
    """How a time was read, for whoever typed it, and what to add: ("19 Mar 2018, 17:20 (UTC-4)", ", 21:20 UTC")."""
    try:
        return _say(moment, zone_of(moment.offset) or find_zone(zone_name)[1])
    except OverflowError:
        return _say(moment, UTC)


def _say(moment: Moment, zone: tzinfo) -> tuple[str, str]:
    first, last, kind = moment.earliest, moment.latest, moment.precision
    if last is None:
        return "unknown", ""
    if first is None:
        return f"before {_write_for_reader(last, zone, 0)} ({offset_words(zone, last)})", ""
    if kind is Precision.DAY:
        return f"{write_day(first.astimezone(zone))}, time not recorded", ". Add a time if you know it."
    if kind in {Precision.BETWEEN, Precision.HOUR}:
        return _range(first, last, zone), ""
    end = EXACT if kind is Precision.EXACT else 0
    said, in_utc, shift = (
        _write_for_reader(first, zone, end),
        _write_for_reader(first, UTC, end),
        offset_words(zone, first),
    )
    more = in_utc.removeprefix(f"{write_day(first.astimezone(zone))}, ")
    return f"{said} ({shift})", "" if shift == "UTC" else f", {more} UTC"


def _range(first: datetime, last: datetime, zone: tzinfo) -> str:
    begin, end = (offset_words(zone, when) for when in (first, last))
    day, same = write_day(first.astimezone(zone)), write_day(last.astimezone(zone))
    said, to = _write_for_reader(first, zone, 0), _write_for_reader(last, zone, 1)
    if _is_day(first, last, zone):
        return day if day == same else f"between {day} and {same}"
    if begin != end:
        return f"between {said} ({begin}) and {to} ({end})"
    if day == same:
        return f"between {said.removeprefix(f'{day}, ')} and {to.removeprefix(f'{day}, ')}, {day} ({begin})"
    return f"between {said} and {to} ({begin})"


def _write_for_reader(when: datetime, zone: tzinfo, end: int) -> str:
    """A time for a reader, with seconds unless it is that end (0 or 1) of a whole minute."""
    return f"{write_day(when.astimezone(zone))}, {_clock(when.astimezone(zone), end)}"


def _clock(local: datetime, end: int) -> str:
    whole = (local.second, local.microsecond) == _WHOLE[end]
    return local.replace(tzinfo=None).isoformat(timespec="minutes" if whole else "auto")[11:]


def write_moment(moment: Moment, zone: str) -> str:
    """A time for a reader, on the clocks of a zone: "20 Mar 2018, 15:00 to 18:30 (UTC-4)".

    A day stays the day it was. Seconds stand where a time is known to the second. Words say how precise it is.
    """
    first, last, kind = moment.earliest, moment.latest, moment.precision
    try:
        rules = find_zone(zone)[1]
        if last is None:
            return "unknown"
        if first is None:
            return f"before {_ended(last, rules, 0)}"
        if kind is Precision.DAY:
            return write_day(first.astimezone(zone_of(moment.offset) or UTC))
        if kind is Precision.HOUR:
            return f"about {_ended(first, rules, 0)}"
        if kind is Precision.BETWEEN:
            return _from_to(first, last, rules)
        return _ended(first, rules, 0)
    except OverflowError:  # at the ends of the calendar
        return moment.words


def _from_to(first: datetime, last: datetime, rules: tzinfo) -> str:
    days = [write_day(one.astimezone(rules)) for one in (first, last)]
    if _is_day(first, last, rules):
        return days[0] if days[0] == days[1] else f"{days[0]} to {days[1]}"
    if offset_words(rules, first) != offset_words(rules, last):
        return f"{_ended(first, rules, 0)} to {_ended(last, rules, 1)}"
    until = _ended(last, rules, 1)
    end = until.removeprefix(f"{days[1]}, ") if days[0] == days[1] else until
    return f"{_write_for_reader(first, rules, 0)} to {end}"


def _ended(when: datetime, rules: tzinfo, end: int) -> str:
    """A time with its offset after it: "20 Mar 2018, 19:15 (UTC-4)", "20 Mar 2018, 23:15 UTC"."""
    shift = offset_words(rules, when)
    return f"{_write_for_reader(when, rules, end)} {shift if shift == 'UTC' else f'({shift})'}"


def at(moment: datetime | None, zone: str = "") -> str:
    """A moment of the record itself, for a reader: `20 Mar 2018, 23:15 UTC`; broken after the date only.

    With a zone it is what the clocks there show: `20 Mar 2018, 19:15 (UTC-4)`.
    """
    if moment is None:
        return ""
    rules = zone_of(zone) or UTC
    local, shift = moment.astimezone(rules), offset_words(rules, moment)
    tail = shift if shift == "UTC" else f"({shift})"
    return " ".join(part.replace(" ", TIED) for part in (f"{write_day(local)},", f"{local:%H:%M} {tail}"))
