"""Accounts from the shell: one sentence, an exit code, and entries that say they came by the shell."""

import getpass
import re

import pytest

from tests.machinery.database import ON_POSTGRESQL
from tracker import cli
from tracker.actions.register import accounts
from tracker.base import db
from tracker.base.in_use import served_at

ADA = "ada@tracker.example"


@pytest.fixture
def run(app, settings, monkeypatch, capsys):
    """Run a command over this test's instance: its exit code, what it printed, and what it said was wrong."""
    monkeypatch.setenv("TRACKER_INSTANCE", str(settings.instance))
    monkeypatch.setenv("TRACKER_DATABASE_URL", settings.database_url)

    def ran(*words):
        monkeypatch.setattr("sys.argv", ["tracker", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        db.sessions.remove()
        return left.value.code or 0, *capsys.readouterr()

    yield ran
    db.release()


def test_an_invitation_prints_a_link_that_works_and_keeps_its_origin(run, world, entries):
    code, out, err = run("account", "invite", "new@tracker.example", "--kind", "auditor", "--as", ADA, "--name", "Neil")
    assert (code, err) == (0, "")
    (token,) = re.findall(r"^  /invitations/([\w-]+)   \(at the address that is served\)$", out, re.MULTILINE)
    account = accounts.invitation_of(token).account
    assert (account.name, account.kind.value) == ("Neil", "auditor")
    entry = entries("account.invited")[-1]
    assert (entry["via"], entry["actor"]) == (f"cli:{getpass.getuser()}", world.person("ada").uid)


def test_an_account_is_reset_disabled_and_enabled(run, world, settings):
    served_at(settings.instance).write_text("http://127.0.0.1:8123")
    assert "  http://127.0.0.1:8123/invitations/" in run("account", "reset", "nora@tracker.example", "--as", ADA)[1]
    assert world.person("nora").state == "reset"
    assert run("account", "disable", "nora@tracker.example", "--as", ADA)[0] == 0
    assert world.person("nora").state == "disabled"
    assert run("account", "enable", "nora@tracker.example", "--as", ADA)[0] == 0
    assert world.person("nora").state == "reset"


def test_the_accounts_are_listed(run):
    code, out, _ = run("account", "list")
    assert code == 0
    assert "ada@tracker.example\tadministrator\tactive\tAda\n" in out
    assert len(out.splitlines()) == 11


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["invite", "new", "--kind", "member", "--as", ADA], "Enter an email address, such as name@office.example."),
        (
            ["invite", "lena@tracker.example", "--kind", "member", "--as", ADA],
            "An account with this email address exists.",
        ),
        (
            ["invite", "new@tracker.example", "--kind", "member", "--as", "lena@tracker.example"],
            "You do not have permission to add,",
        ),
        (["disable", "x@tracker.example", "--as", ADA], "There is no account x@tracker.example."),
        (["disable", "nora@tracker.example", "--as", "x@tracker.example"], "No account x@tracker.example can sign in."),
        (["disable", ADA, "--as", ADA], "You cannot disable your own account."),
    ],
)
def test_what_is_refused_is_one_sentence_and_exit_1(run, words, sentence):
    code, out, err = run("account", *words)
    assert (code, out) == (1, "")
    assert err.startswith(sentence)
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [["invite"], ["invite", "new@tracker.example", "--kind", "boss", "--as", ADA], ["disable", ADA], ["nothing"]],
)
def test_a_command_that_is_not_understood_is_exit_2(run, words):
    assert run("account", *words)[0] == 2


def test_where_there_is_no_register_the_sentence_says_what_to_do(run, monkeypatch, tmp_path):
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path / "nowhere"))
    code, _, err = run("account", "list")
    assert code == 1
    assert "Set up the register with 'tracker init'" in err


def test_a_database_that_cannot_be_opened_is_one_sentence(run, monkeypatch, tmp_path):
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{tmp_path}/nowhere/x.db")
    code, _, err = run("account", "list")
    assert code == 1
    assert err.startswith("The database cannot be used: ")


@pytest.mark.skipif(ON_POSTGRESQL, reason="founds a register of its own beside this test's")
def test_whoever_founds_a_register_gets_a_link_for_each_kind_of_account(run, tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path / "new"))
    monkeypatch.delenv("TRACKER_DATABASE_URL")
    code, _, err = run("init")
    assert (code, "Name the first administrator" in err) == (2, True)
    code, _, err = run("init", "--admin", "me@office.example", "--member", "ME@office.example")
    assert (code, "cannot be a member with the same address" in err) == (2, True)
    assert not (tmp_path / "new").exists()  # nothing half done
    code, out, _ = run("init", "--admin", "me@office.example", "--member", "me.too@office.example")
    assert (code, out.count("/invitations/")) == (0, 2)
    assert "the member, me.too@office.example" in out


@pytest.mark.skipif(ON_POSTGRESQL, reason="founds a register of its own beside this test's")
def test_the_link_of_the_administrator_is_printed_also_where_the_member_is_refused(run, tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path / "new"))
    monkeypatch.delenv("TRACKER_DATABASE_URL")
    code, out, err = run("init", "--admin", "me@office.example", "--member", "no address")
    assert (code, out.count("/invitations/"), "Enter an email address" in err) == (1, 1, True)
