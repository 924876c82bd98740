"""Rows of the kinds of file that say more than who, when and where: lists of people, and records of calls."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.analysis.cells import unguard
from tracker.analysis.logs.files.csv_file import Lines
from tracker.analysis.logs.files.headers import normal, positions
from tracker.analysis.logs.mapping import Mapping
from tracker.analysis.logs.row_reader import RowReader
from tracker.analysis.logs.rows import Fault, Row

MORE = {
    "people": ("post", "unit", "involvement"),
    "press_contacts": ("minutes", "medium", "basis", "content_known", "content", "explanation"),
}


def narrow(mapping: Mapping) -> Mapping:
    """The mapping of what every row has; the other party of a call stands in the place of a place."""
    further = MORE[mapping.kind]
    columns = {name: names for name, names in mapping.columns.items() if name not in further}
    fixed = {name: value for name, value in mapping.fixed.items() if name not in further}
    if "with_whom" in columns:
        columns["place"] = columns.pop("with_whom")
    if "with_whom" in fixed:
        fixed["place"] = fixed.pop("with_whom")
    if mapping.kind == "people":
        fixed["place"] = "-"
    return replace(mapping, columns=columns, fixed=fixed)


def read_wide(lines: Lines, reader: RowReader, mapping: Mapping, header: Sequence[str]) -> Iterator[Row | Fault]:
    """Each row with its further texts, in the order of MORE; `reader` reads by the mapping that `narrow` gives."""
    at = positions(header)
    further = [([at[normal(one)] for one in mapping.columns.get(name, ())], mapping.fixed.get(name, ""))
               for name in MORE[mapping.kind]]  # fmt: skip
    for line, cells in lines:
        reader.tally.lines += 1
        row = reader.read(line, list(cells))
        if isinstance(row, Row):
            texts = (" ".join(unguard(cells[one].strip()) for one in places) or fixed for places, fixed in further)
            row = row._replace(more=tuple(texts))
        yield row
