"""The pages on the way to a judgement: assessments, decisions, stages, suspensions and the screen."""

import html
import re

import pytest

from tests import world
from tests.builders import build_case
from tests.builders.build_access import utc
from tests.builders.build_case import newest, ready
from tracker.actions.case import stages
from tracker.actions.case.cases import edit_case
from tracker.models.case.assessments import Assessment
from tracker.models.case.stages import Suspension
from tracker.models.case.words import Stage
from tracker.models.disclosure.claims import Checked
from tracker.models.disclosure.words import CheckAnswer
from tracker.models.findings.decisions import Decision
from tracker.models.findings.words import Happened
from tracker.models.words import Answer

S = Stage
HERE = "/cases/LK-AAAA"
AXES = {
    "happened": "undetermined", "breach": "none", "sources-0-source": "not_identified",
    "note": "Nobody was identified.", "letters": "Clearance to P-001.",
}  # fmt: skip


def text(browse, who, url=HERE):
    return html.unescape(browse(who).get(url).text)


def test_a_case_at_its_beginning_meets_little(browse):
    page = text(browse, "lena")
    assert "No open points before inquiry" in page
    assert f'action="{HERE}/stage"' in page
    for word in ("Outcome 1", "hypothes", "Stage history", "Review waived"):
        assert word not in page.partition("<main")[2].replace("Hypotheses", "")


def test_the_lead_moves_the_case_and_sees_how_it_came_there(browse):
    lena = browse("lena")
    assert "Move to inquiry" in lena.get(HERE).text
    assert lena.post_form(f"{HERE}/stage", to_stage="inquiry").location == HERE
    assert "Intake to inquiry" in lena.get(HERE).text
    shut = lena.post_form(f"{HERE}/stage", to_stage="investigation", reason="Now.")
    assert shut.status_code == 409
    assert "Record at least one claim of a disclosure." in shut.text
    assert "Now." in shut.text
    back = lena.post_form(f"{HERE}/stage", to_stage="intake")
    assert (back.status_code, "Enter the reason why the case moves back." in back.text) == (409, True)


@pytest.mark.parametrize("stage", ["reply", "review", "closed", "nowhere"])
def test_a_stage_that_is_not_next_cannot_be_chosen_or_sent(browse, stage):
    lena = browse("lena")
    data = {**lena.tokens(), "to_stage": stage, "from_stage": "intake"}
    assert lena.post(f"{HERE}/stage", data=data).status_code == 422
    assert build_case.case().stage is S.INTAKE


def test_a_move_from_a_page_that_is_old_is_refused(browse):
    lena = browse("lena")
    data = {**lena.tokens(), "to_stage": "inquiry", "from_stage": "reply"}
    answer = lena.post(f"{HERE}/stage", data=data)
    assert (answer.status_code, "The stage is now intake" in answer.text) == (409, True)


def test_each_line_leads_whoever_may_mend_it_to_where_it_is_mended(browse):
    build_case.move(S.INQUIRY)
    build_case.claim(clearance=build_case.Checked())
    build_case.assess()
    for who, way, there in [
        ("ines", "disclosures/1/claims/1/checks", True), ("rhea", "disclosures/1/claims/1/checks", False),
        ("rhea", "assessments/1/approval", True), ("lena", "assessments/1/approval", False),
        ("cora", "protection-check", True), ("dora", "protection-check", False),
    ]:  # fmt: skip
        assert (f'href="{HERE}/{way}"' in text(browse, who)) == there, (who, way)
    assert "Preliminary assessment 1 is with the reviewer." in text(browse, "otto")


def test_the_lead_appraises_and_the_reviewer_agrees_to_what_stands_there(browse):
    build_case.claim()
    lena, rhea = browse("lena"), browse("rhea")
    wrong = lena.post_form(f"{HERE}/assessments/new", happened="already_public")
    assert wrong.status_code == 422
    made = lena.post_form(
        f"{HERE}/assessments/new", happened="already_public", reason="A release.", damage="no", damage_reason="Known."
    )
    assert made.location == f"{HERE}/assessments/1"
    page = text(browse, "rhea", made.location)
    assert "He was told not to." in page
    assert "Looked for in the press archive" in page
    done = rhea.post_form(f"{HERE}/assessments/1/approval", verdict="approved")
    assert done.location == made.location
    assert "Approved" in text(browse, "otto", f"{HERE}/assessments")
    assert "Move to review" in text(browse, "lena")
    build_case.change_the_claim()
    assert "The assessment no longer counts." in text(browse, "otto", made.location)


def test_a_claim_changed_under_the_reviewers_eyes_is_not_agreed_to(browse):
    build_case.claim()
    build_case.assess()
    rhea = browse("rhea")
    url = f"{HERE}/assessments/1/approval"
    sent = {**rhea.tokens(), "verdict": "approved", "note": "Fine.", "text_sha256": newest(Assessment).text_sha256}
    build_case.change_the_claim()
    answer = rhea.post(url, data=sent)
    assert answer.status_code == 409
    assert "The lead must add a new assessment" in answer.text
    assert newest(Assessment).reviews == []


def test_the_log_holds_decisions_for_all_to_read(browse):
    assert "No decisions yet" in text(browse, "otto", f"{HERE}/decisions")
    assert f"{HERE}/decisions/new" not in text(browse, "otto", f"{HERE}/decisions")
    ines = browse("ines")
    assert ines.post_form(f"{HERE}/decisions/new", what="We ask nobody.").status_code == 422
    made = ines.post_form(f"{HERE}/decisions/new", what="We ask nobody.", reason="Too early.")
    assert made.location == f"{HERE}/decisions/1"
    assert "We ask nobody." in text(browse, "otto", f"{HERE}/decisions")
    assert newest(Decision).seal in text(browse, "otto", made.location)


def test_a_flag_stands_in_the_heading_until_it_is_lifted(browse):
    cora = browse("cora")
    assert cora.post_form(f"{HERE}/suspensions/new", reason="A court asks.").location == HERE
    again = cora.post_form(f"{HERE}/suspensions/new", reason="Twice.")
    assert (again.status_code, "Twice." in again.text) == (409, True)
    page = text(browse, "otto")
    assert "A court asks." in page
    assert f"{HERE}/suspensions/1/lift" not in page
    assert f"{HERE}/suspensions/1/lift" in text(browse, "lena")
    assert cora.post_form(f"{HERE}/suspensions/1/lift", reason="It is done.").location == HERE
    assert "A court asks." not in text(browse, "otto").partition("Stage history")[0]
    assert "It is done." in text(browse, "cora", f"{HERE}/suspensions/1/lift")
    assert newest(Suspension).lifted_at


def test_counsel_answers_the_protection_check_and_only_counsel_reads_the_answers(browse):
    cora = browse("cora")
    url = f"{HERE}/protection-check"
    said = {"answered_on": "2018-03-21", "reason": "No claim.", "requester": "The private office"}
    refused = cora.post_form(url, result="proceed", identifies="yes", **said)
    assert (refused.status_code, "Proceed with firewall, or stop" in refused.text) == (409, True)
    assert "The private office" in refused.text
    assert cora.post_form(url, result="proceed_with_firewall", identifies="yes", **said).location == HERE
    assert "The private office" in text(browse, "cora", url)
    for who in ("lena", "ines", "rhea", "dora", "otto", "cora"):
        page = text(browse, who)
        assert "Proceed with firewall" in page
        assert "The private office" not in page
        assert "No claim." not in page


def test_pages_of_what_is_settled_offer_no_form(browse, world):
    ready(S.REVIEW)
    suspension = stages.suspend_case(world.person("lena"), world.case(), reason="To the inspectorate.")
    stages.lift_suspension(world.person("lena"), suspension, reason="Back.")
    build_case.close()
    for who, url in [
        ("lena", "suspensions/1/lift"),
        ("cora", "protection-check"),
        ("dora", "outcomes/1/close"),
        ("lena", "stage"),
    ]:
        assert 'class="record-form"' not in text(browse, who, f"{HERE}/{url}"), url


def test_on_the_short_way_the_page_asks_for_nothing_that_does_not_matter(browse):
    build_case.claim()
    build_case.assess(Happened.ALREADY_PUBLIC)
    page = text(browse, "lena").partition("<main")[2]
    assert "Open points before review" in page
    for word in ("Test each hypothesis", "criticises", "line of inquiry", "Counsel has not done"):
        assert word not in page


def test_the_answer_to_damage_is_chosen(browse):
    made = build_case.assess()
    assert made.damage is Answer.NO
    assert "Would further inquiry add damage?" in text(browse, "otto", f"{HERE}/assessments/1")


def test_many_missing_things_of_one_kind_are_told_in_short(browse):
    build_case.move(S.INQUIRY)
    for _ in range(7):
        build_case.claim(clearance=build_case.Checked())
    page = text(browse, "lena")
    assert page.count("Was clearance sought?") == 5
    assert "2 more points of this kind are open." in page


def test_the_times_of_checks_are_on_the_clocks_of_the_page(browse):
    at = utc("2018-03-20 17:00")
    build_case.claim(already_public=Checked(CheckAnswer.YES, at, "The leader", "Only that"))
    build_case.assess()
    case = build_case.case()
    edit_case(world.person("lena"), case, lock_version=case.lock_version, title=case.title, zone="America/New_York")
    page = re.sub(r"<[^>]+>", "", text(browse, "lena", f"{HERE}/assessments/1")).replace("\u00a0", " ")
    assert "Yes; 20 Mar 2018, 13:00 (UTC-4); The leader; Only that" in page


def test_the_reviewer_of_an_assessment_reads_every_word_that_her_answer_holds_for(browse, world):
    words = {"locator": "Third column", "authority": "Originator", "accuracy_basis": "Held against the cards"}
    build_case.claim(**words, already_public=Checked(CheckAnswer.NO, source="Press office", note="Searched on Monday"))
    build_case.assess()
    page = browse("rhea").get("/cases/LK-AAAA/assessments/1/approval").text
    for said in (*words.values(), "Press office", "Searched on Monday", "He was told not to."):
        assert said in page
