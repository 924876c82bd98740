"""What the reading of an access log gives: rows, faults, and the count of everything else."""

from dataclasses import dataclass
from typing import NamedTuple

from tracker.analysis.logs.times.readers import When


class Row(NamedTuple):
    """One occurrence. Empty text where the file says nothing; `until` is then unknown.

    `person_key` is the person, else the identifier, else the name. `line` is where the row begins in the file (from 1),
    `until_line` that of the leaving for a log of entering and leaving, `repeat_of` the first line with the same cells.
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


class Fault(NamedTuple):
    """A line that is refused: the header of the column (empty for the whole row), what stands there, and why not.

    `is_stay`: the line is reported, and is a row all the same, which comes later: the second entry of somebody inside.
    """

    line: int
    column: str
    value: str
    reason: str
    is_stay: bool = False


@dataclass(slots=True)
class Tally:
    """Counts that grow while a log is read: lines = rows + faults + skipped + left - stays.

    `lines` are rows of the file under the header; `skipped` those whose event the mapping skips; `left` those that
    ended the row of an entering; `open` are rows whose leaving never came; `stays` faults that are rows too.
    """

    lines: int = 0
    skipped: int = 0
    left: int = 0
    open: int = 0
    stays: int = 0
