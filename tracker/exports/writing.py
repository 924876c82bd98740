"""Rows as the bytes of a file, batch by batch: CSV, CSV as Excel reads it, or a workbook."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tracker.exports.columns import Table
from tracker.exports.labels import Labels
from tracker.exports.workbooks import write_workbook
from tracker.models.register.exports import Format

BATCH, AS_OF = 2_000, "as_of_utc"
Cells = Iterable[Sequence[Any]]


@dataclass
class Tally:
    """The rows that were written, headers not counted."""

    rows: int = 0


@dataclass(frozen=True)
class Shape:
    """The format of a file; `folder` is where a workbook may be put together.

    `as_of` is the time as of which the rows are, in UTC: each of them says so in a last column.
    """

    format: Format = Format.CSV
    folder: Path | None = None
    as_of: str = ""


def lines(labels: Labels, table: Table, rows: sa.Select[Any], tally: Tally, shape: Shape = Shape()) -> Iterator[bytes]:
    """The bytes of one file: the header at once where the format allows it, then the rows of the select in batches."""
    return write(table.header, _cells(labels, table, rows), tally, shape)


def write(header: Sequence[str], batches: Iterable[Cells], tally: Tally, shape: Shape) -> Iterator[bytes]:
    """The bytes of a file that holds these rows."""
    if shape.as_of:
        header, batches = (*header, AS_OF), _marked(batches, shape.as_of)
    if shape.format is Format.XLSX:
        yield from _as_workbook(header, batches, tally, shape)
        return
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    yield (codecs.BOM_UTF8 if shape.format is Format.CSV_FOR_EXCEL else b"") + _drain(written)
    for batch in batches:
        writer.writerows(_counted(batch, tally))
        yield _drain(written)


def _marked(batches: Iterable[Cells], as_of: str) -> Iterator[Cells]:
    return (((*row, as_of) for row in batch) for batch in batches)


def _as_workbook(header: Sequence[str], batches: Iterable[Cells], tally: Tally, shape: Shape) -> Iterator[bytes]:
    """Nothing of a workbook can be read before its end, so its rows count with its last bytes."""
    inside, last = Tally(), b""
    rows = (row for batch in batches for row in _counted(batch, inside))
    for chunk in write_workbook(header, rows, shape.folder):
        if last:
            yield last
        last = chunk
    tally.rows += inside.rows
    yield last


def _counted(batch: Cells, tally: Tally) -> Iterator[Sequence[Any]]:
    for row in batch:
        yield row
        tally.rows += 1


def _cells(labels: Labels, table: Table, rows: sa.Select[Any]) -> Iterator[Cells]:
    with labels.connection.execute(table.select(rows), execution_options={"stream_results": True}) as found:
        for batch in _batches(found):
            yield table.cells(labels, batch)


def _batches(found: sa.CursorResult[Any]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows as the driver gives them: what is read is plain, and a million rows need not be wrapped."""
    cursor: Any = found.cursor
    batch = [tuple(row) for row in found.fetchmany(1)]  # on PostgreSQL the first one is in SQLAlchemy's hands already
    while batch:
        yield batch
        batch = cursor.fetchmany(BATCH)


def _drain(written: io.StringIO) -> bytes:
    text = written.getvalue()
    written.seek(0)
    written.truncate()
    return text.encode()
