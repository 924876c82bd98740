"""A file as somebody hands it in: how it is written, found out where that is certain and asked where not."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from tracker.analysis.logs.files.csv_faults import CsvFault
from tracker.analysis.logs.files.csv_rows import read, undecodable
from tracker.analysis.logs.files.headers import normal, positions

__all__ = ["ENCODINGS", "SEPARATORS", "CsvFault", "Dialect", "Lines", "fit", "open_table", "preview", "sniff"]

# to choose from where the bytes do not tell; the likeliest first
ENCODINGS = tuple("cp1252 cp1250 cp1251 iso8859-15 mac_roman cp437 shift_jis gb18030 utf-16-le utf-16-be".split())
Lines = Iterator[tuple[int, list[str]]]
SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 50
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_VALUE = re.compile(r"[\d\W_]*\d[\d\W_TZ]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written: every field can be changed by passing it to `sniff`.

    `encoding` None: the account must choose one (`ENCODINGS`, `preview`); until then the header is shown as the first.
    `header_line` is the line of the header, 0 for none; `lines` counts the lines of the file, for progress.
    """

    encoding: str | None = "utf-8"
    separator: str = ","
    header_line: int = 1
    header: tuple[str, ...] = ()
    lines: int = 0


def sniff(
    path: Path, *, encoding: str | None = None, separator: str | None = None, header_line: int | None = None
) -> Dialect:
    """How the file is written, keeping to what is given. CsvFault for what cannot be a table of at least one row."""
    found, lines = _encoding(path, encoding)
    codec = found or ENCODINGS[0]
    separator = separator or _separator(path, codec)
    sample = list(islice(read(path, codec, separator), _SAMPLE))
    if not sample:
        raise CsvFault(None, None, "The file is empty.")
    if header_line is None:
        header_line = _header_line(sample)
    header, _ = under_header(read(path, codec, separator), header_line)
    return Dialect(found, separator, header_line, header, lines)


def open_table(path: Path, dialect: Dialect) -> tuple[tuple[str, ...], Lines]:
    """The names of the columns, and the rows under them, each with its line in the file; read while they are taken.

    CsvFault for a file that cannot be read in this way, also in the midst of it.
    """
    if dialect.encoding is None:
        raise CsvFault(None, None, "Choose the encoding of the file first.")
    return under_header(read(path, dialect.encoding, dialect.separator), dialect.header_line)


def _encoding(path: Path, given: str | None) -> tuple[str | None, int]:
    """The encoding, None where the bytes do not tell it, and the number of lines."""
    with path.open("rb") as file:
        start = file.read(4096)
        found = next((name for bom, name in _BOMS if start.startswith(bom)), None)
        if not found and not given and start.count(0) * 4 > len(start):
            raise CsvFault(1, None, "This looks like UTF-16 without its byte order mark. Save the file as UTF-8.")
        lines = start.count(b"\n")
        while data := file.read(1 << 20):
            lines += data.count(b"\n")
    if given or found:
        return given or found, lines
    return (None if undecodable(path, "utf-8") else "utf-8"), lines


def _separator(path: Path, codec: str) -> str:
    """The separator that cuts the first rows into most cells, most evenly; a fault if none reads them."""
    best, faults = ((0.0, 0), ","), []
    for separator in SEPARATORS:
        try:
            widths = Counter(len(cells) for _, cells in islice(read(path, codec, separator), _SAMPLE))
        except CsvFault as fault:
            faults.append(fault)
            continue
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        if width > 1:
            best = max(best, ((times / widths.total(), width), separator))
    if faults and best[0] == (0.0, 0):
        raise faults[0]
    return best[1]


def _header_line(sample: Sequence[tuple[int, list[str]]]) -> int:
    """The first line as wide as most and not half empty, as a title is; none if that holds numbers or dates."""
    width = Counter(len(cells) for _, cells in sample).most_common(1)[0][0]
    wide = [(line, cells) for line, cells in sample if len(cells) == width]
    line, cells = next((row for row in wide if sum(map(bool, map(str.strip, row[1]))) * 2 > width), wide[0])
    return 0 if any(_VALUE.fullmatch(cell.strip()[:40]) for cell in cells) else line


def under_header(lines: Lines, header_line: int) -> tuple[tuple[str, ...], Lines]:
    """The names of the columns and the rows under them; a file without a header has columns 1, 2, 3.

    CsvFault for a header that is not in this line, has a name that is missing or there twice, or no row under it.
    """
    first = next(lines, None)
    if first is None:
        raise CsvFault(header_line or None, None, "The file has no header here and no other lines.")
    line, cells = next((row for row in chain([first], lines) if row[0] >= header_line), first)
    if not header_line:
        return tuple(f"column {n}" for n in range(1, len(cells) + 1)), chain([first], lines)
    if line != header_line:
        raise CsvFault(header_line, None, "No header starts in this line. Enter the line number of the header.")
    names, below = header_names(cells, line), next(lines, None)
    if below is None:
        raise CsvFault(header_line, None, "The file has a header but no other lines.")
    return names, chain([below], lines)


def header_names(cells: Sequence[str], line: int) -> tuple[str, ...]:
    """A header row as names: stripped, without empty ones at the end, none missing and none there twice."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    first = positions(names)
    for index, name in enumerate(names):
        if not name:
            raise CsvFault(line, index + 1, "This column has no name in the header. Name the column.")
        if first[normal(name)] != index:
            raise CsvFault(line, index + 1, f'Two columns are called "{name[:60]}". Rename one column.')
    return tuple(names)


def fit(cells: list[str], width: int) -> list[str] | None:
    """The row cut to the width of the header; None if it is shorter, or holds something beyond."""
    if len(cells) > width and not any(map(str.strip, cells[width:])):
        return cells[:width]
    return cells if len(cells) == width else None


def ragged(cells: int, width: int) -> str:
    """The sentence for a row that is not as wide as the header."""
    return f"This line has {cells} cells and the header has {width}. Check for a missing separator or quote."


def preview(path: Path, encoding: str, lines: int = 5) -> list[str]:
    """The first lines that are not plain ASCII, as they read in `encoding`, so that the account can choose."""
    with path.open(encoding=encoding, errors="replace", newline=None) as file:
        shown = islice((line for line in iter(lambda: file.readline(1000), "") if not line.isascii()), lines)
        return [line.rstrip("\n")[:200] for line in shown]
