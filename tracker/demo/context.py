"""Helpers for telling an example: local times, and logs imported as a member would import them."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tracker.actions.case.step_times import date_step
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
from tracker.models.case.step_times import steps_of
from tracker.models.register.accounts import Account

__all__ = ["UNKNOWN", "Context", "date_steps", "import_log", "local_time"]
PACE = 2  # days from one step of an example to the next
UNKNOWN = Moment.of()


@dataclass(frozen=True)
class Context:
    """Who tells an example, in which case, and with what."""

    by: Account
    case: Case
    settings: Settings
    files: FileStore
    people: dict[str, Account]
    opened: date = date(2018, 3, 21)  # day 0 of the inquiry; what it is about keeps its own dates

    def day(self, number: int, time: str = "") -> Moment:
        """A day of the inquiry, where the lead works, with a time of the day or without."""
        return local_time(f"{self.opened + timedelta(days=number)} {time}".strip(), self.case.zone)


def date_steps(context: Context) -> None:
    """Say when the steps of an example happened; when they were recorded stays as it is."""
    moves = [step for step in steps_of(context.case) if step.name.startswith("move")]
    for number, step in enumerate([steps_of(context.case)[0], *moves]):
        about: dict[str, Any] = {"took_place": context.day(number * PACE), "reason": "Recorded after the event."}
        date_step(context.people["lead"], context.case, step=step.name, **about)


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
