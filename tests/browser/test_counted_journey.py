"""A small case from its opening to its closing, as a newcomer works it, and what it costs: forms, clicks, fields.

Three people: a lead who also investigates, a reviewer, and a counsel who also decides. Nothing is done behind the scenes.
"""

import pytest

from tests import world
from tests.browser.clerk import Clerk, Tally, Typist
from tests.browser.navigator import WIDE

MOST_FORMS, MOST_CLICKS, MOST_FIELDS = 45, 80, 120
PEOPLE = [(f"Post {at}", f"post{at}") for at in range(10)]
NOTHING = "I had no access and know nobody concerned."


def log_of_a_portal():
    """200 lines: ten people open and print two versions on one evening."""
    rows = ["identifier,material,version,since,level,channel"]
    for at in range(200):
        version, level = ("v1", "E3") if at < 80 else ("v2", "E4" if at % 7 == 0 else "E3")
        when = f"2018-03-19T{17 + at // 60}:{at % 60:02}:00Z"
        rows.append(f"post{at % 10},CARDS-1,{version},{when},{level},opened")
    return "\n".join(rows).encode() + b"\n"


class Office:
    """The three at their desks, and what they have spent."""

    def __init__(self, chromium, base, kind):
        self.chromium, self.base, self.kind, self.tally, self.desks = chromium, base, kind, Tally(), {}

    def desk(self, who):
        if who not in self.desks:
            context = self.chromium.new_context(viewport=WIDE)
            self.desks[who] = self.kind(context, self.base, self.tally).signs_in(who)
        return self.desks[who]

    def goes(self, who, *links):
        """Somebody's desk, after the links from wherever they stand."""
        desk = self.desk(who)
        for link in links:
            desk.follows(link)
        return desk


@pytest.fixture
def office(chromium, served, request):
    """An office that works with the mouse, or with the keyboard alone."""
    office = Office(chromium, f"http://127.0.0.1:{served}", request.param)
    yield office
    for desk in office.desks.values():
        desk.context.close()


def opens_a_case(office):
    lead = office.goes("lena", "Open case")
    lead.says({"Neutral title": "Cards for a call"})
    lead.presses("Open case")
    for who, role in (("rhea", "Reviewer"), ("cora", "Counsel"), ("cora", "Deciding official")):
        lead.follows("Offer role" if who == "rhea" else "Offer role")
        lead.says({"Email address": world.email(who), "Role": role})
        lead.presses("Offer role")
    lead.follows("Overview")
    for who, role in (("rhea", "reviewer"), ("cora", "counsel"), ("cora", "deciding official")):
        desk = office.desk(who)
        if who == "cora" and role != "counsel":
            desk.follows("Home")
        desk.follows(f"answer the offer of the role of {role}")
        desk.ticks("I accept the role")
        desk.fills("Declaration", NOTHING)
        desk.presses("Send answer")


def records_the_material(office):
    lead = office.goes("lena", "Add material")
    lead.says({"Identifier": "CARDS-1", "Title": "Cue cards"})
    lead.presses("Add material")
    for label, made in (("v1", "19 Mar 2018 17:00"), ("v2", "19 Mar 2018 18:20")):
        lead.follows("Add version")
        lead.says({"Label": label, "Made": made})
        lead.presses("Add version")
        if label == "v1":
            lead.follows("CARDS-1")


def records_the_disclosure(office):
    lead = office.goes("lena", "Overview", "Add disclosure")
    lead.says({"Outlet": "A newspaper", "Published": "20 Mar 2018 23:15"})
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
    lead = office.goes("lena", "Overview", "People")
    for post, account in PEOPLE:
        lead.follows("Add person")
        lead.says({"Post": post, "Account": account})
        lead.presses("Add person")
        lead.follows("People")
    lead = office.goes("lena", "Overview", "Import log")
    lead.attaches("File", {"name": "portal.csv", "mimeType": "text/csv", "buffer": log_of_a_portal()})
    lead.presses("Check file")
    lead.page.wait_for_selector("text=Check results")
    lead.presses("Import 200 records")
    lead.page.wait_for_selector("text=Imported")


def counsel_lets_it_go_on(office):
    counsel = office.goes("cora", "Home", "record the protected-disclosure check")
    counsel.says({"Result": "Proceed", "Reason": "Nothing shows wrongdoing."})
    counsel.presses("Record check")


def sees_who_had_access(office):
    lead = office.goes("lena", "Who had access")
    assert "at least" in lead.words


def comes_to_the_investigation(office):
    lead = office.goes("lena", "Overview")
    lead.presses("Move to inquiry")
    lead.follows("Add preliminary assessment")
    lead.says({"Reason": "The words stand in the cards.", "Would further inquiry add damage?": "No"})
    lead.fills("Reason for the answer on damage", "All of it is published.")
    lead.presses("Add assessment")
    reviewer = office.goes("rhea", "Home", "Review preliminary assessment 1")
    reviewer.chooses("Your verdict", "Approved")
    reviewer.presses("Sign and seal verdict")
    lead = office.goes("lena", "Overview")
    lead.presses("Move to investigation")


def interviews_somebody(office):
    lead = office.goes("lena", "Inquiry", "Plan interview")
    lead.says({"Person": "P-001"})
    lead.presses("Plan interview")


STEPS = (
    opens_a_case, records_the_material, records_the_disclosure, records_people_and_log, counsel_lets_it_go_on,
    sees_who_had_access, comes_to_the_investigation, interviews_somebody,
)  # fmt: skip


@pytest.mark.parametrize("office", [Clerk, Typist], indirect=True, ids=["mouse", "keyboard"])
def test_a_small_case_costs_no_more_than_it_must(office):
    for step in STEPS:
        before = str(office.tally)
        step(office)
        print(f"{step.__name__}: {before} -> {office.tally}")
    assert office.tally.refused == []
    assert {who: desk.complaints for who, desk in office.desks.items() if desk.complaints} == {}
    spent = (len(office.tally.forms), len(office.tally.clicks), len(office.tally.fields))
    assert all(one <= most for one, most in zip(spent, (MOST_FORMS, MOST_CLICKS, MOST_FIELDS), strict=True)), spent
