"""Many at once, over real HTTP: nothing is lost, nothing is written twice, and the ledger has no gap."""

import secrets
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from tracker import db
from tracker.models.cases import Case

TITLE = "Briefing for a call"


def together(tasks):
    """Start all at the same moment, as far as threads can; their answers in order."""
    with ThreadPoolExecutor(len(tasks)) as pool:
        return [one.result() for one in [pool.submit(task) for task in tasks]]


def edit(row, title):
    return {"row": row, "title": title, "marking": "internal", "question": "What came out?"}


def test_two_who_save_the_same_thing_at_once_both_learn_of_it(caller, world, entries):
    one, other = caller("lena"), caller("lena")
    answers = together(
        [
            lambda: one.post("/cases/LK-AAAA/edit", edit(1, "One text")),
            lambda: other.post("/cases/LK-AAAA/edit", edit(1, "Another text")),
        ]
    )
    assert sorted(answer.status for answer in answers) == [303, 409]
    refused = next(answer for answer in answers if answer.status == 409)
    assert "One text" in refused.text
    assert "Another text" in refused.text
    assert len(entries("case.changed")) == 1


def test_the_same_form_sent_twenty_times_at_once_is_done_once(caller, entries):
    callers = [caller("nora") for _ in range(20)]
    token, shared = secrets.token_urlsafe(18), callers[0]
    for one in callers:
        one.headers, one.csrf_token = shared.headers, shared.csrf_token
    form = {"title": "Opened once", "marking": "internal"}
    answers = together([lambda one=one: one.post("/cases/new", form, token) for one in callers])
    db.session().rollback()
    assert db.session().scalar(sa.select(sa.func.count(Case.id)).where(Case.title == "Opened once")) == 1
    assert [answer.status for answer in answers] == [303] * 20
    assert len({answer.location for answer in answers}) == 1
    assert len(entries("case.opened")) == 3
