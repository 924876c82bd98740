"""The program that reads a workbook, in a process of its own: what goes wrong in it harms nobody else.

From standard input it takes the bytes; to standard output it writes lines of JSON: first a fault, or the name of the
sheet and of all sheets, then for each row that is not empty its number and its cells.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY, SECONDS = 1 << 30, 120  # bytes, and seconds of the processor


def main(wanted: str) -> None:
    """Read the workbook that is sent; `wanted` is a sheet, empty for the largest that can be seen."""
    data = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [one.name for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
        if wanted and wanted not in names:
            say({"fault": f'The workbook has no sheet "{wanted[:60]}". It has {", ".join(names[:20])}.'})
            return
        sheet = book.get_sheet_by_name(wanted) if wanted else largest(book, calamine)
    except calamine.PasswordError:
        say({"fault": "This workbook has a password. Ask for it without one."})
    except (calamine.CalamineError, OSError, ValueError):
        say({"fault": "This workbook is broken or cut off. Get it again."})
    else:
        write(sheet, names)


def largest(book: Any, calamine: Any) -> Any:
    """The sheet with most cells; a hidden one only if no other has any."""
    best, most = None, (False, -1)
    for one in book.sheets_metadata:
        if one.typ == calamine.SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(one.name)
            size = one.visible == calamine.SheetVisibleEnum.Visible and sheet.height > 0, sheet.height * sheet.width
            if size > most:
                best, most = sheet, size
    return best


def write(sheet: Any, names: list[str]) -> None:
    """The rows of a sheet, each with its number in it."""
    if sheet is None or sheet.start is None:
        say({"fault": "The workbook has no cells with text."})
        return
    say({"sheet": sheet.name, "sheets": names})
    for number, row in enumerate(sheet.iter_rows(), sheet.start[0] + 1):
        cells = [as_text(value) for value in row]
        if any(cells):
            say([number, cells])


def as_text(value: Any) -> str:
    """A computed value as text: times as ISO 8601, whole numbers without a point."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return to_milliseconds(value).isoformat(" ").removesuffix("000") if value.microsecond else value.isoformat(" ")
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return value.isoformat() if isinstance(value, (date, time)) else str(value)


def to_milliseconds(at: datetime) -> datetime:
    """A serial date is a fraction of a day, exact to the millisecond at best."""
    return at - timedelta(microseconds=at.microsecond) + timedelta(milliseconds=round(at.microsecond / 1000))


def say(what: Any) -> None:
    """One line for the other process."""
    sys.stdout.write(json.dumps(what) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
