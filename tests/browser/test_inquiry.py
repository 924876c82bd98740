"""The example case from counsel's check to a finding, in a real browser: one story, its chapters in order.

Each role takes its turn at its own browser and sees what the others did. Run the whole file: a chapter stands on those
before it. What repeats itself (eight interviews, ten hypotheses) is done by actions behind the scenes where it says so.
How the case is judged and closed: test_closing.py.
"""

import hashlib

import pytest

from tests import world
from tests.browser.inquiry import told
from tracker.audit.doors import now
from tracker.base import db
from tracker.demo.briefing import inquiry as demo_inquiry
from tracker.demo.briefing import interviews
from tracker.models.access.people import Person
from tracker.models.inquiry.interviews import Interview

ACCOUNT = "I was told of the first card before the briefing of the press." + "\nI spoke to nobody about it." * 40
MORE = "The article itself names at least two people familiar with the cards."
LETTER = b"The portal was reached from inside only.\n"
PROTECTION_CHECK = {
    "Does the disclosure show": "No", "given to a lawful recipient": "No", "What protects the information?": "Policy",
    "Was the matter raised before": "No", "Would this inquiry identify": "No", "Does the requester appear": "No",
    "Who asked for the inquiry?": "Chief of staff", "Result": "Proceed", "Date": "2018-03-21",
    "Reason": "Whoever asked for the inquiry does not figure in it.",
}  # fmt: skip
EXPLAINED = {
    "Place": "Room 208", "Format": "In person", "Recording": "Note taken at the time",
    "Advisement": "Garrity (US), version 1", "Response to the advisement": "Acknowledged",
    "Explanations given": "Purpose, course and breaks.",
}  # fmt: skip
FINDING = {
    "Rule in force at the time": "Contents of marked papers are not passed on.",
    "Evidence for": "Was told of the first card.",
    "Evidence against": "What was said is not known.", "Reasoning": "Access is opportunity, not guilt.",
    "Conclusion": "Not substantiated",
}  # fmt: skip


@pytest.fixture(scope="module")
def inquiry(chromium, tmp_path_factory):
    """The case with its record alone."""
    with told(chromium, tmp_path_factory.mktemp("inquiry")) as story:
        yield story


@pytest.fixture(autouse=True)
def quiet(inquiry):
    """No page of a chapter makes a complaint."""
    yield
    inquiry.is_quiet()


def test_counsel_protection_checks_and_only_then_persons_are_asked_about(inquiry):
    investigator = inquiry.desk("investigator")
    assert investigator.goes_to(f"{inquiry.here}/disclosures/1/who-had-access") == 409
    assert "withheld until counsel has done" in investigator.words
    counsel = inquiry.queue("counsel")
    task = counsel.page.locator(".to-do li", has_text=inquiry.reference)
    task.get_by_role("link", name="Record check").click()
    counsel.says(PROTECTION_CHECK)
    counsel.keeps_picture("inquiry-screen")
    counsel.presses("Record check")
    assert counsel.path == inquiry.here
    lead = inquiry.at("lead")
    assert "Proceed 21 Mar 2018" in lead.words
    assert PROTECTION_CHECK["Reason"] not in lead.page.content()
    assert investigator.goes_to(f"{inquiry.here}/disclosures/1/who-had-access") == 200
    assert "Access is opportunity, not guilt." in investigator.words


def test_the_lead_moves_and_appraises_and_the_reviewer_agrees(inquiry):
    inquiry.moves_to("Inquiry")
    lead = inquiry.desk("lead")
    lead.follows("Add preliminary assessment")
    lead.says(
        {"Would further inquiry add damage?": "No", "Reason for the answer on damage": "The words are published."}
    )
    lead.says({"Reason": "Two claims are protected and were not public before."})
    lead.presses("Add assessment")
    lead.keeps_picture("inquiry-appraisal")
    assert "Preliminary assessment 1 is with the reviewer." in inquiry.at("lead").words
    reviewer = inquiry.queue("reviewer")
    reviewer.follows("Review assessment")
    reviewer.says({"Your verdict": "Approved", "Reasons": "Agreed."})
    reviewer.presses("Sign and seal verdict")
    assert "Approved by Independent reviewer" in reviewer.words
    inquiry.moves_to("Investigation")


def test_an_interview_is_planned_held_and_sealed_part_by_part(inquiry):
    tab = inquiry.at("investigator", "interviews/new")
    tab.says({"Person": "P-011", "Interview plan": "What was known of the first card."})
    tab.presses("Plan interview")
    assert "Enter the start time." in tab.words
    tab.follows("2 Engage and explain")
    tab.page.locator("summary", has_text="Companion").click()
    tab.says(EXPLAINED | {"Companion or representative": "Offered and declined"})
    tab.times("Start time", "2018-03-23 11:00")
    tab.presses("Save this part")
    tab.follows("3 Narrative")
    assert "Core questions" in tab.words
    loses_the_session_and_keeps_the_account(inquiry, tab)
    tab.follows("4 Closure")
    tab.says({"Signature": "Signed"})
    tab.ticks("The statement was read back")
    tab.times("End time", "2018-03-23 13:00")
    tab.times("Time of signature or refusal", "2018-03-23 13:00")
    tab.presses("Save and continue")
    assert tab.page.locator("code.captured").is_hidden()
    tab.page.locator("summary", has_text="Exact statement").click()
    statement = tab.page.locator("code.captured").inner_text()
    assert hashlib.sha256(statement.encode()).hexdigest() in tab.words
    tab.keeps_picture("inquiry-seal")
    tab.presses("Sign and seal statement")
    assert "Signed and sealed" in tab.page.locator(".badges").inner_text()
    assert tab.page.get_by_role("link", name="3 Narrative").count() == 0
    tab.follows("Evaluation")
    tab.says({"Evaluation": "Longer than the others, because the calls were gone through."})
    tab.presses("Add evaluation")
    assert "Evaluation 1" in tab.words
    with inquiry.behind() as context:  # everybody else is asked in the same way
        interviews.hold(context, db.session().scalars(Person.of(context.case).order_by(Person.number)).all())
    assert "9 interviews were held with 8 people" in inquiry.at("investigator", "interviews").words


def loses_the_session_and_keeps_the_account(inquiry, tab):
    """Signed out elsewhere in the middle of a long account: the text is there again after signing in."""
    tab.says({"Free narrative": ACCOUNT})
    inquiry.changes_sessions("investigator", ended_at=now())
    tab.presses("Save this part")
    assert "see what you typed" in tab.words
    tab.says({"Email address": world.email("investigator"), "Password": world.PASSWORD})
    tab.presses("Sign in")
    assert tab.control("Free narrative").input_value() == ACCOUNT
    assert "Saved." not in tab.words
    tab.keeps_picture("inquiry-account-kept")
    tab.presses("Save this part")
    assert "Saved." in tab.words


def test_an_exhibit_a_line_and_the_hypotheses(inquiry):
    tab = inquiry.at("investigator", "exhibits/new")
    tab.page.locator("input[type=file]").set_input_files(
        {"name": "sign-ins.txt", "mimeType": "text/plain", "buffer": LETTER}
    )
    tab.says({"Title": "Statement on sign-ins", "Obtained from": "Owner of the system", "Method": "Asked in writing"})
    tab.times("Time obtained", "2018-03-23 11:00")
    tab.presses("Add exhibit")
    assert hashlib.sha256(LETTER).hexdigest() in tab.words
    tab.presses("Verify file")
    assert "The file is unchanged" in tab.words
    tab.follows("Hand over exhibit")
    tab.says({"New holder": "Evidence room", "Reason": "Kept under seal"})
    tab.times("Time of handover", "2018-03-23 16:30")
    tab.presses("Hand over exhibit")
    assert "Held by Evidence room" in tab.page.locator(".badges").inner_text()
    assert tab.page.locator("#custody tbody tr").count() == 2
    tab.keeps_picture("inquiry-custody")
    tab = inquiry.at("investigator", "lines-of-inquiry/new")
    tab.says({"Question": "Was a briefing of the press authorised?", "Direction": "Against (exculpatory)"})
    tab.presses("Add line of inquiry")
    tab.follows("Close line of inquiry")
    tab.says({"Result": "The press office knows of none."})
    tab.presses("Close line of inquiry")
    assert tab.page.locator(".badges").inner_text().split("\n") == ["Against (exculpatory)", "Closed"]
    tab = inquiry.at("investigator", "hypotheses/6")
    tab.follows("Add citation")
    tab.says({"Evidence": "exhibit 1", "Effect": "Contradicts"})
    tab.presses("Add citation")
    tab.follows("Record test result")
    tab.says({"Test result": "Contradicted", "Reason": "No sign-in from outside was found."})
    tab.presses("Save test result")
    assert "Contradicted" in tab.page.locator(".badges").inner_text()
    with inquiry.behind() as context:  # the other hypotheses, and the other lines, are gone into in the same way
        held = db.session().scalars(Interview.of(context.case).where(Interview.number > 1).order_by(Interview.number))
        demo_inquiry.gather(
            context, db.session().scalars(Person.of(context.case).order_by(Person.number)).all(), held.all()
        )
    assert "Contradicted" in inquiry.at("investigator", "hypotheses").page.locator("tr", has_text="H10").inner_text()


def test_a_finding_is_drafted_submitted_and_returned_with_reasons(inquiry):
    tab = inquiry.at("investigator", "findings/new")
    tab.says({"Standard of proof": "Balance of probabilities (preponderance)", "About": "P-011"})
    tab.says({"Allegation": "The press secretary passed on the words of the first card."})
    tab.presses("Draft finding")
    tab.says(FINDING)
    tab.presses("Save finding")
    tab.follows("Add citation")
    tab.says({"Evidence": "interview 1", "Effect": "Contradicts"})
    tab.presses("Add citation")
    assert "Interview 1" in tab.words
    assert tab.page.get_by_role("link", name="Submit finding").count() == 0
    inquiry.submits(1)
    reviewer = inquiry.queue("reviewer")
    reviewer.follows("Review finding")
    reviewer.ticks("Return this text, with reasons")
    reviewer.says({"Reasons": "Say against it that the article names two people."})
    reviewer.presses("Sign and seal verdict")
    assert "You returned revision 3." in reviewer.words
    tab = inquiry.queue("investigator")
    tab.follows("Edit finding")
    assert "Say against it that the article names two people." in tab.words
    tab.follows("Edit finding")
    tab.says({"Evidence against": f"{FINDING['Evidence against']} {MORE}"})
    tab.presses("Save finding")
    assert "Revision 4" in tab.words
