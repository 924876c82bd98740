"""The dry run: every row of a file read and matched as it would be taken in, counted, and nothing stored."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from tracker.actions.access import recusal
from tracker.analysis.logs.access_log import Fault, Row, Tally, parse
from tracker.analysis.logs.times.readers import When
from tracker.analysis.moments import Moment, from_sql_text
from tracker.base import db
from tracker.base.text import fold
from tracker.imports.materials import Ids, Materials, Missing
from tracker.imports.people import Match, People
from tracker.imports.plan import Plan
from tracker.models.access.people import pseudonym
from tracker.models.case.cases import Case

LISTED, SHOWN, STEP = 1_000, 200, 2_000  # faults, people, and rows between two words of progress
CheckedRow = tuple[Row, Match, Ids] | Fault
Progress = Callable[[int], None]


@dataclass
class Report:
    """What a dry run found: of the file's rows under the header, lines = rows + faults + skipped + left - stays.

    `first` shows the first rows as line, key, material or place, from, until and note;
    `listed` holds the first thousand faults as line, column, value and reason; `unsure` people as key, name, reason
    and pseudonyms; `differs` as key, name in the file and pseudonym,
    `answered` the same of those whom somebody settled as the same; `recused` names of members of the case.
    """

    lines: int = 0
    rows: int = 0
    faults: int = 0
    repeats: int = 0
    skipped: int = 0
    left: int = 0
    open: int = 0
    stays: int = 0
    same: int = 0
    new: int = 0
    first: list[tuple[int, str, str, str, str, str]] = field(default_factory=list)
    listed: list[tuple[int, str, str, str]] = field(default_factory=list)
    newcomers: list[tuple[str, str]] = field(default_factory=list)
    unsure: list[tuple[str, str, str, list[str]]] = field(default_factory=list)
    differs: list[tuple[str, str, str]] = field(default_factory=list)
    answered: list[tuple[str, str, str]] = field(default_factory=list)
    materials: list[str] = field(default_factory=list)
    recused: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The report of `as_json`; an empty one where there was no dry run."""
        return cls(**values)

    @property
    def faulty(self) -> list[int]:
        """The lines that are refused, as far as they are listed."""
        return sorted({line for line, *_ in self.listed})


def check_rows(source: Path, plan: Plan, people: People, materials: Materials, tally: Tally) -> Iterator[CheckedRow]:
    """Each row with its person and its material, or why it cannot be taken in. Raises what `parse` raises."""
    columns = plan.mapping.columns
    for row in parse(source, plan.mapping, tally):
        if isinstance(row, Fault):
            yield row
            continue
        ids = materials[row[4], row[5], row[6]]
        if isinstance(ids, Missing):
            name = " + ".join(columns.get(ids.field, ())) or ids.field
            yield Fault(row.line, name, ids.value[:200], ids.reason)
        else:
            yield row, people[row[1], row[2], row[3]], ids


def check(source: Path, plan: Plan, case: Case, progress: Progress = lambda _: None) -> Report:
    """Try the whole file. CsvFault, MappingFault or Refused where it cannot be read or matched at all."""
    people, materials, tally, report = People(case, plan), Materials(case), Tally(), Report()
    case_id = case.id
    db.session().rollback()  # nothing is read from the record meanwhile, and no snapshot of it is held
    missing: dict[str, None] = {}
    for one in check_rows(source, plan, people, materials, tally):
        if isinstance(one, Fault):
            report.faults += 1
            if len(report.listed) < LISTED:
                report.listed.append((one.line, one.column, one.value, one.reason))
        else:
            report.rows += 1
            report.repeats += one[0].repeat_of is not None
            if len(report.first) < 5:
                report.first.append(_preview(one[0]))
        if (report.rows + report.faults) % STEP == 0:
            progress(tally.lines)
    for named, ids in materials.items():
        if isinstance(ids, Missing) and ids.field == "material" and len(missing) < SHOWN:
            missing[named[0]] = None
    report.materials = list(missing)
    for name in ("lines", "skipped", "left", "open", "stays"):
        setattr(report, name, getattr(tally, name))
    _report_people(report, people, db.session().get_one(Case, case_id))
    return report


def _preview(row: Row) -> tuple[int, str, str, str, str, str]:
    since = _moment(row.since)
    told = f"{since.words} ({since.local_words})" if since.local_words else since.words
    return row.line, row.person_key, row.material or row.place, told, _moment(row.until).words, row.note[:80]


def _moment(when: When) -> Moment:
    first, last = (from_sql_text(bound) if bound else None for bound in when[:2])
    return Moment.of(first, last, when[2], when[3])


def _report_people(report: Report, people: People, case: Case) -> None:
    strangers = people.strangers()
    report.new = len(strangers)
    report.same = len({match.person_id for match in people.values() if match.person_id})
    report.newcomers = [(one.key, one.name) for one in strangers[:SHOWN]]
    report.unsure = [
        (one.key, one.name, one.why, [pseudonym(number) for number in one.candidates])
        for one in people.unsure_matches()[:SHOWN]
    ]
    changed_fields = [match for match in people.values() if match.other_name and match.person_id][:SHOWN]
    report.differs = [
        (match.key, match.name, pseudonym(people.number_of[match.person_id]))
        for match in changed_fields
        if match.person_id
    ]
    report.answered = [
        (match.key, match.name, pseudonym(people.number_of[match.person_id]))
        for match in people.values()
        if match.person_id and fold(match.key) in people.answers
    ]
    marks = {mark for one in strangers for mark in one.marks}
    report.recused = [account.name for account in recusal.would_recuse(case, marks)]
