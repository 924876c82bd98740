"""Closing and reopening: what is set and sealed, what is refused, and how two people close a case."""

import json

import pytest

from tests.actions.case.test_roles import end, proposed
from tests.actions.findings.test_outcomes import edited
from tests.builders import build_case, build_inquiry
from tests.builders.build_case import newest, ready
from tests.builders.everything.judgement import AXES
from tracker.actions.access import eliminations
from tracker.actions.case import roles, stages
from tracker.actions.findings import outcomes
from tracker.actions.findings.verdicts import CHANGED
from tracker.actions.register import accounts
from tracker.audit.doors import Refused
from tracker.audit.verify.sealed import faults
from tracker.models.access.words import IdentifierKind
from tracker.models.case.stages import StageMove
from tracker.models.case.words import Role, Stage
from tracker.models.findings.findings import Finding
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.words import Verdict

S = Stage


def test_closing_sets_the_axes_seals_the_outcome_and_ends_all_writing(world, last_entry):
    ready(S.REVIEW)
    one = build_case.close()
    case = world.case()
    assert (case.stage, case.closed, case.happened, case.breach, case.source) == (
        S.CLOSED, one.closed_at, "undetermined", "none", "not_identified",
    )  # fmt: skip
    assert (one.is_sealed, one.reviewed, one.closed_by.name) == (True, True, "Dora")
    entry = last_entry()
    assert (entry["act"], entry["obj"], entry["d"]["reviewed"]) == ("case.closed", f"outcome:{one.id}", True)
    assert entry["d"]["seals"] == {f"outcome:{one.id}": one.seal}
    assert ["decision", "The outcome is approved at its current text."] in json.loads(newest(StageMove).checklist)
    assert list(faults(build_case.db.session().connection())) == []
    for act in (
        build_case.close,
        build_case.approve,
        build_case.draft,
        lambda: edited(world),
        lambda: build_case.move(S.INTAKE, "x"),
    ):
        with pytest.raises(Refused, match="closed and can only be read"):
            act()


def test_a_case_is_closed_on_the_text_that_the_deciding_official_saw_and_from_review_alone(world):
    ready(S.REVIEW)
    one = newest(Outcome)
    with pytest.raises(Refused) as refused:
        outcomes.close_case(world.person("dora"), one, revision=1, text_sha256="0" * 64)
    assert str(refused.value) == CHANGED
    build_case.move(S.RIGHT_OF_REPLY, "A question is left.")
    with pytest.raises(Refused, match="closed while it is in review"):
        build_case.close()


def test_a_suspended_case_is_not_closed(world):
    ready(S.REVIEW)
    stages.suspend_case(world.person("cora"), world.case(), reason="A court asks.")
    with pytest.raises(Refused, match="Lift the suspension"):
        build_case.close()


def test_reopening_keeps_the_old_closure_and_asks_for_a_new_outcome(world, last_entry):
    ready(S.REVIEW)
    old = build_case.close()
    seal = old.seal
    with pytest.raises(Refused, match="Enter the reason for reopening the case"):
        outcomes.reopen_case(world.person("dora"), old, reason=" ")
    build_case.reopen()
    case = world.case()
    assert (case.stage, case.closed, case.happened, case.breach, case.source) == (S.INVESTIGATION, *[None] * 4)
    assert (old.seal, old.seal == old.compute_seal(), old.reopened_by.name) == (seal, True, "Dora")
    assert (last_entry()["act"], last_entry()["obj"]) == ("case.reopened", f"outcome:{old.id}")
    assert list(faults(build_case.db.session().connection())) == []
    for act in (build_case.reopen, lambda: edited(world), build_case.close, build_case.approve):
        with pytest.raises(Refused):
            act()
    build_case.move(S.RIGHT_OF_REPLY)
    build_case.move(S.REVIEW)
    with pytest.raises(Refused, match=r"on this outcome\. It can no longer be changed"):
        build_case.close()
    assert build_case.draft().number == 2
    build_case.approve()
    assert build_case.close().number == 2
    with pytest.raises(Refused, match="Only the outcome that closed the case"):
        outcomes.reopen_case(world.person("dora"), old, reason="Once more.")


def test_where_the_deciding_official_has_left_another_one_begins_in_the_closed_case_and_reopens_it(world):
    ready(S.REVIEW)
    closure = build_case.close()
    accounts.disable_account(world.person("ada"), world.person("dora"))
    end(world, "dora", Role.DECIDING_OFFICIAL)
    begins = proposed(world, Role.DECIDING_OFFICIAL)
    roles.accept_role(world.person("nora"), begins, declaration="None")
    with pytest.raises(Refused, match="closed and can only be read"):
        edited(world, "nora")
    build_case.reopen("nora")
    assert (world.case().stage, closure.reopened_by.name) == (S.INVESTIGATION, "Nora")


def test_a_draft_reopens_nothing(world):
    ready(S.REVIEW)
    with pytest.raises(Refused, match="Only the outcome that closed the case"):
        build_case.reopen()


def test_who_approved_and_turns_out_to_be_of_the_team_closes_nothing(world):
    ready(S.REVIEW)
    for who in ("rhea", "ines"):
        accounts.add_alias(world.person("ada"), world.person(who), kind=IdentifierKind.BADGE, value="B-77")
    with pytest.raises(Refused, match=r"Rhea approved and is not independent\. Another reviewer must"):
        build_case.close()


def test_two_people_can_close_a_case_that_nobody_reviewed(world, last_entry):
    ready(S.INQUIRY, "agreed")
    for who, role in (("rhea", Role.REVIEWER), ("dora", Role.DECIDING_OFFICIAL)):
        end(world, who, role, "There are two of us.")
    offer = proposed(world, Role.DECIDING_OFFICIAL, "cora@tracker.example")
    roles.accept_role(world.person("cora"), offer, declaration="None.")
    stages.waive_review(world.person("cora"), world.case(), reason="There are two of us.")
    build_case.move(S.INVESTIGATION)
    for act in build_case.ACTS[S.INVESTIGATION].values():
        act()
    build_case.move(S.RIGHT_OF_REPLY)
    build_case.ACTS[S.RIGHT_OF_REPLY]["replied"]()
    build_case.move(S.REVIEW)
    build_case.ACTS[S.REVIEW]["line closed"]()
    outcomes.draft_outcome(world.person("cora"), world.case(), **AXES)
    with pytest.raises(Refused, match=r"Finding 1 is a draft\. Submit it"):
        build_case.close("cora")
    build_case.submit_finding(world.person("lena"), newest(Finding))
    one = build_case.close("cora")
    assert (one.reviewed, last_entry()["d"]["reviewed"]) == (False, False)


def test_a_reviewer_who_accepts_after_all_has_to_answer(world):
    ready(S.REVIEW, "approved", "outcome approved")
    end(world, "rhea", Role.REVIEWER, "On leave.")
    stages.waive_review(world.person("cora"), world.case(), reason="Nobody else.")
    offer = proposed(world, Role.REVIEWER)
    roles.accept_role(world.person("nora"), offer, declaration="None.")
    with pytest.raises(Refused, match="Finding 1 is with the reviewer"):
        build_case.close()


def test_no_case_is_closed_on_words_that_a_reviewer_returned_before_she_left(world):
    ready(S.REVIEW, "outcome approved")
    build_case.approve(Verdict.RETURNED)
    end(world, "rhea", Role.REVIEWER, "On leave.")
    stages.waive_review(world.person("cora"), world.case(), reason="Nobody else.")
    before = newest(Outcome).note
    for note in (before, "Other words.", before):
        edited(world, note=note)
    with pytest.raises(Refused, match=r"The reviewer returned the outcome\. Revise it"):
        build_case.close()
    edited(world, note="Other words.")
    assert build_case.close().reviewed is False


def test_the_second_round_of_a_reopened_case_needs_a_reviewer_again(world):
    ready(S.REVIEW, "outcome approved")
    end(world, "rhea", Role.REVIEWER, "On leave.")
    stages.waive_review(world.person("cora"), world.case(), reason="Nobody else.")
    build_case.close()
    build_case.reopen()
    for to in (S.RIGHT_OF_REPLY, S.REVIEW):
        build_case.move(to)
    build_case.draft()
    with pytest.raises(Refused, match=r"This case has no reviewer\. Offer that role, or let counsel or the deciding"):
        build_case.close()
    stages.waive_review(world.person("cora"), world.case(), reason="Still nobody else.")
    assert build_case.close().reviewed is False


def test_a_case_closes_on_an_elimination_that_somebody_independent_confirmed(world):
    ready(S.REVIEW, "outcome approved")
    eliminated = build_inquiry.confirmed(build_inquiry.eliminated())
    build_case.assess()
    build_case.agree()
    build_case.approve()
    assert (build_case.close().is_sealed, eliminated.state) == (True, "confirmed")


def test_who_confirmed_an_elimination_and_turns_out_to_be_of_the_team_closes_nothing(world):
    ready(S.REVIEW, "approved", "drafted", "outcome approved")
    build_case.protection_check()
    kept, taken = (
        build_inquiry.confirmed(build_inquiry.eliminated()),
        build_inquiry.confirmed(build_inquiry.eliminated()),
    )
    eliminations.withdraw_elimination(world.person("ines"), taken, reason="The clock was wrong.")
    end(world, "rhea", Role.REVIEWER, "On leave.")
    roles.accept_role(world.person("nora"), proposed(world, Role.REVIEWER), declaration="None.")
    build_case.review_finding(world.person("nora"), newest(Finding))
    build_case.assess()
    build_case.agree(who="nora")
    build_case.draft()
    build_case.approve(who="nora")
    build_inquiry.same_person("rhea", "ines")
    with pytest.raises(
        Refused, match=r"Rhea confirmed elimination 1 and is not independent\. Withdraw the elimination"
    ):
        build_case.close()
    eliminations.withdraw_elimination(world.person("ines"), kept, reason="Nobody independent confirmed it.")
    assert build_case.close().is_sealed
