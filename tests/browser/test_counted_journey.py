"""A small case from its opening to its closing, as a newcomer works it, and what it costs: forms, clicks, fields.

Three people: a lead who also investigates, a reviewer, and a counsel who also decides. All of it is done on pages.
"""

import re

import pytest

from tests import world
from tests.browser.clerk import Clerk, Office, Typist

MOST = {"forms": 45, "clicks": 80, "fields": 120}
PEOPLE = [(f"Post {at}", f"post{at}") for at in range(10)]
FINDING = {
    "Rule in force at the time": "Handling rule 4.", "Evidence for": "The room has no lock.",
    "Evidence against": "No trace of entry.", "Missing evidence": "A log of the door.",
    "Reasoning": "Both can be true.", "Conclusion": "Inconclusive",
}  # fmt: skip
OUTCOME = {
    "What happened": "Compromise", "Was a rule broken?": "Not determined",
    "What is known about the source?": "Source not identified", "Closing note": "It could not be established.",
    "Letters": "None.",
}  # fmt: skip
NOTHING = "I had no access and know nobody concerned."


def log_of_a_portal():
    """200 lines: ten people open and print two versions on one evening."""
    rows = ["identifier,material,version,since,level,channel"]
    for at in range(200):
        version, level = ("v1", "E3") if at < 80 else ("v2", "E4" if at % 7 == 0 else "E3")
        when = f"2018-03-19T{17 + at // 60}:{at % 60:02}:00Z"
        rows.append(f"post{at % 10},CARDS-1,{version},{when},{level},opened")
    return "\n".join(rows).encode() + b"\n"


@pytest.fixture
def layers():
    """Nothing but the people, and two cases without a record."""
    return ()


@pytest.fixture
def office(chromium, served, request):
    """An office that works with the mouse, or with the keyboard alone."""
    office = Office(chromium, f"http://127.0.0.1:{served}", request.param)
    yield office
    office.closes()


def opens_a_case(office):
    lead = office.goes("lena", "Open case")
    lead.says({"Neutral title": "Cards for a call", "Question": "Who could have passed the cards on?"})
    lead.presses("Open case")
    office.reference = lead.path.rpartition("/")[2]
    for who, role in (("rhea", "Reviewer"), ("cora", "Counsel"), ("cora", "Deciding official")):
        lead.follows("Offer role")
        lead.says({"Email address": world.email(who), "Role": role})
        lead.presses("Offer role")
    lead.follows("Overview")
    for who in ("rhea", "cora", "cora"):
        desk = office.goes(who, *["Home"] * (who in office.desks), "Answer offer")
        desk.ticks("I accept the role")
        desk.fills("Declaration", NOTHING)
        desk.presses("Send answer")


def records_the_material(office):
    lead = office.goes("lena", "Add material")
    lead.says({"Identifier": "CARDS-1", "Title": "Cue cards", "Originator": "Office of the adviser"})
    lead.presses("Add material")
    for label, made in (("v1", "19 Mar 2018 17:00"), ("v2", "19 Mar 2018 18:20")):
        lead.follows("Add version")
        lead.says({"Label": label, "Made": made})
        lead.presses("Add version")
        if label == "v1":
            lead.follows("CARDS-1")


def records_the_disclosure(office):
    lead = office.goes("lena", "Overview", "Add disclosure")
    lead.says({"Outlet": "A newspaper", "Title": "Told not to", "Medium": "Newspaper", "Form": "Quotes"})
    lead.says({"Published": "20 Mar 2018 23:15", "Sourcing phrase": "two people familiar with the cards"})
    lead.presses("Add disclosure and claims")
    for row, quote in enumerate(("They congratulated.", "The papers said not to.", "They were told to condemn."), 1):
        lead.fills(f"Exact quote of row {row}", quote)
    lead.chooses("Matched version of row 2", "CARDS-1 v2")
    lead.chooses("Protected of row 2", "Protected")
    lead.presses("Add claims")
    for number in (1, 2, 3):
        lead.follows(f"C{number}")
        lead.says({"How accurate is it?": "Accurate"})
        for question in ("Was it officially released", "Was clearance sought", "Was an authorised briefing"):
            lead.chooses(question, "No")
        lead.presses("Save checks")


def records_people_and_log(office):
    lead = office.goes("lena", "Who had access", "People", "Add several people")
    lead.fills("Lines", "\n".join(f",{post},Office {at},{account}" for at, (post, account) in enumerate(PEOPLE)))
    lead.presses("Fill table")
    lead.presses("Add people")
    lead = office.goes("lena", "Overview", "Import log")
    lead.attaches("File", {"name": "portal.csv", "mimeType": "text/csv", "buffer": log_of_a_portal()})
    lead.says({"System it came from": "Portal", "Obtained from": "Owner of the portal"})
    lead.presses("Check file")
    lead.page.wait_for_selector("text=Check results")
    lead.presses("Import 200 records")
    lead.page.wait_for_selector("text=Imported as")


def counsel_lets_it_go_on(office):
    counsel = office.goes("cora", "Home", re.compile(f"Record check.*{office.reference}"))
    counsel.says({"Result": "Proceed", "Reason": "Nothing shows wrongdoing."})
    counsel.presses("Record check")


def sees_who_had_access(office):
    lead = office.goes("lena", "Overview", "Who had access")
    assert "Confirmed" in lead.words


def comes_to_the_investigation(office):
    lead = office.goes("lena", "Overview")
    lead.presses("Move to inquiry")
    lead.follows("Add preliminary assessment")
    lead.says({"Reason": "The words stand in the cards.", "Would further inquiry add damage?": "No"})
    lead.fills("Reason for the answer on damage", "All of it is published.")
    lead.presses("Add assessment")
    reviewer = office.goes("rhea", "Home", "Review assessment")
    reviewer.chooses("Your verdict", "Approved")
    reviewer.presses("Sign and seal verdict")
    lead = office.goes("lena", "Overview")
    lead.presses("Move to investigation")


def interviews_somebody(office):
    lead = office.goes("lena", "Inquiry", "Interviews", "Plan interview")
    lead.says({"Person": "P-001"})
    lead.presses("Plan and continue")
    lead.says({"Place": "Room 208", "Format": "In person", "Recording": "Note taken at the time"})
    lead.fills("Start time", "20 Nov 2026 10:00")
    lead.presses("Save and continue")
    lead.fills("Free narrative", "They saw the second version and spoke to nobody.")
    lead.presses("Save and continue")
    lead.ticks("The statement was read back")
    lead.says({"Signature": "Signed"})
    lead.presses("Save and continue")
    lead.presses("Sign and seal statement")


def takes_in_an_exhibit(office):
    lead = office.goes("lena", "Exhibits", "Add exhibit")
    lead.fills("Title", "Statement on sign-ins")
    lead.attaches("File", {"name": "sign-ins.txt", "mimeType": "text/plain", "buffer": b"From inside only."})
    lead.says(
        {
            "Obtained from": "Owner of the portal",
            "Time obtained": "21 Nov 2026 11:00",
            "Method": "Asked for in writing.",
        }
    )
    lead.presses("Add exhibit")


def settles_lines_and_hypotheses(office):
    lead = office.goes("lena", "Lines of inquiry", "Add line of inquiry")
    lead.says({"Question": "Was a briefing of the press authorised?", "Direction": "Against (exculpatory)"})
    lead.presses("Add line of inquiry")
    lead.follows("Close line of inquiry")
    lead.fills("Result", "The press office knows of none.")
    lead.presses("Close line of inquiry")
    lead = office.goes("lena", "Hypotheses", "Leave hypotheses untested")
    lead.fills("Reason", "Nothing recorded bears on it.")
    lead.presses("Leave hypotheses untested")


def brings_a_finding_through_review(office):
    lead = office.goes("lena", "Findings", "Draft finding")
    lead.says({"Standard of proof": "Balance of probabilities (preponderance)", "Allegation": "The cards lay open."})
    lead.presses("Draft finding")
    lead.says(FINDING)
    lead.presses("Save finding")
    lead.follows("Add citation")
    lead.says({"Evidence": "exhibit 1", "Effect": "Supports"})
    lead.presses("Add citation")
    lead.follows("Submit finding")
    lead.presses("Submit revision 3")
    reviewer = office.goes("rhea", "Home", "Review finding")
    reviewer.ticks("Approve exactly this text")
    reviewer.presses("Sign and seal verdict")


def closes(office):
    lead = office.goes("lena", "Overview")
    lead.presses("Move to right of reply")
    lead.presses("Move to review")
    official = office.goes("cora", "Home", "Draft outcome")
    official.says(OUTCOME)
    official.presses("Draft and submit")
    reviewer = office.goes("rhea", "Home", "Review outcome")
    reviewer.chooses("Your verdict", "Approved")
    reviewer.presses("Sign and seal verdict")
    official = office.goes("cora", "Home", "Close case")
    official.presses("Close case")
    assert "Closed" in official.page.locator(".case-bar").inner_text()


STEPS = (
    opens_a_case, records_the_material, records_the_disclosure, records_people_and_log, counsel_lets_it_go_on,
    sees_who_had_access, comes_to_the_investigation, interviews_somebody, takes_in_an_exhibit,
    settles_lines_and_hypotheses, brings_a_finding_through_review, closes,
)  # fmt: skip


@pytest.mark.parametrize(
    "office", [Clerk, pytest.param(Typist, marks=pytest.mark.full)], indirect=True, ids=["mouse", "keyboard"]
)
def test_a_small_case_costs_no_more_than_it_must(office):
    for step in STEPS:
        step(office)
    assert office.tally.refused == []
    assert {who: desk.complaints for who, desk in office.desks.items() if desk.complaints} == {}
    spent = {"forms": office.tally.forms, "clicks": office.tally.clicks, "fields": office.tally.fields}
    assert {name: len(one) for name, one in spent.items() if len(one) > MOST[name]} == {}, str(office.tally)
