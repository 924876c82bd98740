"""`tracker check` and `tracker serve`: an operator is told what is wrong, and what to do, before anything runs."""

import pytest

from tests.machinery.database import ON_POSTGRESQL
from tracker.base.config import BadSetting
from tracker.cli import main
from tracker.cli.server import run


@pytest.fixture
def command(settings, monkeypatch, capsys):
    """Run a command on this test's instance; gives exit code, output, errors."""
    monkeypatch.setenv("TRACKER_INSTANCE", str(settings.instance))
    monkeypatch.setenv("TRACKER_DATABASE_URL", settings.database_url)

    def run_it(*words):
        monkeypatch.setattr("sys.argv", ["tracker", *words])
        with pytest.raises(SystemExit) as left:
            main()
        printed = capsys.readouterr()
        return left.value.code, printed.out, printed.err

    return run_it


def test_check_prints_settings_without_secrets(command, settings):
    _, out, _ = command("check")
    assert "TRACKER_SECRET_KEY = (set)" in out
    assert settings.secret_key not in out
    assert "the audit log is sound" in out


@pytest.mark.skipif(ON_POSTGRESQL, reason="the database is a file on SQLite")
def test_check_finds_nothing_in_a_fresh_instance_and_names_a_file_others_can_read(command, settings):
    settings.instance.chmod(0o700)
    _, out, err = command("check")
    assert f"{settings.instance / 'tracker.db'} has mode 0600" in out
    assert "Others can read it" not in err
    settings.instance.chmod(0o755)
    code, _, err = command("check")
    assert code == 1
    assert f"{settings.instance} has mode 0755. Others can read it" in err
    settings.storage_key_file.chmod(0o640)
    assert command("check")[2].startswith(f"{settings.storage_key_file} can be read by others. Run: chmod 600")


@pytest.mark.skipif(not ON_POSTGRESQL, reason="the server of the tests does not wait for the disk")
def test_check_names_a_server_that_can_lose_what_was_acknowledged_and_the_program_waits_for_the_log(command):
    _, out, err = command("check")
    assert "fsync is off. A power cut can lose acknowledged changes" in err
    assert "synchronous_commit is on" in out


@pytest.mark.skipif(not ON_POSTGRESQL, reason="roles are PostgreSQL's")
def test_check_says_what_one_role_for_all_does_not_refuse(command):
    code, _, err = command("check")
    assert code == 1
    assert "owns the table of the audit log" in err


def test_a_wrong_command_is_usage(command):
    assert command("chek")[0] == 2
    assert command("audit_log", "verifi")[0] == 2


def test_plain_http_is_refused_beyond_loopback(settings, monkeypatch):
    monkeypatch.setenv("TRACKER_DATABASE_URL", settings.database_url)
    with pytest.raises(BadSetting, match="plain http is refused"):
        run(settings.instance, "0.0.0.0", 8000, 1)


@pytest.mark.skipif(ON_POSTGRESQL, reason="SQLite has one worker")
def test_sqlite_is_served_by_one_worker(settings):
    with pytest.raises(BadSetting, match="one worker"):
        run(settings.instance, "127.0.0.1", 8000, 2)


def test_an_unknown_setting_stops_every_command(command, monkeypatch):
    monkeypatch.setenv("TRACKER_COLOR", "blue")
    code, _, err = command("audit", "verify")
    assert code == 1
    assert err == "Remove the unknown setting TRACKER_COLOR. The README lists all settings.\n"
