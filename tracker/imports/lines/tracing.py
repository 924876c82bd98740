"""Back from a record to the file: the cells of its line, and the rules and values that made it count."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile
from pathlib import Path

from tracker.analysis.logs.access_log import CsvFault, MappingFault, open_log, rules_of, why_left_out
from tracker.analysis.logs.conditions import folded
from tracker.analysis.logs.files.csv_file import Lines
from tracker.analysis.logs.mapping import Mapping
from tracker.audit.doors import Refused
from tracker.imports.plan import Plan


@dataclass(frozen=True)
class Because:
    """Why a line counts as it does: the field, the columns it is read from, their text, and what that means."""

    field: str
    columns: str
    text: str
    meaning: str


@dataclass(frozen=True)
class Trace:
    """A line of a file: its cells with their headers, the rule that leaves it out or "", and what was read from it."""

    line: int
    cells: list[tuple[str, str]]
    left_out: str
    because: list[Because]


def trace_line(source: Path, plan: Plan, wanted: int) -> Trace | None:
    """A line as the file has it; None for a line that holds no row. Reads the file up to that line and no further."""
    mapping, header, lines = _open(source, plan)
    rules = rules_of(mapping, header)
    after = dropwhile(lambda row: row[0] < wanted, lines)
    rows = [cells for _, cells in takewhile(lambda row: row[0] == wanted, after)]  # several, if each recipient is one
    if not rows:
        return None
    used = [cells for cells in rows if not why_left_out(rules, cells)]
    first = (used or rows)[0]
    named = [*zip(header, first, strict=False), *((f"cell {at + 1}", cell) for at, cell in enumerate(first)
                                                  if at >= len(header))]  # fmt: skip
    because = dict.fromkeys(one for cells in used or rows for one in _because(mapping, header, cells))
    return Trace(wanted, named, "" if used else why_left_out(rules, first), list(because))


def _because(mapping: Mapping, header: Sequence[str], cells: list[str]) -> Iterator[Because]:
    named = dict(zip(header, map(str.strip, cells), strict=False))
    for field, names in mapping.columns.items():
        text = " ".join(named.get(name, "") for name in names).strip()
        meanings = {folded(value): meaning for value, meaning in mapping.values.get(field, {}).items()}
        yield Because(field, " + ".join(names), text, meanings.get(folded(text), ""))
    yield from (Because(field, "", value, "") for field, value in mapping.fixed.items())


def left_out_lines(source: Path, plan: Plan, rule: str = "") -> Iterator[tuple[int, str, list[str]]]:
    """The lines that rules leave out, each with its rule and cells; `rule`: only those of this rule."""
    mapping, header, lines = _open(source, plan)
    rules = rules_of(mapping, header)
    judged = ((line, why_left_out(rules, cells), cells) for line, cells in lines)
    return (one for one in judged if one[1] and rule in {"", one[1]})


def _open(source: Path, plan: Plan) -> tuple[Mapping, Sequence[str], Lines]:
    try:
        return open_log(source, plan.mapping, plan.reading)
    except (CsvFault, MappingFault) as fault:
        raise Refused(str(fault)) from None
