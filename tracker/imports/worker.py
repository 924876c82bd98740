"""The worker: one thread of the program that tries files and takes them in, one after the other, whoever waits.

Only one process at a time is at work: it holds a lock that dies with it. So a log that is begun and whose lock is
free was left half-way by a process that is dead: it has failed, and what it laid out is taken away.
"""

import fcntl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask

from tracker.actions.access.access_logs import receive_access_log
from tracker.analysis.logs.access_log import CsvFault, MappingFault
from tracker.audit.doors import Denied, Gone, Refused, now, staging, witness
from tracker.audit.verify.files import is_named, named_files
from tracker.base import db
from tracker.base.config import Settings
from tracker.base.files import Damaged, FileStore, open_privately
from tracker.imports.check import Progress, check
from tracker.imports.plan import Plan
from tracker.imports.reading import stored_file
from tracker.imports.report import Report
from tracker.imports.staging import remove, stage
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.words import LogState
from tracker.models.register.accounts import Account
from tracker.policy import SYSTEM

OUR_FAULT = "The server had a problem. Nothing was imported. Tell the operator and import the file again."
LEFT = "The program stopped during this import. Nothing was imported. Import the file again."
DAMAGED = "The stored file was changed or lost. Tell the operator."
EVERY = 2.0  # seconds between two looks for work that another process may have been given
RUNNING = (LogState.CHECKING, LogState.STAGING)


@contextmanager
def turn(settings: Settings, *, wait: bool) -> Iterator[bool]:
    """The turn to work on imports, on this machine; False at once if another process has it and `wait` is False."""
    db.session().rollback()  # who waits holds no state of the record: the log of SQLite grows while anybody does
    with open(settings.instance / "imports.lock", "w", opener=open_privately) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def work_off(app: Flask) -> int:
    """Do every step that waits; how many there were. Nothing is done while another process is at work."""
    done = 0
    with turn(app.config["SETTINGS"], wait=False) as mine:
        while mine and (log := _next()) is not None:
            if log.begun is not None:
                _fail(log, LEFT)
            else:
                run(log, app.extensions["files"])
            done += 1
    return done


def _next() -> AccessLog | None:
    db.session().rollback()
    return db.session().scalars(sa.select(AccessLog).where(AccessLog.state.in_(RUNNING)).order_by(AccessLog.id)).first()


def run(log: AccessLog, files: FileStore, progress: Progress = lambda _: None) -> None:
    """The step a log waits for; whatever goes wrong leaves it failed, with a sentence, and nothing laid out."""
    with staging(log):
        log.begun = now()
    try:
        step = _try if log.state is LogState.CHECKING else _import_log
        step(log, files, progress)
    except (CsvFault, MappingFault, Refused, Denied) as refusal:
        _fail(log, str(refusal))
    except Gone:
        _fail(log, "The person who started this import can no longer open the case.")
    except Damaged:
        _fail(log, DAMAGED)
    except BaseException:
        _fail(log, OUR_FAULT)
        raise


def _try(log: AccessLog, files: FileStore, progress: Progress) -> None:
    def told(lines: int) -> None:
        with staging(log):
            log.done_rows = lines
        progress(lines)

    plan, case, covers = Plan.of(log), log.case, (log.covers_since, log.covers_until)
    save_report(log, check(stored_file(files, log.sha256), plan, case, told, covers))


def save_report(log: AccessLog, report: Report) -> None:
    """Keep what a dry run found; the log waits for somebody to say that it may be taken in."""
    with staging(log):
        log.report, log.rows, log.faults = report.as_json(), report.rows, report.faults
        log.repeats, log.nobody_rows, log.new_people, log.done_rows = report.repeats, report.nobody_rows, report.new, 0
        log.state, log.begun = LogState.CHECKED, None


def _import_log(log: AccessLog, files: FileStore, progress: Progress) -> None:
    importer: Account = log.imported_by
    stage(log, files, progress)
    receive_access_log(importer, log)


def _fail(log: AccessLog, sentence: str) -> None:
    """Take away what was laid out, and say why; the audit log hears of it."""
    db.session().rollback()
    if log.state not in RUNNING:
        return
    remove(log)
    with staging(log):
        log.failure, log.finished, log.begun, log.new_people, log.done_rows = sentence, now(), None, 0, 0
        log.state = LogState.FAILED
    witness("access_log.failed", log.imported_by, outcome="failed", case=log.case, record=f"access_log:{log.id}")


def tidy() -> None:
    """Give up every log that is begun: asked by whoever has the turn, so that nobody can be at it."""
    half = sa.select(AccessLog).where(AccessLog.state.in_(RUNNING), AccessLog.begun.is_not(None))
    for log in db.session().scalars(half).all():
        _fail(log, LEFT)


def sweep(app: Flask) -> None:
    """Once after a start, while others are served: logs left half-way have failed, files that no row names are removed.

    Of files only those that were there at the start: a newer file may get its row in a while.
    """
    with turn(app.config["SETTINGS"], wait=False) as mine:
        if not mine:
            return
        tidy()
        orphans = app.extensions["files"].sweep(named_files, is_named)
        if orphans:
            witness("files.swept", SYSTEM, outcome="ok", files=len(orphans))


def start(app: Flask) -> threading.Event:
    """Begin to work beside the pages; setting the event that is returned makes the worker look at once."""
    reactivate = app.extensions["imports"] = threading.Event()
    threading.Thread(target=_work_for_ever, args=(app, reactivate), name="imports", daemon=True).start()
    return reactivate


def _work_for_ever(app: Flask, reactivate: threading.Event) -> None:
    with ThreadPoolExecutor(1, "importer") as pool:  # an error of ours ends one turn, not the worker
        step: Callable[[Flask], object] = sweep
        while True:
            fault = pool.submit(_work_in_context, app, step).exception()
            if fault is not None:
                app.logger.error("an import failed", exc_info=fault)
            reactivate.wait(EVERY)
            reactivate.clear()
            step = work_off


def _work_in_context(app: Flask, step: Callable[[Flask], object]) -> None:
    with app.app_context():
        step(app)
