"""Rows as an Excel workbook: one sheet, every cell a text, so that nothing is rounded, run or made into a date."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook

from tracker.analysis.cells import unguard
from tracker.audit.doors import Refused
from tracker.exports.spool import CHUNK

MOST_ROWS, LONGEST_CELL = 1_048_575, 32_767  # what a sheet holds under its header, and characters of a cell
TOO_LONG = f"A workbook can hold {MOST_ROWS:,} rows. Export the list as CSV, or filter it first."
TOO_WIDE = f"A text in row {{}} is longer than the {LONGEST_CELL:,} characters of a cell. Export the list as CSV."


def write_workbook(header: Sequence[str], rows: Iterable[Sequence[Any]], folder: Path | None) -> Iterator[bytes]:
    """The bytes of the workbook, which is put together in `folder`. Refused for what a sheet cannot hold.

    A cell that is a text is never run, so the quote that guards it in a CSV is taken off.
    """
    with TemporaryDirectory(dir=folder) as room:
        path = Path(room, "whole.xlsx")
        how = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": room}
        with Workbook(path, how) as book:
            sheet = book.add_worksheet()
            sheet.freeze_panes(1, 0)
            sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
            _fill(sheet, header, rows)
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


def _fill(sheet: Any, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    write = sheet.write_string
    for column, head in enumerate(header):
        write(0, column, head)
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise Refused(TOO_LONG)
        for column, cell in enumerate(row):
            if cell not in {None, ""} and write(number, column, _bare(str(cell))):
                raise Refused(TOO_WIDE.format(number))


def _bare(cell: str) -> str:
    """The cell without the quote, unless what is left would be read as a guarded one when it comes in again."""
    text = unguard(cell)
    return text if unguard(text) == text else cell
