"""How a file is to be imported: what is named counts, then what its system had last, then what is certain."""

from collections.abc import Callable, Container, Sequence
from collections.abc import Mapping as Names
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa

from tracker.analysis.logs.files.csv_file import ENCODINGS, Dialect, preview
from tracker.analysis.logs.files.headers import normal
from tracker.analysis.logs.mapping import Mapping, missing_columns
from tracker.analysis.logs.meanings import guess_column
from tracker.audit.doors import Refused, housekeeping, now
from tracker.base import db
from tracker.base.text import fold
from tracker.imports.lines.look import ask_meanings, look_into
from tracker.imports.reading import inspect_file, objection, propose_mapping
from tracker.imports.systems.catalogue import mapping_for
from tracker.imports.times import how_to_answer, how_to_choose, look_at_times, open_questions
from tracker.models.access.access_logs import AccessLog, ImportMapping
from tracker.models.access.words import IdentifierKind, LogKind
from tracker.models.case.cases import Case

NEW = "new"  # the answer that somebody is none of the people who are in the case


@dataclass(frozen=True)
class Plan:
    """The way the file is written, what its columns mean, and who its people are: what `AccessLog.mapping` holds.

    `kind` is what an identifier of a new person is, unless it is an e-mail address. `people`: the folded key of
    somebody the file leaves unsure -> a pseudonym of the case, or NEW.
    """

    reading: Dialect
    mapping: Mapping
    kind: IdentifierKind = IdentifierKind.ACCOUNT
    people: Names[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        return asdict(self) | {"kind": self.kind.value}

    @classmethod
    def of(cls, log: AccessLog) -> Self:
        """The plan of a log."""
        values = log.mapping
        kind, reading = IdentifierKind(values["kind"]), Dialect.from_json(values["reading"])
        return cls(reading, Mapping.from_json(values["mapping"]), kind, values["people"])


def detect_format(file: Path, **given: Any) -> Dialect:
    """How the file is written; `given` are encoding, separator and header_line. Refused where that is not certain."""
    reading = inspect_file(file, **given)
    if reading.encoding is None:
        shown = (f"  {name}: {' / '.join(preview(file, name, 2, member=reading.member))}" for name in ENCODINGS[:6])
        first = next((note for note in reading.notes if " mixes " in note), "This file is not UTF-8.")
        raise Refused("\n".join([f"{first} Choose the encoding in which names look right:", *shown]))
    return reading


def choose_plan(
    case: Case,
    kind: LogKind,
    file: Path,
    reading: Dialect,
    *,
    columns: Names[str, Sequence[str]],
    fixed: Names[str, str],
    system: str = "",
    identifiers: IdentifierKind | None = None,
    dates: str = "",
    zone: str = "",
    rules: Callable[[Mapping], Mapping] = lambda mapping: mapping,
) -> Plan:
    """The plan for a file: the columns that are named, else those last chosen for the system, else the likely ones.

    `rules` puts rules on lines, meanings of values and answers into the mapping. Without a zone it is that of the case.
    Refused where a column is missing, where dates can be read in two ways, and where the first rows show that nothing
    can be read.
    """
    known, known_kind = find_mapping(case, kind, system, reading.header)
    saved = Mapping(kind.value, columns) if columns else known
    mapping, missing = propose_mapping(file, reading, kind.value, saved)
    if missing:
        raise Refused(f"{missing_columns(missing, reading.header, reading.header_line)} Name another column.")
    mapping = replace(mapping, fixed={**mapping.fixed, **fixed}, zone=zone or mapping.zone or case.zone)
    if not columns:
        mapping = _without(mapping, fixed.keys() - {"since"})  # a date for every line goes with a time of day
    mapping = rules(replace(mapping, dates=dates or mapping.dates))
    if not mapping.dates:
        raise Refused(how_to_choose(look_at_times(file, reading, mapping)))
    if lost := _lost_conditions(mapping, reading):
        raise Refused(lost)
    if questions := open_questions(file, reading, mapping):
        raise Refused(how_to_answer(questions))
    if asked := ask_meanings(look_into(file, reading, mapping)):
        raise Refused(f'{asked} Use --value, such as --value "COLUMN:VALUE=E4", or =leave out.')
    if why := objection(file, mapping, reading):
        raise Refused(why)
    return Plan(reading, mapping, identifiers or known_kind)


def initial_plan(
    case: Case, kind: LogKind, file: Path, reading: Dialect, *, fixed: Names[str, str], zone: str, system: str
) -> Plan:
    """A plan to begin with, which the account sees and changes; `open_choice` says what it still lacks."""
    known, known_kind = find_mapping(case, kind, system, reading.header)
    mapping, _ = propose_mapping(file, reading, kind.value, known)
    mapping = _without(mapping, fixed)
    mapping = replace(mapping, fixed={**mapping.fixed, **fixed}, zone=zone or mapping.zone or case.zone)
    if known is None and reading.encoding is not None and kind in {LogKind.ACCESS, LogKind.WHEREABOUTS}:
        mapping = _with_likely_column(file, reading, mapping)
    return Plan(reading, mapping, known_kind)


def _without(mapping: Mapping, fields: Container[str]) -> Mapping:
    """The mapping without the columns that were guessed for fields of which somebody says the value of every line."""
    return replace(mapping, columns={name: names for name, names in mapping.columns.items() if name not in fields})


def _with_likely_column(file: Path, reading: Dialect, mapping: Mapping) -> Mapping:
    """The mapping with a column of operations, or of going in and out. What its values mean is still to be chosen."""
    taken = {normal(name) for names in mapping.columns.values() for name in names}
    few = [(column.name, column.counts) for column in look_into(file, reading, mapping).columns
           if column.counts and normal(column.name) not in taken]  # fmt: skip
    field, header = guess_column(mapping.kind, few) or ("", "")
    if not field or field in {*mapping.columns, *mapping.fixed}:
        return mapping
    return replace(mapping, columns={**mapping.columns, field: [header]})


def open_choice(plan: Plan, file: Path) -> str | None:
    """What has to be chosen before the file can be checked; None when nothing has."""
    if plan.reading.encoding is None:
        return "Choose the encoding of the file first."
    if not plan.mapping.dates:
        return "Choose the date format. The dates can be read in two ways."
    if lost := _lost_conditions(plan.mapping, plan.reading):
        return lost
    if questions := open_questions(file, plan.reading, plan.mapping):
        return questions[0].text
    return ask_meanings(look_into(file, plan.reading, plan.mapping)) or objection(file, plan.mapping, plan.reading)


def _lost_conditions(mapping: Mapping, reading: Dialect) -> str | None:
    """The sentence for conditions on columns that the file does not have: without them more lines would be used."""
    there = {normal(name) for name in reading.header}
    lost = [one.column for one in mapping.where if normal(one.column) not in there]
    return missing_columns(lost, reading.header, reading.header_line) if lost else None


def find_mapping(
    case: Case, kind: LogKind, system: str, header: Sequence[str] = ()
) -> tuple[Mapping | None, IdentifierKind]:
    """The columns last chosen for files of that system in the case, and the kind of its identifiers.

    Else what is known of the system that is named, or that the header belongs to; None if that is nothing either.
    """
    row = db.session().scalar(_mapping_of(case.id, kind, system)) if system else None
    if row is None:
        return mapping_for(kind.value, header, system) or (None, IdentifierKind.ACCOUNT)
    return Mapping.from_json(row.mapping["mapping"]), IdentifierKind(row.mapping["kind"])


def save_mapping(case: Case, kind: LogKind, system: str, plan: Plan) -> None:
    """Keep the columns for the next file of that system, where it has a name."""
    if not system:
        return
    case_id = case.id
    with housekeeping() as record:
        row = record.scalar(_mapping_of(case_id, kind, system))
        if row is None:
            row = ImportMapping(case_id=case_id, kind=kind, system_folded=_folded(system))
            record.add(row)
        row.mapping, row.at = {"mapping": plan.mapping.as_json(), "kind": plan.kind.value}, now()


def _mapping_of(case_id: int, kind: LogKind, system: str) -> sa.Select[ImportMapping]:
    return sa.select(ImportMapping).where(
        ImportMapping.case_id == case_id, ImportMapping.kind == kind, ImportMapping.system_folded == _folded(system)
    )


def _folded(system: str) -> str:
    return fold(system)[:200]
