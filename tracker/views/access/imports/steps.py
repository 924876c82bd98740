"""From one page of an import to the next: where a log waits for somebody, and how its check is asked for."""

from pathlib import Path

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from tracker.actions.access import access_logs as actions
from tracker.imports.plan import Plan, save_mapping
from tracker.imports.reading import stored_file
from tracker.models.access.access_logs import AccessLog
from tracker.web.guard import me
from tracker.web.places import to
from tracker.web.uploads import store


def next_page(log: AccessLog) -> ResponseReturnValue:
    """To the page where the log waits for somebody."""
    if log.is_running:
        return to(log)
    place = ".columns" if Plan.of(log).reading.encoding else ".reading"
    return redirect(url_for(place, **log.address_values), 303)


def file_of(log: AccessLog) -> Path:
    """The stored file, to be read where a Path is asked for."""
    return stored_file(store(), log.sha256)


def ask(log: AccessLog, plan: Plan) -> None:
    """Ask for the dry run, wake the worker, and remember the columns for the next file of this system."""
    case, kind, system = log.case, log.kind, log.system
    actions.ask_check(me(), log)
    save_mapping(case, kind, system, plan)
    reactivate()


def reactivate() -> None:
    """There is something to do for the worker of this program, if it has one."""
    if (worker := current_app.extensions.get("imports")) is not None:
        worker.set()
