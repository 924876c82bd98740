"""What a dry run found, in numbers and examples: kept with the log as JSON, and shown by the page and the command."""

from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple, Self

from tracker.analysis.identifiers.written import plain_form
from tracker.analysis.logs.rows import Fault, Problem, Problems, Row, by_rule
from tracker.analysis.logs.times.quick import When
from tracker.analysis.moments import Moment, from_sql_text


class Nobody(NamedTuple):
    """An account of a line that names nobody: no record is made of it.

    `is_whole`: the line gives no record at all; said of one of its accounts.
    """

    line: int
    key: str
    is_whole: bool = True


LISTED, SHOWN, FIRST = 1_000, 200, 5  # faults, people, rows
LEAST = "E0"  # a row that names no level claims the least


@dataclass
class Report:
    """What a dry run found: of the file's rows under the header, lines = rows + faults + left_out + left - stays.

    A line that names several people gives a row for each: `recipients` rows of `shared` lines. `partial` lines have an
    error in some of their people and give rows for the others: they are `stays`. A line whose account
    names nobody gives none: `nobody` counts them by key, with the first line, and `nameless` the lines that give no
    record for this reason. `shut_out`, where the import would leave nobody able to settle a recusal: uid and name of
    each account, its identifier, that of the person, how alike.

    `first` shows the first rows as line, key, material or place, from, until and note; `problems` are the faults
    grouped by their cause; `listed` holds the first thousand of them as line, column, value and reason; `unsure` people
    as key, name, reason and pseudonyms; `differs` as key, name in the file and pseudonym, `answered` the same of those
    whom somebody settled as the same; `recused` names of members of the case; `left_out`: a rule of the mapping in
    words -> how many lines it leaves out; `future` counts rows later than the check, `outside` those that lie outside
    the time for which the log is said to be complete; `access` is the effect on who had access, where it is open.
    """

    lines: int = 0
    rows: int = 0
    faults: int = 0
    repeats: int = 0
    left: int = 0
    open: int = 0
    stays: int = 0
    partial: int = 0
    future: int = 0
    outside: int = 0
    nameless: int = 0
    same: int = 0
    new: int = 0
    shared: int = 0
    recipients: int = 0
    earliest: str = ""
    latest: str = ""
    first: list[tuple[int, str, str, str, str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    listed: list[tuple[int, str, str, str]] = field(default_factory=list)
    newcomers: list[tuple[str, str]] = field(default_factory=list)
    unsure: list[tuple[str, str, str, list[str]]] = field(default_factory=list)
    differs: list[tuple[str, str, str]] = field(default_factory=list)
    answered: list[tuple[str, str, str]] = field(default_factory=list)
    materials: list[str] = field(default_factory=list)
    recused: list[str] = field(default_factory=list)
    shut_out: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    access: list[Any] = field(default_factory=list)
    nobody: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Problems come back from JSON as lists."""
        self.problems = [Problem(*one) for one in self.problems]

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The report of `as_json`; an empty one where there was no dry run."""
        return cls(**values)

    @property
    def rules(self) -> list[tuple[Problem, list[Problem]]]:
        """The problems by their rule: each as one, and its values."""
        return by_rule(self.problems)

    @property
    def ruled_out(self) -> int:
        """The lines that rules of the mapping leave out."""
        return sum(self.left_out.values())

    @property
    def unread(self) -> int:
        """The lines that give no record because of an error."""
        return self.faults - self.stays

    @property
    def read(self) -> int:
        """The lines that give records."""
        return self.lines - self.ruled_out - self.unread - self.left - self.nameless

    @property
    def nobody_rows(self) -> int:
        """How often an account of the file names nobody."""
        return sum(count for count, _ in self.nobody.values())


class Findings:
    """Counts rows and faults into a report, one after the other."""

    def __init__(self, report: Report, now: str, covers: tuple[str, str]) -> None:
        self.report, self.problems, self.now = report, Problems(), now
        self.since, self.until = covers[0], covers[1] or "9999"

    def add_fault(self, fault: Fault) -> None:
        """One line with an error."""
        self.report.faults += 1
        self.problems.add(fault)
        if len(self.report.listed) < LISTED:
            self.report.listed.append((fault.line, fault.column, fault.value, fault.reason))

    def add_nobody(self, one: Nobody) -> None:
        """One account that names nobody; the first two hundred accounts are told apart."""
        key = one.key if one.key in self.report.nobody or len(self.report.nobody) < SHOWN else "..."
        count, first = self.report.nobody.get(key, (0, one.line))
        self.report.nobody[key] = count + 1, first
        self.report.nameless += one.is_whole

    def add_row(self, row: Row, key: str) -> None:
        """One row that can be imported."""
        report, (begins, ends) = self.report, row.since[:2]
        report.rows += 1
        report.repeats += row.repeat_of is not None
        if begins and ends:
            report.earliest = min(report.earliest or begins, begins)
            report.latest = max(report.latest, ends)
            report.future += begins > self.now
            report.outside += ends < self.since or begins > self.until
        if len(report.first) < FIRST:
            report.first.append(_preview(row, plain_form(key)))

    def close(self) -> None:
        """After the last line."""
        self.report.problems = self.problems.found()


def _preview(row: Row, key: str) -> tuple[int, str, str, str, str, str]:
    since = moment_of(row.since)
    told = f"{since.words} ({since.local_words})" if since.local_words else since.words
    return row.line, key, row.material or row.place, told, moment_of(row.until).words, row.note[:80]


def moment_of(when: When) -> Moment:
    """The time of a row as a value of the record."""
    first, last = (from_sql_text(bound) if bound else None for bound in when[:2])
    return Moment.of(first, last, when[2], when[3])
