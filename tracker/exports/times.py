"""Times as an export writes them, from the text the database holds: three cells, without building dates for most rows.

What comes out is what `tracker.analysis.moments.to_csv` says of the same moment, whichever way it was made.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from tracker.analysis.moments import Moment, from_sql_text, to_csv
from tracker.analysis.times import zone_of
from tracker.base.db import EVER_AFTER, EVER_BEFORE

Three = tuple[Sequence[str | None], Sequence[str | None], Sequence[str | None]]  # _utc, _local, _precision
KEPT = 20_000  # hours, or whole times, remembered at most
NO = ("", "")  # hour and tail that are not so simple
_UNITS = {13: timedelta(hours=1), 15: timedelta(minutes=10), 16: timedelta(minutes=1)}  # by the length of their text
_REST = {13: ":00:00+00:00", 15: "0:00+00:00", 16: ":00+00:00"}  # what makes such a text a whole time


class _Shifted(dict[str, tuple[str, str]]):
    """Hours, or less, in UTC -> the same on the clocks of a zone and what follows it; empty if not so simple."""

    def __init__(self, offset: str, length: int) -> None:
        super().__init__()
        self.offset, self.zone, self.length, self.unit = offset, zone_of(offset), length, _UNITS[length]

    def __missing__(self, start: str) -> tuple[str, str]:
        if len(self) > KEPT:
            self.clear()
        return self.setdefault(start, self._shift(start))

    def _shift(self, start: str) -> tuple[str, str]:
        try:
            first = datetime.fromisoformat(start + _REST[self.length])
            early, late = (at.astimezone(self.zone) for at in (first, first + self.unit - timedelta(microseconds=1)))
        except OverflowError:
            return "", ""
        shift = early.utcoffset() or timedelta()
        if shift != late.utcoffset() or shift % self.unit:
            return "", ""
        local = early.isoformat()
        return local[: self.length], local[19:] + ("" if self.offset[:1] in "+-" else f"[{self.offset}]")


class _Zone:
    """The clocks of one zone, by the hour and where that is too coarse by less."""

    def __init__(self, offset: str) -> None:
        self.known = zone_of(offset) is not None
        self.hours = _Shifted(offset, 13)
        self.parts = [_Shifted(offset, length) for length in (15, 16)]

    def local(self, first: str, clock: str) -> str:
        """`2018-03-20T19:15:04-04:00[America/New_York]`, or nothing where it takes a calendar to tell."""
        for shifted in self.parts if self.known else ():
            start, tail = shifted[first[: shifted.length]]
            if start:
                return f"{start}{clock[shifted.length - 13 :]}{tail}"
        return ""


class _Zones(dict[str, _Zone]):
    """Each zone that was met."""

    def __missing__(self, offset: str) -> _Zone:
        return self.setdefault(offset, _Zone(offset))


class Times:
    """Writes moments; one for each export, because it remembers."""

    def __init__(self) -> None:
        self._zones = _Zones()
        self._careful = lru_cache(maxsize=KEPT)(_careful)

    def cells(self, values: Sequence[Sequence[Any]]) -> Three:
        """The three columns of moments in four: earliest, latest, offset, precision."""
        precisions = values[3]
        if precisions.count("unknown") == len(precisions):
            return [""] * len(precisions), [""] * len(precisions), precisions
        utcs, locals_ = [], []
        for first, last, offset, precision in zip(*values, strict=True):
            utc, local = "", ""
            if (precision == "exact" and first == last) or (
                precision == "minute" and first[16:] == ":00.000000Z" and last == f"{first[:16]}:59.999999Z"
            ):
                utc, local = self._instant(first, offset)
            elif precision == "before":
                utc, local = self._instant(last, offset) if first == EVER_BEFORE and last != EVER_AFTER else ("", "")
            elif precision in {"between", "exact"} or (precision == "minute" and first[16:19] != ":00"):
                utc, local = self._range(first, last, offset, both=precision == "between")
            if not utc and precision != "unknown":
                utc, local = self._careful(first, last, offset, precision)
            utcs.append(utc)
            locals_.append(local)
        return utcs, locals_, precisions

    def _instant(self, at: str, offset: str | None) -> tuple[str, str]:
        """An instant in UTC and on the clocks of its zone; nothing where it takes a calendar to tell."""
        clock = at[13:19] if at[19:] == ".000000Z" else at[13:26]
        local = ""
        if offset:
            zone = self._zones[offset]
            start, tail = zone.hours[at[:13]] if zone.known else ("", "")
            local = f"{start}{clock}{tail}" if start else zone.local(at, clock)
            if not local:
                return "", ""
        return f"{at[:13]}{clock}Z", local

    def _range(self, first: str, last: str, offset: str | None, *, both: bool) -> tuple[str, str]:
        """Two instants, the local one of both or of the first alone; nothing where one is not known."""
        if first == EVER_BEFORE or last == EVER_AFTER:
            return "", ""
        early = first[13:19] if first[19:] == ".000000Z" else first[13:26]
        late = last[13:19] if last[19:] == ".000000Z" else last[13:26]
        utc = f"{first[:13]}{early}Z/{last[:13]}{late}Z"
        if not offset:
            return utc, ""
        zone = self._zones[offset]
        (start, tail), (end, tail_of_end) = (zone.hours[first[:13]], zone.hours[last[:13]]) if zone.known else (NO, NO)
        local = f"{start}{early}{tail}" if start else zone.local(first, early)
        if both and local:  # the name of the zone stands once, after both
            there = f"{end}{late}{tail_of_end}" if end else zone.local(last, late)
            local = f"{local.partition('[')[0]}/{there}" if there else ""
        return (utc, local) if local else ("", "")

    def instants(self, values: Sequence[str | None]) -> Three:
        """The three columns of moments of the record itself: known exactly and kept in UTC, or not there."""
        utcs = [at and (f"{at[:19]}Z" if at[19:] == ".000000Z" else at) for at in values]
        return utcs, [at and f"{at[:-1]}+00:00" for at in utcs], [at and "exact" for at in utcs]


def _careful(first: str, last: str, offset: str | None, precision: str) -> tuple[str, str]:
    earliest = None if first == EVER_BEFORE else from_sql_text(first)
    latest = None if last == EVER_AFTER else from_sql_text(last)
    return to_csv(Moment.of(earliest, latest, offset, precision))[:2]
