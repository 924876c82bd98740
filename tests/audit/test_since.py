"""`verify --since`: what is new at once, and in a week all of the rest."""

import re
from itertools import pairwise

import pytest
import sqlalchemy as sa

from tests import world as people_of
from tests.audit.test_chain import intruder, without_guards  # noqa: F401  # a fixture
from tests.audit.test_imports import by_sql
from tracker.actions.disclosure import claims
from tracker.audit.verify import apart, chain
from tracker.audit.verify.chain import Since
from tracker.audit.verify.scope import PARTS
from tracker.base import db
from tracker.models.disclosure.claims import Claim

pytestmark = pytest.mark.furnished


def verdict(since=None):
    db.session().rollback()
    with db.session().get_bind().connect() as connection:
        return chain.verify(connection, since=since)


def week(seq, entry_hash):
    """What each day of a week finds."""
    return [verdict(Since(seq, entry_hash, day)).fault for day in range(PARTS)]


@pytest.fixture
def head(app):
    """Where everything was sound."""
    found = verdict()
    assert found.fault is None
    return found.entries, found.head


def changed():
    claim = db.session().get_one(Claim, 1)
    claims.edit_claim(people_of.person("ines"), claim, lock_version=claim.lock_version, quote="Otherwise")


def test_what_is_sound_is_sound_on_every_day(head):
    changed()
    assert week(*head) == [None] * PARTS
    assert verdict(Since(*head)).entries == verdict().entries


def test_a_forged_row_that_a_new_entry_names_is_named_on_every_day(head):
    changed()
    by_sql("UPDATE claim SET quote = 'x' WHERE id = 1")
    assert {fault and fault.sentence[:8] for fault in week(*head)} == {"claim:1 "}


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE claim SET quote = 'x' WHERE id = 1",
        "UPDATE access_record SET note = 'x' WHERE log_id = (SELECT min(id) FROM access_log WHERE state = 'visible')",
        "UPDATE exhibit SET title = 'x' WHERE id = 1",
        "DELETE FROM standard_text WHERE id = 2",
    ],
)
def test_a_forged_row_is_named_within_a_week(head, forgery):
    by_sql(forgery)
    assert sum(fault is not None for fault in week(*head)) >= 1


@pytest.mark.parametrize("seq", [1, 7, 40])
def test_an_older_entry_that_was_changed_is_named_within_a_week(head, intruder, seq):  # noqa: F811
    without_guards(intruder, (f"UPDATE audit SET line = replace(line, '\"ok\"', '\"no\"') WHERE seq = {seq}", {}))
    assert [fault.seq for fault in week(*head) if fault] == [seq]


def test_the_parts_of_a_week_are_all_older_entries_once(head):
    parts = [Since(*head, day).part for day in range(PARTS)]
    assert [parts[0][0], parts[-1][1]] == [0, head[0]]
    assert all(one[1] == then[0] for one, then in pairwise(parts))


def test_a_log_that_was_cut_or_rewritten_is_named(head, intruder):  # noqa: F811
    seq, entry_hash = head
    assert "its hash is not the one that was kept" in verdict(Since(seq, "0" * 64)).fault.sentence
    assert "it is missing" in verdict(Since(seq + 70000, entry_hash)).fault.sentence
    without_guards(intruder, (f"UPDATE audit SET line = replace(line, '\"ok\"', '\"no\"') WHERE seq = {seq}", {}))
    assert verdict(Since(seq, entry_hash, PARTS - 1)).fault.seq == seq


def test_the_command_prints_what_it_takes_next_time(command):
    code, printed = command("audit", "verify")
    (since,) = re.findall(r"--since (\d+:[0-9a-f]{64})", printed)
    assert (code, command("audit", "verify", "--since", since)[0]) == (0, 0)
    assert command("audit", "verify", "--since", f"{since[:-1]}{'0' if since[-1] != '0' else '1'}")[0] == 1
    assert command("audit", "verify", "--since", "yesterday")[0] == 2


@pytest.mark.gate("starts a second process")
@pytest.mark.parametrize("forged", [None, "claim", "entry"])
def test_two_processes_find_what_one_finds(head, intruder, monkeypatch, forged):  # noqa: F811
    monkeypatch.setattr(apart, "LARGE", 0)
    if forged == "claim":
        by_sql("UPDATE claim SET quote = 'x' WHERE id = 1")
    if forged == "entry":
        without_guards(intruder, ("UPDATE audit SET line = replace(line, '\"ok\"', '\"no\"') WHERE seq = 7", {}))
    told = {}
    found = apart.verify(db.session().get_bind(), lambda what, rows: told.update({what: told.get(what, 0) + rows}))
    assert (found, found.fault is None) == (verdict(), forged is None)
    assert forged or told["entries"] == head[0]


def test_progress_is_told_as_it_is_read(app):
    told = {}
    with db.session().get_bind().connect() as connection:
        chain.verify(connection, lambda what, rows: told.update({what: told.get(what, 0) + rows}))
    assert told["entries"] == db.session().scalar(sa.text("SELECT count(*) FROM audit"))
    assert told["claim"] == db.session().scalar(sa.text("SELECT count(*) FROM claim"))
