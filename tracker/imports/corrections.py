"""Rows of our own exports that correct an earlier one: as corrections they come in, else a struck row counted again."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from tracker.analysis.cells import unguard
from tracker.analysis.logs.files.csv_file import open_table
from tracker.analysis.logs.files.headers import positions
from tracker.audit.doors import staging
from tracker.imports.plan import Plan
from tracker.models.access.access_logs import AccessLog

BATCH = 2_000


class Correction(NamedTuple):
    """The line of a row, that of the row it corrects, and why."""

    line: int
    corrected: int
    why: str


def corrections(source: Path, plan: Plan) -> list[Correction]:
    """The corrections that an export of this program tells of; none in any other file, and one for each row."""
    at = positions(plan.reading.header)
    if "since_utc" not in plan.mapping.columns or not {"number", "corrects"} <= set(at):
        return []
    told = [
        (
            line,
            cells[at["corrects"]].strip(),
            unguard(cells[at["whycorrected"]].strip()) if "whycorrected" in at else "",
        )
        for line, cells in _rows(source, plan)
        if cells[at["corrects"]].strip()
    ]
    wanted = {number for _, number, _ in told}
    rows = _rows(source, plan) if wanted else ()
    lines = {number: line for line, cells in rows if (number := cells[at["number"]].strip()) in wanted}
    first: dict[int, Correction] = {}
    for line, number, why in told:
        if lines.get(number, line) < line:  # what corrects a row was written after it
            first.setdefault(lines[number], Correction(line, lines[number], why))
    return list(first.values())


def _rows(source: Path, plan: Plan) -> Iterator[tuple[int, list[str]]]:
    wide = len(plan.reading.header)
    _, rows = open_table(source, plan.reading)
    return ((line, cells) for line, cells in rows if len(cells) >= wide)


def lay_corrections(log: AccessLog, table: str, mark: str, found: list[Correction]) -> None:
    """Let the rows that were laid out name the rows they correct."""
    there = f"SELECT id FROM {table} WHERE log_id = {mark} AND line = {mark} AND part = 0"  # noqa: S608  # our names
    update = f"UPDATE {table} SET corrects_id = ({there}), why_corrected = {mark} WHERE id = ({there})"  # noqa: S608
    log_id, rest = log.id, iter(found)
    while batch := list(islice(rest, BATCH)):
        with staging(log) as connection:
            values: list[Any] = [(log_id, one.corrected, one.why, log_id, one.line) for one in batch]
            connection.exec_driver_sql(update, values)
