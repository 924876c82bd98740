"""Helpers for telling an example: local times, and logs imported as a member would import them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.analysis.moments import Moment
from tracker.analysis.moments import stated as local_time
from tracker.base.config import Settings
from tracker.base.files import FileStore
from tracker.imports import whole_import
from tracker.imports.check import check
from tracker.imports.plan import choose_plan, detect_format
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.words import IdentifierKind, LogKind
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account

__all__ = ["UNKNOWN", "Context", "import_log", "local_time"]
UNKNOWN = Moment.of()


@dataclass(frozen=True)
class Context:
    """Who tells an example, in which case, and with what."""

    by: Account
    case: Case
    settings: Settings
    files: FileStore
    people: dict[str, Account]


def import_log(
    context: Context, path: Path, kind: LogKind, *, identifiers: IdentifierKind, **reliability: Any
) -> AccessLog:
    """Import one of the example's files in one go: received, checked, imported."""
    by, case, files, dialect = context.by, context.case, context.files, detect_format(path)
    plan = choose_plan(case, kind, path, dialect, columns={}, fixed={}, zone="UTC", identifiers=identifiers)
    log = whole_import.receive_file(files, by, case, kind, path, plan, reliability)
    whole_import.import_log(files, by, log, check(path, plan, case))
    if log.failure:
        raise RuntimeError(log.failure)
    return log
