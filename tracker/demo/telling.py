"""Helpers for telling an example: local times, and logs imported as a member would import them."""

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from tracker.actions.access.access_logs import ask_check, receive_log, start_import
from tracker.analysis.logs.csv_file import sniff
from tracker.analysis.moments import Moment, Precision, stated
from tracker.base.config import Settings
from tracker.base.files import FileStore
from tracker.imports import reading, worker
from tracker.imports.plan import Plan
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.words import IdentifierKind, LogKind
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account

UNKNOWN = Moment.of()


@dataclass(frozen=True)
class Telling:
    """Who tells an example, in which case, and with what."""

    by: Account
    case: Case
    settings: Settings
    files: FileStore
    people: dict[str, Account]


def local(text: str, zone: str, precision: Precision | None = None, latest: str | None = None) -> Moment:
    """A time as the clocks of `zone` showed it."""
    return stated(text, zone, precision, latest)


def import_log(
    telling: Telling, path: Path, kind: LogKind, *, identifiers: IdentifierKind, **reliability: Any
) -> AccessLog:
    """Import one of the example's files in one go: received, checked, imported."""
    stored = telling.files.put(BytesIO(path.read_bytes()))
    dialect = sniff(path)
    mapping, _ = reading.propose_mapping(path, dialect, kind.value, None)
    mapping = replace(mapping, zone="UTC")
    log = receive_log(
        telling.by,
        telling.case,
        kind=kind,
        name=path.name,
        sha256=stored.sha256,
        size=stored.size,
        plan=Plan(dialect, mapping, identifiers).as_json(),
        **reliability,
    )
    ask_check(telling.by, log, at_once=True)
    worker.run(log, telling.files)
    start_import(telling.by, log, left_out=[], at_once=True)
    worker.run(log, telling.files)
    if log.failure:
        raise RuntimeError(log.failure)
    return log
