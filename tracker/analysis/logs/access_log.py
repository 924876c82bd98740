"""An access log: from the path of a CSV file to rows and faults, each with its line.

Every line is a row, a fault, or left out by a rule that the mapping names.
"""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Names
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from tracker.analysis.logs.conditions import Condition, Verdicts, folded
from tracker.analysis.logs.files.csv_file import CsvFault, Dialect, Lines, open_table
from tracker.analysis.logs.files.headers import normal, positions
from tracker.analysis.logs.intervals import pair
from tracker.analysis.logs.mapping import (
    CHANNELS,
    FIELDS,
    LEVELS,
    Mapping,
    MappingFault,
    match_mapping,
    missing_columns,
)
from tracker.analysis.logs.row_reader import RowReader
from tracker.analysis.logs.rows import Fault, Row, Tally
from tracker.analysis.logs.suggestions import suggest
from tracker.analysis.logs.times.fields import zone_of_table
from tracker.analysis.logs.wide_rows import MORE, narrow, read_wide
from tracker.analysis.zones import MomentFault

__all__ = ["CHANNELS", "FIELDS", "LEVELS", "CsvFault", "Fault", "Mapping", "MappingFault", "Row", "Tally",
           "match_mapping", "parse", "suggest"]  # fmt: skip


class Rule(NamedTuple):
    """One rule on the cells of a row: which text it is asked about, and what it says of it."""

    take: Callable[[list[str]], str]
    verdicts: Verdicts


_PLAIN = Dialect()


def parse(
    path: Path, mapping: Mapping, tally: Tally | None = None, *, dialect: Dialect = _PLAIN
) -> Iterator[Row | Fault]:
    """The rows and faults of a file in its order; the file is read while they are taken. `dialect`: how it is written.

    MappingFault for a mapping that cannot be used on it. CsvFault for a file that cannot be read, also in the midst of
    it: then nothing that came before may be kept. `tally` is counted up on the way, also for what a rule leaves out.
    """
    tally = tally or Tally()
    mapping, header, lines = open_log(path, mapping, dialect, _early_sift(mapping, dialect, tally))
    reader = RowReader(narrow(mapping) if mapping.kind in MORE else mapping, header, tally)
    if rules := rules_of(mapping, header):
        lines = _sift(lines, rules, tally)
    if mapping.kind in MORE:
        return read_wide(lines, reader, mapping, header)
    return pair(lines, reader) if "event" in mapping.columns else _single(lines, reader)


def open_log(
    path: Path, mapping: Mapping, dialect: Dialect, sift: Callable[[Lines], Lines] = iter
) -> tuple[Mapping, Sequence[str], Lines]:
    """The mapping in the spelling of the file, its header, and its lines. MappingFault and CsvFault as of `parse`."""
    mapping.check()
    header, lines = open_table(path, dialect.divided_for(mapping.headers), sift)
    mapping, missing = match_mapping(mapping, header)
    if missing:
        names = [name for lost in missing.values() for name in lost]
        sentence = missing_columns(names, header, dialect.header_line)
        raise MappingFault(f"{sentence} Choose another column.")
    times = [name for field in ("since", "until") for name in mapping.columns.get(field, ())]
    try:
        zone = zone_of_table(dialect.zone, times, mapping.zone, mapping.answers)
    except MomentFault as fault:
        raise MappingFault(str(fault)) from None
    return replace(mapping, zone=zone), header, lines


def _early_sift(mapping: Mapping, dialect: Dialect, tally: Tally) -> Callable[[Lines], Lines]:
    """What leaves lines out before their JSON cells are read: the rules that need none of these."""
    if not dialect.json_fields:
        return iter
    plain = dialect.header[: dialect.cells]
    known = positions(plain)
    where = [one for one in mapping.where if normal(one.column) in known]
    values = {name: told for name, told in mapping.values.items()
              if all(normal(one) in known for one in mapping.columns.get(name, ()))}  # fmt: skip
    rules = rules_of(replace(mapping, where=where, values=values), plain)
    return lambda lines: _sift(lines, rules, tally)


def rules_of(mapping: Mapping, header: Sequence[str]) -> list[Rule]:
    """The rules that a mapping has for the lines of a file; none for a plain one."""
    at = positions(header)
    rules = [Rule(itemgetter(at[normal(one.column)]), Verdicts(_judge(one))) for one in mapping.where]
    for field, values in mapping.values.items():
        names = mapping.columns.get(field, ())
        if names and not all(values.values()):
            rules.append(Rule(_joined([at[normal(name)] for name in names]), _left_out_values(names, values)))
    return rules


def why_left_out(rules: Sequence[Rule], cells: list[str]) -> str:
    """The rule that leaves a line out, in words; empty for a line that is used."""
    for take, verdicts in rules:
        try:
            why = verdicts[take(cells)]
        except IndexError:  # a row shorter than the header
            why = verdicts[""]
        if why:
            return why
    return ""


def _judge(condition: Condition) -> Callable[[str], str]:
    opposite = condition.opposite
    return lambda cell: "" if condition.is_met(cell) else opposite


def _left_out_values(names: Sequence[str], values: Names[str, str]) -> Verdicts:
    """The values of a column that mean "leave the line out"."""
    said = {folded(value): Condition(" + ".join(names), "is" if value else "is_empty", (value,) if value else ())
            for value, meaning in values.items() if not meaning}  # fmt: skip
    return Verdicts(lambda cell: said[folded(cell)].words if folded(cell) in said else "")


def _joined(places: list[int]) -> Callable[[list[str]], str]:
    return itemgetter(*places) if len(places) == 1 else lambda cells: " ".join(cells[at].strip() for at in places)


def _sift(lines: Lines, rules: Sequence[Rule], tally: Tally) -> Lines:
    """The lines that are used; the others are counted by the rule that leaves them out."""
    left_out = tally.left_out
    for line, cells in lines:
        if why := why_left_out(rules, cells):
            tally.lines += 1
            left_out[why] = left_out.get(why, 0) + 1
        else:
            yield line, cells


def _single(lines: Lines, reader: RowReader) -> Iterator[Row | Fault]:
    tally, read_row = reader.tally, reader.read
    for line, cells in lines:
        tally.lines += 1
        yield read_row(line, cells)
