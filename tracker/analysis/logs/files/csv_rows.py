"""The rows of a CSV file, one after the other: never the whole file in memory, and every limit before it hurts."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TextIO

from tracker.analysis.logs.files.csv_faults import CELL, COLUMNS, ROW, CsvFault, explain

_CHUNK = 1 << 16
_LINE_END = re.compile(r"\r\n|\r|\n")


def read(path: Path, encoding: str, separator: str, *, trim: bool = True) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the line of the file in which it begins; cells as they stand.

    `trim` lets blanks stand before an opening quote. CsvFault for undecodable bytes, NUL, broken quotes, and for
    cells of more than 100,000 characters, rows of more than 1,000 cells or 2,000,000 characters.
    """
    try:
        "".encode(encoding)
    except LookupError:
        raise CsvFault(None, None, f'"{encoding}" is not a text encoding. Choose another encoding.') from None
    try:
        with path.open(encoding=encoding, newline="") as file:
            yield from _rows(file, path, separator, trim=trim)
    except UnicodeDecodeError:
        line = undecodable(path, encoding)
        raise CsvFault(line, None, f"This line is not {encoding} text. Choose another encoding.") from None


def _rows(file: TextIO, path: Path, separator: str, *, trim: bool) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(CELL)
    began = 0  # lines before the row that is being read

    def pieces() -> Iterator[io.StringIO]:
        row, held = -1, 0
        for text in whole_lines(file):
            row, held = began, held + len(text) if row == began else 0
            if held > ROW or (len(text) > ROW and text[-1] not in "\r\n"):
                raise _explain(path, file.encoding, separator, began)
            if "\0" in text:
                line = reader.line_num + 1 + len(_LINE_END.findall(text, 0, text.index("\0")))
                raise CsvFault(line, None, "This line has a NUL byte. Save the file as text in UTF-8.")
            yield io.StringIO(text, newline="")

    reader = csv.reader(chain.from_iterable(pieces()), delimiter=separator, strict=True, skipinitialspace=trim)
    try:
        for cells in reader:
            if len(cells) > COLUMNS:
                raise _explain(path, file.encoding, separator, began)
            if cells:
                yield began + 1, cells
            began = reader.line_num
    except csv.Error:
        raise _explain(path, file.encoding, separator, began) from None


def whole_lines(file: TextIO) -> Iterator[str]:
    """The text in pieces that end where a line ends; what is longer than a row may be is handed on as it is."""
    rest = ""
    first = True
    while text := file.read(_CHUNK):
        text = rest + (text.removeprefix("\ufeff") if first else text)
        first = False
        cut = text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1 or (len(text) if len(text) > ROW else 0)
        rest = text[cut:]
        if cut:
            yield text[:cut]
    if rest:
        yield rest


def _explain(path: Path, encoding: str, separator: str, began: int) -> CsvFault:
    """Read the row again that begins after `began` lines, and say what is wrong with it."""
    with path.open(encoding=encoding, newline="") as file:
        lines = chain.from_iterable(io.StringIO(text, newline="") for text in whole_lines(file))
        for _ in range(began):
            next(lines)
        return explain(lines, separator, began)


def undecodable(path: Path, encoding: str) -> int | None:
    """The line in which the first byte stands that is no text in `encoding`; None if all are."""
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    with path.open("rb") as file:
        while data := file.read(_CHUNK):
            try:
                line += decoder.decode(data).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].decode(error.encoding, "replace").count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None
