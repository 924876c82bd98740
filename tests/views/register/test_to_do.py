"""What the queue asks of whom can be done there and then, and waits since it could be."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.actions.case.test_roles import end
from tests.actions.findings.test_outcomes import edited
from tests.builders import build_access, build_case, build_waiting
from tests.builders.build_case import ready
from tests.builders.build_exhibit import exhibit
from tests.builders.build_finding import drafted, written
from tests.builders.build_inquiry import eliminated
from tests.builders.build_material import person
from tests.builders.build_waiting import altered
from tests.machinery.intruder import force_role
from tests.readers.pages import Page
from tests.views.register.test_to_do_page import queue_of, whats
from tracker.actions.access import eliminations
from tracker.actions.case import stages
from tracker.actions.findings import replies
from tracker.actions.inquiry import custody, lines_of_inquiry
from tracker.analysis.moments import stated
from tracker.audit.doors import now
from tracker.base import db
from tracker.models.case import to_do as work
from tracker.models.case.words import Role, Stage
from tracker.models.findings.replies import Reply
from tracker.models.findings.words import FindingState, Verdict
from tracker.models.inquiry.custody import Disposal
from tracker.models.inquiry.words import Direction
from tracker.views.register.to_do import find_following

S = Stage
APPROVE, CLOSE = "Review outcome: Outcome 1", "Close case: Outcome 1"


def test_an_outcome_is_awaited_since_the_case_came_to_its_review(world):
    with time_machine.travel(datetime.now(UTC), tick=True) as clock:
        ready(S.RIGHT_OF_REPLY)
        clock.shift(timedelta(hours=2))
        build_case.move(S.REVIEW)
        came = build_case.newest(stages.StageMove).at
    (item,) = queue_of(world.person("dora"))
    assert (f"{item.button}: {item.link}", item.when) == ("Draft outcome: Outcome", came)


def test_an_assessment_whose_claims_were_changed_since_waits_until_the_lead_adds_another(world):
    build_case.claim()
    build_case.assess()
    assert whats("rhea") == ["Review assessment: Preliminary assessment 1"]
    build_case.change_the_claim()
    assert whats("rhea") == ["Review assessment: Preliminary assessment 1"]  # its page says what has changed
    build_case.assess()
    assert whats("rhea") == ["Review assessment: Preliminary assessment 2"]


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


def test_returned_words_are_revised_also_where_the_review_was_waived_since(world):
    ready(S.REVIEW, "outcome approved")
    build_case.approve(Verdict.RETURNED)
    end(world, "rhea", Role.REVIEWER)
    stages.waive_review(world.person("cora"), world.case(), reason="Nobody else.")
    assert whats("dora") == ["Edit outcome: Outcome 1"]
    edited(world, note="Other words.")
    assert whats("dora") == [CLOSE]


def test_a_review_waived_before_the_case_was_reopened_lets_nobody_close_it_again(world):
    ready(S.REVIEW, "approved", "outcome approved")
    end(world, "rhea", Role.REVIEWER)
    stages.waive_review(world.person("cora"), world.case(), reason="Nobody else.")
    assert whats("dora") == [CLOSE]
    build_case.close()
    build_case.reopen()
    for to in (S.RIGHT_OF_REPLY, S.REVIEW):
        build_case.move(to)
    build_case.draft()
    assert whats("dora") == []
    stages.waive_review(world.person("cora"), world.case(), reason="Still nobody else.")
    assert whats("dora") == ["Close case: Outcome 2"]


def test_a_disposal_waits_for_everybody_who_may_confirm_it_but_not_for_who_proposed_it(browse, world):
    build_access.person_level()
    for made in (exhibit(), exhibit(b"other bytes")):
        custody.propose_disposal(world.person("ines"), made, reason="Given back.")
    assert (whats("ines"), whats("rhea")) == ([], [])
    assert whats("lena") == ["Review disposal: Disposal of exhibit 1", "Review disposal: Disposal of exhibit 2"]
    first, second = queue_of(world.person("lena"))
    assert find_following([first, second], first.url) is second
    assert "Confirm" in browse("lena").get("/cases/LK-AAAA/exhibits/1/disposals/1/confirm").text
    one, other = db.session().scalars(Disposal.of(world.case()).order_by(Disposal.id))
    custody.confirm_disposal(world.person("lena"), one)
    custody.decline_disposal(world.person("cora"), other, reason="Keep it.")
    assert whats("lena") == []


def test_a_returned_elimination_waits_for_the_team_until_it_is_withdrawn_or_said_anew(browse, world):
    build_access.person_level()
    one = eliminated()
    assert whats("ines") == []
    eliminations.return_elimination(world.person("rhea"), one, text_sha256=one.text_sha256, note="Name the log.")
    assert whats("ines") == whats("lena") == ["View elimination: Elimination 1"]
    assert (whats("rhea"), whats("cora")) == ([], [])
    again = eliminated(one.person, one.disclosure, evidence="Log L1 names everybody who was there.")
    assert (whats("ines"), whats("rhea")) == ([], ["Review elimination: Elimination 2"])
    eliminations.withdraw_elimination(world.person("ines"), again, reason="Not so.")
    eliminations.withdraw_elimination(world.person("ines"), one, reason="Not so.")
    assert whats("ines") == whats("rhea") == []


def test_a_reply_waits_for_whoever_put_the_passage_and_the_lead_and_keeps_them_from_the_review(world):
    build_access.person_level()
    finding = written(drafted(about=person()))
    build_case.put_reply(world.person("cora"), finding, answer="", response="")
    waits = "Record reply: Right of reply 1 for finding 1"
    assert [waits in whats(who) for who in ("cora", "lena", "ines", "rhea")] == [True, True, False, False]
    altered(finding, state=FindingState.SUBMITTED, submitted_at=now())
    force_role("cora", Role.REVIEWER)
    assert ["Review finding: Finding 1" in whats(who) for who in ("cora", "rhea")] == [False, True]
    reply = db.session().scalars(Reply.of(world.case())).one()
    replies.record_answer(
        world.person("cora"),
        reply,
        lock_version=reply.lock_version,
        answer="No.",
        answered_at=stated("2018-04-02", "UTC"),
    )
    assert "Add response: Right of reply 1 for finding 1" in whats("lena")


def test_what_becomes_late_is_told_after_the_hour_though_nothing_was_written(browse, world):
    begun = (datetime.now(UTC) + timedelta(days=1)).replace(minute=50)
    with time_machine.travel(begun, tick=True) as clock:
        lines_of_inquiry.open_line_of_inquiry(
            world.person("lena"), world.case(), question="Who printed it?", direction=Direction.FOR,
            owner=world.person("ines"), due=stated(f"{begun:%Y-%m-%d} {begun:%H}:55", "UTC"),
        )  # fmt: skip
        ines = browse("ines")
        assert "Overdue" not in ines.get("/").text
        clock.shift(timedelta(minutes=11))
        ines.get("/")  # notes that the session is in use, so nothing that was remembered is believed
        assert "Overdue" in ines.get("/").text


def test_of_more_than_are_read_it_is_the_oldest(world, monkeypatch):
    newer, older = build_waiting.eliminated(1), build_waiting.eliminated(2)
    newer.at += timedelta(hours=1)
    build_waiting.laid(newer, older)
    monkeypatch.setattr(work, "MOST", 1)
    monkeypatch.setattr(work, "_statement", work._statement.__wrapped__)
    assert whats("rhea") == ["Review elimination: Elimination 2"]


def test_a_case_shows_the_first_ten_by_number_and_opens_the_rest(browse, world):
    things, at = [build_waiting.eliminated(number) for number in range(1, 13)], now()
    for one in things:
        one.at = at
    build_waiting.laid(*things)
    assert [item.link for item in queue_of(world.person("rhea"))] == [
        f"Elimination {number}" for number in range(1, 13)
    ]
    page = Page(browse("rhea").get("/cases/LK-AAAA").text)
    shown, rest = (one for one in page.all("ul") if "to-do" in (one.get("class") or "").split())
    assert (len(shown.all("li")), len(rest.all("li"))) == (10, 2)
    assert "Show 2 more" in [one.text for one in page.all("summary")]
