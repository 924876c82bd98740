"""What was typed when a session ended is shown again after signing in, unsaved; a password never is."""

import pytest
import sqlalchemy as sa

from tests.readers.pages import Page
from tests.world import PASSWORD
from tracker.audit.doors import housekeeping, now
from tracker.models.register.sessions import LoginSession

LENA = "lena@tracker.example"
ANOTHER = "another harbour, eight lanterns"


def test_a_button_pressed_in_an_ended_session_leads_back_to_its_page(ended):
    lena, tokens = ended
    from_here = {"Origin": "http://localhost", "Referer": "http://localhost/sessions"}
    asked = lena.post("/sign-out", data=tokens, headers=from_here)
    assert (asked.status_code, hidden_of(asked.text)["next"]) == (401, "/sessions")


@pytest.fixture
def ended(browse):
    """Lena's client with a form she opened before her session ended."""
    lena = browse("lena")
    tokens = lena.tokens()
    end_sessions()
    return lena, tokens


def end_sessions():
    with housekeeping() as record:
        for login in record.scalars(sa.select(LoginSession)):
            login.ended_at = now()


def test_what_was_typed_in_an_ended_session_is_shown_again_and_not_saved(ended, world, entries):
    lena, tokens = ended
    typed = {
        "title": "Typed before the end",
        "question": "Line one\nline <two>",
        "lock_version": "1",
        "marking": "internal",
    }
    here = {"Origin": "http://localhost"}
    asked = lena.post("/cases/LK-AAAA/edit", data={**tokens, **typed}, headers=here)
    assert asked.status_code == 401
    hidden = hidden_of(asked.text)
    assert hidden["typed.title"] == "Typed before the end"
    answer = lena.post("/sign-in", data={**hidden, "email": LENA, "password": PASSWORD})
    assert answer.status_code == 200
    form = form_of(answer.text, "/cases/LK-AAAA/edit")
    assert (form["title"], form["lock_version"]) == (["Typed before the end"], ["1"])
    assert form["question"] == ["Line one\nline <two>"]
    assert world.case().title == "Briefing for a call"
    assert entries("case.changed") == []
    saved = lena.post("/cases/LK-AAAA/edit", data=form)
    assert (saved.status_code, world.case().title) == (303, "Typed before the end")


def test_what_a_form_proposes_does_not_replace_what_was_typed(browse):
    ines, url = browse("ines"), "/cases/LK-AAAA/hypotheses/untested"
    sent = {**ines.tokens(), "hypotheses": ["3"], "reason": "Gone."}
    end_sessions()
    hidden = hidden_of(ines.post(url, data=sent, headers={"Origin": "http://localhost"}).text)
    shown = ines.post("/sign-in", data={**hidden, "email": "ines@tracker.example", "password": PASSWORD})
    assert form_of(shown.text, url)["hypotheses"] == ["3"]


def test_a_form_of_another_place_is_not_carried_over(ended):
    lena, tokens = ended
    asked = lena.post("/cases/LK-AAAA/edit", data={**tokens, "title": "x"}, headers={"Origin": "https://e.example"})
    assert asked.status_code == 401
    assert not [name for name in hidden_of(asked.text) if name.startswith("typed.")]


def test_a_password_is_never_carried_over(ended):
    lena, tokens = ended
    typed = {"current": PASSWORD, "password": ANOTHER}
    asked = lena.post("/password", data={**tokens, **typed}, headers={"Sec-Fetch-Site": "same-origin"})
    assert asked.status_code == 401
    assert PASSWORD not in asked.text
    assert ANOTHER not in asked.text


def hidden_of(text):
    return {one.get("name"): one.get("value") or "" for one in Page(text).all("input") if one.get("type") == "hidden"}


def form_of(text, url):
    return Page(text).form_to(url, url).shown()
