"""Exports take turns: two at once for each account, the others wait, and nobody waits for another account."""

from threading import Thread

import pytest

from tests.machinery.waiting import until
from tracker.audit.doors import Refused
from tracker.web.limits import export_turns
from tracker.web.limits.export_turns import Turns


def taker(turns, member, got):
    thread = Thread(target=lambda: got.append(turns.take(member)), daemon=True)
    thread.start()
    return thread


def test_the_third_waits_until_one_has_ended():
    turns, got = Turns(each=2), []
    assert turns.take(1)
    assert turns.take(1)
    third = taker(turns, 1, got)
    until(lambda: turns._waiting[1] == 1)
    assert turns.take(2), "another account does not wait"
    assert got == []
    turns.give_back(1)
    third.join(10)
    assert got == [True]


def test_who_finds_no_seat_and_who_waits_too_long_is_told():
    turns = Turns(each=1, seats=0)
    assert turns.take(1)
    assert not turns.take(1)
    turns = Turns(each=1, seats_each=0)
    assert turns.take(1)
    assert not turns.take(1)
    turns = Turns(each=1, longest_wait=0.01)
    assert turns.take(1)
    assert not turns.take(1)
    turns.give_back(1)
    assert turns.take(1)


def test_nothing_is_kept_of_whoever_has_ended():
    turns = Turns()
    turns.take(1)
    turns.give_back(1)
    assert not turns._running
    assert not turns._waiting


@pytest.fixture
def turns(monkeypatch):
    made = Turns(each=1, seats=0)
    monkeypatch.setattr(export_turns, "turns", made)
    return made


EXPORTS = [("GET", "/cases/LK-AAAA/people.csv"), ("GET", "/cases.csv"), ("POST", "/cases/LK-AAAA/export")]


@pytest.mark.parametrize(("method", "url"), EXPORTS)
def test_one_too_many_is_told_when_to_come_again_and_leaves_no_export(browse, world, turns, entries, method, url):
    lena = browse("lena")
    turns.take(world.person("lena").id)
    answer = lena.open(url, method=method, data=lena.tokens() if method == "POST" else None)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "10")
    assert "Too many of your exports are still waiting." in answer.text
    assert entries("export.started") == []


@pytest.mark.parametrize(("method", "url"), EXPORTS)
def test_the_turn_ends_with_the_export(browse, turns, method, url):
    lena = browse("lena")
    for _ in range(2):
        answer = lena.open(url, method=method, data=lena.tokens() if method == "POST" else None)
        assert answer.status_code == 200
    assert not turns._running


def test_a_refused_export_gives_its_turn_back(browse, turns, monkeypatch):
    def refuse(*_about, **_facts):
        raise Refused("Not now.")

    monkeypatch.setattr("tracker.views.register.exports.start_case_export", refuse)
    monkeypatch.setattr("tracker.web.lists.actions.start_list", refuse)
    assert browse("lena").post_form("/cases/LK-AAAA/export").status_code == 409
    assert browse("lena").get("/cases/LK-AAAA/people.csv").status_code == 409
    assert not turns._running
