"""A distribution list: whoever is on it had access, at the level of a list (E1) or of a delivery (E2)."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tracker.analysis.identifiers.cells import split_people
from tracker.analysis.logs.files.csv_file import Dialect
from tracker.analysis.logs.suggestions import suggest
from tracker.imports.reading import inspect_file, samples

LEAST = "E1"  # whoever is on a list was not shown to have received anything
UNKNOWN = "unknown"
WHO = ("person", "identifier", "name")
_LOOKED_AT = 50


def write_recipients(text: str) -> bytes:
    """Pasted recipients as a CSV of one person a line; the cells of a pasted table stay as they are."""
    lines = [line for line in text.splitlines() if line.strip()]
    if any("\t" in line for line in lines):
        return "\n".join(lines).encode()
    return write_table(["identifier"], ([one] for line in lines for one in split_people(line)))


def write_table(header: list[str], rows: Iterable[list[str]]) -> bytes:
    """A CSV of these rows."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([header, *rows])
    return written.getvalue().encode()


def inspect_list(source: Path, **given: Any) -> Dialect:
    """How a list is written: its first line is a header only if it names a column of people."""
    reading = inspect_file(source, **given)
    if given.get("header_line") is None and not _named(reading.header):
        reading = inspect_file(source, **{**given, "header_line": 0})
    return reading


def person_columns(source: Path, reading: Dialect) -> dict[str, tuple[str, ...]]:
    """The columns that say who is on the list: those that are named so, else that of the addresses, else the first."""
    if named := _named(reading.header):
        return named
    rows = [cells for _, cells in samples(source, reading, _LOOKED_AT)]
    places = (at for at in range(len(reading.header)) if any("@" in cells[at] for cells in rows))
    return {"identifier": (reading.header[next(places, 0)],)}


def shared_facts(fixed: Mapping[str, str]) -> dict[str, str]:
    """What every record of the list says, unless it is said otherwise: the list alone is E1, at an unknown time."""
    said = {name: value for name, value in fixed.items() if value}
    return {"level": LEAST, "channel": "distribution_list", "since": UNKNOWN, **said}


def _named(header: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    columns = suggest(header).columns
    return {name: tuple(columns[name]) for name in WHO if columns.get(name)}
