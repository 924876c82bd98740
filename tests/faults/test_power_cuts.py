"""The power fails at any moment while people are added: what was acknowledged is there, and the audit log is sound.

A program that adds people and says so after each commit runs under `strace`, which writes down what it asks of the
system. At each boundary of two such requests the disk is put together as a power cut may leave it: what was synced is
there, and of what was written since, each piece is there or not, by chance. The control takes the syncs away: then
acknowledged people are lost.
"""

import random
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.machinery.database import FULL, ON_POSTGRESQL
from tests.machinery.server import ROOT
from tracker.audit.verify import chain
from tracker.base import db
from tracker.base.connections import sqlite

COMMITS = 150 if FULL else 4
CALLS = "openat,close,write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat"
KEPT = ("tracker.db", "tracker.db-wal")  # the index of the log is made anew from it
WRITER = """
import os, sys
from tests import world
from tests.builders import build_material
from pathlib import Path
from tests.machinery.instances import opened
from tracker.base.config import Settings
with opened(Settings.load(os.environ, Path()), own=True):
    for number in range(int(sys.argv[1])):
        build_material.person(post=f"Clerk {number}")
        os.write(1, f"ACK {number}\\n".encode())
"""
pytestmark = [
    pytest.mark.gate("replays each boundary of many commits"),
    pytest.mark.skipif(ON_POSTGRESQL, reason="replays the files of SQLite"),
    pytest.mark.skipif(not shutil.which("strace"), reason="there is no strace"),
]


@dataclass
class Disk:
    """The two files as they are on the disk, and what was written to each since it was synced."""

    synced: dict[str, bytearray]
    since: dict[str, list[tuple[int, bytes]]] = field(default_factory=lambda: defaultdict(list))
    acknowledged: int = 0

    def sync(self, name):
        """All that was written to a file is on the disk."""
        for offset, data in self.since.pop(name, []):
            _put(self.synced[name], offset, data)

    def after_a_cut(self, chance):
        """What the files may hold: each piece that was not synced is there, or not."""
        for name, content in self.synced.items():
            left = bytearray(content)
            for offset, data in self.since[name]:
                if chance.random() < 0.5:
                    _put(left, offset, data)
            yield name, bytes(left)


def _put(content, offset, data):
    if offset < 0:  # cut to that length
        del content[-offset - 1 :]
        return
    content.extend(b"\0" * (offset - len(content)))
    content[offset : offset + len(data)] = data


def lines_of(settings, folder):
    """What the writer asked of the system, a line for each request, in order."""
    environ = {"TRACKER_INSTANCE": str(settings.instance), "TRACKER_DATABASE_URL": settings.database_url}
    trace = folder / "trace"
    subprocess.run(
        ["strace", "-f", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", "-o", trace, sys.executable, "-c", WRITER,
         str(COMMITS)],
        cwd=ROOT, env={"PATH": "/usr/bin", **environ}, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return trace.read_text().splitlines()


def states(disk, lines):
    """The disk after each request that changed something."""
    names = {}
    for line in lines:
        asked = re.match(r"\d+ +(\w+)\((.*)\) += (-?\d+)", line)
        if not asked or asked[3].startswith("-"):
            continue
        call, said, result = asked.groups()
        first = said.partition(",")[0]
        if call == "openat":
            path = Path(bytes.fromhex(re.search(r'"([^"]*)"', said)[1].replace("\\x", "")).decode())
            names[result] = path.name if path.name in KEPT else ""
        elif call == "close":
            names.pop(first, None)
        elif call == "write" and first == "1":
            disk.acknowledged += 1
            yield disk
        elif name := names.get(first):
            _note(disk, name, call, said)
            yield disk


def _note(disk, name, call, said):
    if call in {"fsync", "fdatasync"}:
        disk.sync(name)
    elif call == "ftruncate":
        disk.since[name].append((-int(said.rpartition(",")[2]) - 1, b""))
    else:
        data = bytes.fromhex(re.search(r'"([^"]*)"', said)[1].replace("\\x", ""))
        disk.since[name].append((int(said.rpartition(",")[2]), data))


def lost_after_a_cut(disk, folder, chance):
    """How many acknowledged people are not there when the power comes back; the audit log must be sound."""
    for name, content in disk.after_a_cut(chance):
        (folder / name).write_bytes(content)
    (folder / "tracker.db-shm").unlink(missing_ok=True)
    engine = db.bind(f"sqlite:///{folder / 'tracker.db'}")
    try:
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            there = set(connection.scalars(sa.text("SELECT post FROM person WHERE post LIKE 'Clerk %'")))
            if disk.acknowledged % 25 == 0:
                assert chain.verify(connection).fault is None
    finally:
        engine.dispose()
    return sum(f"Clerk {number}" not in there for number in range(disk.acknowledged))


@pytest.fixture
def written(settings, tmp_path):
    """The files before anything is written, and all that was asked of the system since."""
    db.release()
    with sqlite.connect(str(settings.instance / "tracker.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = {name: bytearray(_read(settings.instance / name)) for name in KEPT}
    return before, lines_of(settings, tmp_path)


def _read(path):
    return path.read_bytes() if path.exists() else b""


def losses(before, lines, folder):
    """What each cut loses, over the whole run."""
    chance, folder = random.Random(7), folder / "after"
    folder.mkdir()
    disk = Disk({name: bytearray(content) for name, content in before.items()})
    return [lost_after_a_cut(disk, folder, chance) for disk in states(disk, lines)]


def test_a_power_cut_at_any_boundary_loses_nothing_that_was_acknowledged(written, tmp_path):
    before, lines = written
    lost = losses(before, lines, tmp_path)
    sys.stderr.write(f"\n{len(lost)} cuts over {COMMITS} commits\n")
    assert len(lost) > 4 * COMMITS
    assert max(lost) == 0


def test_without_the_syncs_something_is_lost(written, tmp_path):
    before, lines = written
    with pytest.raises((AssertionError, sa.exc.DatabaseError)):  # it may be past opening
        assert max(losses(before, [line for line in lines if "sync(" not in line], tmp_path)) == 0
