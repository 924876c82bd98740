"""The seal of an interview, its statement as a download, what is added to it, and its evaluation, as pages."""

import hashlib
import html
import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests import world as people
from tests.builders.build_interview import WORDS, accounted, engaged, held, planned, ready, sealed
from tests.readers.pages import Page
from tracker.actions.inquiry import interviews
from tracker.audit.doors import housekeeping, now
from tracker.base import db
from tracker.models.inquiry.interviews import Interview
from tracker.models.register.sessions import LoginSession

HERE = "/cases/LK-AAAA/interviews/1"


@pytest.fixture
def ines(browse):
    return browse("ines")


def only():
    db.session().rollback()
    return db.session().scalars(sa.select(Interview)).one()


def test_the_seal_page_tells_what_is_missing_and_has_no_button(ines):
    accounted(engaged(planned()))
    page = ines.get(f"{HERE}/seal").text
    assert "Open points before sealing" in page
    assert "Sign and seal statement" not in page
    assert "Exact statement" not in page
    answer = ines.post(f"{HERE}/seal", data=ines.tokens())
    assert (answer.status_code, only().is_sealed) == (409, False)


def test_the_seal_page_shows_the_interview_to_be_read_and_its_bytes_to_whoever_opens_them(ines):
    interview = ready()
    page = ines.get(f"{HERE}/seal").text
    readable, _, exact = page.rpartition('<details class="card">')
    assert WORDS in readable
    assert interview.statement() in html.unescape(exact)
    assert "Sign and seal statement" in exact
    assert "Planned by" not in page


def test_a_statement_that_was_changed_meanwhile_is_shown_again_and_sealed_on_the_second_try(ines):
    interview = ready()
    form = Page(ines.get(f"{HERE}/seal").text).form_to(f"{HERE}/seal", HERE).shown()
    lena = people.person("lena")
    interviews.write_closure(
        lena, interview, lock_version=interview.lock_version, signature=None, corrections="On Tuesday"
    )
    interviews.write_closure(lena, interview, lock_version=interview.lock_version, signature="signed")
    answer = ines.post(f"{HERE}/seal", data=form)
    assert (answer.status_code, "has changed since you opened it" in answer.text, only().is_sealed) == (
        409,
        True,
        False,
    )
    again = Page(answer.text).form_to(f"{HERE}/seal", HERE).shown()
    assert ines.post(f"{HERE}/seal", data=again).status_code == 303
    assert json.loads(only().statement())["corrections"] == "On Tuesday"


def test_the_password_is_asked_for_again_before_sealing_and_adding(ines):
    ready()
    with housekeeping() as record:
        for login in record.scalars(sa.select(LoginSession)):
            login.confirmed_at = now() - timedelta(minutes=11)
    for page in ("seal", "addenda/new"):
        answer = ines.get(f"{HERE}/{page}")
        assert (answer.status_code, answer.location) == (302, f"/confirm?next={HERE}/{page}")


def test_the_download_is_byte_for_byte_what_was_sealed(browse, entries):
    sealed()
    answer = browse("otto").get(f"{HERE}/statement")
    assert hashlib.sha256(answer.data).hexdigest() == only().seal
    assert (answer.mimetype, answer.headers["Content-Disposition"].partition(";")[0]) == (
        "application/octet-stream", "attachment",
    )  # fmt: skip
    assert "LK-AAAA-interview-1-statement.json" in answer.headers["Content-Disposition"]
    assert entries()[-1]["act"] == "interview.read"
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert browse("otto").get(f"{HERE}/statement", headers=foreign).status_code == 404


def test_an_open_interview_has_no_statement_to_take(ines):
    ready()
    assert ines.get(f"{HERE}/statement").status_code == 404


def test_a_statement_that_was_changed_in_the_database_is_not_given_out(ines, entries):
    sealed()
    db.session().rollback()
    with db.writer().connect() as connection:
        connection.execute(sa.text("UPDATE interview SET narrative = 'Other words'"))
        connection.commit()
    answer = ines.get(f"{HERE}/statement")
    assert (answer.status_code, "changed after it was sealed" in answer.text) == (500, True)
    entry = entries()[-1]
    assert (entry["act"], entry["out"], entry["obj"]) == ("statement.damaged", "failed", "interview:1")
    assert entries("interview.read") == []  # nothing was read


def test_what_is_added_stands_after_the_original(ines, browse):
    sealed()
    statement = only().statement()
    assert ines.post_form(f"{HERE}/addenda/new").status_code == 422
    said = {"kind": "erratum", "text": "Room 5, not 4.", "signed_by": "Investigator"}
    assert ines.post_form(f"{HERE}/addenda/new", {"signed": "2018-03-23"}, **said).status_code == 303
    page = browse("otto").get(HERE).text
    assert page.index(WORDS) < page.index("Room 5, not 4.")
    assert "Erratum 1" in page
    assert only().statement() == statement
    assert "addenda/new" not in browse("otto").get(HERE).text


def test_the_evaluation_is_for_the_team_and_its_reading_is_recorded(ines, browse, entries):
    held()
    assert ines.post_form(f"{HERE}/evaluation", text="Clear on times").status_code == 303
    assert "Clear on times" in ines.get(f"{HERE}/evaluation").text
    assert entries()[-1]["act"] == "evaluation.read"
    assert browse("otto").get(f"{HERE}/evaluation").status_code == 403
    assert "Clear on times" not in browse("otto").get(HERE).text


def test_before_it_was_held_there_is_nothing_to_evaluate(ines):
    planned()
    assert "<textarea" not in ines.get(f"{HERE}/evaluation").text
    answer = ines.post(f"{HERE}/evaluation", data={**ines.tokens(), "text": "Promising"})
    assert (answer.status_code, "Promising" in answer.text) == (409, True)


@pytest.mark.parametrize("page", ["present/new", "cancellation", "stop"])
def test_a_sealed_interview_shows_no_form_that_would_be_refused(ines, page):
    sealed()
    answer = ines.get(f"{HERE}/{page}")
    assert (answer.status_code, "This interview is sealed. Add an addendum" in answer.text) == (409, True)
