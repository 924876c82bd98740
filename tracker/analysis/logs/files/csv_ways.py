"""How the cells of a CSV file are separated and quoted: the way in which the whole file can be read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from tracker.analysis.logs.files.csv_faults import CsvFault
from tracker.analysis.logs.files.csv_rows import read
from tracker.analysis.logs.files.dialects import SEPARATORS, Dialect

_SAMPLE = 50
_RARE = "^~¦§\x1f\x1e\x01*!$%&#=+"  # tried where none of the usual ones cuts the lines
_ESCAPE = "\\"
_BLANKS: dict[str, Any] = {"blank_after_quote": True}
_WAYS: tuple[dict[str, Any], ...] = ({}, _BLANKS, {"escape": _ESCAPE}, {**_BLANKS, "escape": _ESCAPE})


def ways(path: Path, dialect: Dialect, given: dict[str, Any]) -> Iterator[Dialect]:
    """Every way in which the first lines can be read, the likeliest first; the last one lets quotes be text.

    `given` are separator, quote and escape as far as they are chosen. CsvFault, that of the usual way, in the end.
    """
    fault: CsvFault | None = None
    for way in _WAYS if "quote" not in given and "escape" not in given else _WAYS[:2]:
        tried = _line_quoted(path, replace(dialect, **{**way, **given}), given)
        try:
            yield _single_quoted(path, _separated(path, tried, given), given)
        except CsvFault as one:
            if not one.is_quoting:
                raise fault or one from None
            fault = fault or one
    if "quote" not in given and "escape" not in given:
        unquoted = replace(dialect, **{**given, "quote": ""})
        try:
            unquoted = _separated(path, unquoted, given)
            if unquoted.separator not in ",; " and _is_even(path, unquoted):
                yield unquoted
        except CsvFault as one:
            fault = fault or one
    if fault:
        raise fault


def _separated(path: Path, dialect: Dialect, given: dict[str, Any]) -> Dialect:
    """The dialect with the separator that cuts the first rows into most cells, most evenly."""
    if "separator" in given:
        _first_rows(path, dialect)
        return dialect
    best, faults = ((0.0, 0), ","), []
    for separator in SEPARATORS:
        try:
            best = max(best, (_evenness(path, replace(dialect, separator=separator)), separator))
        except CsvFault as fault:
            faults.append(fault)
    if best[0] != (0.0, 0):
        return replace(dialect, separator=best[1])
    rare = _rare_separator(path, dialect)
    if not rare and faults:
        raise faults[0]
    return replace(dialect, separator=rare or ",")


def _evenness(path: Path, dialect: Dialect) -> tuple[float, int]:
    """The share of rows that have the most common number of cells above one, and that number."""
    widths = Counter(len(cells) for _, cells in _first_rows(path, dialect))
    width, times = max(((width, times) for width, times in widths.items() if width > 1),
                       key=lambda item: (item[1], item[0]), default=(0, 0))  # fmt: skip
    return (times / widths.total(), width) if times else (0.0, 0)


def _rare_separator(path: Path, dialect: Dialect) -> str:
    """Another sign, or blanks, that cuts every line into equally many cells; empty where there is none."""
    for sign in (*_RARE, " "):
        tried = replace(dialect, separator=sign)
        try:
            share, width = _evenness(path, tried)
        except CsvFault:
            continue
        if share == 1 and (sign != " " or (width > 2 and len(_first_rows(path, tried)) > 1)):
            return sign
    return ""


def _line_quoted(path: Path, dialect: Dialect, given: dict[str, Any]) -> Dialect:
    """The dialect with single quotes, where most lines begin and end with one."""
    if "quote" in given:
        return dialect
    try:
        lines = [cells[0].strip() for _, cells in _first_rows(path, replace(dialect, separator="\x1f", quote=""))]
    except CsvFault:  # met again where the cells are read
        return dialect
    quoted = sum(len(line) > 1 and line[0] == line[-1] == "'" for line in lines)
    return replace(dialect, quote="'") if quoted * 2 > len(lines) else dialect


def _single_quoted(path: Path, dialect: Dialect, given: dict[str, Any]) -> Dialect:
    """The dialect with single quotes, where most cells stand between them."""
    if "quote" in given:
        return dialect
    cells = [cell.strip() for _, row in _first_rows(path, dialect) for cell in row if cell.strip()]
    quoted = sum(len(cell) > 1 and cell[0] == cell[-1] == "'" for cell in cells)
    return replace(dialect, quote="'") if quoted * 2 > len(cells) else dialect


def _is_even(path: Path, dialect: Dialect) -> bool:
    """Whether all rows are equally wide, so that nothing speaks against quotes that are text."""
    widths = {len(cells) for _, cells in islice(read(path, dialect), 10_000)}
    return len(widths) == 1 and widths != {1}


def _first_rows(path: Path, dialect: Dialect) -> list[tuple[int, list[str]]]:
    """The rows that are looked at."""
    return list(islice(read(path, dialect), _SAMPLE))
