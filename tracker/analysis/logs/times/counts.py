"""Times that are one number: seconds or less since 1970, FILETIME, and the serial days of a spreadsheet."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from tracker.analysis.times import Precision
from tracker.analysis.zones import MomentFault

_NUMBER = re.compile(r"-?\d{1,19}(?:\.\d{1,17}|,(?!\d{3}$)\d{1,17})?", re.ASCII)
_TWO_CELLS = re.compile(r"(\d{1,7})(?:[.,]0+)? (0?[.,]\d{1,17}|0)", re.ASCII)
DAMAGED = re.compile(r"-?\d(?:[.,]\d+)?E\+?\d{1,2}", re.ASCII | re.IGNORECASE)
_DAY = 86_400_000_000  # microseconds


@dataclass(frozen=True, slots=True)
class Count:
    """What a number counts: units of `micro` microseconds since `start`; serial days count on local clocks."""

    start: datetime
    micro: Decimal
    example: str

    @property
    def is_serial(self) -> bool:
        """Whether it is a spreadsheet's count of days."""
        return self.micro == _DAY

    def read(self, text: str) -> tuple[datetime, Precision] | None:
        """The time of a number, None for what is no number. MomentFault beyond the years that can be stored."""
        value = self._number(text)
        if value is None:
            return None
        if self.is_serial:
            return self._day(text, value)
        try:
            return self.start + timedelta(microseconds=int((value * self.micro).to_integral_value("ROUND_FLOOR"))), (
                Precision.EXACT
            )
        except OverflowError:
            raise MomentFault(f'"{text}" is outside the years 1 to 9999. Choose another date format.') from None

    def _number(self, text: str) -> Decimal | None:
        if _NUMBER.fullmatch(text):
            return Decimal(text.replace(",", "."))
        if self.is_serial and (match := _TWO_CELLS.fullmatch(text)):  # a column of days, and one of their fractions
            return Decimal(match[1]) + Decimal(match[2].replace(",", "."))
        return None

    def _day(self, text: str, value: Decimal) -> tuple[datetime, Precision]:
        """The day of a serial number; the 1900 system has a 29 February 1900 that never was."""
        old = self.start.year < 1900 and value < 61
        if value < 0 or (old and value >= 60):
            raise MomentFault(f'"{text}" is no day of a spreadsheet. Choose another date format.')
        if 0 < value < 1:
            raise MomentFault(f'"{text}" is only a time of day. Add the column with the date.')
        start = self.start + timedelta(days=1) if old and value else self.start
        # a number of a spreadsheet is right to less than a millisecond
        milliseconds = int((value * 86_400_000).to_integral_value("ROUND_HALF_EVEN"))
        try:
            day = start + timedelta(milliseconds=milliseconds)
        except OverflowError:
            raise MomentFault(f'"{text}" is after the year 9999. Choose another date format.') from None
        return day, Precision.DAY if value == int(value) else Precision.EXACT


_1970 = datetime(1970, 1, 1, tzinfo=UTC)
COUNTS = {
    "epoch s": Count(_1970, Decimal(1_000_000), "1521587704"),
    "epoch ms": Count(_1970, Decimal(1_000), "1521587704000"),
    "epoch us": Count(_1970, Decimal(1), "1521587704000000"),
    "epoch ns": Count(_1970, Decimal("0.001"), "1521587704000000000"),
    "filetime": Count(datetime(1601, 1, 1, tzinfo=UTC), Decimal("0.1"), "131660613040000000"),
    "serial 1900": Count(datetime(1899, 12, 30), Decimal(_DAY), "43179.8020833333"),  # noqa: DTZ001 - days on local clocks
    "serial 1904": Count(datetime(1904, 1, 1), Decimal(_DAY), "41717.8020833333"),  # noqa: DTZ001
}
