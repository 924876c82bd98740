"""Looking into a file before anything is taken from it: how it is written, what its columns hold, how it would read."""

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from tracker.analysis.logs.access_log import CsvFault, Fault, Mapping, MappingFault, Row, match_mapping, parse, suggest
from tracker.analysis.logs.files.csv_file import ANY_BYTES, Dialect, open_table, sniff
from tracker.analysis.logs.files.packed import opened
from tracker.analysis.logs.times.dates import DateFormat
from tracker.audit.doors import Refused
from tracker.base.files import FileStore
from tracker.imports.times import look_at_times, zone_of_file

_TRIED = 50


class _Borrowed(io.RawIOBase):
    """Another stream from its beginning; closing this one leaves that one open."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        stream.seek(0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self.stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def stored_file(files: FileStore, sha256: str) -> Path:
    """A file of the store, to be read where a Path is asked for. Reading raises Damaged."""
    return opened(lambda: files.open(sha256), sha256)


def uploaded_file(stream: IO[bytes]) -> Path:
    """A stream that was sent and is not stored yet, to be read where a Path is asked for; one reading at a time."""
    return opened(lambda: cast(BinaryIO, io.BufferedReader(_Borrowed(stream), 1 << 16)))


def inspect_file(source: Path, **given: Any) -> Dialect:
    """How a file is written; `given` is passed to `sniff`. Refused for what is no table.

    The encoding is None where the bytes do not tell it.
    """
    try:
        return sniff(source, **given)
    except CsvFault as fault:
        raise Refused(str(fault)) from None


def samples(source: Path, dialect: Dialect, count: int = 5) -> list[tuple[int, list[str]]]:
    """The first rows under the header with their lines, each cell at most 60 characters, as wide as the header."""
    wide = len(dialect.header)
    rows = islice(_rows(source, dialect), count)
    return [(line, [cell.strip()[:60] for cell in [*cells, *[""] * wide][:wide]]) for line, cells in rows]


def propose_mapping(source: Path, dialect: Dialect, kind: str, saved: Mapping | None) -> tuple[Mapping, list[str]]:
    """A mapping to begin with, and the columns of the saved one that this file does not have.

    `dates` is empty where the file does not say which of two ways its dates are to be read. Refused where its first
    rows cannot be read.
    """
    mapping, missing = match_mapping(saved, dialect.header) if saved else (suggest(dialect.header, kind), {})
    mapping = replace(mapping, zone=mapping.zone or zone_of_file(mapping, dialect))
    found = date_formats(source, dialect, mapping) if dialect.encoding else []
    if found and mapping.dates not in {known.name for known in found}:
        mapping = replace(mapping, dates=found[0].name if len(found) == 1 else "")
    elif len(found) > 1 and not saved:
        mapping = replace(mapping, dates="")
    return mapping, [name for names in missing.values() for name in names]


def date_formats(source: Path, dialect: Dialect, mapping: Mapping) -> list[DateFormat]:
    """The formats in which the mapped times can be read: none where there is no time, several where it is unclear."""
    return look_at_times(source, dialect, mapping).formats


def objection(source: Path, mapping: Mapping, dialect: Dialect) -> str | None:
    """Why the file cannot be read in this way, as far as its first rows tell: they all fail for one reason."""
    try:
        first = list(islice(parse(source, mapping, dialect=dialect), _TRIED))
    except (MappingFault, CsvFault) as fault:
        return str(fault)
    reasons = {(one.column, one.reason.replace(one.value, "") if one.value else one.reason)
               for one in first if isinstance(one, Fault)}  # fmt: skip
    if any(isinstance(one, Row) for one in first) or len(reasons) != 1 or not isinstance(first[0], Fault):
        return None
    return f"No line can be read. Line {first[0].line}: {first[0].reason}"


def _rows(source: Path, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from open_table(source, replace(dialect, encoding=dialect.encoding or ANY_BYTES))[1]
    except CsvFault as fault:
        raise Refused(str(fault)) from None
