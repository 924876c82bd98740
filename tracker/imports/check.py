"""The dry run: every row of a file read and matched as it would be taken in, counted, and nothing stored."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tracker.actions.access import recusal
from tracker.analysis.logs.access_log import Fault, Row, Tally, parse
from tracker.analysis.moments import Moment
from tracker.analysis.times import sql_text
from tracker.audit.doors import now
from tracker.base import db
from tracker.base.text import fold
from tracker.imports.materials import Ids, Materials, Missing
from tracker.imports.people import Match, People
from tracker.imports.plan import Plan
from tracker.imports.report import SHOWN, Findings, Report
from tracker.models.access.people import pseudonym
from tracker.models.case.cases import Case

STEP = 2_000  # rows between two words of progress
CheckedRow = tuple[Row, Match, Ids] | Fault
Progress = Callable[[int], None]
Covered = tuple[Moment, Moment]  # since and until when a log is said to be complete


def check_rows(source: Path, plan: Plan, people: People, materials: Materials, tally: Tally) -> Iterator[CheckedRow]:
    """Each row with its person and its material, or why it cannot be taken in. Raises what `parse` raises."""
    columns = plan.mapping.columns
    for row in parse(source, plan.mapping, tally, dialect=plan.reading):
        if isinstance(row, Fault):
            yield row
            continue
        ids = materials[row[4], row[5], row[6]]
        if isinstance(ids, Missing):
            name = " + ".join(columns.get(ids.field, ())) or ids.field
            yield Fault(row.line, name, ids.value[:200], ids.reason)
        else:
            yield row, people[row[1], row[2], row[3]], ids


def check(
    source: Path, plan: Plan, case: Case, progress: Progress = lambda _: None, covers: Covered | None = None
) -> Report:
    """Try the whole file. CsvFault, MappingFault or Refused where it cannot be read or matched at all."""
    people, materials, tally, report = People(case, plan), Materials(case, plan), Tally(), Report()
    case_id = case.id
    db.session().rollback()  # nothing is read from the record meanwhile, and no snapshot of it is held
    findings = Findings(report, sql_text(now()), _bounds(covers))
    for one in check_rows(source, plan, people, materials, tally):
        if isinstance(one, Fault):
            findings.add_fault(one)
        else:
            findings.add_row(one[0])
        if (report.rows + report.faults) % STEP == 0:
            progress(tally.lines)
    findings.close()
    missing = (named[0] for named, ids in materials.items() if isinstance(ids, Missing) and ids.field == "material")
    report.materials = list(dict.fromkeys(missing))[:SHOWN]
    for name in ("lines", "left", "open", "stays", "left_out"):
        setattr(report, name, getattr(tally, name))
    _report_people(report, people, db.session().get_one(Case, case_id))
    return report


def _bounds(covers: Covered | None) -> tuple[str, str]:
    """The earliest and the latest time at which a log is said to be complete, as rows have theirs; "" for unknown."""
    since, until = (covers[0].earliest, covers[1].latest) if covers else (None, None)
    return sql_text(since) if since else "", sql_text(until) if until else ""


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
