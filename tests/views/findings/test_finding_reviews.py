"""The page of a review: exactly the text that is judged, what differs from the one she knows, and a stale verdict."""

import pytest

from tests.builders.build_finding import a_claim, cited, drafted, returned, state_of, submitted, written
from tests.readers.pages import Page

HERE = "/cases/LK-AAAA/findings/1"
APPROVAL = f"{HERE}/approval"


@pytest.fixture
def rhea(browse):
    return browse("rhea")


def marked(page):
    return [
        (one.tag, one.text) for one in Page(page).all("ins", "del") if "added: " in one.text or "removed: " in one.text
    ]


def test_the_text_that_was_shown_is_approved(rhea, world):
    finding = submitted()
    page = rhea.get(APPROVAL).text
    assert finding.text_sha256 in page
    assert "You have not read an earlier revision of this finding." in page
    assert rhea.post_form(APPROVAL, verdict="approved").location == HERE
    assert "Approved at revision 2" in rhea.get(HERE).text


def test_a_return_needs_reasons_and_keeps_what_was_chosen(rhea, world):
    finding = submitted()
    answer = rhea.post_form(APPROVAL, verdict="returned")
    assert (answer.status_code, "Enter the reasons" in answer.text) == (422, True)
    assert Page(answer.text).form_to(APPROVAL, APPROVAL).shown()["verdict"] == ["returned"]
    assert rhea.post_form(APPROVAL, verdict="returned", reasons="Who held it?").status_code == 303
    assert state_of(finding) == "returned 2"
    assert "Who held it?" in rhea.get(HERE).text


def test_a_verdict_on_a_text_that_was_changed_is_refused_and_shows_the_new_text(rhea, world):
    finding = submitted()
    form = Page(rhea.get(APPROVAL).text).form_to(APPROVAL, APPROVAL)
    submitted(written(finding, reasoning="Slipped in after the second draft."))
    answer = rhea.post(APPROVAL, data=form.filled({"verdict": "approved", "reasons": "As I read it"}))
    assert answer.status_code == 409
    assert "The text has changed since you read it" in answer.text
    assert ("ins", "added: Slipped in after (end of what was added)") in marked(answer.text)
    assert "As I read it" in answer.text
    assert state_of(finding) == "submitted 3"
    again = Page(answer.text).form_to(APPROVAL, APPROVAL)
    assert rhea.post(APPROVAL, data=again.filled({})).status_code == 303
    assert state_of(finding) == "approved 3"


def test_a_verdict_on_a_text_that_is_no_longer_submitted_is_refused(rhea, browse, world):
    finding = submitted()
    form = Page(rhea.get(APPROVAL).text).form_to(APPROVAL, APPROVAL)
    browse("lena").post_form(f"{HERE}/withdraw", at=HERE)
    answer = rhea.post(APPROVAL, data=form.filled({"verdict": "approved"}))
    assert (answer.status_code, "Only a submitted finding" in answer.text) == (409, True)
    assert state_of(finding) == "draft 2"
    assert "you cannot give a verdict now" in rhea.get(APPROVAL).text


def test_what_differs_from_her_last_verdict_is_marked(rhea, world):
    finding = returned(submitted())
    written(finding, reasoning="What was published follows the third draft, which went to twelve holders.")
    rhea.get(HERE)
    written(finding, missing="The log of the printer")
    one = cited(finding, a_claim())
    submitted(finding)
    page = rhea.get(APPROVAL).text
    assert "Changes since revision 2" in page
    exactly = f'"{one.claim.quote}", SHA-256 {one.spell()["sha256"]}'
    assert marked(page) == [
        ("ins", "added: The log of the printer (end of what was added)"),
        ("del", "removed: second (end of what was removed)"),
        ("ins", "added: third (end of what was added)"),
        ("ins", f"added: Supports: Claim C1 of disclosure 1, {exactly} (end of what was added)"),
    ]
    assert "Changed parts: Missing evidence, Reasoning, Citations." in Page(page).root.text


def test_without_a_verdict_it_is_the_text_she_last_read(rhea, world):
    finding = written(drafted())
    rhea.get(HERE)
    submitted(written(finding, missing="The log"))
    rhea.get(HERE)
    assert "Changes since revision 2" in rhea.get(APPROVAL).text


def test_who_judged_this_very_text_is_told_so(rhea, world):
    returned(submitted())
    assert "You have already given your verdict on this text." in rhea.get(APPROVAL).text


@pytest.mark.parametrize("field", ["revision", "text_sha256"])
def test_a_form_without_what_was_shown_approves_nothing(rhea, world, field):
    finding = submitted()
    form = Page(rhea.get(APPROVAL).text).form_to(APPROVAL, APPROVAL)
    for odd in ("", "0", "9" * 40, "é"):
        answer = rhea.post(APPROVAL, data=form.filled({"verdict": "approved", field: odd}))
        assert answer.status_code == 409
    assert state_of(finding) == "submitted 2"


def test_opening_a_review_is_a_recorded_read(rhea, world, entries):
    submitted()
    rhea.get(APPROVAL)
    assert [entry["d"]["revision"] for entry in entries("finding.read")] == [2]
