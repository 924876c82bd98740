"""An import that died left many rows: the program serves at once and sweeps behind. Who waits for a turn holds no log.

The fault it keeps away: a program that swept before it served let everybody wait 33 s for 298,000 rows.
"""

import fcntl
import os
import time
from threading import Thread

import pytest

from tests import world
from tests.builders.build_material import material
from tests.imports.logs import counts, doors, log, work_off
from tests.machinery.database import FULL, ON_POSTGRESQL
from tests.machinery.server import Caller, kill_server, start_server
from tests.machinery.waiting import until
from tracker.actions.access import access_logs as actions
from tracker.audit.doors import now, staging
from tracker.audit.upkeep import why_nothing_is_written
from tracker.base import db, turns
from tracker.base.connections import sqlite_file
from tracker.imports import worker
from tracker.imports.staging import stage
from tracker.models.access.words import LogState

pytestmark = pytest.mark.full
ROWS = 298_000 if FULL else 80_000
READY, QUICK = 3.0, 1.0  # seconds


def lines(number):
    head = b"timestamp, prox-id, zone\n"
    return head + b"".join(
        b"2016-05-31 %02d:%02d, badge%03d, Lobby\n" % (n // 60 % 24, n % 60, n % 500) for n in range(number)
    )


def left_half_way(app):
    """An import whose process died when all of its rows were laid out."""
    material(identifier="ROOMS")
    actions.ask_check(world.person("ines"), doors(content=lines(ROWS)))
    work_off()
    actions.start_import(world.person("ines"), log())
    half = log()
    with staging(half):
        half.begun = now()
    stage(half, app.extensions["files"])


def test_a_program_serves_at_once_after_an_import_that_died(app, settings, tmp_path):
    left_half_way(app)
    assert counts()["access_record"] == ROWS
    ready = []
    for _ in range(2):  # the second start is that after a kill in the midst of the sweep
        began = time.monotonic()
        server, port = start_server(settings, tmp_path)
        ready.append(time.monotonic() - began)
        if len(ready) == 1:
            kill_server(server)
    try:
        lena = Caller(app, port, "lena")
        took = []
        while log().state is LogState.STAGING:
            began = time.monotonic()
            assert lena.get("/cases/LK-AAAA/access").status == 200
            took.append(time.monotonic() - began)
        lena.close()
    finally:
        kill_server(server)
    assert counts()["access_record"] == 0
    assert (log().state, log().failure) == (LogState.FAILED, worker.LEFT)
    assert took, "it was swept before anybody was served"
    assert max(ready) < READY * slowness(), ready
    assert sorted(took)[len(took) // 2] < QUICK


def slowness():
    """How much slower this machine is than one that has nothing else to do."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@pytest.mark.skipif(ON_POSTGRESQL, reason="is about the log of SQLite")
def test_who_waits_for_the_turn_to_import_holds_no_log(app, settings, monkeypatch):
    monkeypatch.setattr(turns, "LARGEST_WAL", 50_000)
    waits = []

    def wait():
        with app.app_context():
            world.person("ines")  # reads
            waits.append(True)
            with worker.turn(settings, wait=True):
                db.sessions.remove()

    with (settings.instance / "imports.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        waiter = Thread(target=wait)
        waiter.start()
        until(lambda: waits)
        time.sleep(0.1)
        for _ in range(40):
            why_nothing_is_written()
        turns.bound_log(db.engine())
        size = sqlite_file(db.engine()).with_name("tracker.db-wal").stat().st_size
    waiter.join()
    assert size == 0
