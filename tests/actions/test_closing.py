"""Closing and reopening: what is set and sealed, what is refused, and how two people close a case."""

import json

import pytest

from tests import inquired, judged
from tests.actions.test_duties import end, proposed
from tests.actions.test_outcomes import edited
from tests.furnishing.judgement import AXES
from tests.judged import newest, ready
from tracker.actions import accounts, duties, exclusions, outcomes, stages
from tracker.actions.reviewing import CHANGED
from tracker.audit.doors import Refused
from tracker.audit.verify.sealed import broken
from tracker.models.findings import Finding
from tracker.models.outcomes import Outcome
from tracker.models.stages import StageMove
from tracker.models.words.cases import Flag, Stage
from tracker.models.words.duties import Duty
from tracker.models.words.people import IdentifierKind
from tracker.models.words.reviews import Verdict

S = Stage


def test_closing_sets_the_axes_seals_the_outcome_and_ends_all_writing(world, last_entry):
    ready(S.REVIEW)
    one = judged.close()
    case = world.case()
    assert (case.stage, case.closed, case.happened, case.breach, case.source) == (
        S.CLOSED, one.closed_at, "undetermined", "none", "not_identified",
    )  # fmt: skip
    assert (one.is_sealed, one.reviewed, one.closed_by.name) == (True, True, "Dora")
    entry = last_entry()
    assert (entry["act"], entry["obj"], entry["d"]["reviewed"]) == ("case.closed", f"outcome:{one.id}", True)
    assert entry["d"]["seals"] == {f"outcome:{one.id}": one.seal}
    assert ["decision", "The outcome is approved at its current text."] in json.loads(newest(StageMove).checklist)
    assert list(broken(judged.db.session().connection())) == []
    for act in (judged.close, judged.approve, judged.draft, lambda: edited(world), lambda: judged.move(S.INTAKE, "x")):
        with pytest.raises(Refused, match="closed and can only be read"):
            act()


def test_a_case_is_closed_on_the_text_that_the_decider_saw_and_from_review_alone(world):
    ready(S.REVIEW)
    one = newest(Outcome)
    with pytest.raises(Refused) as refused:
        outcomes.close_case(world.person("dora"), one, revision=1, text_sha256="0" * 64)
    assert str(refused.value) == CHANGED
    judged.move(S.REPLY, "A question is left.")
    with pytest.raises(Refused, match="closed from its review"):
        judged.close()


def test_a_suspended_case_is_not_closed(world):
    ready(S.REVIEW)
    stages.flag_case(world.person("cora"), world.case(), flag=Flag.SUSPENDED, reason="A court asks.")
    with pytest.raises(Refused, match="The case is suspended"):
        judged.close()


def test_reopening_keeps_the_old_closure_and_asks_for_a_new_outcome(world, last_entry):
    ready(S.REVIEW)
    old = judged.close()
    seal = old.seal
    with pytest.raises(Refused, match="Say why the case is opened again"):
        outcomes.reopen_case(world.person("dora"), old, reason=" ")
    judged.reopen()
    case = world.case()
    assert (case.stage, case.closed, case.happened, case.breach, case.source) == (S.INVESTIGATION, *[None] * 4)
    assert (old.seal, old.seal == old.made_seal(), old.reopened_by.name) == (seal, True, "Dora")
    assert (last_entry()["act"], last_entry()["obj"]) == ("case.reopened", f"outcome:{old.id}")
    assert list(broken(judged.db.session().connection())) == []
    for act in (judged.reopen, lambda: edited(world), judged.close, judged.approve):
        with pytest.raises(Refused):
            act()
    judged.move(S.REPLY)
    judged.move(S.REVIEW)
    with pytest.raises(Refused, match="on this outcome, which no longer changes"):
        judged.close()
    assert judged.draft().number == 2
    judged.approve()
    assert judged.close().number == 2
    with pytest.raises(Refused, match="Only the outcome on which the case is closed now"):
        outcomes.reopen_case(world.person("dora"), old, reason="Once more.")


def test_where_the_decider_has_left_another_one_begins_in_the_closed_case_and_reopens_it(world):
    ready(S.REVIEW)
    closure = judged.close()
    accounts.disable_user(world.person("ada"), world.person("dora"))
    end(world, "dora", Duty.DECIDER)
    begins = proposed(world, Duty.DECIDER)
    duties.accept_duty(world.person("nora"), begins, declaration="None")
    with pytest.raises(Refused, match="closed and can only be read"):
        edited(world, "nora")
    judged.reopen("nora")
    assert (world.case().stage, closure.reopened_by.name) == (S.INVESTIGATION, "Nora")


def test_a_draft_reopens_nothing(world):
    ready(S.REVIEW)
    with pytest.raises(Refused, match="Only the outcome on which the case is closed now"):
        judged.reopen()


def test_who_approved_and_turns_out_to_be_of_the_team_closes_nothing(world):
    ready(S.REVIEW)
    for who in ("rhea", "ines"):
        accounts.add_alias(world.person("ada"), world.person(who), kind=IdentifierKind.BADGE, value="B-77")
    with pytest.raises(Refused, match="Rhea approved and is not independent: another reviewer must answer"):
        judged.close()


def test_two_people_can_close_a_case_that_nobody_reviewed(world, last_entry):
    ready(S.INQUIRY, "agreed")
    for who, duty in (("rhea", Duty.REVIEWER), ("dora", Duty.DECIDER)):
        end(world, who, duty, "There are two of us.")
    offer = proposed(world, Duty.DECIDER, "cora@tracker.example")
    duties.accept_duty(world.person("cora"), offer, declaration="None.")
    stages.forgo_review(world.person("cora"), world.case(), reason="There are two of us.")
    judged.move(S.INVESTIGATION)
    for act in judged.ACTS[S.INVESTIGATION].values():
        act()
    judged.move(S.REPLY)
    judged.ACTS[S.REPLY]["replied"]()
    judged.move(S.REVIEW)
    judged.ACTS[S.REVIEW]["line closed"]()
    outcomes.draft_outcome(world.person("cora"), world.case(), **AXES)
    with pytest.raises(Refused, match="Finding 1 is a draft: submit it"):
        judged.close("cora")
    judged.submit_finding(world.person("lena"), newest(Finding))
    one = judged.close("cora")
    assert (one.reviewed, last_entry()["d"]["reviewed"]) == (False, False)


def test_a_reviewer_who_accepts_after_all_has_to_answer(world):
    ready(S.REVIEW, "approved", "outcome approved")
    end(world, "rhea", Duty.REVIEWER, "On leave.")
    stages.forgo_review(world.person("cora"), world.case(), reason="Nobody else.")
    offer = proposed(world, Duty.REVIEWER)
    duties.accept_duty(world.person("nora"), offer, declaration="None.")
    with pytest.raises(Refused, match="Finding 1 waits for the reviewer"):
        judged.close()


def test_no_case_is_closed_on_words_that_a_reviewer_returned_before_she_left(world):
    ready(S.REVIEW, "outcome approved")
    judged.approve(Verdict.RETURNED)
    end(world, "rhea", Duty.REVIEWER, "On leave.")
    stages.forgo_review(world.person("cora"), world.case(), reason="Nobody else.")
    before = newest(Outcome).note
    for note in (before, "Other words.", before):
        edited(world, note=note)
    with pytest.raises(Refused, match="The reviewer returned the outcome: change it"):
        judged.close()
    edited(world, note="Other words.")
    assert judged.close().reviewed is False


def test_the_second_round_of_a_reopened_case_needs_a_reviewer_again(world):
    ready(S.REVIEW, "outcome approved")
    end(world, "rhea", Duty.REVIEWER, "On leave.")
    stages.forgo_review(world.person("cora"), world.case(), reason="Nobody else.")
    judged.close()
    judged.reopen()
    for to in (S.REPLY, S.REVIEW):
        judged.move(to)
    judged.draft()
    with pytest.raises(Refused, match="Nobody reviews this case: propose a reviewer, or let counsel or decider record"):
        judged.close()
    stages.forgo_review(world.person("cora"), world.case(), reason="Still nobody else.")
    assert judged.close().reviewed is False


def test_a_case_closes_on_an_exclusion_that_somebody_independent_confirmed(world):
    ready(S.REVIEW, "outcome approved")
    excluded = inquired.confirmed(inquired.excluded())
    judged.appraise()
    judged.agree()
    judged.approve()
    assert (judged.close().is_sealed, excluded.state) == (True, "confirmed")


def test_who_confirmed_an_exclusion_and_turns_out_to_be_of_the_team_closes_nothing(world):
    ready(S.REVIEW, "approved", "drafted", "outcome approved")
    judged.screen()
    kept, taken = inquired.confirmed(inquired.excluded()), inquired.confirmed(inquired.excluded())
    exclusions.withdraw_exclusion(world.person("ines"), taken, reason="The clock was wrong.")
    end(world, "rhea", Duty.REVIEWER, "On leave.")
    duties.accept_duty(world.person("nora"), proposed(world, Duty.REVIEWER), declaration="None.")
    judged.review_finding(world.person("nora"), newest(Finding))
    judged.appraise()
    judged.agree(who="nora")
    judged.draft()
    judged.approve(who="nora")
    inquired.same_person("rhea", "ines")
    with pytest.raises(Refused, match="Rhea confirmed exclusion 1 and is not independent: withdraw the exclusion"):
        judged.close()
    exclusions.withdraw_exclusion(world.person("ines"), kept, reason="Nobody independent confirmed it.")
    assert judged.close().is_sealed
