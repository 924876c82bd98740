"""Dates as files write them: each shape has one rule, and the order of day and month is asked for, never guessed."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from tracker.analysis.times import MONTHS, Precision
from tracker.analysis.zones import MomentFault, find_zone

_CLOCK = (
    r"(?:(?: ?T ?|, ?|:| )(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?"
    r" ?(?P<half>[AaPp]\.?[Mm]\.?)? ?(?P<zone>[Zz]|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_MONTH, _WEEKDAY = r"(?P<name>[A-Za-z]{3,9})\.?", r"(?:(?:[A-Za-z]{3,9})\.?,? )?"
_UNIX = r" (?P<day>\d\d?) (?P<hour>\d\d?):(?P<minute>\d\d):(?P<second>\d\d)(?: (?P<zone>UTC|GMT))? (?P<year>\d{4})"
_TIGHT_CLOCK = r"(?:[T ]?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>[Zz]|[+-]\d\d:?\d\d)?)?"
_RULES = (
    ("iso", r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)" + _CLOCK),
    ("y/m/d", r"(?P<year>\d{4})(?P<mark>[/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)" + _CLOCK),
    ("numbers", r"(?P<first>\d\d?)(?P<mark>[/.-])(?P<other>\d\d?)(?P=mark)(?P<year>\d{4})" + _CLOCK),
    ("mon d y", _WEEKDAY + _MONTH + r" (?P<day>\d\d?),? (?P<year>\d{4})" + _CLOCK),
    ("d mon y", _WEEKDAY + r"(?P<day>\d\d?)[ /.-]+" + _MONTH + r",?[ /.-](?P<year>\d{4})" + _CLOCK),
    ("mon d y", _WEEKDAY + _MONTH + _UNIX),
    ("iso", r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)" + _TIGHT_CLOCK),
)
_SHAPES = tuple((family, re.compile(rule, re.ASCII)) for family, rule in _RULES)
_LONGEST = 100  # characters
_SHORT_YEAR = re.compile(r"\d\d?([/.-])(?:\d\d?|[A-Za-z]{3})\1\d\d(?: .*)?", re.ASCII)
_EPOCH = {"s": re.compile(r"\d{9,10}(?:\.\d{1,9})?", re.ASCII), "ms": re.compile(r"\d{12,13}", re.ASCII)}
_FULL_MONTHS = "january february march april may june july august september october november december".split()
_MONTH_NUMBERS = {name: n % 12 + 1 for n, name in enumerate((*map(str.lower, MONTHS), *_FULL_MONTHS))} | {"sept": 9}


class DateFault(MomentFault):
    """A text that is no date in the chosen format; its text is one sentence for the account."""


@dataclass(frozen=True, slots=True)
class DateFormat:
    """One way to read a column. Every shape that can mean one thing only is read alongside the chosen one.

    `order` ("m/d" or "d/m") is that of dates like 1/10/2022, `epoch` ("s" or "ms") the unit of bare numbers.
    """

    name: str
    example: str
    order: str = ""
    epoch: str = ""

    def read(self, text: str) -> tuple[datetime, Precision]:
        """The time as written, aware if the text says its offset, and its precision. DateFault if it is none."""
        if len(text) > _LONGEST:
            raise DateFault(f'"{text[:60]}..." is too long for a date or time.')
        text = " ".join(text.split())
        if self.epoch and _EPOCH[self.epoch].fullmatch(text):
            seconds = text if self.epoch == "s" else f"{text[:-3]}.{text[-3:]}"
            whole, _, fraction = seconds.partition(".")
            return (datetime.fromtimestamp(int(whole), UTC) + timedelta(microseconds=_micro(fraction)), Precision.EXACT)
        for family, rule in _SHAPES:
            if match := rule.fullmatch(text):
                return self._value(text, match.groupdict(), family)
        raise DateFault(_why_not(text))

    def _value(self, text: str, parts: dict[str, str | None], family: str) -> tuple[datetime, Precision]:
        month, day = self._month_and_day(text, parts, family)
        clock, precision = _clock(text, parts)
        try:
            return datetime(int(parts["year"] or 0), month, day, *clock, tzinfo=_zone(parts.get("zone"))), precision
        except ValueError:
            read_as = f" (read as {self.name})" if family == "numbers" else ""
            raise DateFault(f'"{text}"{read_as} is not a real date or time.') from None

    def _month_and_day(self, text: str, parts: dict[str, str | None], family: str) -> tuple[int, int]:
        if family == "numbers":
            if not self.order:
                raise DateFault(f'"{text}" could be day and month or month and day. Choose the date format.')
            numbers = int(parts["first"] or 0), int(parts["other"] or 0)
            return numbers if self.order == "m/d" else numbers[::-1]
        name = parts.get("name")
        month = _MONTH_NUMBERS.get(name.lower(), 0) if name else int(parts["month"] or 0)
        return month, int(parts["day"] or 0)


def _micro(fraction: str) -> int:
    return int(fraction[:6].ljust(6, "0"))


def _clock(text: str, parts: dict[str, str | None]) -> tuple[tuple[int, int, int, int], Precision]:
    if parts.get("hour") is None:
        return (0, 0, 0, 0), Precision.DAY
    hour, half = int(parts["hour"] or 0), (parts.get("half") or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            raise DateFault(f'"{text}" is not a time of the 12-hour clock.')
        hour = hour % 12 + (12 if half == "p" else 0)
    second = parts.get("second")
    clock = (hour, int(parts["minute"] or 0), int(second or 0), _micro(parts.get("fraction") or ""))
    return clock, Precision.EXACT if second else Precision.MINUTE


def _zone(written: str | None) -> tzinfo | None:
    """The offset of a text; an impossible one raises ValueError."""
    return find_zone(written)[1] if written else None


def _why_not(text: str) -> str:
    if _SHORT_YEAR.fullmatch(text):
        return f'The year of "{text}" has two digits. Write the year with four digits.'
    if any(rule.fullmatch(text) for rule in _EPOCH.values()):
        return f'"{text}" is only a number. Choose "epoch s" or "epoch ms" if it counts from 1970.'
    return f'"{text[:60]}" is not a date or time.'


FORMATS = (
    DateFormat("iso", "2018-03-20 19:15"),
    DateFormat("mon d y", "Mar 20 2018 7:15PM"),
    DateFormat("d mon y", "20 Mar 2018 19:15"),
    DateFormat("y/m/d", "2018/03/20 19:15"),
    DateFormat("m/d/y", "3/20/2018 19:15", order="m/d"),
    DateFormat("d/m/y", "20/3/2018 19:15", order="d/m"),
    DateFormat("epoch s", "1521587704", epoch="s"),
    DateFormat("epoch ms", "1521587704000", epoch="ms"),
)


def format_named(name: str) -> DateFormat:
    """The format of that name; DateFault if there is none."""
    for known in FORMATS:
        if known.name == name:
            return known
    raise DateFault(f'"{name[:60]}" is not a date format. Choose from {", ".join(known.name for known in FORMATS)}.')


def detect(samples: Iterable[str]) -> list[DateFormat]:
    """The formats that read every sample that is a date at all: both orders where it could be either.

    Nothing where no sample is a date or no one format reads them all; what is no date is refused later, by its line.
    """
    fitting, families = {*FORMATS}, Counter[str]()
    for text in {" ".join(sample.split()) for sample in samples} - {""}:
        readers = {known for known in FORMATS if _reads(known, text)}
        fitting &= readers or fitting
        families.update(family for family, rule in _SHAPES if readers and rule.fullmatch(text))
        families["read"] += bool(readers)
    plain = {known for known in fitting if not known.order and not known.epoch}
    if not families["read"]:
        return []
    if plain:
        return [max(plain, key=lambda known: families[known.name])]
    return [known for known in FORMATS if known in fitting]


def _reads(known: DateFormat, text: str) -> bool:
    try:
        known.read(text)
    except DateFault:
        return False
    return True
