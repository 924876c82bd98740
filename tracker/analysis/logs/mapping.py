"""Which column of a file means what: chosen once for a source system, and found again in its next file."""

from collections.abc import Mapping as Names
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Self

from tracker.analysis.logs.csv_file import Dialect
from tracker.analysis.logs.times.dates import format_named
from tracker.analysis.logs.headers import normal, positions
from tracker.analysis.zones import MomentFault, find_zone

LEVELS = ("E0", "E1", "E2", "E3", "E4", "E5", "E6", "E7")
CHANNELS = ("distribution_list", "delivered", "opened", "printed", "forwarded", "meeting", "briefing", "portal",
            "physical", "told_by_another")  # fmt: skip
FIELDS = {
    "access": ("person", "name", "identifier", "material", "version", "copy", "channel", "level", "since", "until",
               "source", "note"),
    "whereabouts": ("person", "name", "identifier", "place", "since", "until", "source", "note"),
}  # fmt: skip
TRIPLES = tuple(f"{name}_{part}" for name in ("since", "until") for part in ("utc", "local", "precision"))
NEEDED = {"access": ("person", "material", "since"), "whereabouts": ("person", "place", "since")}
_INSTEAD = {"person": ("identifier", "name"), "since": ("since_utc", "since_local")}


class MappingFault(ValueError):
    """A mapping that cannot be used; its text is one sentence for the account."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the rows of a file are to be read. `kind` is "access" or "whereabouts".

    `columns`: field -> header or headers, joined by a blank. Fields are those of FIELDS, TRIPLES, and "event".
    `fixed`: field -> the value every row has. `dates`: the name of a DateFormat. `zone`: that of times without one.
    `enter`, `leave`, `skip`: the values of the event column, for a log of people going in and out.
    `header_line`, `encoding`, `separator`: as in a Dialect.
    """

    kind: str = "access"
    columns: Names[str, Sequence[str]] = field(default_factory=dict)
    fixed: Names[str, str] = field(default_factory=dict)
    dates: str = "iso"
    zone: str = ""
    enter: Sequence[str] = ()
    leave: Sequence[str] = ()
    skip: Sequence[str] = ()
    header_line: int = 1
    encoding: str = "utf-8"
    separator: str = ","

    def __post_init__(self) -> None:
        """One header may be given as itself; fields without a column are no fields."""
        columns = {name: _several(headers) for name, headers in self.columns.items() if headers}
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "fixed", {name: value for name, value in self.fixed.items() if value})
        for name in ("enter", "leave", "skip"):
            object.__setattr__(self, name, _several(getattr(self, name)))

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The mapping of `as_json`; what another release knew besides is left out."""
        return cls(**{known.name: values[known.name] for known in fields(cls) if known.name in values})

    def read_as(self, dialect: Dialect) -> Self:
        """The same mapping for a file written in this way. MappingFault while its encoding is not known."""
        if dialect.encoding is None:
            raise MappingFault("Choose the encoding of the file first.")
        return replace(self, encoding=dialect.encoding, separator=dialect.separator, header_line=dialect.header_line)

    def check(self) -> None:
        """MappingFault for what is missing, unknown or contradictory, whatever the file."""
        if self.kind not in FIELDS:
            raise MappingFault(f'"{self.kind}" is not a kind of import. Choose access or whereabouts.')
        for name in {*self.columns, *self.fixed}:
            if name not in {*FIELDS[self.kind], *TRIPLES, "event"}:
                raise MappingFault(f'"{name}" is not a field. Choose from {", ".join(FIELDS[self.kind])}.')
        for name in NEEDED[self.kind]:
            if not {name, *_INSTEAD.get(name, ())} & {*self.columns, *self.fixed}:
                raise MappingFault(f"Choose the column for {name}, or enter one value for every line.")
        if "event" in self.columns and not (self.enter and self.leave):
            raise MappingFault("Enter the values of the event column for going in and for going out.")
        if self.fixed.get("level", "E0") not in LEVELS:
            raise MappingFault(f'"{self.fixed["level"]}" is not an evidence level. Choose a level from E0 to E7.')
        if self.fixed.get("channel", "portal") not in CHANNELS:
            raise MappingFault(f'"{self.fixed["channel"]}" is not a channel. Choose from {", ".join(CHANNELS)}.')
        try:
            format_named(self.dates)
            find_zone(self.zone or "UTC")
        except MomentFault as fault:
            raise MappingFault(str(fault)) from None


def _several(headers: str | Sequence[str]) -> tuple[str, ...]:
    return (headers,) if isinstance(headers, str) else tuple(headers)


def match_mapping(saved: Mapping, header: Sequence[str]) -> tuple[Mapping, dict[str, tuple[str, ...]]]:
    """A saved mapping for another header, in that one's spelling, and the fields whose columns it does not have.

    Letter case, blanks, underscores and order may differ. `missing`: field -> the headers not found; such a field is
    left out of the mapping, so that the account is asked for it alone.
    """
    known = positions(header)
    missing = {name: lost for name, headers in saved.columns.items()
               if (lost := tuple(one for one in headers if normal(one) not in known))}  # fmt: skip
    found = {name: tuple(header[known[normal(one)]] for one in headers)
             for name, headers in saved.columns.items() if name not in missing}  # fmt: skip
    return replace(saved, columns=found), missing
