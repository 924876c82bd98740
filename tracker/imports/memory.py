"""What is remembered of a source system: the columns that were last chosen for its files."""

import sqlalchemy as sa

from tracker.analysis.logs.mapping import Mapping
from tracker.audit.doors import housekeeping, now
from tracker.base import db
from tracker.base.text import fold
from tracker.imports.plan import Plan
from tracker.models.access.access_logs import ImportMapping
from tracker.models.access.words import IdentifierKind, LogKind
from tracker.models.case.cases import Case


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
    return fold(system)[:200]
