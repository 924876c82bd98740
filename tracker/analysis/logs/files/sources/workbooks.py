"""Workbooks (.xlsx, .xls, .ods): read by a process of its own, with limits, so that a bad one harms nobody."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import IO, cast

from tracker.analysis.logs.files.csv_faults import CELL, COLUMNS, CsvFault
from tracker.analysis.logs.files.packed import BREAKS, PACKED, archive_bytes

UNPACKED = 300 << 20  # bytes of all parts
_PROGRAM = Path(__file__).with_name("workbook_child.py")
_TOO_LARGE = f"Unpacked, this workbook has more than {UNPACKED >> 20} MB. Ask for the sheet as CSV."
_ENDED = "This workbook needs too much memory or time, or is broken. Ask for the sheet as CSV."


def read_sheet(path: Path, sheet: str = "") -> tuple[str, tuple[str, ...], Iterator[tuple[int, list[str]]]]:
    """The name of the sheet, those of all sheets, and the rows of this one with their numbers in it.

    Without a name it is the largest sheet that can be seen. CsvFault for what is no workbook, or too large.
    """
    data = _sound_bytes(path)
    lines = _lines(data, sheet)
    first = json.loads(next(lines, b"") or json.dumps({"fault": _ENDED}))
    if "fault" in first:
        lines.close()
        raise CsvFault(None, None, first["fault"])
    return first["sheet"], tuple(first["sheets"]), _rows(lines)


def _sound_bytes(path: Path) -> bytes:
    """The bytes of a workbook that is not too large, neither as it is nor unpacked."""
    with path.open("rb") as file:
        if file.read(2) != b"PK":  # an older workbook is not packed
            data = b"\xd0\xcf" + file.read(PACKED)
            if len(data) > PACKED:
                raise CsvFault(None, None, _TOO_LARGE)
            with path.open("rb") as whole:
                return whole.read()
    data = archive_bytes(path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(one.file_size for one in archive.infolist())
    except BREAKS:
        raise CsvFault(None, None, "This workbook is broken or cut off. Get it again.") from None
    if size > UNPACKED:
        raise CsvFault(None, None, _TOO_LARGE)
    return data


def _lines(data: bytes, sheet: str) -> Generator[bytes, None, None]:
    """What the other process writes; it is ended when nobody reads any more."""
    command = [sys.executable, "-I", str(_PROGRAM), sheet]
    with subprocess.Popen(  # noqa: S603  # our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
    ) as process:
        given, told = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
        try:
            given.write(data)
            given.close()
            yield from told
            if process.wait():
                raise CsvFault(None, None, _ENDED)
        except BrokenPipeError:
            raise CsvFault(None, None, _ENDED) from None
        finally:
            process.kill()


def _rows(lines: Iterator[bytes]) -> Iterator[tuple[int, list[str]]]:
    for line in lines:
        number, cells = json.loads(line)
        if len(cells) > COLUMNS:
            raise CsvFault(number, None, f"A row can have at most {COLUMNS:,} cells.")
        if any(len(cell) > CELL for cell in cells):
            raise CsvFault(number, None, f"A cell can have at most {CELL:,} characters.")
        yield number, cells
