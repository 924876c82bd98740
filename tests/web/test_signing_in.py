"""Signing in: guessing is slowed, names are not told apart, and nobody is led elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.readers.pages import Page
from tests.world import PASSWORD
from tracker.actions.register import accounts

LENA = "lena@tracker.example"
ANOTHER = "another harbour, eight lanterns"
ELSEWHERE = [
    "//e.example", "/\\e.example", "https:e.example", "%09//e.example", "\t//e.example", "///e.example",
    "\\\\e.example", "javascript:alert(1)", "@e.example", "/%5ce.example", "https://e.example/", "//e.example@host",
    "/\t/e.example", "/\r\n/e.example", "e.example", "http:///e.example",
]  # fmt: skip


def test_the_same_answer_for_an_unknown_a_wrong_a_disabled_and_a_sleeping_name(browse, world):
    accounts.disable_account(world.person("ada"), world.person("otto"))
    told = {}
    for name, password in [(LENA, "wrong"), ("nobody@tracker.example", "wrong"), ("otto@tracker.example", PASSWORD)]:
        answer = browse(None).sign_in(name, password)
        told[name] = (answer.status_code, words_of(answer.text, name))
    assert len(set(told.values())) == 1
    assert {status for status, _ in told.values()} == {409}


def words_of(text, name):
    """The page without what differs on every page: its tokens, and the name that was typed."""
    page = Page(text)
    return page.root.text.replace(name, "") + str([one.get("name") for one in page.all("input")])


def test_the_delay_grows_with_every_wrong_try(browse):
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        guesser = browse(None)
        for _ in range(5):
            guesser.sign_in(LENA, "wrong")
        for seconds in (1, 2, 4, 8):
            assert guesser.sign_in(LENA).status_code == 409, f"the right password was taken before {seconds} s"
            clock.shift(timedelta(seconds=2 * seconds + 0.1))
            guesser.sign_in(LENA, "wrong")
        clock.shift(timedelta(seconds=301))
        assert guesser.sign_in(LENA).status_code == 303


def test_a_stranger_cannot_lock_an_owner_out_of_her_own_browser(browse):
    own, stranger = browse(None), browse(None)
    assert own.sign_in(LENA).status_code == 303
    for _ in range(12):
        stranger.sign_in(LENA, "wrong")
    assert stranger.sign_in(LENA).status_code == 409
    own.post_form("/sign-out", at="/sessions")
    assert own.sign_in(LENA).status_code == 303


def test_a_hundred_tries_a_day_and_no_more(browse):
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        guesser = browse(None)
        for _ in range(100):
            guesser.post("/sign-in", data={**guesser.tokens(), "email": LENA, "password": "wrong"})
            clock.shift(timedelta(seconds=301))
        assert guesser.sign_in(LENA).status_code == 409


def test_a_failed_try_is_in_the_audit_log_without_the_name_that_was_typed(browse, last_entry):
    browse(None).sign_in("My Password By Mistake", "wrong")
    entry = last_entry()
    assert (entry["act"], entry["out"], entry["actor"]) == ("login.failed", "failed", "anonymous")
    assert "mistake" not in str(entry).casefold()


@pytest.mark.parametrize("password", ["", " " + PASSWORD, PASSWORD + " ", PASSWORD.upper(), PASSWORD[:-1]])
def test_a_password_is_compared_to_its_last_character(browse, password):
    assert browse(None).sign_in(LENA, password).status_code in {409, 422}


@pytest.mark.parametrize("name", ["LENA@tracker.example", " lena@tracker.example ", "ｌｅｎａ@tracker.example"])
def test_one_address_is_one_account_however_it_is_spelt(browse, name):
    assert browse(None).sign_in(name).status_code == 303


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_never_leads_to_another_place(browse, target):
    answer = browse(None).sign_in(LENA, next=target)
    assert answer.status_code == 303
    assert answer.location.startswith("/")
    assert answer.location == "/" or answer.location.startswith("/%5c")


def test_a_forged_sign_in_or_sign_out_is_refused(browse, last_entry):
    assert browse(None).post("/sign-in", data={"email": LENA, "password": PASSWORD}).status_code == 400
    lena, ines = browse("lena"), browse("ines")
    assert lena.post("/sign-out", data=ines.tokens()).status_code == 400
    assert last_entry()["act"] == "csrf.refused"
    assert is_in(lena)


FOREIGN = [
    {"Origin": "https://e.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
]  # fmt: skip


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_form_sent_by_another_site_is_refused_even_with_the_right_token(browse, last_entry, headers):
    lena = browse("lena")
    assert lena.post("/sign-out", data=lena.tokens(), headers=headers).status_code == 400
    assert last_entry()["act"] == "csrf.refused"
    assert is_in(lena)


@pytest.mark.parametrize("headers", [{"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}], ids=str)
def test_a_form_of_our_own_is_taken(browse, headers):
    lena = browse("lena")
    assert lena.post("/sign-out", data=lena.tokens(), headers=headers).status_code == 303


def test_no_password_and_no_token_is_in_an_address_or_on_a_page(browse):
    client = browse(None)
    answer = client.sign_in(LENA, "a password that is wrong")
    assert "a password that is wrong" not in answer.text


def is_in(client):
    """Whether the client still reaches a page of its own."""
    return client.get("/sessions").status_code == 200


def test_an_invitation_works_once(browse, world):
    _, token = accounts.invite_account(
        world.person("ada"), None, email="new@tracker.example", name="New", kind="member", hours=1
    )
    client = browse(None)
    assert client.post_form(f"/invitations/{token}", password=ANOTHER).location == "/sign-in"
    assert client.get(f"/invitations/{token}").status_code == 404
    assert client.sign_in("new@tracker.example", ANOTHER).status_code == 303


def test_an_invitation_that_is_too_old_or_never_was_opens_nothing(browse, world):
    _, token = accounts.invite_account(
        world.person("ada"), None, email="new@tracker.example", name="New", kind="member", hours=1
    )
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2), tick=False):
        assert browse(None).get(f"/invitations/{token}").status_code == 404
    assert browse(None).get(f"/invitations/{token[:-1]}x").status_code == 404


def test_a_reset_ends_the_sessions_and_lets_the_roles_sleep(browse, world):
    lena = browse("lena")
    token = accounts.reset_account(world.person("ada"), world.person("lena"), hours=1)
    assert not is_in(lena)
    fresh = browse(None)
    assert fresh.sign_in(LENA).status_code == 409
    assert fresh.post_form(f"/invitations/{token}", password=ANOTHER).status_code == 303
    assert fresh.sign_in(LENA, ANOTHER).status_code == 303
    assert fresh.get("/cases/LK-AAAA").status_code == 404
