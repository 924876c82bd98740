"""The pages of an outcome: drafted, approved, closed on, reopened; and what stands on every page afterwards."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.actions.case.test_roles import end
from tests.builders import build_case
from tests.builders.build_case import newest, ready
from tests.views.case.test_assessment_pages import text
from tracker.models.case.words import Role, Stage
from tracker.models.findings.outcomes import Outcome

S = Stage
HERE = "/cases/LK-AAAA"
AXES = {
    "happened": "undetermined", "breach": "none", "sources-0-source": "not_identified",
    "note": "Nobody was identified.", "letters": "Clearance to P-001.",
}  # fmt: skip


def test_an_outcome_is_drafted_approved_and_closed_on_its_pages(browse):
    assert "once the case is in review" in text(browse, "dora", f"{HERE}/outcomes")
    ready(S.REVIEW, "drafted", "outcome approved")
    dora, rhea = browse("dora"), browse("rhea")
    assert f"{HERE}/outcomes/new" in text(browse, "dora", f"{HERE}/outcomes")
    assert f"{HERE}/outcomes/new" not in text(browse, "lena", f"{HERE}/outcomes")
    faulty = {"happened": "compromise", "breach": "violation", "sources-0-source": "not_pursued"}
    wrong = dora.post_form(f"{HERE}/outcomes/new", **AXES | faulty)
    assert (wrong.status_code, "Enter the reason why the source was not pursued." in wrong.text) == (409, True)
    assert re.findall('<li><a href="#(.*?)">', wrong.text) == ["intent", "sources-0-source", "why_bare"]
    one = dora.post_form(f"{HERE}/outcomes/new", **AXES).location
    assert one == f"{HERE}/outcomes/1"
    assert "The outcome is a draft. Submit it." in dora.get(f"{one}/close").text
    assert "/approval" not in rhea.get(one).text
    assert dora.post_form(f"{one}/submission", at=one).location == one
    assert "Submitted" in dora.get(one).text
    sent_back = rhea.post_form(f"{one}/approval", verdict="returned", note="Whom do the letters go to?")
    assert sent_back.location == one
    assert dora.post_form(f"{one}/edit", {"submit": "yes"}, letters="To P-001 and P-002.").location == one
    assert "Void: text changed since review" in text(browse, "otto", one)
    assert rhea.post_form(f"{one}/approval", verdict="approved").location == one
    assert dora.post_form(f"{one}/close").location == one
    page = text(browse, "otto")
    assert "Source not identified" in page
    assert "Open points" not in page
    assert "not independently reviewed" not in page.lower()
    assert newest(Outcome).seal in text(browse, "otto", one)


def test_a_stale_draft_keeps_both_texts(browse):
    ready(S.REVIEW)
    dora = browse("dora")
    data = {**dora.tokens(), **AXES, "note": "Mine.", "lock_version": "7"}
    answer = dora.post(f"{HERE}/outcomes/1/edit", data=data)
    assert answer.status_code == 409
    assert "Mine." in answer.text
    assert "Nobody was identified." in answer.text


def test_an_outcome_that_changed_under_the_reviewers_eyes_is_not_approved(browse, world):
    ready(S.REVIEW, "outcome approved")
    one, rhea = newest(Outcome), browse("rhea")
    sent = {"verdict": "approved", "revision": str(one.revision), "text_sha256": one.text_sha256}
    build_case.outcomes.edit_outcome(
        world.person("dora"), one, lock_version=one.lock_version, note="Quite other words."
    )
    for more in ({}, {"revision": "2"}, {"revision": "9" * 5000}, {"text_sha256": "ä"}):
        answer = rhea.post(f"{HERE}/outcomes/1/approval", data={**rhea.tokens(), **sent, **more})
        assert answer.status_code == 409
        assert "The text has changed since you opened it" in answer.text
        assert "Quite other words." in answer.text
    assert newest(Outcome).reviews == []


def test_the_closing_page_prints_why_somebody_was_replaced(browse):
    ready(S.REVIEW, "outcome approved")
    end(build_case.world, "rhea", Role.REVIEWER, "She went on leave.")
    page = text(browse, "dora", f"{HERE}/outcomes/1/close")
    assert "She went on leave." in page
    assert "This case has no reviewer" in page


def closed_unreviewed(browse, world):
    ready(S.REVIEW, "approved", "outcome approved")
    end(world, "rhea", Role.REVIEWER, "On leave.")
    cora = browse("cora")
    assert cora.post_form(f"{HERE}/review-waiver", reason="Nobody else can.").location == HERE
    assert "Review waived" in text(browse, "otto")
    page = text(browse, "dora", f"{HERE}/outcomes/1/close")
    assert "Nobody else can." in page
    assert browse("dora").post_form(f"{HERE}/outcomes/1/close").status_code == 303


def pages_within(client, url, steps=2):
    """The text of each page of the case that so many steps from `url` lead to, by address; each is opened once."""
    texts, ahead = {}, {url}
    for _ in range(steps):
        found = {
            link for page in ahead for link in re.findall(rf'href="({HERE}(?:/[^"?#.]+)?)"', client.get(page).text)
        }
        answers = {link: client.get(link) for link in found - texts.keys()}
        ahead = {
            link for link, answer in answers.items() if answer.mimetype == "text/html" and answer.status_code == 200
        }
        texts |= {link: answers[link].text for link in ahead}
    return texts


@pytest.mark.full
def test_not_independently_reviewed_stands_on_every_page_of_the_case(browse, world):
    closed_unreviewed(browse, world)
    lena = browse("lena")
    pages = pages_within(lena, HERE)
    assert len(pages) > 12
    for url, page in pages.items():
        assert page.count("ot independently reviewed") >= 2, url
    assert "ot independently reviewed" not in lena.get("/cases").text
    build_case.reopen()
    assert "ot independently reviewed" not in lena.get(HERE).text


def test_a_closed_case_is_reopened_with_a_reason_and_its_closure_stays_readable(browse):
    ready(S.REVIEW)
    build_case.close()
    dora, one = browse("dora"), f"{HERE}/outcomes/1"
    assert f"{one}/reopen" in text(browse, "dora", one)
    assert f"{one}/reopen" not in text(browse, "lena", one)
    assert dora.post_form(f"{one}/reopen", reason="A new paper came up.").location == HERE
    page = text(browse, "otto", f"{HERE}/outcomes")
    assert "Closed, then reopened" in page
    assert "A new paper came up." in page
    page = text(browse, "otto")
    assert "Closed to investigation" in page
    assert re.search(r"Reopened on .+, by Dora: A new paper came up\.", page)
    assert f'href="{HERE}/outcomes">Earlier outcomes' in page


def test_an_outcome_and_a_review_waiver_are_asked_for_only_where_they_may_be(browse):
    page = text(browse, "dora", f"{HERE}/outcomes/new")
    assert "The outcome can only be drafted while the case is in review." in page
    assert 'class="record-form"' not in page
    page = text(browse, "cora", f"{HERE}/review-waiver")
    assert "This case has a reviewer." in page
    assert 'class="record-form"' not in page


FRESH = [("rhea", "assessments/1/approval"), ("rhea", "outcomes/1/approval"), ("dora", "outcomes/1/close"),
         ("dora", "outcomes/1/reopen"), ("cora", "review-waiver")]  # fmt: skip


@pytest.mark.parametrize(("who", "url"), FRESH)
def test_whoever_approves_closes_or_reopens_gives_the_password_again(browse, who, url):
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        ready(S.REVIEW)
        client = browse(who)
        assert client.get(f"{HERE}/{url}").status_code == 200
        clock.shift(timedelta(minutes=11))
        assert "/confirm" in client.get(f"{HERE}/{url}").location
