"""Many at once, over real HTTP: nothing is lost, nothing is written twice, and the ledger has no gap."""

import re
import secrets
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from tests.pages import Page
from tracker import db
from tracker.models.cases import Case
from tracker.models.disclosures import Disclosure

LIST = "/cases/LK-AAAA/disclosures"
SHARED = f"{LIST}/1"
CLAIM = f"{LIST}/1/claims/1"


def together(tasks):
    """Start all at the same moment, as far as threads can; their answers in order."""
    with ThreadPoolExecutor(len(tasks)) as pool:
        return [one.result() for one in [pool.submit(task) for task in tasks]]


@pytest.mark.furnished
def test_two_who_save_the_same_claim_at_once_both_learn_of_it(caller, entries):
    lena, ines = caller("lena"), caller("ines")
    form = Page(lena.get(f"{CLAIM}/edit").text).form_to(f"{CLAIM}/edit", CLAIM).shown()
    answers = together(
        [
            lambda: lena.post(f"{CLAIM}/edit", {**form, "quote": "What Lena wrote"}),
            lambda: ines.post(f"{CLAIM}/edit", {**form, "quote": "What Ines wrote"}),
        ]
    )
    assert sorted(answer.status for answer in answers) == [303, 409]
    refused = next(answer for answer in answers if answer.status == 409)
    assert "What Lena wrote" in refused.text
    assert "What Ines wrote" in refused.text
    assert len(entries("claim.changed")) == 1


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


def writes(one, number, count):
    """Half of what somebody does is new, half is an edit of the one disclosure that all edit; the answers."""
    for turn in range(count):
        if turn % 2:
            row = re.search(r'name="row"[^>]*value="(\d+)"', one.get(f"{SHARED}/edit").text).group(1)
            yield one.post(f"{SHARED}/edit", {"row": row, **disclosed(f"Edited by {number} in turn {turn}")}).status
        else:
            yield one.post(f"{LIST}/new", disclosed(f"Made by {number} in turn {turn}")).status


def disclosed(outlet):
    return {"outlet": outlet, "medium": "newspaper"}


@pytest.mark.parametrize("count", [20, pytest.param(500, marks=pytest.mark.full)])
def test_sixteen_write_at_once_and_nothing_is_lost(caller, entries, count):
    callers = [caller("lena" if number % 2 else "ines") for number in range(16)]
    assert callers[0].post(f"{LIST}/new", disclosed("The shared one")).location == SHARED
    found = together([lambda one=one, number=number: list(writes(one, number, count))
                      for number, one in enumerate(callers)])  # fmt: skip
    statuses = Counter(status for answers in found for status in answers)
    assert set(statuses) <= {303, 409}
    made, changed = entries("disclosure.recorded"), entries("disclosure.changed")
    assert len(made) == 16 * count // 2 + 1
    assert len(changed) == statuses[303] - 16 * count // 2
    assert db.session().scalar(sa.select(Disclosure.row).where(Disclosure.number == 1)) == len(changed) + 1
    numbers = db.session().scalars(sa.select(Disclosure.number).order_by(Disclosure.number)).all()
    assert numbers == list(range(1, len(made) + 1))
    everything = entries()
    assert [entry["seq"] for entry in everything] == list(range(1, len(everything) + 1))
    assert [entry["cseq"] for entry in everything if entry.get("case") == "LK-AAAA"] == list(
        range(1, 1 + len([entry for entry in everything if entry.get("case") == "LK-AAAA"]))
    )
