"""The queue: what waits for whom, the oldest first, what changed since her last look, and the way to the next."""

import pytest
import sqlalchemy as sa
from flask import current_app

from tests import world as people
from tests.builders import build_access
from tests.builders.build_finding import approved, drafted, returned, submitted, written
from tests.builders.build_waiting import altered, assessed, designated, eliminated, judged, laid, outcome
from tests.machinery.intruder import force_role
from tests.readers import browse as counting
from tests.readers.pages import Page
from tracker.actions.findings import findings
from tracker.actions.inquiry import lines_of_inquiry
from tracker.analysis.moments import stated
from tracker.audit.doors import now
from tracker.base import db
from tracker.models.access.eliminations import Elimination
from tracker.models.case.assessments import Assessment
from tracker.models.case.assignments import Assignment
from tracker.models.case.to_do import waiting_for
from tracker.models.case.words import Role, Stage
from tracker.models.findings.findings import Finding
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.findings.words import Verdict
from tracker.models.inquiry.words import Direction
from tracker.policy import Permission, allows
from tracker.views.register.to_do import find_following, items_of

EVERYBODY = ("lena", "ines", "rhea", "cora", "dora", "otto", "ivo", "nora")
READ = "/cases/LK-AAAA/findings/1"


def rows(browse, who):
    """Kind, thing, date and button of each line of somebody's list."""
    page = Page(browse(who).get("/").text)
    lists = [one for one in page.all("ul") if "to-do" in (one.get("class") or "").split()]
    lines = lists[0].all("li") if lists else []
    return [
        [part.text for part in line.all("span") if "to-do-" in (part.get("class") or "")] + [line.all("a")[-1].text]
        for line in lines
    ]


def queue_of(account):
    """The list of an account, as its Home draws it."""
    db.session().rollback()
    db.session().expire_all()
    waiting = waiting_for(db.session(), account, now())
    with current_app.test_request_context():
        return items_of(waiting, now())


def whats(who):
    """What waits for somebody: the button, and the thing."""
    return [f"{item.button}: {item.link}" for item in queue_of(people.person(who))]


ASKED = {
    "Review finding": (Finding, (Permission.REVIEW_FINDING, "findings/{thing.number}/approval")),
    "Review elimination": (Elimination, (Permission.REVIEW_ELIMINATION, "eliminations/{thing.number}/review")),
    "Review outcome": (Outcome, (Permission.REVIEW_OUTCOME, "outcomes/{thing.number}/approval")),
    "Review status": (
        SubjectStatus,
        (Permission.SIGN_SUBJECT_STATUS, "people/{thing.person.number}/subject-status/{thing.number}/signature"),
    ),
    "Review assessment": (Assessment, (Permission.REVIEW_ASSESSMENT, "assessments/{thing.number}/approval")),
}
PROTECTION_CHECK = "Record check: Protected-disclosure check"


def test_whoever_has_nothing_to_do_is_told_so(browse, world):
    page = browse("otto").get("/").text
    assert "Nothing to do. You work on 1 case." in page
    assert 'rel="next"' not in page


def test_counsel_is_asked_for_the_protection_check_until_it_is_answered(browse, world):
    ((kind, what, _since, button),) = rows(browse, "cora")
    assert (kind, what) == ("Check", "Protected-disclosure check is not done yet LK-AAAA")
    assert button == "Record check: Protected-disclosure check LK-AAAA"
    assert 'href="/cases/LK-AAAA/protection-check"' in browse("cora").get("/").text
    build_access.person_level()
    assert rows(browse, "cora") == []


def test_a_submitted_finding_waits_for_the_reviewer_who_wrote_none_of_it(world):
    written(drafted())
    assert whats("rhea") == []
    submitted(db.session().scalars(Finding.of(world.case())).one())
    assert {who: whats(who) for who in EVERYBODY if whats(who)} == {
        "rhea": ["Review finding: Finding 1"], "cora": [PROTECTION_CHECK],
    }  # fmt: skip
    force_role("ines", Role.REVIEWER)
    assert whats("ines") == []


def test_a_returned_finding_waits_for_the_lead_and_those_who_wrote_it(world):
    force_role("nora", Role.INVESTIGATOR)
    finding = returned(submitted())
    mine = ["Edit finding: Finding 1"]
    assert [whats(who) for who in ("lena", "ines", "nora", "rhea")] == [mine, mine, [], []]
    written(finding, missing="The log")
    assert whats("lena") == []


def test_an_approved_finding_waits_for_nobody(world):
    approved(submitted())
    assert [whats(who) for who in ("lena", "ines", "rhea")] == [[], [], []]


def test_an_elimination_waits_until_it_is_judged_or_taken_back(world):
    one, other = eliminated(), eliminated(2)
    laid(one, other)
    assert whats("rhea") == ["Review elimination: Elimination 1", "Review elimination: Elimination 2"]
    assert whats("lena") == []
    laid(judged(1, Verdict.RETURNED, elimination_id=one.id))
    altered(other, withdrawn_at=now())
    assert whats("rhea") == []


def test_the_newest_assessment_waits_until_it_is_judged(world):
    laid(assessed())
    newer = laid(assessed(2))
    assert (whats("rhea"), whats("dora")) == (["Review assessment: Preliminary assessment 2"], [])
    laid(judged(1, assessment_id=newer.id))
    assert whats("rhea") == []


def test_a_subject_status_waits_for_counsel_until_it_is_signed_or_ended(world):
    build_access.person_level()
    one, other = designated(), designated(2)
    laid(one, other)
    assert whats("cora") == ["Review status: Subject status 1", "Review status: Subject status 2"]
    altered(one, signed_at=now())
    altered(other, ended_at=now())
    assert whats("cora") == []


def test_an_outcome_waits_for_the_reviewer_then_for_the_deciding_official(world):
    altered(case := world.case(), stage=Stage.REVIEW)
    drawn = laid(outcome())
    assert (whats("rhea"), whats("dora")) == (["Review outcome: Outcome 1"], [])
    altered(drawn, submitted_at=None)
    assert (whats("rhea"), whats("dora")) == ([], ["Submit outcome: Outcome 1"])
    laid(judged(1, Verdict.RETURNED, outcome_id=drawn.id, text_sha256=drawn.text_sha256))
    assert (whats("rhea"), whats("dora")) == ([], ["Edit outcome: Outcome 1"])
    altered(drawn, revision=2, note="Other words", submitted_at=now())
    assert whats("rhea") == ["Review outcome: Outcome 1"]
    laid(judged(2, revision=2, outcome_id=drawn.id))
    assert (whats("rhea"), whats("dora")) == ([], ["Close case: Outcome 1"])
    altered(case, stage=Stage.RIGHT_OF_REPLY)
    assert whats("dora") == []


def test_nothing_waits_in_a_closed_case_or_where_the_role_has_ended(world):
    submitted()
    case = world.case()
    mine = next(held for held in case.assignments if held.role is Role.REVIEWER)
    altered(mine, ended_at=now())
    assert whats("rhea") == []
    altered(mine, ended_at=None)
    assert len(whats("rhea")) == 1
    altered(case, stage=Stage.CLOSED)
    assert (whats("rhea"), whats("cora")) == ([], [])


def test_overdue_things_stand_first_and_a_chip_narrows_the_list(browse, world):
    laid(eliminated())
    late = lines_of_inquiry.open_line_of_inquiry(
        world.person("lena"), world.case(), question="Who printed it?", direction=Direction.FOR,
        owner=world.person("ines"), due=stated("2018-03-27", "America/New_York"),
    )  # fmt: skip
    first = rows(browse, "ines")[0]
    assert first[:2] == ["Overdue", f"Line of inquiry 1: {late.question} LK-AAAA"]
    assert first[2].startswith("Due 27 Mar 2018, ")
    assert rows(browse, "rhea")[0][0] == "Review"
    written(drafted())
    page = Page(browse("ines").get("/?kind=drafts").text)
    assert [chip.text for chip in page.all("a") if "chip" in (chip.get("class") or "")] == [
        "All 2",
        "Overdue 1",
        "Drafts 1",
    ]
    assert "Line of inquiry 1" not in [link.text for link in page.all("ul")[-1].all("a")]


def test_the_next_item_is_the_oldest_after_this_one(browse, world):
    for _ in range(3):
        submitted(written(drafted()))
    rhea = browse("rhea")
    page = rhea.get(f"{READ}/approval").text
    onward = next(one.get("href") for one in Page(page).all("a") if one.get("rel") == "next")
    assert rhea.get(onward).location == "/cases/LK-AAAA/findings/2/approval"
    assert rhea.get("/to-do/next?after=/cases/LK-AAAA/findings/3/approval").location == "/"
    assert rhea.get("/to-do/next?after=//elsewhere.example").location == f"{READ}/approval"
    assert rhea.get("/to-do/next").location == f"{READ}/approval"
    assert rows(browse, "rhea")[0][1].startswith("Finding 1: ")
    assert find_following([], "") is None


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_list_is_what_the_policy_allows_of_each_thing_by_itself(world, who):
    """What the one statement says of all is what the rules say of one."""
    case = world.case()
    force_role("walt", Role.REVIEWER)
    for writer in ("ines", "lena", "walt"):
        finding = written(drafted(who="lena"))
        if writer == "lena":
            written(finding, who="lena", missing="The log")
        submitted(finding)
    laid(eliminated(), designated(by="cora"), designated(2), outcome(), assessed())
    altered(case, stage=Stage.REVIEW)
    queue = {item.url for item in queue_of(world.person(who)) if item.button in ASKED}
    expected = {
        f"/cases/LK-AAAA/{page.format(thing=thing)}"
        for model, (needs, page) in ASKED.values()
        for thing in db.session().scalars(model.of(case))
        if allows(world.person(who), needs, thing)
    }
    assert queue == expected


@pytest.mark.gate("lays out much")
@pytest.mark.parametrize("count", [2, 30])
def test_the_statements_are_the_same_few_however_much_waits(browse, world, count):
    for number in range(1, count + 1):
        submitted(written(drafted()))
        laid(eliminated(number), designated(number))
    laid(assessed(), drawn := outcome())
    laid(judged(1, Verdict.RETURNED, outcome_id=drawn.id, text_sha256=drawn.text_sha256))
    altered(world.case(), stage=Stage.REVIEW)
    returned(submitted(written(drafted())))
    for who, least in (("rhea", 2 * count + 1), ("cora", count + 1), ("dora", 1), ("lena", 1)):
        assert f"To do {least}" in Page(browse(who).get("/").text).all("main")[0].text
        assert len(counting._told) <= 15


def test_whose_role_is_only_proposed_has_the_offer_to_answer_alone(world):
    submitted()
    mine = sa.select(Assignment).where(Assignment.role == Role.REVIEWER)
    altered(db.session().scalars(mine).one(), accepted_at=None)
    assert whats("rhea") == ["Answer offer: Briefing for a call"]


def test_taking_a_submission_back_empties_the_queue(world):
    findings.withdraw_finding(world.person("lena"), submitted())
    assert whats("rhea") == []
