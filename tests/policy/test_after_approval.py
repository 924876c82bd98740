"""What comes after an approval: evidence that was corrected, or a reply; it counts no longer."""

import pytest
import sqlalchemy as sa

from tests import world
from tests.actions.case.test_roles import end
from tests.actions.findings.test_citations import press_contact
from tests.actions.findings.test_subject_status import correct
from tests.builders import build_case
from tests.builders.build_case import facts, newest, ready, review_finding, submit_finding
from tests.builders.build_finding import cited, state_of
from tests.machinery.intruder import run_past_the_program
from tracker.actions.case import stages
from tracker.actions.findings import citations
from tracker.audit.doors import Refused
from tracker.gates.closure import REVIEWED, stands
from tracker.gates.evidence import ALONE
from tracker.models.case.words import Role, Stage
from tracker.models.disclosure.claims import Claim
from tracker.models.findings.findings import Finding
from tracker.models.findings.words import Cited, FindingState, Verdict
from tracker.models.words import Answer

CHANGED = "its evidence has changed. Save the text, and submit again."
LATE = "Finding 1: the reply came after the approval. Consider it, and submit again."


def missing():
    return [one.text for need in REVIEWED.needs for one in need.missing(facts()) or []]


def judge(finding):
    submit_finding(world.person("lena"), finding)
    review_finding(world.person("rhea"), finding)


@pytest.mark.usefixtures("world")
def test_what_it_rests_on_was_corrected_since():
    ready(Stage.REVIEW, "submitted", "approved", "drafted", "outcome approved")
    finding, ines = newest(Finding), world.person("ines")
    citations.withdraw_citation(ines, finding.citations[0], reason="Another thing says it.")
    spoke = cited(finding, press_contact(world, Answer.YES), Cited.PRESS_CONTACT)
    judge(finding)
    assert (missing(), stands(finding, facts())) == ([], True)
    correct(ines, spoke.press_contact)
    assert (missing(), stands(finding, facts())) == ([f"Finding 1: {ALONE}"], False)


@pytest.mark.usefixtures("world")
def test_words_that_were_returned_and_edited_back_are_to_be_revised():
    ready(Stage.REVIEW, "approved", "drafted", "outcome approved")
    finding, ines = newest(Finding), world.person("ines")
    review_finding(world.person("rhea"), finding, Verdict.RETURNED)
    for words in ("Other words.", finding.reasoning):
        build_case.change_finding(ines, finding, reasoning=words)
    assert missing() == ["Finding 1 was returned. Revise and submit it."]
    build_case.change_finding(ines, finding, reasoning="Other words.")
    assert missing() == ["Finding 1 is a draft. Submit it."]


@pytest.mark.usefixtures("world")
def test_a_reply_that_came_since_is_weighed_in_another_text():
    ready(Stage.REVIEW, "drafted", "outcome approved")
    finding = newest(Finding)
    assert missing() == []
    build_case.put_reply(world.person("ines"), finding)
    assert (missing(), stands(finding, facts())) == ([LATE], False)
    build_case.change_finding(world.person("ines"), finding, reply="Denies it twice.")
    judge(finding)
    assert (missing(), stands(finding, facts())) == ([], True)


@pytest.mark.usefixtures("world")
def test_a_text_is_not_approved_when_a_reply_came_after_it_was_submitted():
    ready(Stage.REVIEW, "approved", "drafted", "outcome approved")
    finding = newest(Finding)
    build_case.put_reply(world.person("ines"), finding)
    assert "Finding 1: the reply came after the submission. Consider it, and submit again." in missing()
    with pytest.raises(Refused, match="Return the finding, so that its authors consider the reply"):
        review_finding(world.person("rhea"), finding)
    assert finding.state is FindingState.SUBMITTED


@pytest.mark.usefixtures("world")
def test_a_reply_that_came_is_weighed_before_the_text_is_submitted():
    ready(Stage.RIGHT_OF_REPLY)
    finding = newest(Finding)
    build_case.change_finding(world.person("ines"), finding, reply="\u200b")
    with pytest.raises(Refused, match="Say how the reply was weighed"):
        submit_finding(world.person("lena"), finding)
    assert state_of(finding).startswith("draft")


def test_the_reviewer_reads_passage_reply_and_response_beside_the_text(browse):
    ready(Stage.REVIEW, "approved", "drafted", "outcome approved")
    page = browse("rhea").get("/cases/LK-AAAA/findings/1/approval").text
    assert [words in page for words in ("over the telephone", "No.", "Noted.")] == [True] * 3
    build_case.put_reply(world.person("ines"), newest(Finding))
    assert "was recorded after this text was submitted" in browse("rhea").get("/cases/LK-AAAA/findings/1/approval").text


def test_when_an_approved_text_was_submitted_is_shown(browse):
    ready(Stage.REVIEW, "drafted", "outcome approved")
    assert "Not submitted" not in browse("otto").get("/cases/LK-AAAA/findings/1").text


def test_the_deciding_official_is_asked_to_draft_and_where_the_review_was_waived_to_close(browse):
    ready(Stage.REVIEW, "approved", "drafted", "outcome approved")
    assert "Draft outcome" in browse("dora").get("/").text
    build_case.draft()
    assert [words in browse("dora").get("/").text for words in ("Draft outcome", "Close case")] == [
        False, False,
    ]  # fmt: skip
    end(world, "rhea", Role.REVIEWER)
    stages.waive_review(world.person("cora"), build_case.case(), reason="Nobody is left who could.")
    page = browse("dora").get("/").text
    assert "the case can be closed" in page
    assert "/outcomes/1/close" in page


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("last", ["submitted", "approved"])
def test_no_text_stands_that_is_not_the_one_its_evidence_makes(last):
    """However a claim came to say something else: the gate looks at the evidence, not at the hash that is kept."""
    ready(Stage.REVIEW, "submitted", "approved", "drafted", "outcome approved")
    finding = newest(Finding)
    claim = cited(finding, newest(Claim)).claim
    submit_finding(world.person("lena"), finding)
    if last == "approved":
        review_finding(world.person("rhea"), finding)
        assert (missing(), stands(finding, facts())) == ([], True)
    run_past_the_program(sa.update(Claim).where(Claim.id == claim.id).values(quote="Something wholly other."))
    assert (missing(), stands(finding, facts())) == ([f"Finding 1: {CHANGED}"], False)
    build_case.change_finding(world.person("ines"), finding)
    judge(finding)
    assert (missing(), stands(finding, facts())) == ([], True)


def test_an_approval_is_shown_as_void_once_a_cited_claim_says_something_else(browse):
    ready(Stage.REVIEW, "submitted", "approved", "drafted", "outcome approved")
    finding = newest(Finding)
    cited(finding, newest(Claim))
    judge(finding)
    build_case.change_the_claim()
    assert missing() == ["Finding 1 is a draft. Submit it."]
    page = browse("lena").get("/cases/LK-AAAA/findings/1").text
    assert "void" in page
    assert "/cases/LK-AAAA/findings/1/submission" in page
    assert f"/cases/LK-AAAA/findings/1/revisions/{finding.revision - 1}" in page
    assert "He was told not to." in browse("rhea").get(f"/cases/LK-AAAA/findings/1/revisions/{finding.revision}").text
