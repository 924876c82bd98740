"""The example case from the reviewer to its closing, and what is left to read: one story, its chapters in order.

The case was gone into before (test_inquiry.py shows how); three findings are drafted, one of them was returned once.
"""

from datetime import timedelta

import pytest

from tests import world
from tests.browser.inquiry import told
from tracker.actions.findings.findings import edit_finding, submit_finding
from tracker.actions.findings.reviews import approve_finding
from tracker.audit.doors import now
from tracker.base import db
from tracker.demo import briefing, protection_check
from tracker.models.findings.findings import Finding

MORE = "The article itself cites two people familiar with the cards."
NOTE = "Read against the list of calls."
PASSAGE = "The press secretary passed on the words of the first card."
ANSWER = "The call was about the readout. I did not mention the cards."
TABS = (
    "", "/disclosures", "/materials", "/people", "/people/11", "/access", "/access/1", "/whereabouts", "/eliminations",
    "/interviews", "/interviews/6", "/exhibits", "/exhibits/3", "/press-contacts", "/lines-of-inquiry",
    "/lines-of-inquiry/1",
    "/hypotheses", "/hypotheses/2", "/findings", "/findings/2", "/findings/2/replies", "/decisions", "/outcomes/1",
    "/team",
)  # fmt: skip
OUTCOME = {
    "What happened": "Compromise", "Was a rule broken?": "Infraction", "Intent": "Inadvertent",
    "What is known about the source?": "Source not identified", "Letters": "To everybody who was heard.",
    "Closing note": "Words of the cards were published; who passed them on was not established.",
}  # fmt: skip


def gone_into(context):
    """Counsel lets the case go on, and the team goes into it."""
    protection_check(context, briefing)
    briefing.run_inquiry(context)


@pytest.fixture(scope="module")
def inquiry(chromium, tmp_path_factory):
    """The case with all that a reviewer is asked about."""
    with told(chromium, tmp_path_factory.mktemp("closing"), gone_into) as story:
        yield story


@pytest.fixture(autouse=True)
def quiet(inquiry):
    """No page of a chapter makes a complaint."""
    yield
    inquiry.is_quiet()


def test_the_reviewer_sees_the_difference_and_approves_with_the_keyboard_alone(inquiry):
    inquiry.submits(2)
    reviewer = inquiry.desk("reviewer")
    for turn in ("Turn off single keys", "Turn on single keys"):
        assert reviewer.goes_to("/sessions") == 200
        reviewer.page.get_by_role("button", name=turn).click()
        inquiry.queue("reviewer").page.keyboard.press("n")
        if "off" in turn:
            assert "To do" in reviewer.words  # it did not lead away
    reviewer.page.wait_for_url("**/findings/2/approval")
    assert reviewer.page.locator("#evidence_against ins").inner_text().count(MORE) == 1
    assert reviewer.page.locator(".content-side del").count() == 0
    reviewer.keeps_picture("closing-difference")
    reviewer.tabs_to(lambda one: one["name"] == "verdict")
    reviewer.page.keyboard.press("Space")
    reviewer.tabs_to(lambda one: one["name"] == "reasons")
    reviewer.page.keyboard.type(NOTE)
    inquiry.changes_sessions("reviewer", confirmed_at=now() - timedelta(minutes=11))
    sends_by_keyboard(reviewer, "Sign and seal verdict")
    confirms_and_finds_the_form_as_it_was(reviewer)
    sends_by_keyboard(reviewer, "Sign and seal verdict")
    reviewer.page.wait_for_url("**/findings/2")
    assert "You approved revision 4." in reviewer.words
    assert NOTE in reviewer.words


def sends_by_keyboard(reviewer, words):
    """To the button, and press it."""
    reviewer.tabs_to(lambda one: one["tag"] == "button" and one["words"].strip() == words)
    reviewer.page.keyboard.press("Enter")
    reviewer.page.wait_for_load_state()


def confirms_and_finds_the_form_as_it_was(reviewer):
    """More than ten minutes after the password was given it is asked again; nothing that was typed is lost or sent."""
    reviewer.page.wait_for_selector("h1:text('Confirm your password')")
    reviewer.tabs_to(lambda one: one["name"] == "password")
    reviewer.page.keyboard.type(world.PASSWORD)
    reviewer.page.keyboard.press("Enter")
    reviewer.page.wait_for_selector("h1:text('Review of finding 2')")
    assert "Nothing is saved yet" in reviewer.words
    assert reviewer.control("Reasons").input_value() == NOTE
    assert reviewer.form.get_by_label("Approve exactly this text").is_checked()
    reviewer.keeps_picture("closing-confirmed")


def test_counsel_puts_the_passage_and_records_the_reply(inquiry):
    with inquiry.behind() as context:  # the two other findings are submitted and approved in the same way
        for finding in db.session().scalars(Finding.of(context.case).where(Finding.number != 2)):
            read = {"revision": finding.revision, "text_sha256": finding.text_sha256}
            submit_finding(context.people["lead"], finding, revision=finding.revision)
            approve_finding(context.people["reviewer"], finding, **read)
    inquiry.moves_to("Right of reply")
    assert "Finding 2 criticises a person. Put the passage to them." in inquiry.at("lead").words
    counsel = inquiry.at("counsel", "findings/2/replies")
    counsel.follows("Add passage")
    counsel.says({"Passage put": PASSAGE, "Gist of the evidence": "Interview 6."})
    counsel.times("Time put to the person", "2018-04-09")
    counsel.presses("Add passage")
    assert "Time to reply: 10 days" in counsel.words
    counsel.follows("Record reply")
    counsel.says({"Reply": ANSWER})
    counsel.times("Time received", "2018-04-12")
    counsel.presses("Record reply")
    counsel.follows("Add response")
    counsel.says({"Response": "The finding says so."})
    counsel.presses("Add response")
    row = counsel.page.locator("#reply-1 > td").all_inner_texts()
    assert [words.split("\n")[0] for words in row] == [PASSAGE, ANSWER, "The finding says so."]
    counsel.keeps_picture("closing-reply")


def test_an_approval_that_is_older_than_the_reply_counts_no_longer(inquiry):
    inquiry.moves_to("Review")
    assert "the reply came after the approval" in inquiry.at("lead").words
    with inquiry.behind() as context:
        finding = db.session().scalars(Finding.of(context.case).where(Finding.number == 2)).one()
        edit_finding(
            context.by, finding, lock_version=finding.lock_version, reply="Says that the card was not spoken of."
        )
        submit_finding(context.people["lead"], finding, revision=finding.revision)
        read = {"revision": finding.revision, "text_sha256": finding.text_sha256}
        approve_finding(context.people["reviewer"], finding, **read)
    assert "the reply came after the approval" not in inquiry.at("lead").words


def test_the_deciding_official_drafts_the_reviewer_approves_and_the_deciding_official_closes(inquiry):
    deciding_official = inquiry.at("deciding_official", "outcomes")
    deciding_official.follows("Draft outcome")
    deciding_official.says(OUTCOME)
    deciding_official.presses("Draft and submit")
    assert "No reviews yet." in deciding_official.words
    reviewer = inquiry.queue("reviewer")
    reviewer.follows("Review outcome")
    assert OUTCOME["Closing note"] in reviewer.words
    reviewer.says({"Your verdict": "Approved", "Reasons": "The axes fit the record."})
    reviewer.presses("Sign and seal verdict")
    deciding_official = inquiry.queue("deciding_official")
    deciding_official.follows("Close case")
    assert "Every finding is approved at its current text, or its review is waived." in deciding_official.words
    deciding_official.keeps_picture("closing-checklist")
    deciding_official.presses("Close case")
    assert "Closed" in deciding_official.page.locator(".case-bar").inner_text()
    assert "Nothing to do" in inquiry.queue("reviewer").words


def test_a_closed_case_is_read_by_the_observer_masked_and_offers_nothing_to_press(inquiry):
    for page in TABS:
        observer = inquiry.at("observer", page)
        assert (
            observer.page.locator("main form[method=post]:not(.list-tool *), main .btn-primary:visible").count() == 0
        ), page
        assert "presssec" not in observer.page.content(), page
    assert "lead, investigators and counsel can see it" in inquiry.at("observer", "people/11").words
    inquiry.at("observer", "findings/2").keeps_picture("closing-observer")
    assert "presssec" in inquiry.at("lead", "people/11").words


def test_nor_does_it_offer_more_than_its_roles_to_those_who_worked_on_it(inquiry):
    for who in ("lead", "reviewer"):
        for page in TABS:
            tab = inquiry.at(who, page)
            left = tab.page.locator(
                "main .page-head-actions .btn-primary, main form[method=post]:not(.list-tool *) button"
            )
            words = {one.strip() for one in left.all_inner_texts()}
            assert words <= {"Verify file", "Offer role"}, (who, page)


def test_the_auditor_sees_that_it_was_done_and_not_what_was_written(inquiry):
    auditor = inquiry.desk("auditor")
    assert auditor.goes_to(inquiry.here) == 404
    assert auditor.goes_to("/audit-log") == 200
    row = auditor.page.locator("tr", has_text="Case closed")
    assert inquiry.reference in row.inner_text()
    auditor.keeps_picture("closing-auditor")
    row.get_by_role("link").first.click()
    assert "Deciding official" in auditor.words
    assert auditor.goes_to("/audit-log?action=outcome.drafted") == 200
    auditor.page.locator("tbody a").first.click()
    assert "Outcome drafted" in auditor.words
    assert OUTCOME["Closing note"] not in auditor.page.content()


def test_the_administrator_sees_no_case(inquiry):
    administrator = inquiry.desk("administrator")
    assert "Account management" in administrator.words
    assert briefing.ABOUT["title"] not in administrator.page.content()
    for path, status in (
        ("/cases", 403),
        ("/to-do/next", 403),
        (inquiry.here, 404),
        (f"{inquiry.here}/findings/2", 404),
    ):
        assert administrator.goes_to(path) == status
        assert inquiry.reference not in administrator.words
