"""A look into a file with a mapping: the values of its columns, the lines that rules leave out, the first lines."""

from collections.abc import Mapping as Names
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from tracker.analysis.logs.access_log import CsvFault, Mapping, match_mapping, rules_of, why_left_out
from tracker.analysis.logs.conditions import folded
from tracker.analysis.logs.files.csv_file import Dialect, Lines, open_table
from tracker.analysis.logs.files.headers import normal
from tracker.analysis.logs.mapping import MEANINGS
from tracker.audit.doors import Refused
from tracker.base.text import counted

LOOKED_AT, FEW, SHOWN = 5_000, 20, 8  # lines, distinct values, lines that are shown
_CELLS = 200_000  # in all: a file of many columns is looked at for fewer lines


@dataclass
class Column:
    """A column of a file: its first distinct values, and how often each stands there if they are few."""

    name: str
    first: list[str] = field(default_factory=list)
    counts: dict[str, int] | None = field(default_factory=dict)

    def add(self, cell: str) -> None:
        """One more cell of it."""
        if cell and len(self.first) < 3 and cell[:60] not in self.first:
            self.first.append(cell[:60])
        if self.counts is not None:
            self.counts[cell] = self.counts.get(cell, 0) + 1
            if len(self.counts) > FEW:
                self.counts = None


@dataclass
class Look:
    """What the first lines of a file hold. `left_out`: a rule in words -> how many of them it leaves out.

    `shown` are the very first: line, cells, and the rule that leaves it out or "". `unknown`: header and value of what
    has no meaning yet -> the lines.
    """

    columns: list[Column]
    lines: int = 0
    is_whole: bool = True
    left_out: dict[str, int] = field(default_factory=dict)
    shown: list[tuple[int, list[str], str]] = field(default_factory=list)
    unknown: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def remain(self) -> int:
        """The lines that are used, of those looked at."""
        return self.lines - sum(self.left_out.values())

    def column(self, names: Sequence[str]) -> Column | None:
        """The column that alone stands for a field; None where several do, or none."""
        wanted = [normal(name) for name in names]
        return next((one for one in self.columns if [normal(one.name)] == wanted), None)


def look_into(source: Path, dialect: Dialect, mapping: Mapping) -> Look:
    """Look into the first lines of a file. Refused for a file that cannot be read."""
    try:
        header, lines = open_table(source, dialect.divided_for(mapping.headers))
        return _look(header, lines, match_mapping(mapping, header)[0])
    except CsvFault as fault:
        raise Refused(str(fault)) from None


def _look(header: Sequence[str], lines: Lines, mapping: Mapping) -> Look:
    known = replace(mapping, where=[one for one in mapping.where if one.column in header])
    look, rules = Look([Column(name) for name in header]), rules_of(known, header)
    asked = [(header.index(names[0]), _Asked(words, mapping.values.get(field, {})))
             for field, words in MEANINGS.items()
             if words is not None and len(names := mapping.columns.get(field, ())) == 1]  # fmt: skip
    for line, cells in islice(lines, min(LOOKED_AT, max(_CELLS // len(header), SHOWN))):
        look.lines += 1
        if why := why_left_out(rules, cells):
            look.left_out[why] = look.left_out.get(why, 0) + 1
        if len(look.shown) < SHOWN:
            look.shown.append((line, cells, why))
        for column, cell in zip(look.columns, cells, strict=False):
            column.add(cell.strip())
        for at, values in asked if not why else ():
            if at < len(cells) and values[cells[at]]:
                place = header[at], cells[at].strip()
                look.unknown[place] = look.unknown.get(place, 0) + 1
    look.is_whole = next(lines, None) is None
    return look


class _Asked(dict[str, bool]):
    """The values of a column -> whether nobody has said yet what they mean."""

    def __init__(self, words: Sequence[str], meanings: Names[str, str]) -> None:
        super().__init__({"": False})
        self.words, self.meanings = set(map(normal, words)), set(map(folded, meanings))

    def __missing__(self, cell: str) -> bool:
        found = bool(cell.strip()) and folded(cell) not in self.meanings and normal(cell) not in self.words
        return self.setdefault(cell, found) if len(self) < LOOKED_AT else found


def ask_meanings(look: Look) -> str | None:
    """The sentence that asks what values mean, with how often each stands there; None when all are known."""
    asked: dict[str, list[str]] = {}
    for (header, value), lines in look.unknown.items():
        asked.setdefault(header, []).append(f"{value[:40]} ({counted(lines, 'line')})")
    told = [
        f"{header}: {', '.join(values[:FEW])}{' ...' if len(values) > FEW else ''}" for header, values in asked.items()
    ]
    return f"Choose what these values mean. {'; '.join(told)}." if told else None
