"""How a file is to be read when nobody is there to be asked: what is named counts, what is certain is found out."""

from collections.abc import Mapping as Names
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tracker.analysis.logs.access_log import Mapping
from tracker.analysis.logs.csv_file import ENCODINGS, Dialect, preview
from tracker.audit.doors import Refused
from tracker.imports.memory import remembered
from tracker.imports.plan import Plan
from tracker.imports.reading import date_formats, looked_into, objection, proposed
from tracker.models.access.words import IdentifierKind, LogKind
from tracker.models.case.cases import Case


def written(file: Path, **given: Any) -> Dialect:
    """How the file is written; `given` are encoding, separator and header_line. Refused where that is not certain."""
    reading = looked_into(file, **given)
    if reading.encoding is None:
        shown = (f"  {name}: {' / '.join(preview(file, name, 2))}" for name in ENCODINGS[:6])
        raise Refused("\n".join(["This file is not UTF-8. Choose the encoding in which names look right:", *shown]))
    return reading


def chosen(
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
    **more: Any,
) -> Plan:
    """The plan for a file: the columns that are named, else the remembered ones of the system, else the likely ones.

    `more`: zone, enter, leave and skip of a Mapping. Refused where a column is missing, where dates can be read in two
    ways, and where the first rows show that nothing can be read.
    """
    known = remembered(case, kind, system)
    saved = Mapping(kind.value, columns) if columns else known[0] if known else None
    mapping, missing = proposed(file, reading, kind.value, saved)
    if missing:
        raise Refused(f'The file has no column "{missing[0]}". Name another column.')
    told = {name: value for name, value in more.items() if value}
    mapping = replace(mapping, fixed={**mapping.fixed, **fixed}, **told)
    mapping = replace(mapping, dates=dates or mapping.dates)
    if not mapping.dates:
        names = " or ".join(found.name for found in date_formats(file, reading, mapping))
        raise Refused(f"The dates could be read as {names}. Choose the date format.")
    if why := objection(file, mapping):
        raise Refused(why)
    return Plan(reading, mapping, identifiers or (known[1] if known else IdentifierKind.ACCOUNT))


def begun(
    case: Case, kind: LogKind, file: Path, reading: Dialect, *, fixed: Names[str, str], zone: str, system: str
) -> Plan:
    """A plan to begin with, which the account sees and changes; `undecided` says what it still lacks."""
    known = remembered(case, kind, system)
    mapping, _ = proposed(file, reading, kind.value, known[0] if known else None)
    columns = {name: names for name, names in mapping.columns.items() if name not in fixed}
    mapping = replace(mapping, columns=columns, fixed={**mapping.fixed, **fixed}, zone=zone or mapping.zone)
    return Plan(reading, mapping, known[1] if known else IdentifierKind.ACCOUNT)


def undecided(plan: Plan, file: Path) -> str | None:
    """What has to be chosen before the file can be tried; None when nothing has."""
    if plan.reading.encoding is None:
        return "Choose the encoding of the file first."
    if not plan.mapping.dates:
        return "Choose the date format. The dates can be read in two ways."
    return objection(file, plan.mapping)
