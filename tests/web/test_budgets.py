"""Budgets: an address that nobody has signed in from, and an account, each may ask for so much and no more."""

import time

import pytest

from tests.machinery.clocks import Clock
from tests.machinery.instances import UNLIMITED
from tests.world import PASSWORD
from tracker.web.limits import budgets
from tracker.web.limits.budgets import Budget, Budgets

LENA = "lena@tracker.example"


@pytest.fixture
def clock(monkeypatch):
    """A clock that only a test sets."""
    made = Clock()
    monkeypatch.setattr(budgets, "time", made)
    return made


@pytest.fixture
def limited(app, clock):
    """The budgets as they are in the program."""
    app.extensions["budgets"] = Budgets()
    yield app.extensions["budgets"]
    app.extensions["budgets"] = UNLIMITED


def test_so_many_at_once_and_then_so_many_a_minute(clock):
    budget = Budget(20, 10)
    assert [budget.take("one") for _ in range(20)] == [0] * 20
    assert budget.take("one") == 6
    assert budget.take("other") == 0
    clock.now += 5.9
    assert budget.take("one") == 1
    clock.now += 0.2
    assert [budget.take("one"), budget.take("one")] == [0, 6]
    clock.now += 3_600
    assert [budget.take("one") for _ in range(21)] == [0] * 20 + [6]


def test_asking_too_early_makes_the_wait_no_longer(clock):
    budget = Budget(1, 60)
    budget.take("one")
    for _ in range(10):
        assert budget.take("one") == 1
    clock.now += 1
    assert budget.take("one") == 0


def test_what_is_counted_stays_small(monkeypatch, clock):
    monkeypatch.setattr(budgets, "MOST_KEYS", 3)
    budget = Budget(1, 1)
    for key in "abcd":
        budget.take(key)
    assert set(budget._left) == set("bcd")
    assert (budget.used("a"), budget.used("d")) == (0, 1)


def test_the_twenty_first_sign_in_from_an_address_waits(browse, limited, clock, entries):
    strangers = [browse(None) for _ in range(7)]
    answers = [stranger.sign_in(f"name{n}@tracker.example", "wrong") for n in range(3) for stranger in strangers]
    assert [answer.status_code for answer in answers] == [409] * 20 + [429]
    assert answers[-1].headers["Retry-After"] == "6"
    assert "There were too many sign-in attempts from your network address. Wait 6 seconds" in answers[-1].text
    assert 'value="name2@tracker.example"' in answers[-1].text, "what was typed is kept"
    assert [entry["act"] for entry in entries()[-1:]] == ["request.throttled"]
    clock.now += 6.1
    assert browse(None).sign_in(LENA).status_code == 303


def test_signing_in_from_another_address_goes_on(browse, limited):
    for _ in range(21):
        browse(None).sign_in("nobody@tracker.example", "wrong")
    elsewhere = browse(None)
    elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert elsewhere.sign_in(LENA).status_code == 303


def test_a_right_password_counts_too_where_somebody_signed_in_gives_it_again(browse, limited, clock):
    lena, ines = browse("lena"), browse("ines")
    fields = {"password": PASSWORD, "typed.purpose": "For the referral"}
    answers = [lena.post("/confirm", data={**lena.tokens(), **fields}) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert answers[-1].headers["Retry-After"] == "6"
    assert "You entered your password too many times. Wait 6 seconds, then try again." in answers[-1].text
    assert 'value="For the referral"' in answers[-1].text, "what was typed is kept"
    assert lena.post_form("/password", current=PASSWORD, password="another harbour, eight lanterns").status_code == 429
    assert ines.post_form("/confirm", password=PASSWORD).status_code == 303
    assert browse(None).sign_in(LENA).status_code == 303
    clock.now += 6.1
    assert lena.post_form("/confirm", password=PASSWORD).status_code == 303


def test_who_is_not_signed_in_is_counted_by_address_and_a_member_by_account(browse, limited):
    stranger, lena, ines = browse(None), browse("lena"), browse("ines")
    assert [stranger.get("/sign-in").status_code for _ in range(301)] == [200] * 300 + [429]
    assert "Wait 1 second, then try again." in stranger.get("/sign-in").text
    assert lena.get("/sessions").status_code == 200, "an office behind one address is not one visitor"
    object.__setattr__(limited, "account", Budget(3, 60))
    assert [lena.get("/sessions").status_code for _ in range(4)] == [200] * 3 + [429]
    assert ines.get("/sessions").status_code == 200


def test_what_costs_nothing_is_not_counted(browse, limited):
    object.__setattr__(limited, "address", Budget(1, 1))
    stranger = browse(None)
    for _ in range(3):
        assert stranger.get("/healthz").status_code == 200
        assert stranger.get("/static/css/tracker.css").status_code == 200


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_an_address_of_ipv6_is_that_of_its_network(app, address, word):
    with app.test_request_context("/sign-in", environ_base={"REMOTE_ADDR": address}):
        assert budgets.source() == word


def test_the_clock_of_the_budgets_is_one_that_nobody_sets():
    assert budgets.time is time
