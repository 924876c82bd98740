"""What the reading of an access log gives: rows, faults, and the count of everything else."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.analysis.logs.times.quick import When

Cause = tuple[str, str, str | None]  # column, rule and value of equal faults; None for any value
_QUOTED = re.compile(r'"([^"]{1,60})"')


class Row(NamedTuple):
    """One occurrence. Empty text where the file says nothing; `until` is then unknown.

    `person_key` is the person, else the identifier, else the name. `line` is where the row begins in the file (from 1),
    `until_line` that of the leaving for a log of entering and leaving, `repeat_of` the first line with the same cells.
    `more` are the further texts of a kind of file that has some.
    """

    line: int
    person_key: str
    identifier: str
    name: str
    material: str
    version: str
    copy: str
    channel: str
    level: str
    place: str
    since: When
    until: When
    source: str
    note: str
    repeat_of: int | None
    until_line: int | None = None
    more: tuple[str, ...] = ()


class Fault(NamedTuple):
    """A line that is refused: the header of the column (empty for the whole row), what stands there, and why not.

    `is_stay`: the line is reported, and is a row all the same, which comes later: the second entry of somebody inside,
    or the others in a cell where one of several people cannot be read.
    `rule`: the reason without what is particular to the line, where it has more of that than the value.
    """

    line: int
    column: str
    value: str
    reason: str
    is_stay: bool = False
    rule: str = ""

    @property
    def cause(self) -> Cause:
        """What faults of one cause share."""
        told = self.rule or _QUOTED.sub(lambda hit: "this value" if hit[1] in self.value else hit[0], self.reason)
        return self.column, told[:1].upper() + told[1:], self.value


@dataclass(slots=True)
class Tally:
    """Counts that grow while a log is read: lines = rows + faults + those left out + left - stays.

    `lines` are rows of the file under the header; `left_out`: a rule of the mapping in words -> how many lines it
    leaves out; `left` are lines that ended the row of an entering; `open` rows whose leaving never came; `stays` faults
    that are rows too.
    """

    lines: int = 0
    left: int = 0
    open: int = 0
    stays: int = 0
    left_out: dict[str, int] = field(default_factory=dict)


class Problem(NamedTuple):
    """Equal faults as one: what they share, how many lines they are, and the first of them."""

    column: str
    rule: str
    value: str | None
    lines: int
    first: Sequence[int]
    is_stay: bool = False  # as of a fault

    @property
    def cause(self) -> Cause:
        """What its faults share."""
        return self.column, self.rule, self.value


class Problems:
    """Groups faults by their cause. Of a rule that many values break, the first values are told apart."""

    MOST, FIRST = 200, 10

    def __init__(self) -> None:
        self._lines: dict[Cause, list[int]] = {}
        self._counts: dict[Cause, int] = {}
        self._stays: set[Cause] = set()

    def add(self, fault: Fault) -> None:
        """One more fault."""
        cause = fault.cause
        if cause not in self._counts and len(self._counts) >= self.MOST:
            cause = (*cause[:2], None)
        self._counts[cause] = self._counts.get(cause, 0) + 1
        if fault.is_stay:
            self._stays.add(cause)
        lines = self._lines.setdefault(cause, [])
        if len(lines) < self.FIRST:
            lines.append(fault.line)

    def found(self) -> list[Problem]:
        """The groups, the largest first."""
        groups = [
            Problem(*cause, count, self._lines[cause], cause in self._stays) for cause, count in self._counts.items()
        ]
        return sorted(groups, key=lambda one: (-one.lines, one.first))


def by_rule(problems: Iterable[Problem]) -> list[tuple[Problem, list[Problem]]]:
    """The problems of each column and rule as one for any value, and each for itself; the largest first."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for one in problems:
        groups.setdefault((one.column, one.rule), []).append(one)
    summed_up = [(_sum_up(found), found) for found in groups.values()]
    return sorted(summed_up, key=lambda group: -group[0].lines)


def _sum_up(found: list[Problem]) -> Problem:
    if len(found) == 1:
        return found[0]
    first = sorted(line for one in found for line in one.first)[: Problems.FIRST]
    whole = found[0]._replace(value=None, lines=sum(one.lines for one in found), first=first)
    return whole._replace(is_stay=all(one.is_stay for one in found))


def is_covered(cause: Cause, causes: Collection[Cause]) -> bool:
    """Whether one of these causes is this one, or its rule with any value."""
    return cause in causes or (*cause[:2], None) in causes
