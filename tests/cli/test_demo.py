"""The example: founded by actions in an empty register, told in posts and never in names."""

import os
import re
import socket
from dataclasses import replace
from importlib import import_module

import pytest
import sqlalchemy as sa

from tests.machinery.server import free_port
from tracker import create_app
from tracker.audit.doors import now
from tracker.audit.verify.chain import verify
from tracker.base import db
from tracker.base.config import Settings
from tracker.base.passwords import fits
from tracker.cli.founding import prepare
from tracker.demo import ACCOUNTS, CLOSED_COPY, briefing, found, new_password, sunday
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import LogState
from tracker.models.case.cases import Case
from tracker.models.case.to_do import waiting_for
from tracker.models.disclosure.claims import Claim
from tracker.models.register.accounts import Account


@pytest.fixture
def example(tmp_path):
    """A register with the example, and the password of everybody in it."""
    settings = prepare(tmp_path / "instance")
    app, password = create_app(replace(settings)), new_password()
    with app.app_context():
        people = found(settings, app.extensions["files"], password)
        yield people, password
    db.release()


@pytest.mark.gate("founds the whole example")
def test_every_case_is_told_everybody_has_something_to_do_and_nobody_is_named(example):
    titles = set(db.session().scalars(sa.select(Case.title)))
    assert titles == {briefing.ABOUT["title"], CLOSED_COPY["title"], sunday.ABOUT["title"]}
    assert set(db.session().scalars(sa.select(AccessLog.state))) == {LogState.VISIBLE}
    for model, least in ((AccessRecord, 45), (Whereabouts, 15), (Claim, 9), (Person, 15)):
        assert db.session().scalar(sa.select(sa.func.count(model.id))) >= least
    assert set(db.session().scalars(sa.select(Person._name))) == {""}
    assert all(db.session().scalars(sa.select(Person.post)))

    people, password = example
    assert len(people) == len(ACCOUNTS)
    for email, _ in people:
        account = db.session().scalars(Account.by_email(email)).one()
        assert fits(account.password_hash, password)
        assert waiting_for(db.session(), account, now()), f"{email} finds nothing to do"
    with db.session().get_bind().connect() as connection:
        assert verify(connection).fault is None


def test_no_accounts_are_shown_for_a_port_that_another_program_has(command):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, said = command("demo", "--port", str(taken.getsockname()[1]))
    assert (code, said.count("\n")) == (1, 1)
    assert "Another program uses it. Choose another with --port." in said


def test_an_example_is_founded_in_a_folder_of_its_own_whatever_data_folder_is_set(command, tmp_path, monkeypatch):
    served, mine, demo_command = [], tmp_path / "mine", import_module("tracker.cli.demo")
    monkeypatch.setenv("TRACKER_INSTANCE", str(mine))
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    monkeypatch.setattr(demo_command, "found", lambda *_: [])
    monkeypatch.setattr(demo_command, "run", lambda instance, *_: served.append(Settings.load(os.environ, mine)))
    assert command("demo", "--port", str(free_port()))[0] == 0
    assert [(one.instance == mine, one.storage_key_file.parent == tmp_path) for one in served] == [(False, False)]
    assert list(tmp_path.glob("mine*")) == []


def test_the_password_is_made_anew_each_time_and_long_enough():
    passwords = {new_password() for _ in range(50)}
    assert len(passwords) == 50
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+){4}", password) and len(password) >= 15 for password in passwords)
