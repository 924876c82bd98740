"""Rows as the bytes of a CSV file, batch by batch."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.exports.columns import Table
from tracker.exports.labels import Labels

BATCH = 2_000


@dataclass
class Tally:
    """The rows that were written, headers not counted."""

    rows: int = 0


def lines(labels: Labels, table: Table, rows: sa.Select[Any], tally: Tally) -> Iterator[bytes]:
    """The bytes of one CSV file: the header at once, then the rows of the select in batches."""
    yield from written(table.header, _read(labels, table, rows), tally)


def written(heads: Iterable[str], batches: Iterable[Collection[Sequence[Any]]], tally: Tally) -> Iterator[bytes]:
    """The bytes of one CSV file: the header at once, then each batch of rows."""
    drawn = io.StringIO(newline="")
    writer = csv.writer(drawn, quoting=csv.QUOTE_ALL)
    writer.writerow(heads)
    yield _drain(drawn)
    for batch in batches:
        writer.writerows(batch)
        tally.rows += len(batch)
        yield _drain(drawn)


def _read(labels: Labels, table: Table, rows: sa.Select[Any]) -> Iterator[list[tuple[Any, ...]]]:
    with labels.connection.execute(table.select(rows), execution_options={"stream_results": True}) as found:
        for batch in _batches(found):
            yield list(table.cells(labels, batch))


def _batches(found: sa.CursorResult[Any]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows as the driver gives them: what is read is plain, and a million rows need not be wrapped."""
    cursor: Any = found.cursor
    batch = [tuple(row) for row in found.fetchmany(1)]  # on PostgreSQL the first one is in SQLAlchemy's hands already
    while batch:
        yield batch
        batch = cursor.fetchmany(BATCH)


def _drain(drawn: io.StringIO) -> bytes:
    text = drawn.getvalue()
    drawn.seek(0)
    drawn.truncate()
    return text.encode()
