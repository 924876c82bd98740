"""From a log of people going in and out to intervals: an entering and the next leaving of the same person there.

What does not fit is reported with its line and its person; nothing is mended by a guess. Who enters where they are
inside already has left at a time that nobody knows: that stay is a row without an end, and another one begins.
"""

from collections.abc import Iterator

from tracker.analysis.logs.conditions import folded
from tracker.analysis.logs.files.csv_file import Lines
from tracker.analysis.logs.row_reader import RowReader
from tracker.analysis.logs.rows import Fault, Row
from tracker.analysis.logs.times.readers import UNKNOWN


def pair(lines: Lines, reader: RowReader) -> Iterator[Row | Fault]:
    """Rows of whole intervals, then those never left, whose `until` is unknown; faults where they happen."""
    tally = reader.tally
    does = {folded(value): act for value, act in reader.mapping.values["event"].items()}
    inside: dict[tuple[str, str, str], Row] = {}
    for line, cells in lines:
        tally.lines += 1
        fitted = reader.fit(line, cells)
        if isinstance(fitted, Fault):
            yield fitted
            continue
        event = reader.cell(fitted, "event")
        act = does.get(folded(event))
        row = reader.read(line, fitted) if act else reader.refuse(line, "event", event, _UNNAMED)
        if isinstance(row, Fault):
            yield row
        elif act == "enter":
            yield from _enter(inside, row, event, reader)
        else:
            yield _leave(inside, row, event, reader)
    tally.open += len(inside)
    yield from sorted(inside.values())


_UNNAMED = "Choose whether this value means going in, going out, or a line to leave out."
_ENTERED_AGAIN = "An entry follows another entry, with no exit between. The end of the first stay is unknown."
_NO_ENTRY = "An exit has no entry before it."
_BEFORE_ENTRY = "An exit is before its entry."


def _key(row: Row) -> tuple[str, str, str]:
    return row.person_key, row.place, row.material


def _enter(inside: dict[tuple[str, str, str], Row], row: Row, event: str, reader: RowReader) -> Iterator[Row | Fault]:
    """Begin a stay; one that has not ended is given out with an unknown end, and the second entry is reported."""
    before = inside.get(_key(row))
    inside[_key(row)] = row._replace(until=UNKNOWN)
    if before is not None:
        reader.tally.open += 1
        reader.tally.stays += 1
        yield before
        entered = f"{row.person_key} entered in line {before.line} too, with no exit since."
        reason = f"{entered} The end of the first stay is unknown."
        fault = reader.refuse(row.line, "event", event, reason, _ENTERED_AGAIN)
        yield fault._replace(is_stay=True)


def _leave(inside: dict[tuple[str, str, str], Row], row: Row, event: str, reader: RowReader) -> Row | Fault:
    entry, who = inside.get(_key(row)), row.person_key
    if entry is None:
        return reader.refuse(row.line, "event", event, f"This exit of {who} has no entry before it.", _NO_ENTRY)
    if row.since[1] and entry.since[0] and row.since[1] < entry.since[0]:
        reason = f"This exit of {who} is before the entry in line {entry.line}."
        return reader.refuse(row.line, "since", row.since[1], reason, _BEFORE_ENTRY)
    del inside[_key(row)]
    reader.tally.left += 1
    return entry._replace(until=row.since, until_line=row.line)
