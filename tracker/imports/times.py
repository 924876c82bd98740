"""The times of a file before it is imported: every line is looked at once, for its formats and its open questions."""

from collections import OrderedDict
from collections.abc import Hashable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tracker.analysis.logs.access_log import CsvFault, rules_of, why_left_out
from tracker.analysis.logs.files.csv_file import Dialect, Lines, open_table
from tracker.analysis.logs.files.headers import normal, positions
from tracker.analysis.logs.mapping import Mapping, match_mapping
from tracker.analysis.logs.questions import Question, still_open
from tracker.analysis.logs.times.column import Cell, Column, detect
from tracker.analysis.logs.times.dates import DateFormat, format_named, reading_words
from tracker.analysis.logs.times.fields import zone_said
from tracker.analysis.logs.times.questions import time_questions
from tracker.analysis.zones import MomentFault
from tracker.audit.doors import Refused

FIELDS = ("since", "until", "duration")
_REMEMBERED = 8  # looks at a file: a page and the answer to it ask for the same


class Times(NamedTuple):
    """What the time columns of a file hold: field -> the names of its columns, and their distinct shapes."""

    fields: dict[str, tuple[Sequence[str], Column]]
    zone: str = ""  # as the lines above the table say it

    def cells(self) -> Iterator[Cell]:
        """One cell of each shape of the times, not of durations."""
        return (cell for field in FIELDS[:2] if field in self.fields for cell in self.fields[field][1].cells())

    @property
    def formats(self) -> list[DateFormat]:
        """The formats that read every line: none where there is no time, several where somebody has to choose."""
        return detect(cell.text for cell in self.cells())

    def readings(self) -> list[tuple[DateFormat, str]]:
        """These formats, each with the time it makes of the first line, if that says a time."""
        cell = next(self.cells(), None)
        return [(one, reading_words(one, cell.text) if cell else "") for one in self.formats]

    def questions(self, mapping: Mapping) -> list[Question]:
        """What the times leave open when they are read with a mapping."""
        dated = [self.fields[field] for field in FIELDS[:2] if field in self.fields]
        try:
            likely = mapping.dates or next((one.name for one in self.formats), "iso")
            dates = format_named(likely).told(mapping.answers)
        except MomentFault:
            return []  # refused where the format is chosen
        day = mapping.fixed.get("since", "") if "since" in mapping.columns else ""
        return time_questions(dates, mapping.zone, dated, self.fields.get("duration"), day, self.zone)


def zone_of_file(mapping: Mapping, dialect: Dialect) -> str:
    """The zone that the names of its time columns say, else the lines above them; empty where they say none."""
    said = (zone_said(mapping.columns.get(field, ())) for field in FIELDS[:2])
    return next(filter(None, said), "") or zone_said([f"({dialect.zone})"])


def look_at_times(source: Path, dialect: Dialect, mapping: Mapping) -> Times:
    """The times of all lines that the rules of the mapping keep. Refused for a file that cannot be read."""
    key = (_identity(source), repr((dialect, _what_is_looked_at(mapping))))
    if key[0] is not None and key in _looks:
        _looks.move_to_end(key)
        return _looks[key]
    try:
        fields = (*FIELDS, *mapping.values)
        names = [name for field in fields for name in mapping.columns.get(field, ())]
        names += [one.column for one in mapping.where]
        header, lines = open_table(source, dialect.narrowed_to(names))
        found = _look(header, lines, match_mapping(mapping, header)[0])._replace(zone=dialect.zone)
    except CsvFault as fault:
        raise Refused(str(fault)) from None
    if key[0] is not None:
        _looks[key] = found
        while len(_looks) > _REMEMBERED:
            _looks.popitem(last=False)
    return found


def _what_is_looked_at(mapping: Mapping) -> str:
    """The columns of times, and what decides which lines are used."""
    times = {field: mapping.columns.get(field) for field in FIELDS}
    left_out = {field: (mapping.columns.get(field), [value for value, meaning in said.items() if not meaning])
                for field, said in mapping.values.items()}  # fmt: skip
    return str((times, mapping.where, left_out))


def _identity(source: Path) -> Hashable:
    """What a file is as long as it is not changed; None for a stream."""
    if isinstance(source, Path):
        status = source.stat()
        return source, status.st_mtime_ns, status.st_size
    return getattr(source, "sha256", None)


def _look(header: Sequence[str], lines: Lines, mapping: Mapping) -> Times:
    at = positions(header)
    there = [one for one in mapping.where if normal(one.column) in at]  # a lost column is refused elsewhere
    rules = rules_of(replace(mapping, where=there), header)
    fields = {field: (names, Column()) for field in FIELDS if (names := mapping.columns.get(field))}
    ways = [([at[normal(name)] for name in names], column.see) for names, column in fields.values()]
    width = max((place for places, _ in ways for place in places), default=0)
    with suppress(CsvFault):  # the check of the whole file says which line cannot be read
        for line, cells in lines if ways else ():
            if len(cells) <= width or (rules and why_left_out(rules, cells)):
                continue  # a line that is too short is a fault of its own
            for (first, *others), see in ways:
                text = cells[first].strip()
                if others:
                    text = " ".join(filter(None, (text, *(cells[place].strip() for place in others))))
                if text:
                    see(line, text)
    return Times(fields)


_looks: OrderedDict[Hashable, Times] = OrderedDict()


def open_questions(source: Path, dialect: Dialect, mapping: Mapping) -> list[Question]:
    """The questions on the times of a file that nobody has answered."""
    return still_open(look_at_times(source, dialect, mapping).questions(mapping), mapping.answers)


def how_to_answer(questions: Sequence[Question]) -> str:
    """The questions as the command asks them, each with its choices."""
    return "\n".join(line for one in questions for line in (
        f"{one.text} ({one.seen.words})",
        *(f'  --answer "{one.key}={value}": {words}' for value, words in one.choices)))  # fmt: skip


def how_to_choose(times: Times) -> str:
    """The formats that read every line, each with what it makes of the first."""
    found = times.readings()
    names = " or ".join(one.name for one, _ in found)
    choices = (f'  --date-format "{one.name}": {words}' for one, words in found)
    return "\n".join([f"The dates could be read as {names}. Choose the date format.", *choices])
