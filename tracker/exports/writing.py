"""Rows as the bytes of a CSV file, batch by batch."""

import csv
import io
from collections.abc import Iterator
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
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(table.header)
    yield _drain(written)
    with labels.connection.execute(table.select(rows), execution_options={"stream_results": True}) as found:
        for batch in _batches(found):
            writer.writerows(table.cells(labels, batch))
            tally.rows += len(batch)
            yield _drain(written)


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
