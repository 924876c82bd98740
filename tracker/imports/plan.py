"""How one file is to be taken in: what `AccessLog.mapping` holds."""

from collections.abc import Mapping as Names
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from tracker.analysis.logs.csv_file import Dialect
from tracker.analysis.logs.mapping import Mapping
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.words import IdentifierKind

NEW = "new"  # the answer that somebody is none of the people who are in the case


@dataclass(frozen=True)
class Plan:
    """The way the file is written, what its columns mean, and who its people are.

    `kind` is what an identifier of a new person is, unless it is an e-mail address. `people`: the folded key of
    somebody the file leaves unsure -> a pseudonym of the case, or NEW.
    """

    reading: Dialect
    mapping: Mapping
    kind: IdentifierKind = IdentifierKind.ACCOUNT
    people: Names[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        return {
            "reading": asdict(self.reading),
            "mapping": self.mapping.as_json(),
            "kind": self.kind.value,
            "people": dict(self.people),
        }

    @classmethod
    def of(cls, log: AccessLog) -> Self:
        """The plan of a log."""
        values = log.mapping
        reading = Dialect(**{**values["reading"], "header": tuple(values["reading"]["header"])})
        kind = IdentifierKind(values["kind"])
        return cls(reading, Mapping.from_json(values["mapping"]), kind, values["people"])
