"""Many at once, over real HTTP: nothing is lost, nothing is written twice, and the audit log has no gap."""

import re
import secrets
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests.readers.pages import Page
from tracker.actions.case import cases
from tracker.audit import appending, doors
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim

CLAIMS = "/cases/LK-AAAA/disclosures/1/claims"
CLAIM = f"{CLAIMS}/1"


def together(tasks):
    """Start all at the same moment, as far as threads can; their answers in order."""
    with ThreadPoolExecutor(len(tasks)) as pool:
        return [one.result() for one in [pool.submit(task) for task in tasks]]


@pytest.mark.gate("two at once, at a served program")
@pytest.mark.furnished
def test_two_who_save_the_same_claim_at_once_both_learn_of_it(caller, entries):
    lena, ines = caller("lena"), caller("ines")
    form = form_on(lena)
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


@pytest.mark.gate("twenty at once, at a served program")
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
    """Half of what somebody does is new, half is an edit of the one claim that all edit; the answers."""
    form = form_on(one)
    for turn in range(count):
        said = {"quote": f"Said by {number} in turn {turn}"}
        if turn % 2:
            row = re.search(r'name="lock_version"[^>]*value="(\d+)"', one.get(f"{CLAIM}/edit").text).group(1)
            yield one.post(f"{CLAIM}/edit", {**form, **said, "lock_version": row}).status
        else:
            yield one.post(f"{CLAIMS}/new", {"claims-0-quote": said["quote"]}).status


def form_on(one):
    """The form of the claim that all edit, as its page shows it."""
    return Page(one.get(f"{CLAIM}/edit").text).form_to(f"{CLAIM}/edit", CLAIM).shown()


@pytest.mark.gate("a hundred and sixty writes at once")
@pytest.mark.furnished
@pytest.mark.parametrize("count", [10, pytest.param(500, marks=pytest.mark.full)])
def test_sixteen_write_at_once_and_nothing_is_lost(caller, entries, world, count):
    callers = [caller("lena" if number % 2 else "ines") for number in range(16)]
    before, new = len(entries("claims.recorded")), 16 * count // 2
    found = together(
        [lambda one=one, number=number: list(writes(one, number, count)) for number, one in enumerate(callers)]
    )
    statuses = Counter(status for answers in found for status in answers)
    assert set(statuses) <= {303, 409}
    assert sum(statuses.values()) == 16 * count
    made, changed = entries("claims.recorded"), entries("claim.changed")
    assert len(made) - before == new
    assert len(changed) == statuses[303] - new
    claims = db.session().scalars(Claim.of(world.case()).order_by(Claim.number)).all()
    assert [claim.number for claim in claims] == list(range(1, new + 2))
    assert claims[0].lock_version == len(changed) + 1
    everything = entries()
    of_case = [entry["cseq"] for entry in everything if entry.get("case") == "LK-AAAA"]
    assert [entry["seq"] for entry in everything] == list(range(1, len(everything) + 1))
    assert of_case == list(range(1, len(of_case) + 1))


def test_the_clock_is_read_after_the_turn_of_the_chain(world, monkeypatch, last_entry):
    order = []
    monkeypatch.setattr(appending.db, "take_turns", lambda *_: order.append("turn"))
    monkeypatch.setattr(doors, "now", lambda: order.append("clock") or datetime(2026, 5, 1, tzinfo=UTC))
    cases.read_case(world.person("ines"), world.case())
    assert order[-2:] == ["turn", "clock"]
    assert last_entry()["at"] == "2026-05-01T00:00:00.000000Z"
