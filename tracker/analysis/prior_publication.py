"""Before the publication: by how many minutes, with both bounds where a time is not exact. Nothing is guessed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tracker.analysis.moments import Moment, Precision
from tracker.base.text import counted

_MINUTE = timedelta(minutes=1)
IN_HOURS = 120  # from so many minutes on they are said in days and hours too
_EVER = {datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)}


@dataclass(frozen=True)
class Gap:
    """How long something came before something else: whole minutes of the clock, negative where it came after.

    `least` and `most` are the bounds, None where there is none; `order` is "before", "after", "same", or "open" when
    what is known allows several.
    """

    least: int | None
    most: int | None
    order: str

    @property
    def words(self) -> str:
        """`71 minutes before`, `between 12 and 71 minutes before`, `unknown`, and whatever lies between."""
        if self.order == "before":
            return f"{_between(self.least, self.most)} before"
        if self.order == "after":
            return f"{_between(_negative(self.most), _negative(self.least))} after"
        if self.order == "same":
            return "at the same time"
        if self.least is None and self.most is None:
            return "unknown"
        if self.least == self.most == 0:
            return "within the same minute; which came first is unknown"
        before = f"up to {minutes(self.most)} before" if self.most is not None else "any time before"
        after = f"up to {minutes(-self.least)} after" if self.least is not None else "any time after"
        return f"unknown whether before: {before} or {after}"


def gap(thing: Moment, reference: Moment) -> Gap:
    """How long `thing` came before `reference`. Exact times are subtracted; else minutes of the clock count."""
    exact = thing.precision is reference.precision is Precision.EXACT
    first, last = _bounds(thing)
    earliest, latest = _bounds(reference)
    least, most = _minutes(last, earliest, exact=exact), _minutes(first, latest, exact=exact)
    if last is not None and earliest is not None and last < earliest:
        return Gap(least, most, "before")
    if first is not None and latest is not None and latest < first:
        return Gap(least, most, "after")
    if exact and first is not None and first == earliest:
        return Gap(least, most, "same")
    return Gap(least, most, "open")


def minutes(number: int) -> str:
    """`1 minute`, `71 minutes`, `1,545 minutes (1 day, 1 hour, 45 minutes)`, `less than a minute`."""
    if number < 1:
        return "less than a minute"
    said = counted(number, "minute")
    if number < IN_HOURS:
        return said
    days, hours, rest = number // 1440, number // 60 % 24, number % 60
    parts = [counted(n, unit) for n, unit in ((days, "day"), (hours, "hour"), (rest, "minute")) if n]
    return f"{said} ({', '.join(parts)})"


def _between(least: int | None, most: int | None) -> str:
    """The bounds of a length, at least one of which is known."""
    if least is None or most is None:
        return f"at least {minutes(least)}" if least is not None else f"at most {minutes(most or 0)}"
    if least == most:
        return minutes(least)
    first = f"{least:,}" if least < IN_HOURS else minutes(least)
    return f"between {first} and {minutes(most)}"


def _bounds(moment: Moment) -> tuple[datetime | None, datetime | None]:
    first, last = (None if bound in _EVER else bound for bound in (moment.earliest, moment.latest))
    return first, last


def _minutes(since: datetime | None, until: datetime | None, *, exact: bool) -> int | None:
    if since is None or until is None:
        return None
    if exact:
        length = abs(until - since) // _MINUTE
        return length if until >= since else -length
    return (until.replace(second=0, microsecond=0) - since.replace(second=0, microsecond=0)) // _MINUTE


def _negative(number: int | None) -> int | None:
    return None if number is None else -number
