"""The pages of subject statuses: both signatures, shown on the person only while in force, all of it readable after."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.builders import build_exhibit
from tests.builders.build_access import access, person_level
from tests.builders.build_inquiry import ALLEGED, cite, designated, signed
from tests.builders.build_material import person
from tests.readers.pages import Page
from tracker.audit.doors import now
from tracker.base import db
from tracker.models.case.words import ProtectionResult
from tracker.models.findings.subject_status import SubjectStatus

PERSON = "/cases/LK-AAAA/people/1"
HERE = f"{PERSON}/subject-status"
PEOPLE = "/cases/LK-AAAA/people"


def test_from_proposal_to_signature_and_end(browse):
    person_level()
    person()
    build_exhibit.exhibit()
    lena, cora, otto = browse("lena"), browse("cora"), browse("otto")
    assert "P-001 has never been a subject" in otto.get(HERE).text
    assert (
        "Enter what else could explain the evidence."
        in lena.post_form(f"{HERE}/new", **{**ALLEGED, "alternatives": ""}).text
    )
    assert lena.post_form(f"{HERE}/new", **ALLEGED).location == f"{HERE}/1"
    assert "No citations yet" in lena.get(f"{HERE}/1").text
    answer = cora.post_form(f"{HERE}/1/signature")
    assert (answer.status_code, "Access alone makes nobody a subject" in answer.text) == (409, True)
    cited = {"evidence": "exhibit 1", "bearing": "supports"}
    assert browse("ines").post_form(f"{HERE}/1/citations/new", **cited).location == f"{HERE}/1"
    assert "Subject until" not in otto.get(PERSON).text
    assert cora.post_form(f"{HERE}/1/signature").location == f"{HERE}/1"
    text = otto.get(f"{HERE}/1").text
    assert "In force" in text
    assert "Cora" in text
    assert "/withdraw" not in lena.get(f"{HERE}/1").text
    assert lena.post_form(f"{HERE}/1/end", reason="She was abroad.").location == HERE
    assert "She was abroad." in otto.get(HERE).text


def test_a_person_is_shown_as_subject_only_while_two_signatures_are_in_force(browse, monkeypatch):
    person_level()
    made = signed(person())
    words = f"Subject until {made.until.day} {made.until:%b %Y}"
    for url in (PEOPLE, PERSON):
        assert words in browse("otto").get(url).text
    text = browse("otto").get(PERSON).text
    assert "signed by Lena (lead) and Cora (counsel)" in text
    monkeypatch.setattr("tracker.views.findings.subject_status.now", lambda: now() + timedelta(days=30, seconds=1))
    for url in (PEOPLE, PERSON):
        assert "Subject until" not in browse("otto").get(url).text
    text = browse("otto").get(HERE).text
    assert "Lapsed" in text
    assert "Lena" in text
    assert "Cora" in text


def test_nobody_is_shown_as_subject_while_the_protection_check_is_shut(browse):
    person_level()
    made = signed(person())
    person_level(ProtectionResult.SEEK_ADVICE)
    lena = browse("lena")
    for url in (PEOPLE, PERSON):
        assert "Subject until" not in lena.get(url).text
    text = lena.get(HERE).text
    assert "Protected-disclosure check: seek advice." in text
    assert made.allegation not in text
    for url in (f"{HERE}/1", f"{HERE}/new"):
        assert (lena.get(url).status_code, made.allegation in lena.get(url).text) == (409, False)
    assert browse("cora").get(f"{HERE}/1/signature").status_code == 409
    assert lena.post_form(f"{HERE}/1/end", reason="Advice.").location == HERE


def test_a_proposal_that_meets_a_shut_protection_check_is_kept_on_its_form(browse):
    person_level()
    person()
    lena = browse("lena")
    typed = {**form_of(lena.get(f"{HERE}/new"), lena, f"{HERE}/new"), **ALLEGED}
    person_level(ProtectionResult.SEEK_ADVICE)
    answer = lena.post(f"{HERE}/new", data=typed)
    assert answer.status_code == 409
    assert "Protected-disclosure check: seek advice." in answer.text
    shown = form_of(answer, lena, f"{HERE}/new")
    assert {name: shown[name] for name in ALLEGED} == {name: [words] for name, words in ALLEGED.items()}
    assert db.session().scalar(sa.select(sa.func.count(SubjectStatus.id))) == 0


@pytest.mark.parametrize("given", ["0" * 64, "", None])
def test_nothing_is_signed_that_was_not_shown(browse, given):
    person_level()
    made = designated(person())
    cite(made, build_exhibit.exhibit())
    answer = browse("cora").post_form(f"{HERE}/1/signature", text_sha256=given)
    assert (answer.status_code, "has changed since you opened it" in answer.text) == (409, True)
    assert "Not signed" in browse("otto").get(f"{HERE}/1").text


def test_evidence_that_came_meanwhile_is_shown_before_it_is_signed(browse):
    person_level()
    made = designated(person())
    cite(made, build_exhibit.exhibit())
    cora = browse("cora")
    shown = made.text_sha256
    cite(made, access())
    answer = cora.post_form(f"{HERE}/1/signature", text_sha256=shown)
    assert (answer.status_code, "Access record 1" in answer.text) == (409, True)
    again = cora.post("/cases/LK-AAAA/people/1/subject-status/1/signature", data=form_of(answer, cora))
    assert again.status_code == 303


def form_of(answer, client, url=f"{HERE}/1/signature"):
    """What the page that said no would send."""
    return {**Page(answer.text).form_to(url, url).shown(), **client.tokens()}


def test_what_cannot_be_done_is_said_and_kept(browse):
    person_level()
    designated(person())
    lena = browse("lena")
    answer = lena.post_form(f"{HERE}/new", **ALLEGED)
    assert (answer.status_code, ALLEGED["allegation"] in answer.text) == (409, True)
    lena.post_form(f"{HERE}/1/end", reason="Too soon.")
    answer = lena.post_form(f"{HERE}/1/end", reason="Too late.")
    assert (answer.status_code, "Too late." in answer.text) == (409, True)


def test_a_subject_status_is_found_at_its_own_person_only(browse):
    person_level()
    person()
    designated(person())
    assert browse("lena").get("/cases/LK-AAAA/people/2/subject-status/1").status_code == 200
    assert browse("lena").get("/cases/LK-AAAA/people/1/subject-status/1").status_code == 404
