"""An access log: from the path of a CSV file to rows and faults, each with its line; every data line is one of them."""

from collections.abc import Iterator
from pathlib import Path

from tracker.analysis.logs.files.csv_file import CsvFault, Dialect, Lines, open_table
from tracker.analysis.logs.files.headers import missing_columns
from tracker.analysis.logs.intervals import pair
from tracker.analysis.logs.mapping import CHANNELS, FIELDS, LEVELS, Mapping, MappingFault, match_mapping
from tracker.analysis.logs.row_reader import RowReader
from tracker.analysis.logs.rows import Fault, Row, Tally
from tracker.analysis.logs.suggestions import suggest

__all__ = ["CHANNELS", "FIELDS", "LEVELS", "CsvFault", "Fault", "Mapping", "MappingFault", "Row", "Tally",
           "match_mapping", "parse", "suggest"]  # fmt: skip


_PLAIN = Dialect()


def parse(
    path: Path, mapping: Mapping, tally: Tally | None = None, *, dialect: Dialect = _PLAIN
) -> Iterator[Row | Fault]:
    """The rows and faults of a file in its order; the file is read while they are taken. `dialect`: how it is written.

    MappingFault for a mapping that cannot be used on it. CsvFault for a file that cannot be read, also in the midst of
    it: then nothing that came before may be kept. `tally` is counted up on the way.
    """
    mapping.check()
    header, lines = open_table(path, dialect)
    mapping, missing = match_mapping(mapping, header)
    if missing:
        lost = [name for names in missing.values() for name in names]
        raise MappingFault(missing_columns(lost, header, dialect.header_line))
    reader = RowReader(mapping, header, tally or Tally())
    return pair(lines, reader) if "event" in mapping.columns else _single(lines, reader)


def _single(lines: Lines, reader: RowReader) -> Iterator[Row | Fault]:
    tally, read_row = reader.tally, reader.read
    for line, cells in lines:
        tally.lines += 1
        yield read_row(line, cells)
