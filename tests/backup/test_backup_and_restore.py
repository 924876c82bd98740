"""`tracker backup` and `tracker restore`: all of a register comes back, or a sentence says what does not."""

import io
import json
import os
import re
import secrets
import stat

import pytest
import sqlalchemy as sa

from tests.machinery.database import ON_POSTGRESQL
from tests.world import person
from tracker.actions.register import accounts
from tracker.audit.verify.files import is_named, named_files
from tracker.backup import container
from tracker.backup import secrets as kinds
from tracker.base import db
from tracker.base.db import Base
from tracker.base.files import FileStore
from tracker.base.keys import fingerprint, make_key, read_key
from tracker.models.register.accounts import Invitation, Kind
from tracker.models.register.audit_log import AuditEntry
from tracker.models.register.sessions import LoginSession

pytestmark = pytest.mark.usefixtures("client_programs")


@pytest.fixture
def made(command, passphrase, tmp_path):
    """Back up; gives the file, and the head that was printed."""

    def make():
        code, printed = command("backup", str(tmp_path / "backup"), *passphrase)
        assert code == 0, printed
        return tmp_path / "backup", re.search(r"ends with (\d+:[0-9a-f]{64})", printed)[1]

    return make


@pytest.fixture
def restored(command, passphrase, empty_place, settings):
    """Restore into an empty place, with the store's key; gives its folder, exit code and output."""

    def restore(file, *options):
        folder = empty_place()
        return folder, *command(
            "restore", str(file), *passphrase, "--store-key", str(settings.storage_key_file), *options
        )

    return restore


def rows(connection, upto):
    """Every row of every table, as the backup must hold it."""
    found = {}
    for table in Base.metadata.sorted_tables:
        select = sa.select(table).order_by(*table.primary_key.columns)
        if table.name == "audit":
            select = select.where(table.c.seq <= upto)
        found[table.name] = [tuple(row) for row in connection.execute(select)]
    return found


@pytest.mark.slow("backs up, restores and compares every row")
@pytest.mark.furnished
def test_all_of_a_register_comes_back(browse, settings, made, restored, command):
    browse("ada")
    invited = {"email": "new@office.example", "name": "New", "kind": Kind.MEMBER, "hours": 24}
    accounts.invite_account(person("ada"), None, **invited)
    file, head = made()
    seq = int(head.partition(":")[0])
    with db.engine().connect() as connection:
        before, names = rows(connection, seq), named_files(connection)
    stored = {name: (settings.instance / "files" / name[:2] / name).read_bytes() for name in names}
    folder, code, printed = restored(file, "--expect", head)
    assert code == 0, printed
    assert f"{len(names):,} files" in printed
    with db.bind(os.environ["TRACKER_DATABASE_URL"]).connect() as connection:
        after = rows(connection, seq)
        assert connection.scalar(sa.select(sa.func.max(AuditEntry.seq))) == seq + 1
        line = json.loads(connection.scalar(sa.select(AuditEntry.line).where(AuditEntry.seq == seq + 1)))
        ended = (LoginSession.ended_at.is_(None), Invitation.used_at.is_(None))
        assert [connection.scalar(sa.select(sa.func.count()).where(one)) for one in ended] == [0, 0]
    assert line["act"] == "register.restored"
    assert line["d"]["head"] == line["d"]["expected"] == head
    assert line["d"]["sessions"] >= 1
    assert line["d"]["invitations"] == 1
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"login_session", "invitation", "audit_detail", "audit_record"}
    assert {name: (folder / "files" / name[:2] / name).read_bytes() for name in names} == stored
    assert command("audit", "verify")[0] == 0
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert (folder / "secret_key").read_text() != (settings.instance / "secret_key").read_text()


def test_backup_says_so_before_and_after_in_the_audit_log(made, entries):
    file, head = made()
    (started,), (ended,) = entries("backup.started"), entries("backup.made")
    assert head == f"{ended['seq'] - 1}:{ended['prev']}"
    assert started["seq"] == ended["seq"] - 1
    assert ended["d"]["head"] == head
    assert ended["d"]["size"] == file.stat().st_size
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_no_secret_is_in_a_backup(command, settings, tmp_path):
    key = tmp_path / "backup.key"
    make_key(key)
    assert command("backup", str(tmp_path / "backup"), "--key-file", str(key))[0] == 0
    found = {}
    with (tmp_path / "backup").open("rb") as stream:
        container.read_backup(stream, kinds.from_key(read_key(key)), lambda name, it: found.update({name: it.read()}))
    whole = b"".join(found.values())
    assert settings.secret_key.encode() not in whole
    assert read_key(settings.storage_key_file) not in whole
    assert read_key(settings.storage_key_file).hex().encode() not in whole
    about = json.loads(found["backup.json"])
    assert about["key"] == fingerprint(read_key(settings.storage_key_file))
    assert about["settings"]["TRACKER_IDLE_MINUTES"] == "30"


@pytest.mark.gate("backs up and restores")
def test_another_key_of_the_store_restores_nothing(command, made, passphrase, empty_place, tmp_path):
    file, _ = made()
    folder = empty_place()
    code, printed = command("restore", str(file), *passphrase)
    assert code == 1
    assert "The key of the file store is missing" in printed
    make_key(tmp_path / "other.key")
    code, printed = command("restore", str(file), *passphrase, "--store-key", str(tmp_path / "other.key"))
    assert code == 1
    assert "the backup needs" in printed
    assert not folder.exists()


def test_another_key_in_the_place_of_the_right_one_is_found_before_anything_is_written(
    command, made, passphrase, empty_place, settings
):
    file, _ = made()
    folder = empty_place()
    make_key(folder.with_name("instance.key"))
    code, printed = command("restore", str(file), *passphrase, "--store-key", str(settings.storage_key_file))
    assert (code, "the backup needs" in printed) == (1, True)
    assert not folder.exists()


@pytest.mark.gate("backs up and restores")
def test_an_older_backup_and_another_history_are_told(made, restored):
    file, head = made()
    seq = int(head.partition(":")[0])
    _, code, printed = restored(file, "--expect", f"{seq + 7}:{'0' * 64}")
    assert code == 1
    assert f"ends with entry {seq}, and entry {seq + 7} was known" in printed
    _, code, printed = restored(file, "--expect", f"1:{'0' * 64}")
    assert code == 1
    assert "another history" in printed


def test_nothing_is_overwritten(command, made, passphrase, settings):
    file, _ = made()
    code, printed = command("restore", str(file), *passphrase, "--store-key", str(settings.storage_key_file))
    assert (code, "is not empty" in printed) == (1, True)
    code, printed = command("backup", str(file), *passphrase)
    assert (code, "already exists" in printed) == (1, True)


@pytest.mark.skipif(not ON_POSTGRESQL, reason="the database of SQLite lies in the folder")
def test_a_database_that_is_not_empty_is_left_alone(command, made, passphrase, settings, monkeypatch, tmp_path):
    file, _ = made()
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path / "elsewhere"))
    code, printed = command("restore", str(file), *passphrase, "--store-key", str(settings.storage_key_file))
    assert (code, "is not empty" in printed) == (1, True)


@pytest.mark.slow("a passphrase is made to cost its time, three times over")
def test_a_backup_is_verified_without_restoring(command, made, passphrase, tmp_path):
    file, head = made()
    code, printed = command("backup", "--verify", str(file), *passphrase)
    assert (code, head in printed, "The backup is whole" in printed) == (0, True, True)
    file.write_bytes(file.read_bytes()[:-100])
    code, printed = command("backup", "--verify", str(file), *passphrase)
    assert (code, "is damaged" in printed) == (1, True)
    (tmp_path / "other").write_text("another passphrase altogether")
    code, printed = command("backup", "--verify", str(file), "--passphrase-file", str(tmp_path / "other"))
    assert (code, "does not open" in printed) == (1, True)


def test_a_damaged_backup_restores_no_register(command, made, restored, settings):
    file, _ = made()
    data = file.read_bytes()
    file.write_bytes(data[:-30])
    folder, code, printed = restored(file)
    assert (code, "is damaged" in printed) == (1, True)
    assert not (folder / "tracker.db").exists()
    assert not (folder / "secret_key").exists()


@pytest.mark.slow("backs up and restores")
@pytest.mark.furnished
def test_a_missing_file_is_named_and_does_not_stop_the_backup(app, command, settings, passphrase, restored, tmp_path):
    name = min(named_files())
    app.extensions["files"].path(name).unlink()
    code, printed = command("backup", str(tmp_path / "backup"), *passphrase)
    assert (code, f"The file {name} is missing" in printed) == (1, True)
    _, code, printed = restored(tmp_path / "backup")
    assert (code, f"The file {name} is missing" in printed) == (1, True)


def test_a_weak_or_misplaced_secret_is_refused(command, settings, tmp_path):
    (tmp_path / "short").write_text("too short\n")
    code, printed = command("backup", str(tmp_path / "backup"), "--passphrase-file", str(tmp_path / "short"))
    assert (code, "at least 15 characters" in printed) == (1, True)
    (tmp_path / "bytes").write_bytes(b"\xff\xfe no text at all")
    code, printed = command("backup", str(tmp_path / "backup"), "--passphrase-file", str(tmp_path / "bytes"))
    assert (code, "does not hold a passphrase" in printed) == (1, True)
    code, printed = command("backup", str(tmp_path / "backup"), "--key-file", str(settings.storage_key_file))
    assert (code, "another key than that of the file store" in printed) == (1, True)
    (tmp_path / "open").write_text(secrets.token_hex(32))
    (tmp_path / "open").chmod(0o644)
    code, printed = command("backup", str(tmp_path / "backup"), "--key-file", str(tmp_path / "open"))
    assert (code, "chmod 600" in printed) == (1, True)
    assert command("backup", str(tmp_path / "backup"))[0] == 2
    assert not (tmp_path / "backup").exists()


def test_what_a_killed_backup_left_is_removed(app, settings):
    store = FileStore(settings.instance / "files", read_key(settings.storage_key_file))
    (store.root / ".aside").mkdir()
    (store.root / ".aside" / "database").write_text("everything in clear")
    store.sweep(named_files, is_named)
    assert not (store.root / ".aside").exists()
    with store.aside() as place:
        (place / "database").write_text("being copied")
        store.sweep(named_files, is_named)
        assert (place / "database").exists()


def test_a_file_put_in_meanwhile_is_no_part_of_it(app, made):
    app.extensions["files"].put(io.BytesIO(b"no row names it"))
    made()
