"""The key of the file store: the register knows it by its fingerprint, and nothing starts or is made with another."""

import io
import secrets
import shutil

import pytest

from tests.machinery.database import ON_POSTGRESQL
from tracker.audit.keys import rotate_key
from tracker.base import db
from tracker.base.files import FileStore
from tracker.base.in_use import using
from tracker.base.keys import fingerprint, former_key, make_key, next_key, read_key

COMMANDS = [("init",), ("serve",), ("check",), ("audit", "verify"), ("account", "list"), ("key", "rotate")]
TEXTS = [b"one exhibit", b"another exhibit " * 100_000]


@pytest.fixture
def stored(app):
    """The hashes of two files in the store."""
    return [app.extensions["files"].put(io.BytesIO(text)).sha256 for text in TEXTS]


def everything(settings):
    """What lies in and beside the instance, but for the marks of programs that ran."""
    passing = {"in-use.lock", "imports.lock", "tracker.db.turn", "tracker.db-wal", "tracker.db-shm"}
    paths = [path for path in settings.instance.parent.rglob("*") if path.name not in passing]
    return {path: path.read_bytes() for path in paths if path.is_file()}


def damage(settings, how):
    key = settings.storage_key_file
    if how == "lost":
        key.unlink()
    elif how == "of another register":
        key.write_text(secrets.token_hex(32) + "\n")
    else:
        key.write_bytes(b"\xff\x00 not a key")


@pytest.mark.parametrize("how", ["lost", "of another register", "not a key"])
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_nothing_starts_and_nothing_is_made_without_the_right_key(command, settings, words, how):
    damage(settings, how)
    before = everything(settings)
    code, printed = command(*words)
    assert code == 1
    assert str(settings.storage_key_file) in printed
    assert "estore" in printed
    assert everything(settings) == before


def test_the_register_knows_its_key(settings, entries):
    (entry,) = entries("key.recorded")
    assert entry["seq"] == 1
    assert entry["d"] == {"fingerprint": fingerprint(read_key(settings.storage_key_file))}


def test_setting_up_again_leaves_the_key_and_says_nothing_new(command, settings, entries):
    key = settings.storage_key_file.read_bytes()
    assert command("init") == (0, "The register is set up, and its schema is up to date.\n")
    assert settings.storage_key_file.read_bytes() == key
    assert len(entries("key.recorded")) == 1


@pytest.mark.skipif(ON_POSTGRESQL, reason="the database is a file on SQLite")
def test_nothing_is_set_up_over_the_files_of_a_lost_database(command, settings, stored):
    db.release()
    for path in settings.instance.glob("tracker.db*"):
        path.unlink()
    code, printed = command("init", "--admin", "new@tracker.example")
    assert code == 1
    assert "Restore the database" in printed
    assert not (settings.instance / "tracker.db").exists()


def test_a_rotation_seals_every_file_anew_and_keeps_the_former_key(command, settings, stored, entries):
    former = read_key(settings.storage_key_file)
    code, printed = command("key", "rotate")
    key = read_key(settings.storage_key_file)
    assert code == 0
    assert f"Its fingerprint is {fingerprint(key)}" in printed
    assert key != former
    assert read_key(former_key(settings.storage_key_file, former)) == former
    assert not next_key(settings.storage_key_file).exists()
    new, old = (FileStore(settings.instance / "files", one) for one in (key, former))
    assert [new.open(sha256).read() for sha256 in stored] == TEXTS
    assert not any(old.opens(sha256) for sha256 in stored)
    (started,), (ended,) = entries("key.rotation_started"), entries("key.rotated")
    assert started["d"] == {"fingerprint": fingerprint(key), "former": fingerprint(former)}
    assert ended["d"] == {"fingerprint": fingerprint(key), "files": 2, "damaged": 0}
    assert started["via"].startswith("cli:")
    assert command("account", "list")[0] == 0


def test_a_file_that_was_damaged_before_is_named_and_does_not_stop_the_rest(command, app, settings, stored):
    path = app.extensions["files"].path(stored[0])
    path.write_bytes(path.read_bytes()[:-1])
    code, printed = command("key", "rotate")
    assert code == 1
    assert f"{stored[0]} was damaged before" in printed
    assert FileStore(settings.instance / "files", read_key(settings.storage_key_file)).opens(stored[1])


def test_an_interrupted_rotation_stops_all_else_until_it_is_finished(command, settings, stored):
    with db.engine().connect() as connection:
        next(rotate_key(connection, settings))
    for words in COMMANDS[:-1]:
        code, printed = command(*words)
        assert (code, printed) == (1, "A rotation of the key was interrupted. Run 'tracker key rotate' to finish it.\n")
    shutil.move(next_key(settings.storage_key_file), settings.instance / "kept")
    make_key(next_key(settings.storage_key_file))
    code, printed = command("key", "rotate")
    assert "is not the key of this register" in printed
    (settings.instance / "kept").replace(next_key(settings.storage_key_file))
    assert command("key", "rotate")[0] == 0
    assert command("account", "list")[0] == 0


def test_a_rotation_has_the_register_for_itself(command, settings):
    with using(settings.instance):
        code, printed = command("key", "rotate")
    assert (code, printed.startswith("The register is in use.")) == (1, True)
    with using(settings.instance, alone=True):
        code, printed = command("account", "list")
    assert (code, printed.startswith("The key of the register is being rotated.")) == (1, True)
