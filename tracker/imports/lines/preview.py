"""The first lines of a file as they will be read: who, when, what, and why a line is left out or cannot be read."""

from dataclasses import dataclass, replace
from pathlib import Path

from tracker.analysis.logs.access_log import CsvFault, Fault, MappingFault, Tally
from tracker.analysis.moments import Moment
from tracker.audit.doors import Refused
from tracker.imports.check import CheckedRow, check_rows, people_of
from tracker.imports.lines.look import Look
from tracker.imports.materials import Materials
from tracker.imports.plan import Plan
from tracker.imports.report import Nobody, moment_of
from tracker.imports.who.people import People
from tracker.models.access.people import pseudonym
from tracker.models.case.cases import Case


@dataclass
class Line:
    """One line: what it will give, or why it gives nothing. `state` is read, new, unsure, left out or fault.

    `when` is the time as the file has it, of a line that is left out and so was not read.
    """

    number: int
    state: str
    why: str = ""
    since: Moment | None = None
    person: str = ""
    known: str = ""
    level: str = ""
    about: str = ""
    when: str = ""


def preview_lines(source: Path, plan: Plan, case: Case, look: Look) -> tuple[list[Line], str]:
    """The lines that a look shows, as they will be read; and why none can be read, if so."""
    single = _each_for_itself(plan)
    people = people_of(case, single)
    left_out = [_left_out(line, cells, why, plan) for line, cells, why in look.shown if why]
    ruled_out = {line for line, _, why in look.shown if why} - {line for line, _, why in look.shown if not why}
    several = {line.number for line in left_out} - ruled_out  # lines of which only some recipients are left out
    last, found = max((line for line, *_ in look.shown), default=0), []
    try:
        for one in check_rows(source, single, people, Materials(case, single), Tally()):
            line = _read_line(one, people)
            if line.number > last:
                break
            if line.number not in ruled_out and not (line.number in several and line.state == "fault"):
                found.append(line)
    except (MappingFault, CsvFault, Refused) as refusal:
        return [], str(refusal)
    return sorted([*left_out, *found], key=lambda line: line.number), ""


def _each_for_itself(plan: Plan) -> Plan:
    """The plan without rules, so that the next line is found at once, and with an entry and its exit each a row."""
    mapping = plan.mapping
    columns = {field: names for field, names in mapping.columns.items() if field != "event"}
    values = {field: {value: word for value, word in said.items() if word} for field, said in mapping.values.items()}
    return replace(plan, mapping=replace(mapping, columns=columns, values=values, where=()))


def _left_out(number: int, cells: list[str], why: str, plan: Plan) -> Line:
    """A line that a rule leaves out, with its cells as the file has them."""
    named = dict(zip(plan.reading.header, map(str.strip, cells), strict=False))

    def told(*fields: str) -> str:
        names = next((plan.mapping.columns[field] for field in fields if field in plan.mapping.columns), ())
        return " ".join(named.get(name, "") for name in names)

    person, about = told("person", "identifier", "name"), told("material", "place")
    return Line(number, "left out", why, person=person, about=about, when=told("since", "since_utc", "since_local"))


def _read_line(one: CheckedRow, people: People) -> Line:
    if isinstance(one, Fault):
        return Line(one.line, "fault", f"{one.column}: {one.reason}" if one.column else one.reason)
    if isinstance(one, Nobody):
        return Line(one.line, "left out", f"{one.key} names nobody")
    row, match, *_ = one
    state = "unsure" if match.why else "new" if match.newcomer else "read"
    known = pseudonym(people.number_of[match.person_id]) if match.person_id else ""
    about = " ".join(filter(None, (row.material, row.version, row.copy))) or row.place
    return Line(row.line, state, match.why, moment_of(row.since), match.key, known, row.level, about)
