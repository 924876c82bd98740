"""A rotation of the key is killed at every step that changes the disk, and finished by running it again.

The steps are counted in the program as it is: each call that syncs, renames, links, removes or commits. What must hold
after each kill: the register is as it was, or nothing but the rotation starts; every file opens in the end, and the
audit log is sound. The control is a rotation that no entry announces: half-way, the register would be used.
"""

import io

import pytest

from tests.faults.dying import run
from tests.machinery.database import FULL
from tracker.audit import keys
from tracker.base.files import FileStore
from tracker.base.keys import read_key

FILES, EVERY = (40, 1) if FULL else (3, 3)


@pytest.fixture
def stored(app):
    """The texts of some files by their hashes."""
    texts = [f"exhibit {number}".encode() * 1000 for number in range(FILES)]
    return {app.extensions["files"].put(io.BytesIO(text)).sha256: text for text in texts}


@pytest.mark.gate("runs the program some hundred times")
def test_a_rotation_killed_at_each_step_is_finished_by_the_next(settings, stored):
    found, step, code = [read_key(settings.storage_key_file)], 0, -9
    while code == -9:
        step += EVERY
        code, printed = run(settings, "key", "rotate", step=step)
        if code == -9:
            left, why = run(settings, "account", "list")
            assert left == 0 or "tracker key rotate" in why
            assert run(settings, "key", "rotate")[0] == 0
        assert code in {0, -9}, printed
        found.append(read_key(settings.storage_key_file))
        store = FileStore(settings.instance / "files", found[-1])
        assert {sha256: store.open(sha256).read() for sha256 in stored} == stored
    assert step > 3 * FILES
    assert len(set(found)) == step // EVERY + 1
    code, printed = run(settings, "audit", "verify")
    assert code == 0, printed


@pytest.mark.gate("runs the program a dozen times")
def test_without_its_announcement_the_register_would_be_used_half_way(settings, stored, monkeypatch):
    monkeypatch.setattr(keys, "witness", lambda *args, **facts: None)
    for step in range(3, 12):
        code, _ = run(settings, "key", "rotate", step=step)
        store = FileStore(settings.instance / "files", read_key(settings.storage_key_file))
        if code == -9 and sum(store.opens(sha256) for sha256 in stored) in range(1, FILES):
            assert run(settings, "account", "list")[0] == 0
            return
    pytest.fail("no kill left files under two keys")
