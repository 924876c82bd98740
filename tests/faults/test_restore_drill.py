"""A large register is backed up while others write, restored elsewhere and verified; sizes and times are said.

At full size it holds 1,000,000 access records with as many entries, and 2 GB of files. What must hold: everything is
there and sound, and neither command needs memory that grows with the size.
"""

import os
import re
import shutil
import sys
import time
from dataclasses import replace

import pytest

from tests.builders.build_access import access
from tests.builders.build_exhibit import exhibit
from tests.faults.test_backup_under_load import Writers, run
from tests.machinery.database import FULL, ON_POSTGRESQL, drop_database, new_database
from tests.machinery.instances import opened
from tracker.audit.verify import chain
from tracker.base import db

RECORDS, FILES, EACH = 1_000_000, 20, 100 << 20
MOST_MEMORY = 1_200  # MB; a passphrase costs 128 of them, and verifying as many entries most of the rest
PEAK = """
import atexit, resource, sys
atexit.register(lambda: print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10, "MB", flush=True))
"""


def fill(settings):
    """The access records with their entries, and the files as exhibits."""
    kept = dict(os.environ)
    from benchmarks import verify

    os.environ.update(kept)  # the benchmarks leave out what this machine is set to
    with opened(settings):
        verify.fill(settings.database_url, access(), RECORDS)
        for number in range(FILES):
            exhibit((f"{number:09}".encode() + b"\n") * (EACH // 10))
    db.release()


def timed(say, settings, folder, *words):
    """Run a command; gives what it printed, and says how long it took and how much memory it had."""
    began = time.monotonic()
    code, printed = run(settings, folder, *words, before=PEAK)
    assert code == 0, printed
    peak = int(re.search(r"peak (\d+) MB", printed)[1])
    say(f"{words[0]:8} {time.monotonic() - began:.1f} s, {peak} MB of memory")
    assert peak < MOST_MEMORY
    return printed


@pytest.mark.skipif(not FULL, reason="the size of real life: `make faults` runs it")
@pytest.mark.gate("fills, backs up and restores a register of real size")
def test_a_large_register_is_backed_up_under_load_and_restored(settings, tmp_path, capsys):
    def say(sentence):
        with capsys.disabled():
            sys.stdout.write(f"\n{sentence}")

    fill(settings)
    file = tmp_path / "backup"
    with opened(settings) as app, Writers(app) as writers:
        printed = timed(say, settings, tmp_path, "backup", str(file))
    assert writers.made
    head = re.search(r"ends with (\d+:[0-9a-f]{64})", printed)[1]
    say(f"the backup has {file.stat().st_size >> 20:,} MB: {RECORDS:,} records, {FILES * EACH >> 20:,} MB of files")
    timed(say, settings, tmp_path, "backup", str(file), "--verify")
    url = new_database() if ON_POSTGRESQL else f"sqlite:///{tmp_path / 'restored' / 'tracker.db'}"
    place = replace(settings, instance=tmp_path / "restored", database_url=url)
    shutil.copy2(settings.storage_key_file, place.storage_key_file)
    printed = timed(say, place, tmp_path, "restore", str(file), "--expect", head)
    assert "The restored register is sound" in printed
    with opened(place), db.engine().connect() as connection:
        assert chain.verify(connection).entries == int(head.partition(":")[0]) + 1
    db.release()
    if ON_POSTGRESQL:
        drop_database(url)
