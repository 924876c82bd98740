"""Exposure: who had access inside the window before a disclosure. Opportunity only: classes of evidence, no ranking.

A row counts when it began before the window's end and had not ended before its start. Times are known as bounds, so
every row is weighed twice: as far as it surely counts, and with imprecise times taken the other way.
"""

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Self

from tracker.analysis.moments import Moment, Precision

NOT_KNOWN = Moment.of()
_EVER_BEFORE, _EVER_AFTER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class Standing(StrEnum):
    """What the rows show of one person, the strongest first; unknown is neither "no access" nor "eliminated"."""

    CONFIRMED = "confirmed"
    DELIVERED = "delivered"
    POSSIBLE = "possible"
    ELIMINATED = "eliminated"
    UNKNOWN = "unknown"


SHOWN = (Standing.CONFIRMED, Standing.DELIVERED, Standing.POSSIBLE)
EVIDENCE = {
    "E2": Standing.DELIVERED,
    **dict.fromkeys(("E3", "E4", "E5", "E6"), Standing.CONFIRMED),
    **dict.fromkeys(("E0", "E1", "E7"), Standing.POSSIBLE),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One access, or several alike: the person's number, the level, the bounds; no version when the row names none."""

    person: int
    level: str
    since: Moment
    until: Moment = NOT_KNOWN
    material: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """From when a version was there to the first sign that it was out; without a start it is open to the past.

    `versions` are the ids of one version and its corrections, None for whatever there is of `material` (or of all).
    """

    start: Moment
    end: Moment
    material: int | None = None
    versions: frozenset[int] | None = None

    def concerns(self, row: Row) -> bool:
        """Whether the row is about this window's version, or may be: it names none, and this one may have existed."""
        if self.material is not None and row.material != self.material:
            return False
        if self.names(row):
            return True
        return row.version is None and (not self.start or _latest(row.since) >= _earliest(self.start))

    def names(self, row: Row) -> bool:
        """Whether the row is about this window's version beyond doubt."""
        return self.versions is None or row.version in self.versions

    def may_hold(self, row: Row) -> bool:
        """Whether the row lies inside if its times are taken that way."""
        lasted = not self.start or not row.until or _latest(row.until) >= _earliest(self.start)
        return lasted and _earliest(row.since) <= _latest(self.end)

    def surely_holds(self, row: Row) -> bool:
        """Whether the row lies inside whichever way its times are taken."""
        lasted = not self.start or not row.until or _earliest(row.until) >= _latest(self.start)
        return lasted and _latest(row.since) <= _earliest(self.end)

    def weigh(self, row: Row) -> tuple[Standing, Standing] | None:
        """What the row shows: as far as it is sure, and with imprecise times taken the other way; None: nothing."""
        if not self.concerns(row) or not self.may_hold(row):
            return None
        shown = EVIDENCE[row.level] if self.names(row) else Standing.POSSIBLE
        return (shown if self.surely_holds(row) else Standing.POSSIBLE), shown


@dataclass(frozen=True, slots=True)
class Placed:
    """One person in exactly one class; `otherwise` is the class with imprecise times taken the other way.

    `levels` and `first` are those of the rows that put them there, or of all their rows when none is inside; no row at
    all leaves both empty. `shown`: some row may lie inside, which matters of somebody who is eliminated.
    """

    person: int
    standing: Standing
    otherwise: Standing
    levels: tuple[str, ...] = ()
    first: Moment | None = None
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Exposure:
    """Everybody of the case, each in exactly one class: their numbers, in order.

    `otherwise` counts the classes with imprecise times taken the other way. `contradicted` are those who are eliminated
    although some record may lie inside.
    """

    people: Mapping[Standing, Sequence[int]]
    otherwise: Mapping[Standing, int]
    contradicted: frozenset[int] = frozenset()

    @classmethod
    def of_people(cls, placed: Iterable[tuple[int, Standing, Standing]], contradicted: Iterable[int] = ()) -> Self:
        """Sum up number, class, and class with imprecise times taken the other way, in the order of the numbers."""
        people: dict[Standing, array[int]] = {standing: array("q") for standing in Standing}
        otherwise = dict.fromkeys(Standing, 0)
        for number, standing, other in placed:
            people[standing].append(number)
            otherwise[other] += 1
        return cls(people, otherwise, frozenset(contradicted))

    def of(self, standing: Standing) -> Sequence[int]:
        """The numbers of those of one class."""
        return self.people[standing]

    def counts(self, standing: Standing) -> tuple[int, int]:
        """How many are in a class: as far as is sure, and with imprecise times taken the other way."""
        return len(self.people[standing]), self.otherwise[standing]

    def words(self, standing: Standing) -> str:
        """`at least 7, at most 9 confirmed`, or `7 confirmed` where imprecise times change nothing."""
        return f"{self.number_words(standing)} {standing}"

    def number_words(self, standing: Standing) -> str:
        """The same without the class, for a table that has it in a column of its own."""
        return range_words(*sorted(self.counts(standing)))

    @property
    def size(self) -> int:
        """How many people there are, of all classes."""
        return sum(map(len, self.people.values()))

    @property
    def shown(self) -> int:
        """How many people have any access shown inside the window."""
        return sum(len(self.people[standing]) for standing in SHOWN)


def range_words(least: int, most: int) -> str:
    """`at least 7, at most 9`, or `7` where both are the same."""
    return f"{most:,}" if least == most else f"at least {least:,}, at most {most:,}"


def place_people(
    people: Iterable[int], rows: Iterable[Row], windows: Sequence[Window], eliminated: Collection[int] = ()
) -> list[Placed]:
    """Place every one of `people` (numbers within the case) by their rows; rows about anybody else are left out."""
    rows_of: dict[int, list[Row]] = {number: [] for number in sorted(set(people))}
    for row in rows:
        if row.person in rows_of:
            rows_of[row.person].append(row)
    return [_place(number, found, windows, eliminated) for number, found in rows_of.items()]


def _place(number: int, rows: list[Row], windows: Sequence[Window], eliminated: Collection[int]) -> Placed:
    weighing_options = [(row, shown) for row in rows for window in windows if (shown := window.weigh(row)) is not None]
    standing = _strongest(sure for _, (sure, _) in weighing_options)
    otherwise = _strongest(other for _, (_, other) in weighing_options)
    if number in eliminated:
        standing = otherwise = Standing.ELIMINATED
    telling = (
        [row for row, (sure, _) in weighing_options if sure is standing] or [row for row, _ in weighing_options] or rows
    )
    levels = tuple(sorted({row.level for row in telling}))
    first = first_of(row.since for row in telling) if telling else None
    return Placed(number, standing, otherwise, levels, first, shown=bool(weighing_options))


def _strongest(found: Iterable[Standing]) -> Standing:
    return min(found, key=SHOWN.index, default=Standing.UNKNOWN)


def first_of(moments: Iterable[Moment]) -> Moment:
    """When the first of several happened, as far as their bounds tell; unknown when there are none."""
    given = list(moments)
    if not given:
        return NOT_KNOWN
    earliest, latest = min(map(_earliest, given)), min(map(_latest, given))
    same = [one for one in given if (_earliest(one), _latest(one)) == (earliest, latest)]
    if same:
        return same[0]
    return Moment.of(
        None if earliest == _EVER_BEFORE else earliest,
        latest,
        None,
        Precision.BEFORE if earliest == _EVER_BEFORE else Precision.BETWEEN,
    )


def _earliest(moment: Moment) -> datetime:
    return moment.earliest or _EVER_BEFORE


def _latest(moment: Moment) -> datetime:
    return moment.latest or _EVER_AFTER
