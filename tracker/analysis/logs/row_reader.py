"""One row of cells after the other turned into an occurrence, or refused with the column, the value and the reason."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Names
from operator import itemgetter
from typing import NamedTuple

from tracker.analysis.cells import unguard, unwrap
from tracker.analysis.logs.conditions import folded
from tracker.analysis.logs.files.csv_file import fit, ragged
from tracker.analysis.logs.files.headers import normal, positions
from tracker.analysis.logs.mapping import CHANNELS, LEVELS, MEANINGS, Mapping, MappingFault
from tracker.analysis.logs.repeats import FirstLines
from tracker.analysis.logs.rows import Fault, Row, Tally
from tracker.analysis.logs.times.dates import format_named
from tracker.analysis.logs.times.durations import duration_reader, end_of
from tracker.analysis.logs.times.fields import field_reader
from tracker.analysis.logs.times.own_cells import cells_reader
from tracker.analysis.logs.times.quick import When
from tracker.analysis.logs.times.readers import UNKNOWN
from tracker.analysis.zones import MomentFault

_TEXTS = ("person", "identifier", "name", "material", "version", "copy", "channel", "level", "place", "source", "note")
_LONGEST = {"material": 300, "version": 300, "copy": 300, "place": 200,
            "source": 300}  # fmt: skip
_BETWEEN_CELLS = "\x1f"
_SIXTY_BITS = (1 << 60) - 1  # quicker than the sixty-four a hash has
_NO_TIME = 'There is no time here. Write "unknown" if nobody knows the time.'
_new_row = tuple.__new__
_Clock = Callable[[list[str]], When]


class Refusal(Exception):
    """A row that cannot be taken: the field, its value and the reason."""


class _Words(dict[str, str]):
    """A closed list of words as files spell them -> as they are stored; anything else is refused."""

    def __init__(self, field: str, words: Sequence[str], meanings: Names[str, str]) -> None:
        super().__init__({"": ""} | {word: word for word in words} | {**meanings})
        self.field, self.folded = field, {normal(word): word for word in words}
        self.meanings = {folded(value): meaning for value, meaning in meanings.items()}

    def __missing__(self, text: str) -> str:
        word = self.meanings.get(folded(text)) or self.folded.get(normal(text))
        if word is None:
            choices = ", ".join(self.folded.values())
            raise Refusal(self.field, text, f'"{text[:60]}" is not a {self.field}. Choose from {choices}.')
        return self.setdefault(text, word) if len(text) < 40 else word


class _Names(dict[str, str]):
    """The names that a file has for materials or versions -> those of the case; any other is as the file has it."""

    def __init__(self, meanings: Names[str, str]) -> None:
        super().__init__(meanings)
        self.meanings = {folded(value): meaning for value, meaning in meanings.items()}

    def __missing__(self, text: str) -> str:
        return self.meanings.get(folded(text)) or text


class _Joined(NamedTuple):
    """Columns that are one value, and more that each have people of their own."""

    places: list[int]
    more: list[int]

    def of(self, cells: list[str]) -> str:
        """The value in a row; people of different columns stand in lines of their own."""
        one = " ".join(filter(None, (cells[place].strip() for place in self.places)))
        return "\n".join(filter(None, (one, *(cells[place].strip() for place in self.more)))) if self.more else one


class RowReader:
    """Reads the rows of one file, whose header the mapping must fit. MappingFault for a fixed time that is none."""

    def __init__(self, mapping: Mapping, header: Sequence[str], tally: Tally) -> None:
        self.mapping, self.tally, self.width = mapping, tally, len(header)
        self._at = positions(header)
        self._extra: list[str | _Joined] = [""]  # put after the cells of a row: fixed values, and cells to be joined
        self._key = next((name for name in ("person", "identifier") if name in mapping.columns), "person")
        self._take = itemgetter(*map(self._index, _TEXTS))
        self._needs = "material" if mapping.kind == "access" else "place"
        self._since = self._clock("since")
        self._until = self._end() if "duration" in mapping.columns else self._clock("until")
        self._constants = [extra for extra in self._extra if isinstance(extra, str)]
        self._computes = len(self._constants) < len(self._extra)
        values: Names[str, Names[str, str]] = {**{name: {} for name in MEANINGS}, **mapping.values}
        self._levels = _Words("level", LEVELS, values["level"])
        self._channels = _Words("channel", CHANNELS, values["channel"])
        self._materials, self._versions = _Names(values["material"]), _Names(values["version"])
        self._renames = bool(values["material"] or values["version"])
        self._seen = FirstLines()

    def _index(self, field: str) -> int:
        """Where the value of a field stands in a row with its extra cells."""
        places = [self._at[normal(one)] for one in self.mapping.columns.get(field, ())]
        also = self.mapping.columns.get("more_people", ()) if field == self._key else ()
        more = [self._at[normal(one)] for one in also]
        fixed = self.mapping.fixed.get(field, "")
        if len(places) == 1 and not more:
            return places[0]
        if not places and not fixed and not more:
            return self.width
        self._extra.append(_Joined(places, more) if places or more else fixed)
        return self.width + len(self._extra) - 1

    def _clock(self, field: str) -> _Clock:
        """What reads `since` or `until` from a row with its extra cells."""
        columns, fixed = self.mapping.columns, self.mapping.fixed.get(field, "")
        if f"{field}_utc" in columns or f"{field}_local" in columns:
            return _three_cells(field, [self._index(f"{field}_{part}") for part in ("utc", "local", "precision")])
        dates = format_named(self.mapping.dates).told(self.mapping.answers)
        try:
            read = field_reader(dates, columns.get(field, ()), self.mapping.zone, fixed)
            if field in columns:
                return _one_cell(field, self._index(field), read)
            when = self._fixed_cells(field) or (read(fixed) if fixed else UNKNOWN)
        except MomentFault as fault:
            raise MappingFault(str(fault)) from None
        return lambda _: when

    def _fixed_cells(self, field: str) -> When | None:
        """The time of every row where it is said as the three cells of our own exports."""
        three = [self.mapping.fixed.get(f"{field}_{part}", "") for part in ("utc", "local", "precision")]
        return cells_reader()(*three) if any(three) else None

    def _end(self) -> _Clock:
        """What reads the end of a row that has its duration in a column."""
        at, begin = self._index("duration"), self._since
        read = duration_reader(self.mapping.columns["duration"], self.mapping.answers)

        def clock(cells: list[str]) -> When:
            text = cells[at].strip()
            try:
                return end_of(begin(cells), read(text))
            except MomentFault as fault:
                raise Refusal("duration", text, str(fault)) from None

        return clock

    def cell(self, cells: list[str], field: str) -> str:
        """The value of a field in a row as the file has it."""
        return " ".join(cells[self._at[normal(one)]].strip() for one in self.mapping.columns[field])

    def column(self, field: str) -> str:
        """The header a field is read from, for a fault; the field itself where there is none."""
        shown = next((name for name in (field, f"{field}_utc", f"{field}_local") if name in self.mapping.columns), None)
        return " + ".join(self.mapping.columns[shown]) if shown else field

    def refuse(self, line: int, field: str, value: str, reason: str, rule: str = "") -> Fault:
        """A fault of one cell."""
        return Fault(line, self.column(field), value[:200], reason, rule=rule)

    def fit(self, line: int, cells: list[str]) -> list[str] | Fault:
        """The row as wide as the header, or the fault that it cannot be."""
        return fit(cells, self.width) or Fault(line, "", "", ragged(cells, self.width))

    def read(self, line: int, cells: list[str]) -> Row | Fault:
        """The occurrence of one row, or why it is none."""
        if len(cells) != self.width:
            fitted = self.fit(line, cells)
            if isinstance(fitted, Fault):
                return fitted
            cells = fitted
        whole = _BETWEEN_CELLS.join(cells)
        first = self._seen.setdefault(hash(whole) & _SIXTY_BITS, line)
        cells += self._compute(cells) if self._computes else self._constants
        values = map(str.strip, self._take(cells))
        person, identifier, name, material, version, copy, channel, level, place, source, note = (
            map(unguard, values) if "'" in whole else values
        )
        if self._renames:
            material, version = self._materials[material], self._versions[version]
        key = person or identifier or name
        if not key or not (material or place):
            return self.refuse(line, self._needs if key else "person", "", "This cell must not be empty.")
        try:
            if len(whole) > 200:
                _check_lengths(material=material, version=version,
                               copy=copy, place=place, source=source)  # fmt: skip
            channel, level = self._channels[channel], self._levels[level]
            since, until = self._since(cells), self._until(cells)
        except Refusal as refusal:
            return self.refuse(line, *refusal.args)
        if until[1] and since[0] and until[1] < since[0]:
            return self.refuse(line, "until", until[1], "The end is before the start.")
        repeat_of = None if first == line else first
        return _new_row(Row, (line, key, identifier, name, material, version, copy, channel, level, place, since, until,
                              source, note, repeat_of, None, ()))  # fmt: skip

    def _compute(self, cells: list[str]) -> list[str]:
        """The extra cells of a row in which some are joined from several."""
        return [extra if isinstance(extra, str) else extra.of(cells) for extra in self._extra]


def _check_lengths(**values: str) -> None:
    for field, value in values.items():
        if len(value) > _LONGEST[field]:
            raise Refusal(field, value, f"A {field} can have at most {_LONGEST[field]} characters, not {len(value)}.")


def _one_cell(field: str, at: int, read: Callable[[str], When]) -> _Clock:
    """A clock that reads one cell; an empty one is unknown for `until` and refused for `since`."""
    optional = field == "until"

    def read_text(text: str) -> When:
        try:
            return read(text)
        except MomentFault as fault:
            if (shown := unwrap(text)) != text:  # looked at last: such cells are rare
                return read_text(shown)
            raise Refusal(field, text, str(fault) if text else _NO_TIME) from None

    return lambda cells: read_text(text) if (text := cells[at].strip()) or not optional else UNKNOWN


def _three_cells(field: str, at: Sequence[int]) -> _Clock:
    """A clock that reads the three cells of our own exports."""
    read, take, optional = cells_reader(), itemgetter(*at), field == "until"

    def clock(cells: list[str]) -> When:
        utc, local, precision = map(str.strip, take(cells))
        if not utc and not local and not precision and optional:
            return UNKNOWN
        try:
            return read(utc, local, precision)
        except MomentFault as fault:
            raise Refusal(field, utc or local, str(fault) if utc or local else _NO_TIME) from None

    return clock
