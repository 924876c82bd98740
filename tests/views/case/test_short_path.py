"""The short path: a small case from its opening to its closing in one sitting, filling in only what is asked."""

import pytest

from tests.readers.sitting import Sitting
from tracker.models.case.words import Stage

NOT_REVIEWED = "Not independently reviewed"
CHECKED = {"already_public__answer": "no", "clearance__answer": "no", "briefing_possible__answer": "no"}
BY_THE_GATES = {  # asked for by what blocks the next step, and not by a form: answers to a claim, reasons, a whole text
    "accuracy", "already_public-answer", "clearance-answer", "briefing_possible-answer", "reason", "rule",
    "evidence_for", "evidence_against", "reasoning", "conclusion",
}  # fmt: skip
# a choice that stands otherwise, and what is said of a choice
CHOSEN = {"submit", "role", "words", "happened", "sources-0-reason"}
DECIDED = {"submit": "yes", "breach": "none", "note": "It could not be established who it was.", "letters": "None."}


@pytest.fixture
def sitting(browse):
    return Sitting(browse)


def tells_what_came_out(sitting, lead):
    """From intake to the assessment: one disclosure, one claim, and what is asked of it."""
    sitting.move(lead, "inquiry")
    disclosure = sitting.mends(lead, "Record at least one claim", "…/disclosures/new", outlet="A daily paper")
    claims = {"claims__0__quote": "They were told not to."}
    assert sitting.mends(lead, "Record at least one claim", f"{disclosure}/claims/new", **claims) == disclosure
    checks = f"{disclosure}/claims/1/checks"
    sitting.mends(lead, "Claim C1 of disclosure 1 has open checks", checks, accuracy="accurate", **CHECKED)
    words = {"reason": "The words stand in the cards.", "damage": "no", "damage_reason": "All of it is known."}
    sitting.mends(lead, "Add a preliminary assessment.", "…/assessments/new", **words)


def protection_checks(sitting, counsel):
    words = {"result": "proceed", "reason": "Nothing shows wrongdoing."}
    sitting.mends(counsel, "Counsel has not done the protected-disclosure check.", "…/protection-check", **words)


def investigates(sitting, lead):
    """What findings-complete asks for, and one finding about how it was kept."""
    sitting.move(lead, "investigation")
    sitting.mends(
        lead, "Add a line of inquiry for evidence", "…/lines-of-inquiry/new", question="Who else had it?",
        direction="against",
    )  # fmt: skip
    for number in range(1, 11):
        line = "Test each hypothesis, or say why"
        sitting.mends(lead, line, f"…/hypotheses/{number}/edit", reason="Nothing recorded bears on it.")
    finding = sitting.fill(lead, "…/findings/new", standard="balance", allegation="The cards lay open in a room.")
    text = {
        "rule": "Handling rule 4", "evidence_for": "The room has no lock.", "evidence_against": "No trace of entry.",
        "reasoning": "Both can be true.", "conclusion": "inconclusive",
    }  # fmt: skip
    one = finding.removesuffix("/edit")
    sitting.mends(lead, "Complete finding 1", f"{one}/edit", **text)
    sitting.move(lead, "right_of_reply")
    sitting.move(lead, "review")


def ends_its_lines(sitting, lead):
    line = "Line of inquiry 1 is open"
    sitting.mends(lead, line, "…/lines-of-inquiry/1/closure", result="Nothing came of it.")
    sitting.mends(lead, "Finding 1 is a draft. Submit it.", "…/findings/1/submission")


def decides(sitting, deciding_official, **axes):
    sitting.mends(deciding_official, "Draft the outcome", "…/outcomes/new", **{**DECIDED, **axes})


def closes(sitting, deciding_official):
    assert not sitting.lines(deciding_official)
    sitting.fill(deciding_official, "…/outcomes/1/close")


def closed(sitting, world):
    links = {one.get("href") for one in sitting.page("lena", f"{sitting.here}/disclosures").all("a")}
    assert f"{sitting.here}/disclosures/new" not in links
    case = world.case(sitting.here.rpartition("/")[2])
    return case.stage, case.happened, case.source


def counted(sitting):
    """How many forms were filled in, and how many fields; each was asked for by its form or by a gate."""
    assert sitting.unasked <= BY_THE_GATES | CHOSEN
    return len(sitting.forms), sum(fields for _, fields in sitting.forms)


@pytest.mark.full
def test_three_people_close_a_small_case_in_one_sitting(sitting, world):
    sitting.opens("lena", "Cards of a call", reviewer="rhea", counsel="cora", deciding_official="cora")
    tells_what_came_out(sitting, "lena")
    sitting.mends(
        "rhea", "Preliminary assessment 1 is with the reviewer.", "…/assessments/1/approval", verdict="approved"
    )
    protection_checks(sitting, "cora")
    investigates(sitting, "lena")
    ends_its_lines(sitting, "lena")
    sitting.mends("rhea", "Finding 1 is with the reviewer.", "…/findings/1/approval", verdict="approved")
    decides(sitting, "cora", happened="undetermined", **{"sources-0-source": "not_identified"})
    sitting.mends(
        "rhea", "The current text of the outcome is with the reviewer", "…/outcomes/1/approval", verdict="approved"
    )
    closes(sitting, "cora")
    assert closed(sitting, world) == (Stage.CLOSED, "undetermined", "not_identified")
    assert not [url for url, text in sitting.tabs("rhea").items() if NOT_REVIEWED.lower() in text.lower()]
    assert counted(sitting) == (32, 53)


@pytest.mark.gate("a whole case by its pages")
def test_two_people_close_it_and_every_page_says_that_nobody_independent_reviewed_it(sitting, world):
    sitting.opens("lena", "Cards of a call", counsel="cora", deciding_official="cora")
    tells_what_came_out(sitting, "lena")
    sitting.mends("cora", "This case has no reviewer", "…/review-waiver", reason="There are two of us.")
    protection_checks(sitting, "cora")
    investigates(sitting, "lena")
    ends_its_lines(sitting, "lena")
    decides(sitting, "cora", happened="undetermined", **{"sources-0-source": "not_identified"})
    closes(sitting, "cora")
    assert closed(sitting, world) == (Stage.CLOSED, "undetermined", "not_identified")
    pages = sitting.every_page("cora")
    assert len(pages) > 30
    silent = [url for url, text in (pages | sitting.tabs("lena")).items() if NOT_REVIEWED not in text]
    assert [url for url in silent if not url.endswith("/step-down")] == []  # a page of her own, not of the case
    assert "by Cora, not independently reviewed" in " ".join(pages[f"{sitting.here}/outcomes/1"].split())
    assert counted(sitting) == (28, 47)


@pytest.mark.gate("a whole case by its pages")
@pytest.mark.parametrize("reviewer", [pytest.param("rhea", marks=pytest.mark.full), None])
def test_what_was_public_already_is_closed_without_a_step_about_anybody(sitting, world, reviewer):
    roles = {"reviewer": reviewer} if reviewer else {}
    sitting.opens("lena", "Readout of a call", **roles, counsel="cora", deciding_official="cora")
    words = {"reason": "Both offices had published it.", "damage": "no", "damage_reason": "It is public."}
    sitting.fill("lena", "…/assessments/new", happened="already_public", **words)
    told = "Record at least one claim"
    disclosure = sitting.mends("lena", told, "…/disclosures/new", outlet="A daily paper")
    sitting.mends("lena", told, f"{disclosure}/claims/new", claims__0__quote="They had spoken on Sunday.")
    sitting.mends("lena", "A claim has changed since", "…/assessments/new", happened="already_public", **words)
    if reviewer:
        sitting.mends(
            reviewer, "Preliminary assessment 2 is with the reviewer.", "…/assessments/2/approval", verdict="approved"
        )
    else:
        sitting.mends("cora", "This case has no reviewer", "…/review-waiver", reason="There are two of us.")
    sitting.move("lena", "review")
    why = {"sources-0-source": "not_pursued", "sources-0-reason": "It was public."}
    decides(sitting, "cora", happened="already_public", **why)
    if reviewer:
        sitting.mends(
            reviewer,
            "The current text of the outcome is with the reviewer",
            "…/outcomes/1/approval",
            verdict="approved",
        )
    closes(sitting, "cora")
    assert closed(sitting, world) == (Stage.CLOSED, "already_public", "not_pursued")
    pages = sitting.tabs("lena").values()
    assert {NOT_REVIEWED in text for text in pages} == {reviewer is None}
    assert counted(sitting) == ((15, 32) if reviewer else (12, 27))
