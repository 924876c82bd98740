"""Staying signed in: what ends a session, what a copied cookie is worth, and what a reader of the database gets."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.readers.pages import Page
from tests.world import PASSWORD
from tracker.actions.register import accounts
from tracker.base import db

LENA = "lena@tracker.example"
ANOTHER = "another harbour, eight lanterns"


def copy_of(client, app):
    """A second browser that holds the same cookie."""
    thief = app.test_client()
    thief.set_cookie("tracker_session", client.get_cookie("tracker_session").value)
    return thief


def is_in(client):
    """Whether the client still reaches a page of its own."""
    return client.get("/sessions").status_code == 200


def test_a_copied_cookie_is_dead_after_sign_out(app, browse):
    lena = browse("lena")
    thief = copy_of(lena, app)
    assert is_in(thief)
    answer = lena.post_form("/sign-out", at="/sessions")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert not is_in(thief)


def test_signing_out_clears_what_the_browser_kept(browse, last_entry):
    answer = browse("lena").post_form("/sign-out", at="/sessions")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert last_entry()["act"] == "login.ended"


def test_changing_the_password_ends_every_other_session(app, browse):
    lena, other = browse("lena"), browse("lena")
    answer = lena.post_form("/password", current=PASSWORD, password=ANOTHER)
    assert (answer.status_code, answer.location) == (303, "/sessions")
    assert is_in(lena)
    assert not is_in(other)
    assert browse(None).sign_in(LENA).status_code == 409
    assert browse(None).sign_in(LENA, ANOTHER).status_code == 303


def test_the_current_password_is_asked_for_before_a_new_one(browse):
    lena = browse("lena")
    answer = lena.post_form("/password", current="not the current one", password=ANOTHER)
    assert answer.status_code == 409
    assert "The current password is incorrect." in answer.text


@pytest.mark.parametrize("password", ["short", "a" * 30, "lena@tracker.example", "x" * 300])
def test_a_password_that_is_easy_to_guess_is_not_taken(browse, password):
    assert browse("lena").post_form("/password", current=PASSWORD, password=password).status_code == 422


def test_disabling_an_account_ends_its_sessions(browse, world):
    lena = browse("lena")
    assert is_in(lena)
    accounts.disable_account(world.person("ada"), world.person("lena"))
    assert not is_in(lena)


def test_another_session_of_mine_can_be_ended_and_nobody_elses(browse):
    lena, other, ines = browse("lena"), browse("lena"), browse("ines")
    theirs = [form.get("action") for form in page_of(lena).all("form") if "/end" in (form.get("action") or "")]
    assert len(theirs) == 1
    assert ines.post(theirs[0], data=ines.tokens()).status_code == 404
    assert is_in(other)
    assert lena.post_form(theirs[0], at="/sessions").status_code == 303
    assert not is_in(other)
    assert is_in(lena)


def page_of(client):
    return Page(client.get("/sessions").text)


def test_a_session_ends_when_it_is_not_used_for_half_an_hour(browse):
    start = datetime.now(UTC)
    with time_machine.travel(start, tick=False) as clock:
        lena = browse("lena")
        for _ in range(3):
            clock.shift(timedelta(minutes=29))
            assert is_in(lena)
        clock.shift(timedelta(minutes=31))
        assert not is_in(lena)


def test_a_session_ends_after_twelve_hours_even_when_it_is_used(browse):
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        lena = browse("lena")
        for _ in range(24):
            clock.shift(timedelta(minutes=29))
            assert is_in(lena)
        clock.shift(timedelta(minutes=29))
        assert not is_in(lena)


def test_signing_in_gives_a_new_session_and_ends_the_one_before(app, browse):
    client = browse("lena")
    old = copy_of(client, app)
    client.sign_in(LENA)
    assert client.get_cookie("tracker_session").value != old.get_cookie("tracker_session").value
    assert is_in(client)
    assert not is_in(old)


@pytest.mark.parametrize("change", [lambda c: c.replace(".", ".x", 1), lambda c: "x" + c, lambda c: ""])
def test_a_cookie_that_was_changed_signs_nobody_in(app, browse, change):
    thief = copy_of(browse("lena"), app)
    thief.set_cookie("tracker_session", change(thief.get_cookie("tracker_session").value))
    assert not is_in(thief)


def test_nothing_in_the_database_lets_a_reader_of_it_sign_in(browse, world):
    token = begun_token(browse("lena"))
    tables = {table.name: str(db.session().execute(table.select()).all()) for table in db.Base.metadata.sorted_tables}
    assert not [name for name, text in tables.items() if token in text or PASSWORD in text]


def begun_token(client):
    with client.session_transaction() as cookie:
        return cookie["_user_id"]
