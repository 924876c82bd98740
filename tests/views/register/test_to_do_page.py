"""The queue: what waits for whom, the oldest first, what changed since her last look, and the way to the next."""

import re
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests import browse as counting
from tests import build_access
from tests import world as people
from tests.build_finding import approved, drafted, returned, submitted, written
from tests.build_waiting import altered, assessed, designated, eliminated, judged, laid, outcome
from tests.intruder import force_role
from tests.pages import Page
from tracker.actions.findings import findings
from tracker.audit.doors import now
from tracker.base import db
from tracker.models.access.eliminations import Elimination
from tracker.models.case.assessments import Assessment
from tracker.models.case.assignments import Assignment
from tracker.models.case.words import Role, Stage
from tracker.models.findings.findings import Finding
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.findings.words import Verdict
from tracker.policy import Permission, allows
from tracker.views.register.to_do import following, key_of, queue_of

EVERYBODY = ("lena", "ines", "rhea", "cora", "dora", "otto", "ivo", "nora")
READ = "/cases/LK-AAAA/findings/1"


def rows(browse, who):
    """The words of each row of somebody's queue."""
    page = Page(browse(who).get("/to-do").text)
    return (
        [[cell.text for cell in row.all("td")] for row in page.all("tbody")[0].all("tr")] if page.all("tbody") else []
    )


def whats(who):
    db.session().rollback()
    db.session().expire_all()
    return [item.what for item in queue_of(people.person(who))]


PROTECTION_CHECK = "Record protected-disclosure check"


def test_an_empty_queue_says_what_would_stand_there(browse, world):
    page = browse("nora").get("/to-do").text
    assert "Nothing to do" in page
    assert 'rel="next"' not in page


def test_counsel_is_asked_for_the_protection_check_until_it_is_answered(browse, world):
    ((what, case, _age, _since, changed),) = rows(browse, "cora")
    assert (what, case, changed) == (PROTECTION_CHECK, "LK-AAAA Briefing for a call", "The check is not done yet.")
    assert 'href="/cases/LK-AAAA/protection-check"' in browse("cora").get("/to-do").text
    build_access.person_level()
    assert rows(browse, "cora") == []


def test_a_submitted_finding_waits_for_the_reviewer_who_wrote_none_of_it(world):
    written(drafted())
    assert whats("rhea") == []
    submitted(db.session().scalars(Finding.of(world.case())).one())
    assert {who: whats(who) for who in EVERYBODY if whats(who)} == {
        "rhea": ["Review finding 1"], "cora": [PROTECTION_CHECK],
    }  # fmt: skip
    force_role("ines", Role.REVIEWER)
    assert whats("ines") == []


def test_a_returned_finding_waits_for_the_lead_and_those_who_wrote_it(world):
    force_role("nora", Role.INVESTIGATOR)
    finding = returned(submitted())
    mine = ["Revise returned finding 1"]
    assert [whats(who) for who in ("lena", "ines", "nora", "rhea")] == [mine, mine, [], []]
    written(finding, missing="The log")
    assert whats("lena") == []


def test_an_approved_finding_waits_for_nobody(world):
    approved(submitted())
    assert [whats(who) for who in ("lena", "ines", "rhea")] == [[], [], []]


def test_what_changed_since_the_last_look_comes_from_the_audit_log(browse, world):
    finding = submitted()
    assert rows(browse, "rhea")[0][4] == "You have not read it yet."
    browse("rhea").get(READ)
    assert rows(browse, "rhea")[0][4] == "Unchanged since you read it (revision 2)."
    written(finding, missing="The log")
    submitted(written(finding, missing="The log of the printer"))
    assert rows(browse, "rhea")[0][4] == "You read revision 2; the current revision is 4."
    browse("lena").get(READ)
    assert rows(browse, "rhea")[0][4] == "You read revision 2; the current revision is 4."


def test_an_elimination_waits_until_it_is_judged_or_taken_back(world):
    one, other = eliminated(), eliminated(2)
    laid(one, other)
    assert whats("rhea") == ["Review elimination 1", "Review elimination 2"]
    assert whats("lena") == []
    laid(judged(1, Verdict.RETURNED, elimination_id=one.id))
    altered(other, withdrawn_at=now())
    assert whats("rhea") == []


def test_the_newest_assessment_waits_until_it_is_judged(world):
    laid(assessed())
    newer = laid(assessed(2))
    assert (whats("rhea"), whats("dora")) == (["Review preliminary assessment 2"], [])
    laid(judged(1, assessment_id=newer.id))
    assert whats("rhea") == []


def test_a_subject_status_waits_for_counsel_until_it_is_signed_or_ended(world):
    build_access.person_level()
    one, other = designated(), designated(2)
    laid(one, other)
    assert whats("cora") == ["Sign subject status 1", "Sign subject status 2"]
    altered(one, signed_at=now())
    altered(other, ended_at=now())
    assert whats("cora") == []


def test_an_outcome_waits_for_the_reviewer_then_for_the_deciding_official(world):
    case = world.case()
    altered(case, stage=Stage.REVIEW)
    drawn = laid(outcome())
    assert (whats("rhea"), whats("dora")) == (["Review outcome"], [])
    laid(judged(1, Verdict.RETURNED, outcome_id=drawn.id, text_sha256=drawn.text_sha256))
    assert (whats("rhea"), whats("dora")) == ([], ["Revise returned outcome"])
    altered(drawn, revision=2, note="Other words")
    assert whats("rhea") == ["Review outcome"]
    laid(judged(2, revision=2, outcome_id=drawn.id))
    assert (whats("rhea"), whats("dora")) == ([], ["Close case: outcome approved"])
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


def test_the_oldest_stands_first_with_its_age(browse, world):
    laid(eliminated())
    finding = submitted()
    altered(finding, submitted_at=datetime(2018, 3, 20, 9, 0, tzinfo=UTC))
    found = rows(browse, "rhea")
    assert [row[0] for row in found] == ["Review finding 1", "Review elimination 1"]
    assert (found[0][3], found[1][2]) == ("20 Mar 2018, 09:00 UTC", "less than an hour")
    assert re.fullmatch(r"\d+ weeks", found[0][2])


def test_the_next_item_is_the_oldest_after_this_one(browse, world):
    for _ in range(3):
        submitted(written(drafted()))
    rhea = browse("rhea")
    page = rhea.get(f"{READ}/approval").text
    onward = next(one.get("href") for one in Page(page).all("a") if one.get("rel") == "next")
    assert rhea.get(onward).location == "/cases/LK-AAAA/findings/2/approval"
    assert rhea.get("/to-do/next?after=finding:LK-AAAA:3").location == "/to-do"
    assert rhea.get("/to-do/next?after=finding:LK-BBBB:9").location == f"{READ}/approval"
    assert rhea.get("/to-do/next").location == f"{READ}/approval"
    assert Page(rhea.get("/to-do").text).all("main")[0].all("a")[0].get("href") == f"{READ}/approval"
    assert following([], "") is None


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_queue_is_what_the_policy_allows_of_each_thing_by_itself(world, who):
    """Asked of many things at once it says what it says of one."""
    case = world.case()
    force_role("walt", Role.REVIEWER)
    for writer in ("ines", "lena", "walt"):
        finding = written(drafted(who="lena"))
        if writer == "lena":
            written(finding, who="lena", missing="The log")
        submitted(finding)
    laid(eliminated(), designated(by="cora"), designated(2), outcome(), assessed())
    altered(case, stage=Stage.REVIEW)
    queue = {item.key for item in queue_of(world.person(who))}
    db.session().rollback()
    for known in ("roles", "spellings"):
        db.session().info.pop(known, None)
    db.session().expire_all()
    asked = {
        Finding: Permission.REVIEW_FINDING, Elimination: Permission.REVIEW_ELIMINATION,
        Outcome: Permission.REVIEW_OUTCOME,
        SubjectStatus: Permission.SIGN_SUBJECT_STATUS, Assessment: Permission.REVIEW_ASSESSMENT,
    }  # fmt: skip
    expected = {
        key_of(thing)
        for model, needs in asked.items()
        for thing in db.session().scalars(model.of(case))
        if allows(world.person(who), needs, thing)
    }
    assert {key for key in queue if not key.startswith("cases:")} == expected


@pytest.mark.slow("records thirty things that wait")
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
        assert len(rows(browse, who)) == least
        assert len(counting._told) <= 15


def test_whose_role_is_only_proposed_has_nothing_to_do(world):
    submitted()
    mine = sa.select(Assignment).where(Assignment.role == Role.REVIEWER)
    altered(db.session().scalars(mine).one(), accepted_at=None)
    assert whats("rhea") == []


def test_taking_a_submission_back_empties_the_queue(world):
    findings.withdraw_finding(world.person("lena"), submitted())
    assert whats("rhea") == []
