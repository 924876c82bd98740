"""Moves, suspensions and a waived review: what they record, and what is refused."""

import json

import pytest

from tests.actions.case.test_roles import end, inactive, proposed
from tests.builders import build_case
from tests.builders.build_case import newest, ready
from tracker.actions.case import roles, stages
from tracker.audit.doors import Denied, Refused
from tracker.gates import Facts
from tracker.models.case.stages import ReviewWaiver, StageMove, Suspension
from tracker.models.case.words import Role, Stage
from tracker.models.findings.words import Happened

S = Stage


def flagged(world, who="lena"):
    return stages.suspend_case(world.person(who), world.case(), reason="A court asks for it.")


def waive(world, who="cora"):
    return stages.waive_review(world.person(who), world.case(), reason="There are two of us.")


def test_a_move_keeps_what_the_gates_said(world, last_entry):
    build_case.move(S.INQUIRY)
    move = newest(StageMove)
    assert (move.from_stage, move.to_stage, move.number, move.by.name) == (S.INTAKE, S.INQUIRY, 1, "Lena")
    assert ["conflict check", "No team member is in the access register."] in json.loads(move.checklist)
    assert (last_entry()["act"], last_entry()["obj"]) == ("stage.moved", f"stage_move:{move.id}")
    assert "stage" in last_entry()["d"]["fields"][f"cases:{world.case().id}"]


@pytest.mark.parametrize("who", ["ines", "rhea", "cora", "dora", "otto", "nora", "ada"])
def test_only_the_lead_moves_the_case(world, who):
    with pytest.raises(Denied):
        build_case.move(S.INQUIRY, who=who)


@pytest.mark.parametrize("stage", [S.INVESTIGATION, S.RIGHT_OF_REPLY])
def test_no_stage_is_passed_over(world, stage):
    with pytest.raises(Refused, match=f"cannot move from intake to {stage.label.lower()}"):
        build_case.move(stage)


def test_a_case_is_not_closed_by_moving_it(world):
    ready(S.REVIEW)
    with pytest.raises(Refused, match="Only the deciding official can close a case, on an outcome"):
        build_case.move(S.CLOSED)


def test_a_move_to_where_the_case_stands_is_none(world):
    with pytest.raises(Refused, match="cannot move from intake to intake"):
        build_case.move(S.INTAKE)


def test_a_move_is_made_from_where_the_lead_saw_the_case(world):
    build_case.move(S.INQUIRY)
    for seen in (S.INTAKE, None):
        with pytest.raises(Refused, match=r"stage is now inquiry\. Check the case"):
            stages.move_stage(world.person("lena"), world.case(), from_stage=seen, to_stage=S.INTAKE, reason="Back.")


def test_a_case_goes_back_over_several_stages_with_a_reason(world):
    ready(S.RIGHT_OF_REPLY)
    with pytest.raises(Refused, match="Enter the reason why the case moves back"):
        build_case.move(S.INTAKE, "  ")
    build_case.move(S.INTAKE, "Another paper came up.")
    assert (world.case().stage, newest(StageMove).reason) == (S.INTAKE, "Another paper came up.")
    assert json.loads(newest(StageMove).checklist) == []


@pytest.mark.parametrize("to", [S.INVESTIGATION, S.RIGHT_OF_REPLY])
def test_a_case_that_came_short_goes_back_to_no_stage_it_never_was_in(world, to):
    short()
    with pytest.raises(Refused, match=r"never in that stage\. Move it back to a stage it was in, and on from there"):
        build_case.move(to, "A paper came up.")
    build_case.move(S.INQUIRY, "A paper came up.")
    with pytest.raises(Refused, match="Record at least one claim"):
        build_case.move(S.INVESTIGATION)


def test_once_it_was_investigated_it_goes_back_there(world):
    short()
    build_case.move(S.INTAKE, "A paper came up.")
    ready(S.RIGHT_OF_REPLY)
    build_case.move(S.INVESTIGATION, "A question is left.")
    assert world.case().stage is S.INVESTIGATION


def short():
    """The case came to its review because it was assessd that nothing came out."""
    build_case.assess(Happened.NO_DISCLOSURE)
    build_case.agree()
    build_case.move(S.REVIEW)


def test_a_suspended_case_moves_nowhere_until_that_is_lifted(world, last_entry):
    build_case.move(S.INQUIRY)
    suspension = flagged(world, who="cora")
    assert (last_entry()["act"], last_entry()["obj"]) == ("case.suspended", f"suspension:{suspension.id}")
    with pytest.raises(Refused, match="Lift the suspension before you change the stage"):
        build_case.move(S.INTAKE, "Back.")
    stages.lift_suspension(world.person("lena"), suspension, reason="The court is done.")
    assert (last_entry()["act"], suspension.lifted_by.name, suspension.why_lifted) == (
        "suspension.lifted",
        "Lena",
        "The court is done.",
    )
    build_case.move(S.INTAKE, "Back.")


def test_a_flag_stands_once_and_is_lifted_once(world):
    suspension = flagged(world)
    with pytest.raises(Refused, match="already suspended"):
        flagged(world)
    with pytest.raises(Refused, match="Enter the reason"):
        stages.lift_suspension(world.person("lena"), suspension, reason=" ")
    stages.lift_suspension(world.person("lena"), suspension, reason="Done.")
    with pytest.raises(Refused, match="already lifted"):
        stages.lift_suspension(world.person("lena"), suspension, reason="Done.")
    suspension = flagged(world)
    assert suspension.number == 2
    stages.lift_suspension(world.person("lena"), suspension, reason="Done.")
    with pytest.raises(Refused, match="Enter the reason"):
        stages.suspend_case(world.person("lena"), world.case(), reason="")


@pytest.mark.parametrize("who", ["ines", "rhea", "dora", "otto", "nora", "ada"])
def test_only_lead_and_counsel_raise_and_lift_suspensions(world, who):
    with pytest.raises(Denied):
        flagged(world, who=who)
    flagged(world)
    with pytest.raises(Denied):
        stages.lift_suspension(world.person(who), newest(Suspension), reason="Done.")


@pytest.mark.parametrize("who", ["cora", "dora"])
def test_a_review_is_waived_by_counsel_or_deciding_official_while_there_is_no_reviewer(world, who, last_entry):
    with pytest.raises(Refused, match="This case has a reviewer"):
        waive(world, who)
    end(world, "rhea", Role.REVIEWER)
    waived = waive(world, who)
    assert (last_entry()["act"], last_entry()["obj"]) == ("review.waived", f"review_waiver:{waived.id}")
    assert Facts(world.case()).waived.reason == "There are two of us."
    with pytest.raises(Refused, match="already waived"):
        waive(world, who)


def test_a_review_is_waived_for_a_reason(world):
    end(world, "rhea", Role.REVIEWER)
    with pytest.raises(Refused, match="Enter the reason why nobody can review"):
        stages.waive_review(world.person("cora"), world.case(), reason=" ")


def test_a_reviewer_whose_role_sleeps_is_a_reviewer(world):
    inactive(world, "rhea", Role.REVIEWER)
    with pytest.raises(Refused, match="This case has a reviewer"):
        waive(world)


@pytest.mark.parametrize("who", ["lena", "ines", "otto", "nora", "ada"])
def test_the_team_forgoes_no_review(world, who):
    end(world, "rhea", Role.REVIEWER)
    with pytest.raises(Denied):
        waive(world, who)


def test_a_review_waiver_counts_until_a_reviewer_accepts(world):
    end(world, "rhea", Role.REVIEWER)
    waive(world)
    offer = proposed(world, Role.REVIEWER)
    assert Facts(world.case()).waived
    roles.accept_role(world.person("nora"), offer, declaration="None.")
    assert Facts(world.case()).waived is None
    end(world, "nora", Role.REVIEWER)
    assert Facts(world.case()).waived is None
    waive(world)
    assert Facts(world.case()).waived.number == 2
    assert newest(ReviewWaiver).number == 2


def test_a_review_waiver_counts_for_the_closing_it_was_meant_for(world):
    ready(S.REVIEW, "approved", "outcome approved")
    end(world, "rhea", Role.REVIEWER)
    waive(world)
    assert build_case.close().reviewed is False
    assert Facts(world.case()).waived
    build_case.reopen()
    assert Facts(world.case()).waived is None
    waive(world)
    assert Facts(world.case()).waived.number == 2
