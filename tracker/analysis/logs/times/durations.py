"""How long something lasted, as files write it: the end is the start and the duration together."""

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Names
from datetime import timedelta
from decimal import Decimal

from tracker.analysis.logs.times.quick import When
from tracker.analysis.logs.times.readers import UNKNOWN
from tracker.analysis.logs.times.sentinels import WORDS
from tracker.analysis.logs.times.shapes import plain
from tracker.analysis.logs.times.unsettled import Unsettled, answer_of
from tracker.analysis.times import from_sql_text, sql_text
from tracker.analysis.zones import MomentFault

_LONGEST = 60  # characters
_SECONDS = {"ms": Decimal("0.001"), "s": Decimal(1), "min": Decimal(60), "h": Decimal(3600), "d": Decimal(86400)}
_SPELLED = {"ms": "ms|msecs?|millis|milliseconds?", "s": "s|secs?|seconds?", "min": "m|mins?|minutes?",
            "h": "h|hrs?|hours?", "d": "d|days?"}  # fmt: skip
_WORDS = {"ms": "milliseconds", "s": "seconds", "min": "minutes", "h": "hours", "d": "days"}
_UNIT = "|".join(f"(?P<{unit}>{words})" for unit, words in _SPELLED.items())
_PIECE = re.compile(rf"(?P<number>\d+(?:[.,]\d+)?) ?(?:{_UNIT})\.?(?![a-z]),? ?(?:and )?", re.ASCII | re.IGNORECASE)
_HEADER = re.compile(rf"(?:.*[\W_])?(?:{_UNIT})\W*", re.ASCII | re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d+)(?:\.| days?,? ))?(\d+):([0-5]\d):([0-5]\d(?:[.,]\d+)?)", re.ASCII)
_TWO = re.compile(r"(\d+):([0-5]\d)", re.ASCII)
_ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?", re.ASCII)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_UNITS = tuple((unit, f"{_WORDS[unit]}") for unit in ("s", "min", "h", "d", "ms"))
_TWO_PARTS = (("h:mm", "hours and minutes"), ("m:ss", "minutes and seconds"))


def duration_reader(headers: Sequence[str], answers: Names[str, str]) -> Callable[[str], timedelta | None]:
    """A reader of one cell: "1:35:00", "95 min", "PT1H35M", or a number in the unit that the header says.

    It gives None where the cell says nothing, and raises MomentFault with a sentence, Unsettled where a number has no
    unit, or where 1:35 could be hours or minutes.
    """
    match = _HEADER.fullmatch(headers[-1]) if headers else None
    said = match.lastgroup if match else ""

    def read(text: str) -> timedelta | None:
        if len(text) > _LONGEST:
            raise MomentFault(f'"{text[:60]}..." is too long for a duration.')
        text = plain(text)
        if text.casefold() in WORDS - {"0"} or text.casefold() == "unknown":
            return None
        try:
            return timedelta(microseconds=int(_seconds(text, said or "", answers) * 1_000_000))
        except OverflowError:
            raise MomentFault(f'"{text}" is too long a time.') from None

    return read


def _seconds(text: str, unit: str, answers: Names[str, str]) -> Decimal:
    if _NUMBER.fullmatch(text):
        unit = unit or answer_of(answers, Unsettled(
            "duration", "The durations are numbers. What do they count?", _UNITS,
            f'"{text}" is a duration without a unit. Say what the numbers count.'))  # fmt: skip
        return _number(text) * _SECONDS[unit]
    if match := _CLOCK.fullmatch(text):
        return _sum(match.groups(), ("d", "h", "min", "s"))
    if match := _TWO.fullmatch(text):
        parts = answer_of(answers, Unsettled(
            "duration:two", "Durations such as 1:35 have two parts. What are they?", _TWO_PARTS,
            f'"{text}" can be hours and minutes, or minutes and seconds. Say which.'))  # fmt: skip
        return _sum(match.groups(), ("h", "min") if parts == "h:mm" else ("min", "s"))
    if (match := _ISO.fullmatch(text)) and any(match.groups()):
        return _sum(match.groups(), ("d", "h", "min", "s"))
    pieces = list(_PIECE.finditer(text))
    if not pieces or "".join(piece[0] for piece in pieces) != text:
        raise MomentFault(f'"{text[:60]}" is not a duration. Write 1:35:00 or 95 min.')
    return sum((_number(piece["number"]) * _SECONDS[piece.lastgroup or "s"] for piece in pieces), Decimal())


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _sum(values: Sequence[str | None], units: Sequence[str]) -> Decimal:
    return sum((_number(value or "0") * _SECONDS[unit] for value, unit in zip(values, units, strict=True)), Decimal())


def end_of(since: When, length: timedelta | None) -> When:
    """The time so long after another; unknown where either is not known."""
    first, last, zone, precision = since
    if length is None or first is None or last is None:
        return UNKNOWN
    try:
        ends = [sql_text(from_sql_text(bound) + length) for bound in (first, last)]
    except OverflowError:
        raise MomentFault("The end is after the year 9999. Check the duration.") from None
    keeps = precision == "exact" or (precision == "minute" and not length % timedelta(minutes=1))
    return ends[0], ends[1], zone, precision if keeps else "between"
