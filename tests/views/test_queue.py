"""What the queue asks of whom can be done there and then, and waits since it could be."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests import build_access, build_case
from tests.actions.test_duties import end
from tests.actions.test_outcomes import edited
from tests.build_case import ready
from tests.build_exhibit import exhibit
from tests.build_inquiry import excluded
from tests.build_waiting import designated, laid
from tests.views.test_reviews import rows, whats
from tracker.actions import custody, exclusions, stages
from tracker.models.words.cases import Stage
from tracker.models.words.duties import Duty
from tracker.models.words.reviews import Verdict
from tracker.views.queue import following, queue_of

S = Stage
APPROVE, CLOSE = "Review outcome", "Close case: review waived"


def test_an_outcome_is_awaited_since_the_case_came_to_its_review(world):
    with time_machine.travel(datetime.now(UTC), tick=True) as clock:
        ready(S.REPLY)
        clock.shift(timedelta(hours=2))
        build_case.move(S.REVIEW)
        came = build_case.newest(stages.StageMove).at
    (item,) = queue_of(world.person("dora"))
    assert (item.what, item.since) == ("Draft outcome", came)


def test_an_appraisal_whose_claims_were_changed_since_waits_for_no_reviewer(world):
    build_case.claim()
    build_case.appraise()
    assert whats("rhea") == ["Review preliminary assessment 1"]
    build_case.change_the_claim()
    assert whats("rhea") == []
    build_case.appraise()
    assert whats("rhea") == ["Review preliminary assessment 2"]


@pytest.mark.parametrize("verdict", [None, Verdict.RETURNED, Verdict.APPROVED])
def test_nothing_is_asked_of_an_outcome_until_the_case_is_back_in_review(browse, world, verdict):
    ready(S.REVIEW, "outcome approved")
    if verdict:
        build_case.approve(verdict)
    else:
        assert whats("rhea") == [APPROVE]
        assert "Review outcome" in browse("rhea").get("/cases/LK-AAAA/outcomes/1").text
    build_case.move(S.INVESTIGATION, "A question is left.")
    assert (whats("rhea"), whats("dora")) == ([], [])
    assert "Review outcome" not in browse("rhea").get("/cases/LK-AAAA/outcomes/1").text


def test_returned_words_are_revised_also_where_the_review_was_forgone_since(world):
    ready(S.REVIEW, "outcome approved")
    build_case.approve(Verdict.RETURNED)
    end(world, "rhea", Duty.REVIEWER)
    stages.forgo_review(world.person("cora"), world.case(), reason="Nobody else.")
    assert whats("dora") == ["Revise returned outcome"]
    edited(world, note="Other words.")
    assert whats("dora") == [CLOSE]


def test_a_review_forgone_before_the_case_was_reopened_lets_nobody_close_it_again(world):
    ready(S.REVIEW, "approved", "outcome approved")
    end(world, "rhea", Duty.REVIEWER)
    stages.forgo_review(world.person("cora"), world.case(), reason="Nobody else.")
    assert whats("dora") == [CLOSE]
    build_case.close()
    build_case.reopen()
    for to in (S.REPLY, S.REVIEW):
        build_case.move(to)
    build_case.draft()
    assert whats("dora") == []
    stages.forgo_review(world.person("cora"), world.case(), reason="Still nobody else.")
    assert whats("dora") == [CLOSE]


def test_of_a_designation_it_is_said_that_what_it_cites_may_change(browse, world):
    build_access.screened()
    laid(designated())
    ((*_rest, changed),) = rows(browse, "cora")
    assert changed == "Unchanged since it was proposed. Its citations can change until it is signed."


def test_a_disposal_waits_for_everybody_who_may_confirm_it_but_not_for_who_proposed_it(browse, world):
    build_access.screened()
    for made in (exhibit(), exhibit(b"other bytes")):
        custody.propose_disposal(world.person("ines"), made, reason="Given back.")
    assert (whats("ines"), whats("rhea")) == ([], [])
    assert whats("lena") == ["Confirm disposal of exhibit 1", "Confirm disposal of exhibit 2"]
    first, second = queue_of(world.person("lena"))
    assert (first.key, second.key) == ("disposal:LK-AAAA:1:1", "disposal:LK-AAAA:2:1")
    assert following([first, second], first.key) is second
    assert "Confirm" in browse("lena").get("/cases/LK-AAAA/exhibits/1/disposals/1/confirm").text
    custody.confirm_disposal(world.person("lena"), first.thing)
    custody.decline_disposal(world.person("cora"), second.thing, reason="Keep it.")
    assert whats("lena") == []


def test_a_returned_exclusion_waits_for_the_team_until_it_is_withdrawn_or_said_anew(browse, world):
    build_access.screened()
    one = excluded()
    assert whats("ines") == []
    exclusions.return_exclusion(world.person("rhea"), one, text_sha256=one.text_sha256, note="Name the log.")
    assert whats("ines") == whats("lena") == ["Revise or withdraw elimination 1"]
    assert (whats("rhea"), whats("cora")) == ([], [])
    again = excluded(one.person, one.disclosure, evidence="Log L1 names everybody who was there.")
    assert (whats("ines"), whats("rhea")) == ([], ["Review elimination 2"])
    exclusions.withdraw_exclusion(world.person("ines"), again, reason="Not so.")
    exclusions.withdraw_exclusion(world.person("ines"), one, reason="Not so.")
    assert whats("ines") == whats("rhea") == []
