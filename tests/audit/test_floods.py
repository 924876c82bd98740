"""Floods: the first failure is an entry at once, and the rest of its minute becomes one entry with a count."""

import pytest
import sqlalchemy as sa

from tests.machinery.clocks import Clock
from tracker.audit import floods

LENA = "lena@tracker.example"


@pytest.fixture
def clock(app, monkeypatch):
    """The clock of the minutes; only a test sets it."""
    made = Clock()
    monkeypatch.setattr(floods, "time", made)
    return made


def test_a_hundred_failures_in_a_minute_are_two_entries(browse, clock, entries):
    stranger = browse(None)
    for _ in range(4):
        stranger.sign_in(LENA, "wrong")
    (first,) = entries("login.failed")
    assert "count" not in first["d"]
    clock.now += 59
    floods.write_counts()
    assert len(entries("login.failed")) == 1
    clock.now += 1
    floods.write_counts()
    first, counted = entries("login.failed")
    assert counted["d"]["count"] == 3
    assert counted["d"]["since"] <= counted["d"]["until"] <= counted["at"]
    assert {key: counted["d"][key] for key in first["d"]} == first["d"]
    assert (counted["out"], counted["actor"]) == ("failed", "anonymous")


def test_the_next_failure_after_the_minute_is_the_first_of_another(browse, clock, entries):
    stranger = browse(None)
    for _ in range(2):
        stranger.sign_in(LENA, "wrong")
        stranger.sign_in(LENA, "wrong")
        clock.now += 61
    assert [entry["d"].get("count") for entry in entries("login.failed")] == [None, 1, None]


def test_one_failure_alone_leaves_no_count(browse, clock, entries):
    browse(None).sign_in(LENA, "wrong")
    clock.now += 61
    floods.write_counts()
    assert len(entries("login.failed")) == 1


def test_another_account_another_name_and_another_action_are_other_kinds(browse, entries):
    for who in ("lena", "ines"):
        for _ in range(3):
            browse(who).get("/cases/LK-NONE")
    browse(None).sign_in(LENA, "wrong")
    browse(None).sign_in("nobody@tracker.example", "wrong")
    assert len(entries("access.denied")) == 2
    assert len(entries("login.failed")) == 2


def test_what_is_counted_is_written_when_the_program_ends(browse, clock, entries):
    lena = browse("lena")
    for _ in range(5):
        lena.get("/cases/LK-NONE")
    floods.write_counts(also_running=True)
    assert [entry["d"].get("count") for entry in entries("access.denied")] == [None, 4]


def test_refusals_on_a_record_that_exists_are_never_counted_together(browse, entries):
    otto = browse("rhea")
    for _ in range(3):
        assert otto.get("/cases/LK-AAAA/findings/new").status_code == 403
    denied = entries("access.denied")
    assert len(denied) == 3
    assert all("count" not in entry["d"] for entry in denied)


def test_a_count_that_cannot_be_written_is_kept(browse, clock, entries, monkeypatch):
    lena = browse("lena")
    for _ in range(3):
        lena.get("/cases/LK-NONE")
    clock.now += 61
    real = floods.witness

    def full(*_words, **_facts):
        raise sa.exc.OperationalError("", None, Exception("database or disk is full"))

    monkeypatch.setattr(floods, "witness", full)
    with pytest.raises(sa.exc.OperationalError):
        floods.write_counts()
    monkeypatch.setattr(floods, "witness", real)
    floods.write_counts()
    assert [entry["d"].get("count") for entry in entries("access.denied")] == [None, 2]


def test_a_first_failure_that_cannot_be_written_is_first_again(world, entries, monkeypatch):
    real, lena = floods.witness, world.person("lena")
    monkeypatch.setattr(floods, "witness", lambda *_words, **_facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        floods.witness_repeated("access.denied", lena, outcome="denied", same={})
    monkeypatch.setattr(floods, "witness", real)
    floods.witness_repeated("access.denied", lena, outcome="denied", same={})
    assert len(entries("access.denied")) == 1


def test_too_many_kinds_are_written_before_their_minute_ends(app, entries, monkeypatch):
    monkeypatch.setattr(floods, "MOST_KINDS", 3)
    for name in ("a", "a", "b", "c", "d"):
        floods.witness_repeated("login.failed", None, outcome="failed", same={"name": name})
    assert [(entry["d"]["name"], entry["d"].get("count")) for entry in entries("login.failed")] == [
        ("a", None), ("b", None), ("c", None), ("a", 1), ("d", None),
    ]  # fmt: skip
