"""The rows of a CSV file, one after the other: never the whole file in memory, and every limit before it hurts."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TextIO

from tracker.analysis.logs.files.csv_faults import CELL, COLUMNS, ROW, CsvFault, explain
from tracker.analysis.logs.files.dialects import Dialect
from tracker.analysis.logs.files.encodings import open_text, undecodable

_CHUNK = 1 << 16
_LINE_END = re.compile(r"\r\n|\r|\n")
_MARK = re.compile("(^|[\r\n])\ufeff+")
_PADDING = "\0\x1a\r\n "
_Pieces = Iterator[str]


def read(path: Path, dialect: Dialect, *, trim: bool = True) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the line of the file in which it begins; cells as they stand.

    `trim` lets blanks stand before an opening quote. NUL and ^Z that fill up the end of a file, and byte order marks
    where files were joined, are no text. CsvFault for undecodable bytes, NUL, broken quotes, and for cells of more
    than 100,000 characters, rows of more than 1,000 cells or 2,000,000 characters.
    """
    encoding = dialect.encoding or ""
    signs = [sign for sign in (dialect.separator, dialect.quote) if sign or sign == dialect.separator]
    if any(len(sign) != 1 or sign in "\r\n\0" for sign in signs) or len(set(signs)) < len(signs):
        raise CsvFault(None, None, "The separator and the quote must be two different signs.")
    try:
        with open_text(path, encoding) as file:
            yield from _rows(file, path, dialect, trim=trim)
    except UnicodeDecodeError:
        line = undecodable(path, encoding)
        raise CsvFault(line, None, f"This line is not {encoding} text. Choose another encoding.") from None


def _rows(file: TextIO, path: Path, dialect: Dialect, *, trim: bool) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(CELL)
    began = 0  # lines before the row that is being read

    def pieces() -> Iterator[io.StringIO]:
        row, held = -1, 0
        for text in clean_lines(file, dialect):
            row, held = began, held + len(text) if row == began else 0
            if held > ROW or (len(text) > ROW and text[-1] not in "\r\n"):
                raise _explain(path, dialect, began)
            if "\0" in text:
                line = reader.line_num + 1 + len(_LINE_END.findall(text, 0, text.index("\0")))
                raise CsvFault(line, None, "This line has a NUL byte. Save the file as text in UTF-8.")
            yield io.StringIO(text, newline="")

    quoting = {"quotechar": dialect.quote} if dialect.quote else {"quoting": csv.QUOTE_NONE, "quotechar": None}
    reader = csv.reader(chain.from_iterable(pieces()), delimiter=dialect.separator, strict=True,
                        skipinitialspace=trim or dialect.separator == " ", **quoting)  # fmt: skip
    try:
        for cells in reader:
            if len(cells) > COLUMNS:
                raise _explain(path, dialect, began)
            if cells:
                yield began + 1, cells
            began = reader.line_num
    except csv.Error:
        raise _explain(path, dialect, began) from None


def clean_lines(file: TextIO, dialect: Dialect) -> _Pieces:
    """The text in whole lines, with quotes as the standard writes them, and without what fills up its end."""
    cleaners = _cleaners(dialect)
    for text in _unpadded(whole_lines(file)):
        piece = text if text.isascii() or "\ufeff" not in text else _MARK.sub(r"\1", text)
        for clean in cleaners:
            piece = clean(piece)
        yield piece


def _cleaners(dialect: Dialect) -> list[Callable[[str], str]]:
    """What rewrites a piece of text so that its quotes are doubled, and nothing but a separator follows them."""
    cleaners: list[Callable[[str], str]] = []
    quote, separator = re.escape(dialect.quote), re.escape(dialect.separator)
    if dialect.escape and dialect.quote:
        escaped = re.compile(f"((?:{re.escape(dialect.escape)})+){quote}")
        cleaners.append(partial(escaped.sub, partial(_double, quote=dialect.quote)))
    if dialect.blank_after_quote and dialect.quote and dialect.separator != " ":
        blank = " " if dialect.separator == "\t" else "[ \t]"
        alone = f"(?<!{quote})|(?<={separator}{quote})|(?<=\n{quote})"  # two quotes are one, but in an empty cell
        closing = re.compile(f"(?:{alone}){quote}{blank}+(?={separator}|[\r\n]|$)")
        cleaners.append(partial(closing.sub, dialect.quote))
    return cleaners


def _double(found: re.Match[str], quote: str) -> str:
    """Escapes before a quote: each pair is one, and one that is left makes the quote part of the cell."""
    escapes = found[1]
    return escapes[: len(escapes) // 2] + (quote * 2 if len(escapes) % 2 else quote)


def _unpadded(pieces: _Pieces) -> _Pieces:
    """The pieces up to where nothing but NUL, ^Z and blanks follows; a NUL before that stays, and is refused."""
    held = ""
    for text in pieces:
        whole = held + text
        held = ""
        if "\0" in whole or "\x1a" in whole:
            kept = whole.rstrip(_PADDING)
            if "\0" in whole[len(kept) :] or "\x1a" in whole[len(kept) :]:
                cut = len(kept) + min(at for sign in "\0\x1a" if (at := whole[len(kept) :].find(sign)) >= 0)
                whole, held = whole[:cut], whole[cut:]
                if len(held) > ROW:
                    held = held[:1] * 2  # more of the same says nothing more
        if whole:
            yield whole


def whole_lines(file: TextIO) -> _Pieces:
    """The text in pieces that end where a line ends; what is longer than a row may be is handed on as it is."""
    rest = ""
    while text := file.read(_CHUNK):
        text = rest + text
        cut = text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1 or (len(text) if len(text) > ROW else 0)
        rest = text[cut:]
        if cut:
            yield text[:cut]
    if rest:
        yield rest


def _explain(path: Path, dialect: Dialect, began: int) -> CsvFault:
    """Read the row again that begins after `began` lines, and say what is wrong with it."""
    with open_text(path, dialect.encoding or "") as file:
        lines = chain.from_iterable(io.StringIO(text, newline="") for text in clean_lines(file, dialect))
        for _ in range(began):
            next(lines)
        return explain(lines, dialect.separator, began, dialect.quote)
