"""The disk is full, or another program holds the database: pages go on, the cause is named, work goes on afterwards.

The fault it keeps away: with each page it was noted that its reader was seen, and every page failed after 10 to 40 s.
"""

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
import sqlalchemy as sa

from tests.machinery.database import ON_POSTGRESQL
from tests.machinery.instances import opened
from tests.machinery.server import ROOT, START, Caller, serving
from tracker.audit import schema
from tracker.audit.doors import now
from tracker.audit.verify import chain
from tracker.base import db
from tracker.base.connections import sqlite
from tracker.models.case.cases import Case
from tracker.models.register.sessions import LoginSession

pytestmark = [pytest.mark.full, pytest.mark.skipif(ON_POSTGRESQL, reason="fills and holds a file of SQLite")]
ROOM = 6 << 20  # bytes beside what the register takes
NEW = {"title": "Another case", "marking": "internal"}
READ = ("/", "/cases/LK-AAAA", "/cases/LK-AAAA/people", "/sessions")
QUICK, LONGEST, MOST_TRIES = 3.0, 12.0, 300
WRITERS = ("ines", "rhea", "cora", "dora", "otto", "ivo")


@pytest.fixture
def small_disk(settings, tmp_path):
    """The register on a disk of its own with little room: settings and the folder."""
    disk = tmp_path / "disk"
    disk.mkdir()
    size = ROOM + sum(path.stat().st_size for path in settings.instance.rglob("*") if path.is_file())
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("there is no right to mount a small disk")
    try:
        instance = disk / "instance"
        shutil.copytree(settings.instance, instance)
        shutil.copy2(settings.storage_key_file, disk / "instance.key")
        yield replace(settings, instance=instance, database_url=f"sqlite:///{instance / 'tracker.db'}"), disk
    finally:
        db.release()
        subprocess.run(["umount", "-l", str(disk)], check=True)


def not_seen_for_long(settings):
    """Let each page have something to note."""
    with schema.owner(settings.database_url) as owner:
        owner.execute(sa.update(LoginSession).values(seen_at=now() - timedelta(minutes=10)))


def fill(disk):
    """Leave no room at all."""
    with (disk / "filler").open("wb", buffering=0) as filler:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    filler.write(b"x" * size)
            except OSError:
                pass


def checked(settings):
    """What `tracker check` prints, and its exit code."""
    setting = {"TRACKER_INSTANCE": str(settings.instance), "TRACKER_DATABASE_URL": settings.database_url}
    kept = {name: text for name, text in os.environ.items() if not name.startswith("TRACKER_")}
    done = subprocess.run(
        [sys.executable, "-c", START, "check"],
        cwd=ROOT,
        env=kept | setting,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def read_all(lena):
    """Every page is shown, and soon."""
    for page in READ:
        began = time.monotonic()
        assert lena.get(page).status == 200, page
        assert time.monotonic() - began < QUICK, page


def test_a_full_disk(small_disk, tmp_path):
    settings, disk = small_disk
    with opened(settings, own=True) as app, serving(settings, tmp_path) as port:
        lena = Caller(app, port, "lena")
        read_all(lena)
        not_seen_for_long(settings)
        fill(disk)
        answers = [lena.post("/cases/new", NEW)]
        while answers[-1].status == 303 and len(answers) < MOST_TRIES:  # the log of SQLite had some room in it
            answers.append(lena.post("/cases/new", NEW))
        acknowledged = sum(answer.status == 303 for answer in answers)
        refused = [answers[-1], lena.get("/cases/LK-AAAA/people.csv"), lena.get("/healthz")]
        assert [answer.status for answer in refused] == [507] * 3
        assert all("The disk of the server is full." in answer.text for answer in refused)
        read_all(lena)
        code, said = checked(settings)
        assert (code, "FIX  The disk of the server is full." in said) == (1, True), said
        (disk / "filler").unlink()
        assert lena.post("/cases/new", NEW).status == 303
        assert lena.get("/healthz").status == 200
        lena.close()
        db.session().rollback()
        cases = db.session().query(Case).filter(Case.title == "Another case").count()
        assert cases == acknowledged + 1
        with db.engine().connect() as connection:
            assert chain.verify(connection).fault is None


@contextmanager
def held(settings):
    """Another program begins to write, and does not end."""
    other = sqlite.connect(str(settings.instance / "tracker.db"))
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


def write(caller, took, who):
    """Try to open a case; status, answer and seconds."""
    began = time.monotonic()
    answer = caller.post("/cases/new", NEW)
    took[who] = answer.status, answer.text, time.monotonic() - began


def test_a_database_that_another_program_holds(settings, caller):
    lena, others = caller("lena"), {who: caller(who) for who in WRITERS}
    read_all(lena)
    not_seen_for_long(settings)
    with held(settings):
        read_all(lena)
        took = {}
        writers = [Thread(target=write, args=(one, took, who)) for who, one in others.items()]
        for writer in writers:
            writer.start()
        time.sleep(0.3)
        read_all(lena)  # while all of them wait
        for writer in writers:
            writer.join()
        assert {status for status, _, _ in took.values()} == {503}, took
        assert all("Another program holds the database." in text for _, text, _ in took.values())
        assert max(seconds for *_, seconds in took.values()) < LONGEST
        write(lena, took, "lena")
        assert (took["lena"][0], took["lena"][2] < QUICK) == (503, True), "what others waited for in vain"
        assert lena.get("/healthz").status == 503
        assert checked(settings)[0] == 1
        read_all(lena)
    assert lena.post("/cases/new", NEW).status == 303
    assert lena.get("/healthz").status == 200
