"""What is known of a system that writes logs: how its header is recognised, and how its lines are read."""

from collections.abc import Mapping as Names
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.analysis.logs.conditions import Condition
from tracker.analysis.logs.files.headers import normal, positions
from tracker.analysis.logs.mapping import NEEDED, Mapping
from tracker.models.access.words import IdentifierKind

_ASKED = {
    "material": "Which material the lines are about",
    "place": "Which place the lines are about",
    "dates": "Whether the day or the month is written first, if the file does not show it",
    "zone": "Which time zone the times are in, if the file does not say it",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One evidence level: the values that count as it (none: every line), and the sentence that says why."""

    level: str
    channel: str
    because: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How lines are read as records of one kind. Columns are named as in `KnownSystem.columns`.

    `evidence_by` is the column whose values the evidence names; lines with other values are left out. `where` holds
    what else a line must be: column, test and values of a Condition. `enter` and `leave` are values of the column
    that is mapped to "event".
    """

    kind: str
    columns: Names[str, tuple[str, ...]]
    identifiers: IdentifierKind = IdentifierKind.ACCOUNT
    evidence_by: str = ""
    evidence: tuple[Evidence, ...] = ()
    where: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    fixed: Names[str, str] = field(default_factory=dict)
    dates: str = ""
    zone: str = ""
    enter: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, dict[str, str]]:
        """What the values of columns mean, as in a Mapping."""
        told = {
            name: {value: getattr(one, name) for one in self.evidence for value in one.values}
            for name in ("level", "channel")
        }
        direction = dict.fromkeys(self.enter, "enter") | dict.fromkeys(self.leave, "leave")
        return {name: values for name, values in (told | {"event": direction}).items() if values}

    @property
    def asked(self) -> list[str]:
        """What the system does not say, so that a person must."""
        known = {*self.columns, *self.fixed} | {name for name in ("dates", "zone") if getattr(self, name)}
        needed = {*NEEDED[self.kind], "dates", "zone"} - known
        return [words for name, words in _ASKED.items() if name in needed]


@dataclass(frozen=True, slots=True)
class KnownSystem:
    """A system and the files it writes.

    `columns`: our name of a column -> the headers it had, in any language and any version. `recognised_by`: the
    columns that must all be there. `readings`: kind of import -> how the lines are read.
    """

    name: str
    title: str
    about: str
    export: str
    sources: tuple[str, ...]
    limits: tuple[str, ...]
    columns: Names[str, tuple[str, ...]]
    recognised_by: tuple[str, ...]
    readings: Names[str, Reading]
    also: tuple[str, ...] = ()

    def is_header(self, header: Sequence[str]) -> bool:
        """Whether every column that the system is recognised by is there, under one of its headers."""
        return not {*self.recognised_by} - {*self._found(header)}

    def columns_known(self, header: Sequence[str]) -> int:
        """How many columns of this header are columns of the system."""
        return len(self._found(header))

    def mapping(self, kind: str, header: Sequence[str]) -> Mapping | None:
        """The mapping for a file with this header; None if the system says nothing of this kind of import."""
        reading, found = self.readings.get(kind), self._found(header)
        if reading is None:
            return None
        columns = {name: tuple(found[one] for one in ours if one in found) for name, ours in reading.columns.items()}
        where = [Condition(found[column], test, values) for column, test, values in reading.where if column in found]
        fixed = dict(reading.fixed)
        if reading.evidence_by in found:
            by = found[reading.evidence_by]
            columns |= {"level": (by,), "channel": (by,)}
            where.insert(0, Condition(by, "is", tuple(reading.values["level"])))
        elif reading.evidence:
            fixed |= {"level": reading.evidence[0].level, "channel": reading.evidence[0].channel}
        return Mapping(kind, columns, fixed, reading.dates, reading.zone, where, reading.values)

    def zone_note(self, kind: str, chosen: str) -> str:
        """The sentence on a chosen zone that is not the one in which the system writes; empty where it is."""
        zone = self.readings[kind].zone if kind in self.readings else ""
        if not zone or chosen in {"", zone}:
            return ""
        return f"{self.title} writes times without a zone in {zone}. This import reads them in {chosen}."

    def rules(self, kind: str) -> list[str]:
        """What else a line must be, in words."""
        rules = self.readings[kind].where
        return [Condition(self.columns[column][0], test, values).words for column, test, values in rules]

    def _found(self, header: Sequence[str]) -> dict[str, str]:
        """Our names of the columns that are there -> their headers as this file writes them."""
        places = positions(header)
        return {
            name: header[places[normal(one)]]
            for name, headers in self.columns.items()
            for one in reversed(headers)
            if normal(one) in places
        }
