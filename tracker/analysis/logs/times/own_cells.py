"""The three cells of a time as our own exports write it: in UTC, on its own clocks, and how precise it is."""

from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache

from tracker.analysis.logs.times.quick import KEPT, MINUTE, MINUTE_AND_SECOND, Shifted, When
from tracker.analysis.logs.times.readers import stored
from tracker.analysis.moments import from_csv
from tracker.analysis.zones import find_zone


class _Names(dict[str, str | None]):
    """What follows the clock in a `_local` cell -> the zone as it is stored."""

    def __missing__(self, tail: str) -> str | None:
        if len(self) > KEPT:
            self.clear()
        return self.setdefault(tail, find_zone(tail.partition("[")[2][:-1] if tail[-1:] == "]" else tail)[0])


def cells_reader() -> Callable[[str, str, str], When]:
    """A reader of the three cells of a time as we export it; it raises MomentFault with a sentence."""
    hours, names = Shifted(find_zone("UTC")[1], timedelta(hours=1)), _Names({"": None})

    @lru_cache(maxsize=KEPT // 5)
    def careful(utc: str, local: str, precision: str) -> When:
        return stored(from_csv(utc, local, precision))

    def read(utc: str, local: str, precision: str) -> When:
        plain = not local or (local[10:11] == "T" and local[19:20] in "+-" and len(local) < 100)
        if plain and len(utc) == 20 and utc[19] == "Z":
            hour, rest = hours[utc[:13]], MINUTE_AND_SECOND.get(utc[13:19])
            if hour and rest and precision == "exact":
                at = hour + rest
                return at, at, names[local[19:]], "exact"
            if hour and rest and precision == "minute" and utc[17:19] == "00":
                return hour + rest, hour + MINUTE[utc[13:16]][1], names[local[19:]], "minute"
        return careful(utc, local, precision)

    return read
