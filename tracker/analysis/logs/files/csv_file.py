"""A file as somebody hands it in: how it is written, found out where that is certain and asked where not.

`sniff` says how, `open_table` gives its rows: of CSV, JSON, workbooks, logs of lines, messages and calendars alike.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, dropwhile, islice, takewhile
from pathlib import Path
from typing import Any

from tracker.analysis.logs.files import encodings
from tracker.analysis.logs.files.csv_faults import CsvFault, Unreadable, fit, ragged
from tracker.analysis.logs.files.csv_rows import read
from tracker.analysis.logs.files.csv_ways import ways
from tracker.analysis.logs.files.dialects import CALENDAR, CSV, JSON, MAIL, PATTERN, SEPARATORS, WORKBOOK, Dialect
from tracker.analysis.logs.files.encodings import ENCODINGS, MIXED, find_encoding, is_padded
from tracker.analysis.logs.files.headers import header_names, recipient_fields
from tracker.analysis.logs.files.kinds import find_kind
from tracker.analysis.logs.files.notes import table_notes
from tracker.analysis.logs.files.packed import unpack
from tracker.analysis.logs.files.row_kinds import is_comment, is_repeated
from tracker.analysis.logs.files.sources import calendars, json_tables, mails, patterns
from tracker.analysis.logs.files.sources.json_tables import MOST_FIELDS
from tracker.analysis.logs.files.sources.recipient_cells import recipients_column, with_recipients
from tracker.analysis.logs.files.sources.workbooks import read_sheet
from tracker.analysis.logs.files.tables import Table, find_tables
from tracker.analysis.logs.times.zone_words import zone_above
from tracker.base.text import counted

__all__ = ["ENCODINGS", "MIXED", "SEPARATORS", "CsvFault", "Dialect", "Lines", "fit", "open_table", "preview", "ragged",
           "sniff"]  # fmt: skip

ANY_BYTES = "iso8859-15"  # reads every byte: for a look at a file whose encoding nobody has told yet
Lines = Iterator[tuple[int, list[str]]]
_ABOVE = 50  # lines that are asked for their time zone
_NO_ROWS = "The file has a header but no other lines."


def sniff(path: Path, **given: Any) -> Dialect:
    """How the file is written, keeping to what is given; None means that it is to be found out.

    `given`: encoding, separator, quote, escape, header_line, last_line, table (its number), sheet, member, pattern.
    CsvFault for what cannot be a table of at least one row.
    """
    given = {name: value for name, value in given.items() if value is not None}
    chosen = tuple(sorted(given))
    source, member, members = unpack(path, given.pop("member", ""))
    kind = PATTERN if given.get("pattern") else find_kind(source)
    found = _SNIFFERS[kind](source, given)
    return replace(found, member=member, members=members, chosen=chosen)


def _sniff_csv(source: Path, given: dict[str, Any]) -> Dialect:
    encoding, note = find_encoding(source, given.get("encoding"))
    codec = encoding or ANY_BYTES
    if not {"pattern", "separator", "header_line"} & set(given) and (pattern := patterns.find_pattern(source, codec)):
        return _sniff_pattern(source, {**given, "pattern": pattern})
    notes = [note] if note else []
    if is_padded(source):
        notes.append("The end of the file is filled up with NUL or ^Z. It is left out.")
    signs: dict[str, Any] = {name: given[name] for name in ("separator", "quote", "escape") if name in given}
    fault: CsvFault | None = None
    try:
        for dialect in ways(source, Dialect(codec, notes=tuple(notes)), signs):
            try:
                return replace(_describe(partial(read, source, dialect), dialect, given), encoding=encoding)
            except CsvFault as one:
                fault = fault or one
                if not one.is_quoting:
                    break
    except CsvFault as one:
        raise fault or one from None
    raise fault or CsvFault(None, None, "The file is empty.")


def _sniff_workbook(source: Path, given: dict[str, Any]) -> Dialect:
    sheet, sheets, rows = read_sheet(source, given.get("sheet", ""))
    notes = (f'The sheet "{sheet}" is read. The workbook has {len(sheets)} sheets.',) if len(sheets) > 1 else ()
    dialect = Dialect(sheet=sheet, sheets=sheets if len(sheets) > 1 else (), kind=WORKBOOK, notes=notes)
    passes = chain([rows], (read_sheet(source, sheet)[2] for _ in "again"))
    return _describe(passes.__next__, dialect, given)


def _sniff_json(source: Path, given: dict[str, Any]) -> Dialect:
    encoding = given.get("encoding") or find_encoding(source, None)[0] or ANY_BYTES
    header, lines, unread = json_tables.survey(source, encoding)
    return Dialect(encoding, header=header, kind=JSON, header_line=0, lines=lines, notes=_unread_note(unread))


def _sniff_pattern(source: Path, given: dict[str, Any]) -> Dialect:
    encoding, note = find_encoding(source, given.get("encoding"))
    pattern = patterns.PATTERNS.get(given["pattern"], given["pattern"])
    header = patterns.names_of(source, encoding or ANY_BYTES, pattern)
    found = Dialect(encoding or ANY_BYTES, header=header, pattern=pattern, kind=PATTERN, notes=(note,) if note else (),
                    last_line=given.get("last_line", 0))  # fmt: skip
    return replace(_self_named(source, found), encoding=encoding)


def _sniff_mail(source: Path, _: dict[str, Any]) -> Dialect:
    return _self_named(source, Dialect(header=mails.HEADER, kind=MAIL))


def _sniff_calendar(source: Path, given: dict[str, Any]) -> Dialect:
    encoding = given.get("encoding") or find_encoding(source, None)[0] or ANY_BYTES
    return _self_named(source, Dialect(encoding, header=calendars.HEADER, kind=CALENDAR))


def _self_named(source: Path, dialect: Dialect) -> Dialect:
    """A dialect whose columns the kind of file names, with the number of its rows. CsvFault for none."""
    count = unread = 0
    for _, cells in _READERS[dialect.kind](source, dialect):
        count += 1
        unread += isinstance(cells, Unreadable)
    if not count:
        raise CsvFault(None, None, "The file has no records.")
    return replace(dialect, header_line=0, lines=count, notes=(*dialect.notes, *_unread_note(unread)))


def _unread_note(unread: int) -> tuple[str, ...]:
    return (f"{counted(unread, 'line')} cannot be read in this way.",) if unread else ()


def _describe(read_rows: Callable[[], Lines], dialect: Dialect, given: dict[str, Any]) -> Dialect:
    """The dialect with the table that is in these rows, and what was found around it."""
    rows = read_rows()
    header_line, number = given.get("header_line"), given.get("table", 0)
    is_named = None if header_line is None else header_line > 0
    if header_line:
        rows = _from_line(rows, header_line)
    tables = find_tables(rows, is_named=is_named)
    if number > len(tables):
        raise CsvFault(None, None, f"The file has no table {number}. It has {len(tables)}.")
    table = tables[number - 1] if number else tables[0] if header_line else max(tables, key=_size)
    if not table.rows:
        raise CsvFault(table.line if table.is_named else None, None, _NO_ROWS)
    names = header_names(table.cells if table.is_named else (), table.wide)
    ends = given.get("last_line")
    end = (f"The table ends in line {ends}, as chosen.",) if ends else ()
    fields = _json_fields(names, table, read_rows)
    zone = zone_above(cells for _, cells in takewhile(lambda row: row[0] < tables[0].line, islice(read_rows(), _ABOVE)))
    recipients = recipients_column(names, (cells for _, cells in table.sample))
    return replace(
        dialect,
        header_line=table.line if table.is_named else 0,
        first_line=0 if table.is_named else table.line,
        last_line=given.get("last_line", table.last),
        header=(*names, *fields[:MOST_FIELDS], *recipient_fields(recipients)),
        cells=len(names),
        json_fields=fields[:MOST_FIELDS],
        recipients=recipients,
        zone=zone,
        lines=table.rows,
        comments=table.comments > 0,
        repeats=table.repeats > 0,
        notes=(*dialect.notes, *table_notes(tables, table, names, fields, (recipients, zone)), *end),
        tables=tuple(f"{one.title or 'Table'}, line {one.line}" for one in tables) if len(tables) > 1 else (),
    )


def _json_fields(names: Sequence[str], table: Table, read_rows: Callable[[], Lines]) -> tuple[str, ...]:
    """The fields in the JSON cells of a table, for which its rows are read once more; none without such cells."""
    places = json_tables.json_columns(names, (cells for _, cells in table.sample))
    if not places:
        return ()
    rows = (cells for line, cells in read_rows() if line >= table.line and (not table.last or line <= table.last))
    return json_tables.json_fields(names, places, rows)


def _size(table: Table) -> int:
    return (table.rows + 1) * table.wide


def _from_line(rows: Iterable[tuple[int, list[str]]], header_line: int) -> Lines:
    rest = dropwhile(lambda row: row[0] < header_line, rows)
    first = next(rest, None)
    if first is None or first[0] != header_line:
        raise CsvFault(header_line, None, "No header starts in this line. Enter the line number of the header.")
    return chain([first], rest)


def preview(path: Path, encoding: str, lines: int = 5, *, member: str = "") -> list[str]:
    """The first lines that are not plain ASCII, as they read in `encoding`, so that the account can choose."""
    return encodings.preview(unpack(path, member)[0], encoding, lines)


def open_table(path: Path, dialect: Dialect, sift: Callable[[Lines], Lines] = iter) -> tuple[tuple[str, ...], Lines]:
    """The names of the columns, and the rows under them, each with its line in the file; read while they are taken.

    `sift` takes away rows before the fields of their JSON cells are read, which costs more than all else.
    CsvFault for a file that cannot be read in this way, also in the midst of it.
    """
    if dialect.encoding is None:
        raise CsvFault(None, None, "Choose the encoding of the file first.")
    source = unpack(path, dialect.member)[0]
    lines = _READERS[dialect.kind](source, dialect)
    if dialect.last_line:
        lines = takewhile(lambda row: row[0] <= dialect.last_line, lines)
    if dialect.kind not in {CSV, WORKBOOK}:
        return dialect.header, lines
    names, lines = _under_header(lines, dialect)
    if dialect.json_fields:
        lines = json_tables.with_json_fields(sift(lines), names, dialect.json_fields)
    names = (*names, *dialect.json_fields)
    if dialect.recipients:
        lines = with_recipients(lines, names, dialect.recipients)
    return (*names, *recipient_fields(dialect.recipients)), lines


def _under_header(lines: Lines, dialect: Dialect) -> tuple[tuple[str, ...], Lines]:
    """The names of the columns and the rows under them; a file without a header has columns 1, 2, 3."""
    begin = dialect.header_line or dialect.first_line
    first = next((row for row in lines if row[0] >= begin), None)
    if first is None:
        raise CsvFault(dialect.header_line or None, None, "The file has no header here and no other lines.")
    line, cells = first
    rows: Lines = chain([first], lines)
    if not dialect.header_line:
        if dialect.comments:
            rows = (row for row in rows if not is_comment(row[1], cells))
        return header_names((), dialect.cells or len(cells)), rows
    if line != dialect.header_line:
        raise CsvFault(begin, None, "No header starts in this line. Enter the line number of the header.")
    names, below = header_names(cells, dialect.cells), next(lines, None)
    if below is None:
        raise CsvFault(begin, None, _NO_ROWS)
    rows = chain([below], lines)
    if dialect.comments or dialect.repeats:
        rows = (row for row in rows if not (is_comment(row[1], cells) or is_repeated(row[1], cells)))
    return names, rows


_SNIFFERS: dict[str, Callable[[Path, dict[str, Any]], Dialect]] = {
    CSV: _sniff_csv, WORKBOOK: _sniff_workbook, JSON: _sniff_json, PATTERN: _sniff_pattern, MAIL: _sniff_mail,
    CALENDAR: _sniff_calendar,
}  # fmt: skip
_READERS: dict[str, Callable[[Path, Dialect], Lines]] = {
    CSV: read,
    WORKBOOK: lambda path, how: read_sheet(path, how.sheet)[2],
    JSON: lambda path, how: json_tables.read_records(path, how.encoding or ANY_BYTES, how.header),
    PATTERN: lambda path, how: patterns.read_lines(path, how.encoding or ANY_BYTES, how.pattern, how.header),
    MAIL: lambda path, _: mails.read_heads(path),
    CALENDAR: lambda path, how: calendars.read_events(path, how.encoding or ANY_BYTES),
}
