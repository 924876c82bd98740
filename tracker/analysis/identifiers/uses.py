"""When two identifiers of one kind were in use at the same time, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from tracker.analysis.moments import Moment, Precision

_DATED = {Precision.EXACT, Precision.MINUTE, Precision.HOUR, Precision.DAY}


@dataclass(frozen=True)
class Use:
    """An identifier from its first to its last recorded use. `says` is how it is called: "badge pyoung001"."""

    kind: str
    says: str
    first: Moment
    last: Moment
    rows: int = 0


def overlaps(uses: Iterable[Use]) -> list[str]:
    """A sentence for each two identifiers of one kind that were in use at the same time, or may have been."""
    dated = sorted((use for use in uses if use.first and use.last), key=_began)
    return [said for one, other in combinations(dated, 2) if (said := _overlap(one, other))]


def _overlap(one: Use, other: Use) -> str | None:
    """`one` came into use first. Imprecise times: certain only when it is so however they are read."""
    if one.kind != other.kind or not _reaches(one, other, possible=True) or not _reaches(other, one, possible=True):
        return None
    certain = _reaches(one, other, possible=False) and _reaches(other, one, possible=False)
    until, since = _dates(one.last, other.first)
    return (
        f"{one.says} was used until {until}, after {other.says} came into use on {since}: "
        f"the periods {'overlap' if certain else 'may overlap'}"
    )


def _reaches(one: Use, other: Use, *, possible: bool) -> bool:
    """Whether the last use of `one` lies, or possibly lies, at or after the first use of `other`."""
    last = one.last.latest if possible else one.last.earliest
    first = other.first.earliest if possible else other.first.latest
    return last is None or first is None or last >= first if possible else bool(last and first and last >= first)


def _began(use: Use) -> tuple[str, str]:
    known = use.first.earliest or use.first.latest
    return (known.isoformat() if known else "", use.says)


def _dates(until: Moment, since: Moment) -> tuple[str, str]:
    """Days where they tell the two apart, else the whole time."""
    days = [moment.words.split(",")[0].removesuffix(" (day)") for moment in (until, since)]
    if {until.precision, since.precision} <= _DATED and days[0] != days[1]:
        return days[0], days[1]
    return until.words, since.words
