"""Files to import, and the ways in: what a browser sends, and what a test needs of a log without one."""

import io
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import current_app
from werkzeug.test import TestResponse

from tests import world
from tests.readers.browse import Browser
from tracker.actions.access.access_logs import receive_log
from tracker.analysis.logs.files.csv_file import sniff
from tracker.analysis.moments import Moment
from tracker.base import db
from tracker.imports import worker
from tracker.imports.plan import choose_plan
from tracker.imports.reading import stored_file
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Identifier, Person
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import LogKind
from tracker.models.case.cases import Case

DOORS = b"""timestamp, prox-id, zone
2016-05-31 08:00, anna001, Lobby
2016-05-31 08:05, berta001, Server Room
2016-05-31 08:05, berta001, Server Room
2016-05-31 09:30, anna001, Server Room
"""
NO_RELIABILITY = {
    "system": "", "obtained_from": "unknown", "gaps": "unknown", "clock_offset": "unknown",
    "obtained": Moment.of(), "covers_since": Moment.of(), "covers_until": Moment.of(),
}  # fmt: skip
NEW, LOGS = "/cases/LK-AAAA/access/import", "/cases/LK-AAAA/access-logs"
UNTOUCHED = (AccessRecord, Whereabouts, Person, Identifier)


def sent(content: bytes, name: str = "doors.csv") -> tuple[io.BytesIO, str]:
    """A file as a browser sends it."""
    return io.BytesIO(content), name


def bring(client: Browser, content: bytes = DOORS, url: str = NEW, **fields: Any) -> TestResponse:
    """Send a file through the page, with what is filled in beside it."""
    return client.post_form(url, **{"file": sent(content), "zone": "UTC", **fields})


def log(number: int = 1, case: Case | None = None) -> AccessLog:
    """A log as the database knows it now."""
    db.session().rollback()
    found = AccessLog.of(case or world.case()).where(AccessLog.number == number)
    return db.session().scalars(found).one()


def received(
    content: bytes = DOORS, kind: LogKind = LogKind.ACCESS, *, by: str = "ines", case: Case | None = None, **how: Any
) -> AccessLog:
    """A log whose columns are chosen, waiting to be tried; `how` is passed to `chosen`, and `columns` are needed."""
    case, files = case or world.case(), current_app.extensions["files"]
    kept = files.put(io.BytesIO(content))
    source = stored_file(files, kept.sha256)
    plan = choose_plan(case, kind, source, sniff(source), **{"columns": {}, "fixed": {}, **how})
    return receive_log(
        world.person(by), case, kind=kind, name="doors.csv", sha256=kept.sha256, size=kept.size, plan=plan.as_json(),
        **NO_RELIABILITY,
    )  # fmt: skip


def doors(**how: Any) -> AccessLog:
    """DOORS as accesses to the material ROOMS."""
    given = {"columns": {"since": ["timestamp"], "identifier": ["prox-id"], "note": ["zone"]},
             "fixed": {"material": "ROOMS", "level": "E3"}, "zone": "UTC"}  # fmt: skip
    return received(how.pop("content", DOORS), **{**given, **how})


def work_off() -> int:
    """What the worker of the program does, done here and now."""
    return worker.work_off(current_app._get_current_object())


def counts() -> dict[str, int]:
    """How many rows there are, seen or not, of everything an import lays out."""
    db.session().rollback()
    return {model.__tablename__: db.session().scalar(sa.select(sa.func.count(model.id))) or 0 for model in UNTOUCHED}


def written(path: Path, content: bytes) -> Path:
    """A file on the disk."""
    path.write_bytes(content)
    return path
