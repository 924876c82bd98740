"""Which column of a file means what: chosen once for a source system, and found again in its next file."""

from collections.abc import Mapping as Names
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Self

from tracker.analysis.logs.conditions import Condition
from tracker.analysis.logs.files.headers import normal, positions, twins
from tracker.analysis.logs.times.dates import format_named
from tracker.analysis.zones import MomentFault, find_zone

LEVELS = ("E0", "E1", "E2", "E3", "E4", "E5", "E6", "E7")
CHANNELS = ("distribution_list", "delivered", "opened", "printed", "forwarded", "meeting", "briefing", "portal",
            "physical", "told_by_another")  # fmt: skip
FIELDS = {
    "access": ("person", "name", "identifier", "more_people", "material", "version", "copy", "channel", "level",
               "since", "until", "duration", "source", "note"),
    "whereabouts": ("person", "name", "identifier", "more_people", "place", "since", "until", "duration", "source",
                    "note"),
    "people": ("person", "name", "identifier", "post", "unit", "involvement"),
    "press_contacts": ("person", "identifier", "with_whom", "since", "minutes", "medium", "basis", "content_known",
                       "content", "explanation", "source"),
}  # fmt: skip
TRIPLES = tuple(f"{name}_{part}" for name in ("since", "until") for part in ("utc", "local", "precision"))
NEEDED = {"access": ("person", "material", "since"), "whereabouts": ("person", "place", "since"),
          "people": ("person",), "press_contacts": ("person", "with_whom", "since")}  # fmt: skip
DIRECTIONS = ("enter", "leave")
MEANINGS: dict[str, Sequence[str] | None] = {
    "level": LEVELS, "channel": CHANNELS, "event": DIRECTIONS, "material": None, "version": None,
}  # what the values of a field may mean; None: whatever the case has  # fmt: skip
_INSTEAD = {"person": ("identifier", "name", "more_people"), "since": ("since_utc", "since_local")}


class MappingFault(ValueError):
    """A mapping that cannot be used; its text is one sentence for the account."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the rows of a file are to be read. `kind` is "access" or "whereabouts".

    `columns`: field -> header or headers, joined by a blank. Fields are those of FIELDS, TRIPLES, and "event".
    `fixed`: field -> the value every row has. `dates`: the name of a DateFormat. `zone`: that of times without one.
    `where`: only lines that meet each of these are used. `values`: field of MEANINGS -> value as the file has it ->
    what it means, "" for "leave the line out"; "event" has "enter" and "leave", for a log of people going in and out.
    `answers`: the key of a Question -> the answer.
    """

    kind: str = "access"
    columns: Names[str, Sequence[str]] = field(default_factory=dict)
    fixed: Names[str, str] = field(default_factory=dict)
    dates: str = "iso"
    zone: str = ""
    where: Sequence[Condition] = ()
    values: Names[str, Names[str, str]] = field(default_factory=dict)
    answers: Names[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """One header may be given as itself; fields without a column are no fields."""
        columns = {name: _several(headers) for name, headers in self.columns.items() if headers}
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "fixed", {name: value for name, value in self.fixed.items() if value})
        where = tuple(one if isinstance(one, Condition) else Condition(**one) for one in self.where)
        object.__setattr__(self, "where", where)
        object.__setattr__(self, "values", {name: dict(values) for name, values in self.values.items() if values})

    @property
    def headers(self) -> list[str]:
        """The columns of the file that it names, in fields and in conditions."""
        return [*(one for names in self.columns.values() for one in names), *(one.column for one in self.where)]

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The mapping of `as_json`; what another release knew besides is left out."""
        return cls(**{known.name: values[known.name] for known in fields(cls) if known.name in values})

    def check(self) -> None:
        """MappingFault for what is missing, unknown or contradictory, whatever the file."""
        if self.kind not in FIELDS:
            raise MappingFault(f'"{self.kind}" is not a kind of import. Choose from {", ".join(FIELDS)}.')
        for name in {*self.columns, *self.fixed}:
            if name not in {*FIELDS[self.kind], *TRIPLES, "event"}:
                raise MappingFault(f'"{name}" is not a field. Choose from {", ".join(FIELDS[self.kind])}.')
        for name in NEEDED[self.kind]:
            if not {name, *_INSTEAD.get(name, ())} & {*self.columns, *self.fixed}:
                raise MappingFault(f"Choose the column for {name}, or enter one value for every line.")
        self._check_rules()
        if self.fixed.get("level", "E0") not in LEVELS:
            raise MappingFault(f'"{self.fixed["level"]}" is not an evidence level. Choose a level from E0 to E7.')
        if self.fixed.get("channel", "portal") not in CHANNELS:
            raise MappingFault(f'"{self.fixed["channel"]}" is not a channel. Choose from {", ".join(CHANNELS)}.')
        try:
            format_named(self.dates)
            find_zone(self.zone or "UTC")
        except MomentFault as fault:
            raise MappingFault(str(fault)) from None

    def _check_rules(self) -> None:
        if {"until", "duration"} <= {*self.columns}:
            raise MappingFault("Choose a column for the end or for the duration, not both.")
        if "event" in self.columns and not set(DIRECTIONS) <= set(self.values.get("event", {}).values()):
            raise MappingFault("Choose the values of the event column for going in and for going out.")
        for objection in filter(None, (one.objection() for one in self.where)):
            raise MappingFault(objection)
        for name, values in self.values.items():
            if name not in MEANINGS:
                raise MappingFault(f'Values of "{name}" have no meaning. Choose from {", ".join(MEANINGS)}.')
            for value, meaning in values.items():
                if meaning and (words := MEANINGS[name]) is not None and meaning not in words:
                    raise MappingFault(f'"{value}" cannot mean "{meaning}". Choose from {", ".join(words)}.')


def _several(headers: str | Sequence[str]) -> tuple[str, ...]:
    return (headers,) if isinstance(headers, str) else tuple(headers)


def match_mapping(saved: Mapping, header: Sequence[str]) -> tuple[Mapping, dict[str, tuple[str, ...]]]:
    """A saved mapping for another header, in that one's spelling, and the fields whose columns it does not have.

    Letter case, blanks, underscores and order may differ. `missing`: field -> the headers not found, and "where" ->
    those of conditions. Such a field is left out of the mapping, so that the account is asked for it alone; such a
    condition stays, because more lines would be used without it.
    """
    known = positions(header)
    missing = {name: lost for name, headers in saved.columns.items()
               if (lost := tuple(one for one in headers if normal(one) not in known))}  # fmt: skip
    found = {name: tuple(header[known[normal(one)]] for one in headers)
             for name, headers in saved.columns.items() if name not in missing}  # fmt: skip
    where = [replace(one, column=header[known[normal(one.column)]]) if normal(one.column) in known else one
             for one in saved.where]  # fmt: skip
    if lost := tuple(one.column for one in saved.where if normal(one.column) not in known):
        missing["where"] = lost
    return replace(saved, columns=found, where=where), missing


def missing_columns(names: Sequence[str], header: Sequence[str], line: int) -> str:
    """The sentence for columns that a file does not have, with the header that was read."""
    if alike := [one for name in names for one in twins(name, header)]:
        return f'Several columns are called "{names[0]}". Name one of them: {", ".join(alike)[:300]}.'
    lost = ", ".join(f'"{name}"' for name in dict.fromkeys(names))
    place = f"The header in line {line} reads" if line else "Its columns are"
    return f"The file has no column {lost}. {place}: {', '.join(header)[:300]}."
