"""How one file is to be taken in: what `AccessLog.mapping` holds, and what is remembered for the next file."""

from collections.abc import Mapping as Names
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

import sqlalchemy as sa

from tracker import db
from tracker.analysis.csvfile import Dialect
from tracker.analysis.mapping import Mapping
from tracker.ledger import housekeeping, now
from tracker.models.accounts import folded
from tracker.models.cases import Case
from tracker.models.evidence import LogKind
from tracker.models.logs import AccessLog, ImportMapping
from tracker.models.words import IdentifierKind

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

    def settled(self, people: Names[str, str]) -> "Plan":
        """The plan with more answers to who somebody is."""
        return replace(self, people={**self.people, **people})


def remembered(case: Case, kind: LogKind, system: str) -> tuple[Mapping, IdentifierKind] | None:
    """The columns last chosen for files of that system in the case; of any system there is a name for."""
    row = db.session().scalar(_row(case.id, kind, system)) if system else None
    if row is None:
        return None
    return Mapping.from_json(row.mapping["mapping"]), IdentifierKind(row.mapping["kind"])


def remember(case: Case, kind: LogKind, system: str, plan: Plan) -> None:
    """Keep the columns for the next file of that system."""
    if not system:
        return
    case_id = case.id
    with housekeeping() as record:
        row = record.scalar(_row(case_id, kind, system))
        if row is None:
            row = ImportMapping(case_id=case_id, kind=kind, system_folded=_name(system))
            record.add(row)
        row.mapping, row.at = {"mapping": plan.mapping.as_json(), "kind": plan.kind.value}, now()


def _row(case_id: int, kind: LogKind, system: str) -> sa.Select[ImportMapping]:
    return sa.select(ImportMapping).where(
        ImportMapping.case_id == case_id, ImportMapping.kind == kind, ImportMapping.system_folded == _name(system)
    )


def _name(system: str) -> str:
    return folded(system)[:200]
