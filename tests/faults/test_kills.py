"""The program is killed while eight people write, or its database is; what was acknowledged is there, and once.

Who gets no answer sends the same form again until there is one. In the end every text that was acknowledged is in the
record exactly once, no text is there twice, and the audit log is sound. After each kill the program answers within
three seconds. The control is a program that forgets each tenth commit: the same count finds what it lost.

The database is killed as its manual says of an immediate shutdown: one of its processes dies, all others are ended at
once, and it recovers from its write-ahead log.
"""

import http.client
import os
import random
import secrets
import signal
import sys
import time
from collections import Counter

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import make_url

from tests.faults.visitors import AtOnce
from tests.machinery.database import FULL, ON_POSTGRESQL
from tests.machinery.server import CHEAPLY, Caller, kill_server, start_server
from tests.machinery.waiting import until
from tracker.base import db
from tracker.models.access.people import Person

PAGE = "/cases/LK-AAAA/people/new"
WRITERS, READY = 8, 3.0
KILLS, RESTARTS = (300, 20) if FULL else (3, 2)
FORGETS = (
    "from itertools import count; from sqlalchemy.orm import Session as S; asked, keep = count(1), S.commit; "
    "S.commit = lambda self: keep(self) if next(asked) % 10 else self.rollback(); "
)
pytestmark = pytest.mark.gate("kills the program while eight people write")


class Writers(AtOnce):
    """Threads that add people, each under a text of its own; they hold on over every kill."""

    def __init__(self, app, port):
        self.port, self.told = port, []
        super().__init__(enumerate(Caller(app, port, "lena" if number % 2 else "ines") for number in range(WRITERS)))

    def work(self, number, caller):
        """Add one person after the other, each until it is acknowledged."""
        turn = 0
        while not self.stops.is_set():
            turn += 1
            post, form = f"Clerk {number}/{turn}", secrets.token_urlsafe(18)
            while not self.stops.is_set():
                if self._is_acknowledged(caller, post, form):
                    self.told.append(post)
                    break
        caller.close()

    def _is_acknowledged(self, caller, post, form):
        try:
            if (status := caller.post(PAGE, {"post": post}, form).status) == 303:
                return True
            assert status in {429, 500, 503}, status
        except (OSError, http.client.HTTPException):
            caller.connection.close()
            caller.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        time.sleep(0.05)
        return False


def counted(told):
    """How many that were acknowledged are not in the record, and how many texts are there more than once."""
    db.session().rollback()
    there = Counter(db.session().scalars(sa.select(Person.post).where(Person.post.like("Clerk %"))))
    return sum(post not in there for post in told), sum(count > 1 for count in there.values())


def said(text):
    """Tell the figures of a run."""
    sys.stderr.write(f"\n{text}\n")


@pytest.mark.skipif(ON_POSTGRESQL, reason="here the database is killed instead")
def test_nothing_acknowledged_is_lost_when_the_program_is_killed(app, settings, tmp_path, command):
    server, port = start_server(settings, tmp_path)
    ready = []
    with Writers(app, port) as writers:
        until(lambda: writers.told, 60)
        for _ in range(KILLS):
            time.sleep(random.uniform(0.05, 0.8))
            kill_server(server)
            began, before = time.monotonic(), len(writers.told)
            server, writers.port = start_server(settings, tmp_path)
            ready.append(time.monotonic() - began)
            until(lambda known=before: len(writers.told) > known, 60)  # a slow machine has written nothing else
    kill_server(server)
    said(f"{KILLS} kills, {len(writers.told)} acknowledged, ready after {max(ready):.2f} s at most")
    assert len(writers.told) > KILLS
    assert counted(writers.told) == (0, 0)
    assert command("audit", "verify")[0] == 0
    assert max(ready) < READY * (1 if FULL else 3)


@pytest.mark.skipif(ON_POSTGRESQL, reason="the count is the same")
def test_what_is_forgotten_is_found(app, settings, tmp_path):
    server, port = start_server(settings, tmp_path, before=CHEAPLY + FORGETS)
    with Writers(app, port) as writers:
        while len(writers.told) < 60:
            time.sleep(0.05)
    kill_server(server)
    assert counted(writers.told)[0] > 0


@pytest.mark.full  # nobody else may be using the server
@pytest.mark.skipif(not ON_POSTGRESQL, reason="kills a process of the database server")
@pytest.mark.parametrize("workers", ["1", "2", "4"] if FULL else ["2"])
def test_nothing_acknowledged_is_lost_when_the_database_dies(app, settings, tmp_path, command, workers):
    server, port = start_server(settings, tmp_path, "--workers", workers)
    healed = []
    with Writers(app, port) as writers:
        for _ in range(RESTARTS):
            time.sleep(random.uniform(0.3, 1.0))
            kill_a_backend(settings)
            began, before = time.monotonic(), len(writers.told)
            while len(writers.told) == before and time.monotonic() < began + 60:
                time.sleep(0.02)
            healed.append(time.monotonic() - began)
    server.send_signal(signal.SIGTERM)
    server.wait(60)
    said(f"{RESTARTS} restarts, {len(writers.told)} acknowledged, written again after {max(healed):.2f} s at most")
    db.session().rollback()
    db.close_idle()
    assert counted(writers.told) == (0, 0)
    assert command("audit", "verify")[0] == 0
    assert max(healed) < READY * (1 if FULL else 3)


def kill_a_backend(settings):
    """End one process of the server by force; the server ends all others, and recovers."""
    address = make_url(settings.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
