"""What was found in a file, in sentences for whoever checks it."""

from collections.abc import Iterator, Sequence

from tracker.analysis.logs.files.sources.json_tables import MOST_FIELDS
from tracker.analysis.logs.files.tables import Table
from tracker.base.text import counted

_SHOWN = 6


def table_notes(
    tables: Sequence[Table], table: Table, names: Sequence[str], fields: Sequence[str], found: tuple[str, str]
) -> Iterator[str]:
    """On the table that is read: where it is, and what is left out of it or filled in.

    `found`: the column with recipients and outcomes, and the zone that the lines above say; empty where there is none.
    """
    at, (recipients, zone) = tables.index(table), found
    yield _place(tables, at)
    if len(tables) > 1:
        yield f"The file has {len(tables)} tables. Table {at + 1} is read."
    if table.repeats:
        yield f"The header comes again in {counted(table.repeats, 'line')}, left out."
    if table.comments:
        comments = counted(table.comments, "line")
        yield f'Comments: {comments} with "#" at the start, left out.'
    if table.short:
        yield f"{counted(table.short, 'line')} with fewer cells than the header. The missing cells count as empty."
    if table.is_named and (told := [name for name in names if name.startswith("column ") or "(column " in name]):
        yield f"Named by their position: {', '.join(told[:_SHOWN])}{' and more' if len(told) > _SHOWN else ''}."
    if fields:
        yield f"The fields in JSON cells are columns too, such as {fields[0]}."
    if len(fields) > MOST_FIELDS:
        yield f"The JSON cells have more than {MOST_FIELDS} fields. The first {MOST_FIELDS} of them are columns."
    if zone:
        yield f"The lines above the table say that the time zone is {zone}."
    if recipients:
        yield f"If recipients are read from the column {recipients}, each of them counts as a line."


def _place(tables: Sequence[Table], at: int) -> str:
    table = tables[at]
    before = table.before + sum(map(_rows, tables[:at]))
    after = table.after + sum(map(_rows, tables[at + 1 :]))
    where = f"Header in line {table.line}" if table.is_named else f"No header; the first row is in line {table.line}"
    counts = (("before", before), ("after", after))
    around = " and ".join(f"{counted(count, 'line')} {word}" for word, count in counts if count)
    return f"{where}; left out: {around} the table." if around else f"{where}."


def _rows(table: Table) -> int:
    return table.before + table.is_named + table.rows + table.after + table.comments + table.repeats
