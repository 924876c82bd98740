"""Guessing passwords: what was looked at and found wrong is counted, and the owner is told."""

from contextlib import nullcontext
from datetime import timedelta
from html import unescape
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from werkzeug.exceptions import TooManyRequests

from tests.machinery.instances import UNLIMITED
from tests.world import PASSWORD
from tracker.actions.register import accounts
from tracker.base import db, passwords
from tracker.models.register.sessions import LoginAttempt
from tracker.web.limits import throttle
from tracker.web.limits.budgets import Budgets
from tracker.web.limits.gate import Gate

LENA = "lena@tracker.example"


@pytest.fixture
def anywhere(app):
    """A request from a browser that has never signed in."""
    with app.test_request_context("/sign-in", method="POST"):
        yield


def tries():
    return db.session().scalars(sa.select(LoginAttempt.ok).order_by(LoginAttempt.id)).all()


def wrong(times, email=LENA):
    for _ in range(times):
        assert throttle.attempt(email, "wrong") is None


def test_a_right_password_is_counted_as_such(anywhere):
    assert throttle.attempt(LENA, PASSWORD).name == "Lena"
    assert tries() == [True]


def test_a_try_that_must_wait_is_not_looked_at_and_prolongs_nothing(anywhere, clock, entries):
    wrong(5)
    for _ in range(20):
        assert throttle.attempt(LENA, PASSWORD) is None
    assert (len(tries()), entries()[-1]["act"]) == (5, "login.delayed")
    clock.shift(1.1)
    assert throttle.attempt(LENA, PASSWORD) is not None


def test_the_wait_doubles_up_to_five_minutes(anywhere, clock):
    wrong(5)
    for seconds in (1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300):
        clock.shift(seconds - 0.2)
        assert throttle.attempt(LENA, PASSWORD) is None
        clock.shift(0.3)
        wrong(1)
    assert len(tries()) == 16


def test_a_clock_set_back_shortens_no_wait(anywhere, clock):
    wrong(6)
    clock.shift(timedelta(hours=-3))
    assert throttle.attempt(LENA, PASSWORD) is None


def test_unknown_names_wait_like_known_ones(anywhere, entries):
    wrong(6, "nobody@tracker.example")
    assert [entry["act"] for entry in entries()[-2:]] == ["login.failed", "login.delayed"]
    assert throttle.attempt(LENA, PASSWORD) is not None


def test_an_account_that_is_disabled_while_its_password_is_looked_at_does_not_sign_in(client, world, monkeypatch):
    real = passwords.fits

    def disabling(password_hash, password):
        accounts.disable_account(world.person("ada"), world.person("lena"))
        return real(password_hash, password)

    monkeypatch.setattr(passwords, "fits", disabling)
    answer = client.sign_in(LENA)
    assert (answer.status_code, throttle.SENTENCE in unescape(answer.text)) == (409, True)


def test_tries_at_the_same_time_are_counted_like_tries_in_a_row(app, clock, monkeypatch):
    start, answers = Barrier(12), []
    monkeypatch.setattr(throttle, "looking", Gate(slots=1, seats=12))

    def guess():
        with app.app_context(), app.test_request_context("/sign-in", method="POST"):
            start.wait()
            answers.append(throttle.attempt(LENA, "wrong"))
            db.sessions.remove()

    guessers = [Thread(target=guess) for _ in range(12)]
    for guesser in guessers:
        guesser.start()
    for guesser in guessers:
        guesser.join()
    assert answers == [None] * 12
    assert len(tries()) == throttle.FREE_TRIES


def test_a_try_that_is_being_looked_at_or_was_cut_short_is_no_failure(anywhere, monkeypatch):
    seen = []

    def killed(_password_hash, _password):
        seen.append(tries())
        raise KeyboardInterrupt

    monkeypatch.setattr(passwords, "fits", killed)
    for _ in range(throttle.FREE_TRIES + 1):
        with pytest.raises(KeyboardInterrupt):
            throttle.attempt(LENA, "wrong")
    monkeypatch.undo()
    assert seen == [[]] * (throttle.FREE_TRIES + 1)
    assert throttle.attempt(LENA, PASSWORD) is not None


def test_who_must_give_way_is_told_so_and_it_is_no_failure(anywhere, monkeypatch):
    monkeypatch.setattr(throttle, "looking", Gate(slots=1, seats=0))
    with throttle.looking.passed(0), pytest.raises(TooManyRequests, match="Many people are signing in"):
        throttle.attempt(LENA, "wrong")
    assert tries() == []


def test_who_signs_in_goes_before_whoever_has_given_more_passwords_right_or_wrong(anywhere, app, world, monkeypatch):
    app.extensions["budgets"] = Budgets()
    turns = []
    monkeypatch.setattr(throttle.looking, "passed", lambda tries: turns.append(tries) or nullcontext())
    lena = world.person("lena")
    assert [throttle.confirms(lena, PASSWORD) for _ in range(3)] == [True] * 3
    assert throttle.attempt(LENA, PASSWORD) is not None
    app.extensions["budgets"] = UNLIMITED
    assert turns == [1, 2, 3, 1]


def test_failures_from_other_addresses_make_nobody_wait_but_a_hundred_of_them_a_day_do(app, clock):
    def attempt(address, password="wrong"):
        with app.test_request_context("/sign-in", method="POST", environ_base={"REMOTE_ADDR": address}):
            return throttle.attempt(LENA, password)

    for number in range(19):
        for _ in range(5):
            attempt(f"192.0.2.{number}")
    assert attempt("192.0.2.100", PASSWORD) is not None
    for number in range(20):
        for _ in range(5):
            attempt(f"198.51.100.{number}")
    assert len(tries()) == 95 + 1 + 100
    assert attempt("192.0.2.101", PASSWORD) is None


def test_strangers_keep_nobody_who_is_signed_in_from_giving_their_password_again(anywhere, clock, world):
    wrong(12)
    assert throttle.confirms(world.person("lena"), PASSWORD)


def test_a_dated_hash_is_made_anew_at_sign_in(anywhere, world, monkeypatch):
    monkeypatch.setattr(passwords, "is_dated", lambda _hash: True)
    before = world.person("lena").password_hash
    assert throttle.attempt(LENA, PASSWORD).password_hash != before


def test_a_wrong_current_password_counts_as_a_try(anywhere, world):
    lena = world.person("lena")
    assert throttle.confirms(lena, PASSWORD)
    for _ in range(5):
        assert not throttle.confirms(lena, "wrong")
    assert not throttle.confirms(lena, PASSWORD)


@pytest.mark.parametrize("cookie", ["", "x.y", "InVuc2lnbmVkIg.abc"])
def test_a_made_up_device_is_no_known_device(app, cookie):
    with app.test_request_context("/sign-in", headers={"Cookie": f"device={cookie}"}):
        assert throttle.device_of(LENA).startswith(throttle.STRANGE)


def test_a_device_is_known_under_the_name_it_signed_in_with_only(app):
    with app.test_request_context("/sign-in"):
        cookie = throttle.device_cookie(LENA, "one")
    with app.test_request_context("/sign-in", headers={"Cookie": f"device={cookie}"}):
        assert not throttle.device_of(LENA.upper()).startswith(throttle.STRANGE)
        assert throttle.device_of("ines@tracker.example").startswith(throttle.STRANGE)


def test_the_next_page_tells_of_the_last_sign_in_and_of_failed_tries(browse):
    first = browse(None)
    assert "You last signed in" not in after_sign_in(first)
    stranger = browse(None)
    for _ in range(3):
        stranger.sign_in(LENA, "wrong")
    page = after_sign_in(browse(None))
    assert "You last signed in on" in page
    assert "Failed attempts since then: 3. If they were not yours, tell an administrator." in page
    assert "Failed attempts since then: 0." in after_sign_in(browse(None))


def after_sign_in(client):
    assert client.sign_in(LENA).status_code == 303
    return client.get("/").text


def test_a_changed_password_is_told_at_the_next_sign_in_once(browse):
    browse("lena").post_form("/password", current=PASSWORD, password="another harbour, eight lanterns")
    pages = []
    for _ in range(2):
        client = browse(None)
        client.sign_in(LENA, "another harbour, eight lanterns")
        pages.append(client.get("/").text)
    assert ["Your password was changed on" in page for page in pages] == [True, False]
