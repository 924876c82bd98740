"""The pages of the right of reply: side by side, in neutral words."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests import world
from tests.builders.build_finding import about_somebody, backdate, drafted
from tests.readers.pages import Page
from tracker.actions.case.cases import edit_case
from tracker.base import db
from tracker.models.findings.replies import Reply

HERE = "/cases/LK-AAAA/findings/1/replies"


@pytest.fixture
def cora(browse):
    about_somebody()
    return browse("cora")


def put(client, when="2018-04-02 09:00", **fields):
    return client.post_form(f"{HERE}/new", {"put_at": when}, **fields)


def test_it_begins_with_the_allegation_and_ten_days(cora, browse):
    assert "No passages yet" in browse("otto").get(HERE).text
    form = Page(cora.get(f"{HERE}/new").text).form_to(f"{HERE}/new", "").shown()
    assert (form["passage"], form["days"]) == (["The cards were passed on"], ["10"])
    assert put(cora, gist="The log of the portal").location == f"{HERE}#reply-1"
    page = Page(browse("otto").get(HERE).text).root.text
    assert "until 12 Apr 2018, 09:00 UTC" in page
    assert "The log of the portal" in page


def test_it_is_due_on_one_day_everywhere_that_of_the_case(cora, browse, world):
    case = world.case()
    edit_case(world.person("lena"), case, lock_version=case.lock_version, title=case.title, zone="America/New_York")
    put(cora, "2018-04-02 21:00")
    assert "until 12 Apr 2018, 21:00 (UTC-4)" in Page(browse("otto").get(HERE).text).root.text
    assert "Reply due 12 Apr 2018" in Page(cora.get("/").text).root.text


@pytest.mark.parametrize(("fields", "sentence"), [
    ({"days": "0"}, "from 1 to 365"), ({"days": "ten"}, "whole number"), ({"days": ""}, "from 1 to 365"),
    ({"passage": ""}, "Enter the passage"), ({"when": ""}, "Enter time put to the person"),
])  # fmt: skip
def test_what_is_missing_is_asked_for(cora, fields, sentence):
    answer = put(cora, **fields)
    assert (answer.status_code, sentence in answer.text) == (422, True)


def test_an_unknown_time_is_refused_and_what_was_typed_stays(cora):
    answer = cora.post_form(f"{HERE}/new", {"put_at-precision": "unknown"}, gist="The log of the portal")
    assert (answer.status_code, "known and in the past" in answer.text) == (409, True)
    assert "The log of the portal" in answer.text


def test_reply_and_response_stand_side_by_side(cora):
    put(cora)
    assert cora.post_form(f"{HERE}/1/response", response="Too early").status_code == 409
    answer = cora.post_form(f"{HERE}/1/answer", {"answered_at": "2018-04-20"}, answer="I gave them back.")
    assert answer.location == f"{HERE}#reply-1"
    assert cora.post_form(f"{HERE}/1/response", response="The finding says so now.").status_code == 303
    row = Page(cora.get(HERE).text).all("tbody")[0].all("td")
    assert [
        words in cell.text for cell, words in zip(row, ("passed on", "I gave them back.", "says so now."), strict=True)
    ] == [True] * 3
    assert "after the deadline" in row[1].text


def test_of_a_passage_whose_time_is_over_it_is_said_that_it_is(cora, browse):
    put(cora)
    cells = {who: Page(browse(who).get(HERE).text).all("tbody")[0].all("td")[1].text for who in ("cora", "otto")}
    assert all("The deadline passed on 12 Apr 2018, 09:00 UTC. No reply is recorded." in one for one in cells.values())
    assert all("Open until" not in one for one in cells.values())
    assert all("If no reply came, this can be recorded from" in one for one in cells.values())
    assert ("Record the reply." in cells["cora"], "Record the reply." in cells["otto"]) == (True, False)


def test_that_none_was_received_is_said_in_neutral_words_after_the_days(cora):
    put(cora, (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%d %H:%M"))
    assert f"{HERE}/1/no-response" not in cora.get(HERE).text
    assert "not over yet" in cora.post_form(f"{HERE}/1/no-response").text
    put(cora)
    assert f"{HERE}/2/no-response" not in cora.get(HERE).text
    for reply in db.session().scalars(sa.select(Reply)):
        backdate(world.person("cora"), reply, at=datetime.now(UTC) - timedelta(days=11))
    assert f"{HERE}/2/no-response" in cora.get(HERE).text
    assert "Record the reply, or that no response was received." in Page(cora.get(HERE).text).root.text
    assert cora.post_form(f"{HERE}/2/no-response").status_code == 303
    assert "No response received by 12 Apr 2018, 09:00 UTC." in Page(cora.get(HERE).text).root.text


def test_more_days_are_given_for_a_reason(cora):
    put(cora)
    fewer = cora.post_form(f"{HERE}/1/days", days="5", why_extended="Abroad")
    assert (fewer.status_code, "Enter more than 10 days" in fewer.text) == (409, True)
    assert cora.post_form(f"{HERE}/1/days", days="20").status_code == 422
    assert cora.post_form(f"{HERE}/1/days", days="20", why_extended="She was abroad").status_code == 303
    page = Page(cora.get(HERE).text).root.text
    assert "until 22 Apr 2018, 09:00 UTC" in page
    assert "She was abroad" in page


def test_a_stale_reply_keeps_what_was_typed(cora, browse):
    put(cora)
    form = Page(cora.get(f"{HERE}/1/answer").text).form_to(f"{HERE}/1/answer", "")
    browse("lena").post_form(f"{HERE}/1/days", days="20", why_extended="Abroad")
    answer = cora.post(f"{HERE}/1/answer", data=form.filled({"answer": "In her words", "answered_at": "2018-04-05"}))
    assert (answer.status_code, "Somebody else saved this" in answer.text) == (409, True)
    assert "In her words" in answer.text


def test_nobody_is_asked_about_a_process(browse, world):
    drafted()
    assert "No right of reply" in browse("lena").get(HERE).text
    assert "Right of reply" not in Page(browse("lena").get("/cases/LK-AAAA/findings/1").text).all("main")[0].text
