"""A register is backed up while others write, restored into an empty place and compared.

Every change that was acknowledged before the backup began is in it. What is in it is one point in time: its audit log
ends with the entry that was printed, restoring verifies it as sound, and every file that it names is there. The control
is a plain copy of the database file alone, as people make it: it lacks acknowledged changes, and verifies as sound.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.builders.build_exhibit import exhibit
from tests.builders.build_material import person
from tests.faults.visitors import AtOnce
from tests.machinery.database import FULL, ON_POSTGRESQL, drop_database, new_database, programs
from tests.machinery.instances import opened
from tests.machinery.server import ROOT, START
from tracker.audit.verify import chain
from tracker.audit.verify.files import is_sound, named_files
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.inquiry.exhibits import Exhibit

ROUNDS = 10 if FULL else 1
WRITERS = 4
PASSPHRASE = "four grey herons at dusk"


class Writers(AtOnce):
    """Threads that add exhibits with files, and people; each notes what was acknowledged."""

    def __init__(self, app):
        self.app, self.made = app, []
        super().__init__((number,) for number in range(WRITERS))

    def work(self, writer):
        """Add one thing after the other."""
        number = 0
        while not self.stops.is_set():
            number += 1
            with self.app.app_context():
                thing = exhibit(f"{writer}/{number}".encode() * 9_000) if writer % 2 else person()
                self.made.append((type(thing), thing.id))


def run(settings, folder, *words, before=""):
    """Run a command in a process of its own, after some code of the test; gives exit code and what it printed."""
    (folder / "passphrase").write_text(PASSPHRASE)
    environ = {name: text for name, text in os.environ.items() if not name.startswith("TRACKER_")}
    environ |= {"TRACKER_INSTANCE": str(settings.instance), "TRACKER_DATABASE_URL": settings.database_url}
    environ["PATH"] = f"{environ['PATH']}:{programs()}"
    secret = ("--passphrase-file", str(folder / "passphrase"))
    command = [sys.executable, "-c", before + START, *words, *secret]
    done = subprocess.run(command, cwd=ROOT, env=environ, check=False, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def lacking(made):
    """How many of these are not in the register that is open."""
    db.session().rollback()
    return sum(db.session().get(model, key) is None for model, key in made)


@pytest.mark.gate("backs up and restores while four threads write")
@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_backup_under_load_is_restored_whole(settings, tmp_path, number):
    with opened(settings) as app, Writers(app) as writers:
        time.sleep(1)
        before = list(writers.made)
        code, printed = run(settings, tmp_path, "backup", str(tmp_path / "backup"))
        after = len(writers.made)
    assert code == 0, printed
    seq, entry_hash = re.search(r"ends with (\d+):([0-9a-f]{64})", printed).groups()
    assert before
    assert after > len(before)  # it was under load
    url = new_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'restored' / 'tracker.db'}"
    place = replace(settings, instance=tmp_path / "restored", database_url=url)
    shutil.copy2(settings.storage_key_file, place.storage_key_file)
    code, printed = run(place, tmp_path, "restore", str(tmp_path / "backup"), "--expect", f"{seq}:{entry_hash}")
    assert code == 0, printed
    with opened(place) as app:
        assert lacking(before) == 0
        with db.engine().connect() as connection:
            verdict = chain.verify(connection)
        assert (verdict.fault, verdict.entries) == (None, int(seq) + 1)
        names = named_files()
        assert all(is_sound(app.extensions["files"], name) for name in names)
        found = {model: set(db.session().scalars(sa.select(model.id))) for model in (Exhibit, Person)}
    with opened(settings):
        last = {model: max(ids) for model, ids in found.items()}
        for model, ids in found.items():  # one point in time: nothing younger, and nothing older is missing
            older = sa.select(model.id).where(model.id <= last[model])
            assert set(db.session().scalars(older)) == ids
    db.release()
    if ON_POSTGRESQL:
        drop_database(url)


@pytest.mark.skipif(ON_POSTGRESQL, reason="the file of a database is SQLite's")
@pytest.mark.gate("four threads write for some seconds")
def test_a_plain_copy_lacks_what_was_acknowledged_and_looks_sound(settings, tmp_path):
    copies = {}
    with opened(settings) as app, Writers(app) as writers:
        for number in range(12):
            time.sleep(0.2)
            copy = tmp_path / f"{number}.db"
            copies[copy] = list(writers.made)
            shutil.copy(settings.instance / "tracker.db", copy)
    lacks = [copy for copy, made in copies.items() if looks_sound(settings, copy, made)]
    assert lacks, "none of the copies lacks something and looks sound"


def looks_sound(settings, copy, made):
    """Whether a copy lacks something that was acknowledged, and is sound to `verify`."""
    try:
        with opened(replace(settings, database_url=f"sqlite:///{copy}")), db.engine().connect() as connection:
            return lacking(made) > 0 and chain.verify(connection).fault is None
    except sa.exc.DatabaseError:  # it is torn, which is another loss
        return False
