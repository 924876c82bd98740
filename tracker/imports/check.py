"""The dry run: every row of a file read and matched as it would be taken in, counted, and nothing stored."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import cast

from tracker.actions.access import recusal
from tracker.analysis.identifiers.written import identity, plain_form
from tracker.analysis.logs.access_log import Fault, Row, Tally, parse
from tracker.analysis.moments import Moment
from tracker.analysis.times import sql_text
from tracker.audit.doors import now
from tracker.base import db
from tracker.imports.effects import Effects
from tracker.imports.lists.calls import Calls
from tracker.imports.lists.people import PeopleList, match_people
from tracker.imports.materials import Ids, Materials, Missing
from tracker.imports.plan import Plan
from tracker.imports.report import SHOWN, Findings, Nobody, Report
from tracker.imports.who.matches import ALIKE, Match, Several
from tracker.imports.who.people import People
from tracker.models.access.people import pseudonym
from tracker.models.access.words import LogKind
from tracker.models.case.cases import Case

STEP = 2_000  # rows between two words of progress
PARTIAL = "The others in this line can be read. They are imported once this error is left out."
NO_MATERIAL = Ids(None, None, None)
Record = tuple[Row, Match, Ids, int]  # the last is the part of its line: the first of several people is 0
CheckedRow = Record | Fault | Nobody
Progress = Callable[[int], None]
Covered = tuple[Moment, Moment]  # since and until when a log is said to be complete


def check_rows(source: Path, plan: Plan, people: People, materials: Materials, tally: Tally) -> Iterator[CheckedRow]:
    """Each row with its person and its material, or why it cannot be taken in. Raises what `parse` raises."""
    found = _check_rows(source, plan, people, materials, tally)
    return _in_parts(found) if plan.reading.recipients else found


def _in_parts(rows: Iterator[CheckedRow]) -> Iterator[CheckedRow]:
    """The rows of a file that gives several of one line: their records are parts of that line, in the same order."""
    line = part = 0
    for one in rows:
        if isinstance(one, (Fault, Nobody)):
            yield one
        else:
            line, part = one[0].line, part + 1 if one[0].line == line else 0
            yield (*one[:3], part)


def _check_rows(source: Path, plan: Plan, people: People, materials: Materials, tally: Tally) -> Iterator[CheckedRow]:
    columns, rows = plan.mapping.columns, parse(source, plan.mapping, tally, dialect=plan.reading)
    if (matched := _match_wide(rows, plan, people)) is not None:
        yield from (one if isinstance(one, Fault) else (*one, NO_MATERIAL, 0) for one in matched)
        return
    for row in rows:
        if isinstance(row, Fault):
            yield row
            continue
        ids = materials[row[4], row[5], row[6]]
        if isinstance(ids, Missing):
            name = " + ".join(columns.get(ids.field, ())) or ids.field
            yield Fault(row.line, name, ids.value[:200], ids.reason)
        else:
            who = people[row[1], row[2], row[3]]
            if who.is_plain:
                yield row, cast(Match, who), ids, 0
            else:
                yield from _unfold(row, who, ids, people, columns)


def _match_wide(rows: Iterator[Row | Fault], plan: Plan, people: People) -> Iterator[tuple[Row, Match] | Fault] | None:
    """Rows of a list of people, or of records of calls, with their people; None for any other kind of file."""
    if isinstance(people, PeopleList):
        return match_people(rows, people)
    if plan.mapping.kind == LogKind.PRESS_CONTACTS:
        return Calls(people.case, plan, people).match(rows)
    return None


def people_of(case: Case, plan: Plan) -> People:
    """The people of the case, to match those of a file with this plan."""
    return (PeopleList if plan.mapping.kind == LogKind.PEOPLE else People)(case, plan)


def _unfold(
    row: Row, who: Match | Several, ids: Ids, people: People, columns: Mapping[str, Sequence[str]]
) -> Iterator[CheckedRow]:
    """The records of a row that names several people, or nobody, or somebody who cannot be read."""
    several = who if isinstance(who, Several) else (who,)
    plain, faulty = sum(one.is_plain for one in several), [one for one in several if one.fault]
    if len(several) > 1:
        people.shared, people.recipients = people.shared + 1, people.recipients + plain
    if faulty:  # before the records, so that whoever takes them knows of it
        people.partial += plain > 0
        yield _fault_of(row, faulty, columns, is_partial=plain > 0)
    for part, match in enumerate(several):
        if match.is_plain:
            yield row, match, ids, part
        elif not match.fault:
            yield Nobody(row.line, match.key, part == 0 and not plain and not faulty)


def _fault_of(row: Row, faulty: list[Match], columns: Mapping[str, Sequence[str]], *, is_partial: bool) -> Fault:
    """The one fault of a line in which people cannot be read; `is_partial`: others of the line can."""
    read = next((name for name in ("identifier", "person", "more_people", "name") if name in columns), "person")
    reasons = [*dict.fromkeys(one.fault for one in faulty), *([PARTIAL] if is_partial else [])]
    keys = "; ".join(one.key for one in faulty)[:200]
    return Fault(row.line, " + ".join(columns.get(read, ())) or read, keys, " ".join(reasons), is_partial)


def faulty_lines(source: Path, plan: Plan, case: Case) -> Iterator[Fault]:
    """Every line that cannot be taken in, read from the file while they are taken; the record is read before."""
    rows = check_rows(source, plan, people_of(case, plan), Materials(case, plan), Tally())
    first = [next(rows, None)]  # so that whatever is asked of the record is asked now
    return (one for one in chain(first, rows) if isinstance(one, Fault))


def check(
    source: Path, plan: Plan, case: Case, progress: Progress = lambda _: None, covers: Covered | None = None
) -> Report:
    """Try the whole file. CsvFault, MappingFault or Refused where it cannot be read or matched at all."""
    people, materials, tally, report = people_of(case, plan), Materials(case, plan), Tally(), Report()
    effects = Effects(case) if plan.mapping.kind == LogKind.ACCESS else None
    case_id = case.id
    db.session().rollback()  # nothing is read from the record meanwhile, and no snapshot of it is held
    findings = Findings(report, sql_text(now()), _bounds(covers))
    for one in check_rows(source, plan, people, materials, tally):
        if isinstance(one, Fault):
            findings.add_fault(one)
        elif isinstance(one, Nobody):
            findings.add_nobody(one)
        else:
            findings.add_row(one[0], one[1].key)
            if effects is not None:
                effects.add(*one[:3])
        if (report.rows + report.faults) % STEP == 0:
            progress(tally.lines)
    findings.close()
    missing = (named[0] for named, ids in materials.items() if isinstance(ids, Missing) and ids.field == "material")
    report.materials = list(dict.fromkeys(missing))[:SHOWN]
    for name in ("lines", "left", "open", "stays", "left_out"):
        setattr(report, name, getattr(tally, name))
    report.partial, report.stays = people.partial, report.stays + people.partial
    report.access = list((effects and effects.effect()) or ())
    _report_people(report, people, db.session().get_one(Case, case_id))
    return report


def _bounds(covers: Covered | None) -> tuple[str, str]:
    """The earliest and the latest time at which a log is said to be complete, as rows have theirs; "" for unknown."""
    since, until = (covers[0].earliest, covers[1].latest) if covers else (None, None)
    return sql_text(since) if since else "", sql_text(until) if until else ""


def _report_people(report: Report, people: People, case: Case) -> None:
    strangers = people.strangers()
    report.new, report.shared, report.recipients = len(strangers), people.shared, people.recipients
    report.same = len({match.person_id for match in people.singles() if match.person_id})
    report.newcomers = [(plain_form(one.key), one.name) for one in strangers[:SHOWN]]
    report.unsure = [
        (
            plain_form(one.key),
            one.name,
            one.why,
            [*map(pseudonym, one.candidates), *(f"{ALIKE}{key}" for key in map(plain_form, one.alike))],
        )
        for one in people.unsure_matches()[:SHOWN]
    ]
    changed_fields = [match for match in people.singles() if match.other_name and match.person_id][:SHOWN]
    report.differs = [
        (match.key, match.name, pseudonym(people.number_of[match.person_id]))
        for match in changed_fields
        if match.person_id
    ]
    report.answered = [
        (match.key, match.name, pseudonym(people.number_of[match.person_id]))
        for match in people.singles()
        if match.person_id and identity(match.key) in people.answers
    ]
    texts = {text for one in strangers for text in one.marks.values()}
    recused = recusal.would_recuse(case, texts, {one.name for one in strangers})
    report.recused = [f"{account.name} ({near.label})" if (near := pairs[0][2]) else account.name
                      for account, pairs in recused.items()]  # fmt: skip
    able = recusal.able_settlers(case)
    if able and able <= {account.id for account in recused}:
        report.shut_out = [
            (account.uid, account.name, mine, theirs, near.label if near else "the same")
            for account, pairs in recused.items() if account.id in able for mine, theirs, near in pairs
        ]  # fmt: skip
