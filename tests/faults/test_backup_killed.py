"""A backup and a restore are killed at every step that changes the disk: what is left is never taken for whole.

The steps are those of a rotation (test_rotation_killed.py). After a kill of a backup no file opens as a backup, and the
register works on. After a kill of a restore every command refuses what is there, until the folder was emptied.
"""

import shutil
from dataclasses import replace

import pytest

from tests.builders.build_exhibit import exhibit
from tests.faults.dying import run
from tests.machinery.database import FULL, ON_POSTGRESQL
from tests.machinery.instances import opened

pytestmark = [
    pytest.mark.skipif(ON_POSTGRESQL, reason="a restore killed half-way leaves a database to be emptied by hand"),
    pytest.mark.gate("runs the program some hundred times"),
]
EVERY = 1 if FULL else 3


@pytest.fixture
def secret(tmp_path):
    (tmp_path / "passphrase").write_text("four grey herons at dusk")
    return "--passphrase-file", str(tmp_path / "passphrase")


@pytest.fixture
def filled(settings):
    with opened(settings):
        for number in range(3):
            exhibit(f"exhibit {number}".encode() * 1000)
    return settings


def test_a_killed_backup_is_no_backup(filled, tmp_path, secret):
    file, step, code = tmp_path / "backup", 0, -9
    while code == -9:
        step += EVERY
        code, printed = run(filled, "backup", str(file), *secret, step=step)
        verified, _ = run(filled, "backup", "--verify", str(file), *secret) if file.exists() else (1, "")
        assert verified == 0 or code != 0, printed
        assert run(filled, "account", "list")[0] == 0
        file.unlink(missing_ok=True)
    assert step > 6
    assert run(filled, "audit", "verify")[0] == 0


def test_what_a_killed_restore_left_is_refused_until_the_folder_was_emptied(filled, tmp_path, secret):
    file, step, code = tmp_path / "backup", 0, -9
    assert run(filled, "backup", str(file), *secret)[0] == 0
    place = replace(filled, instance=tmp_path / "at" / "instance", database_url="")
    place = replace(place, database_url=f"sqlite:///{place.instance / 'tracker.db'}")
    while code == -9:
        step += EVERY
        shutil.rmtree(place.instance.parent, ignore_errors=True)
        place.instance.parent.mkdir()
        shutil.copy2(filled.storage_key_file, place.storage_key_file)
        code, printed = run(place, "restore", str(file), *secret, step=step)
        is_empty = not place.instance.exists() or not any(place.instance.iterdir())  # as before: a register may begin
        listed, said = run(place, "account", "list")
        assert (listed == 0) == (code == 0) or "sound" in printed, said
        assert is_empty or run(place, "init")[0] == listed
    assert code == 0, printed
    assert step > 6
    assert run(place, "audit", "verify")[0] == 0
