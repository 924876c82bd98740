"""Gates: for each requirement a case that lacks it and nothing else, and the very sentence its people read."""

import html

import pytest

from tests.actions.case.test_roles import end, match_of, proposed, recused
from tests.builders import build_case
from tests.builders.build_case import change_the_claim, ready, step_from
from tracker.actions.case import roles, stages
from tracker.audit.doors import action
from tracker.gates import GATES, STEPS, checklist, withheld_reason
from tracker.models.case.words import Course, MatchState, ProtectionResult, Role, Stage
from tracker.models.findings.findings import Finding
from tracker.models.findings.words import Verdict
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.lines_of_inquiry import LineOfInquiry
from tracker.models.inquiry.words import Direction
from tracker.policy import Permission
from tracker.policy.refusals import Refused

pytestmark = pytest.mark.usefixtures("world")
S = Stage


def edit_the_finding():
    build_case.change_finding(build_case.world.person("ines"), build_case.newest(Finding), reasoning="Other words.")


def edit_the_outcome():
    one = build_case.newest(build_case.Outcome)
    dora = build_case.world.person("dora")
    build_case.outcomes.edit_outcome(dora, one, lock_version=one.lock_version, note="Other words.")


def suspend():
    stages.suspend_case(build_case.world.person("lena"), build_case.case(), reason="A court asks.")


def returned(thing):
    return lambda: thing(Verdict.RETURNED)


def one_sided():
    build_case.open_line_of_inquiry(build_case.world.person("ines"), Direction.FOR)


def reply(**words):
    return lambda: build_case.put_reply(build_case.world.person("ines"), build_case.newest(Finding), **words)


def return_the_finding():
    build_case.review_finding(build_case.world.person("rhea"), build_case.newest(Finding), Verdict.RETURNED)


def ended(who, role):
    return lambda: end(build_case.world, who, role)


NO_REVIEWER = "This case has no reviewer. Offer that role, or let counsel or the deciding official waive the review."
stop = lambda: build_case.protection_check(ProtectionResult.STOP_AND_REFER)  # noqa: E731
STOPPED = "Protected-disclosure check: stop and refer. The case cannot move on until counsel records a new result."
LACKS = {
    "suspended": (S.INTAKE, [], suspend, "Lift the suspension before you change the stage."),
    "no claim": (S.INQUIRY, ["claim"], None, "Record at least one claim of a disclosure."),
    "claim not answered": (
        S.INQUIRY, ["claim"], lambda: build_case.claim(**build_case.NOT_ANSWERED),
        "Claim C1 of disclosure 1 has open checks: How accurate is it? Was clearance sought?",
    ),
    "not assessed": (
        S.INQUIRY, ["assessed", "agreed"], None,
        "Add a preliminary assessment. Say whether further inquiry would add damage.",
    ),
    "claim changed since": (
        S.INQUIRY, [], change_the_claim, "A claim has changed since preliminary assessment 1. Add a new assessment.",
    ),
    "not agreed": (S.INQUIRY, ["agreed"], None, "Preliminary assessment 1 is with the reviewer."),
    "assessment returned": (
        S.INQUIRY, ["agreed"], returned(build_case.agree),
        "Preliminary assessment 1 was returned. Assess the case again.",
    ),
    "nobody to agree": (S.INQUIRY, ["agreed"], ended("rhea", Role.REVIEWER), NO_REVIEWER),
    "no check": (S.INQUIRY, ["person_level"], None, "Counsel has not done the protected-disclosure check."),
    "no counsel": (
        S.INQUIRY, ["person_level"], ended("cora", Role.COUNSEL),
        "Counsel has not done the protected-disclosure check. Offer the role of counsel on the Team page.",
    ),
    "check stops": (S.INQUIRY, [], stop, STOPPED),
    "check stops later": (S.INVESTIGATION, [], stop, STOPPED),
    "no exculpatory line": (
        S.INVESTIGATION, ["line"], one_sided, "Add a line of inquiry for evidence against the allegation.",
    ),
    "finding incomplete": (
        S.INVESTIGATION, ["found"], lambda: build_case.find(rule="", evidence_against="", reasoning=""),
        "Complete finding 1: rule in force at the time, evidence against, reasoning.",
    ),
    "hypotheses untested": (
        S.INVESTIGATION, [],
        lambda: build_case.settle(build_case.world.person("ines"), build_case.newest(Hypothesis), ""),
        "Test each hypothesis, or say why it is left untested: H10.",
    ),
    "not put": (S.RIGHT_OF_REPLY, ["replied"], None, "Finding 1 criticises a person. Put the passage to them."),
    "no answer": (
        S.RIGHT_OF_REPLY, ["replied"], reply(answer="", response=""),
        "Finding 1, right of reply 1: record the answer, or that no response was received, and respond.",
    ),
    "no response": (S.RIGHT_OF_REPLY, ["replied"], reply(response=""),
        "Finding 1, right of reply 1: respond to the answer."),
    "a finding that came late": (
        S.REVIEW, [], lambda: build_case.find(conclusion=None), "Complete finding 2: conclusion.",
    ),
    "a finding nobody was asked about": (
        S.REVIEW, [], build_case.find, "Finding 2 criticises a person. Put the passage to them.",
    ),
    "no reviewer": (S.REVIEW, [], ended("rhea", Role.REVIEWER), NO_REVIEWER),
    "line open": (
        S.REVIEW, ["line closed"], None, "Line of inquiry 1 is open. Close it, or say why it is left open.",
    ),
    "not submitted": (S.REVIEW, ["submitted", "approved"], None, "Finding 1 is a draft. Submit it."),
    "not approved": (S.REVIEW, ["approved"], None, "Finding 1 is with the reviewer."),
    "finding returned": (
        S.REVIEW, ["approved"], return_the_finding, "Finding 1 was returned. Revise and submit it.",
    ),
    "finding edited": (S.REVIEW, [], edit_the_finding, "Finding 1 is a draft. Submit it."),
    "outcome not approved": (
        S.REVIEW, ["outcome approved"], None, "The current text of the outcome is with the reviewer.",
    ),
    "outcome edited": (
        S.REVIEW, [], edit_the_outcome, "The outcome is a draft. Submit it.",
    ),
    "outcome returned": (
        S.REVIEW, ["outcome approved"], returned(build_case.approve), "The reviewer returned the outcome. Revise it.",
    ),
}  # fmt: skip


def read_by(browse, who):
    return html.unescape(browse(who).get("/cases/LK-AAAA").text)


@pytest.mark.cases("everything that a stage asks for")
@pytest.mark.parametrize("what", LACKS)
def test_one_thing_that_is_missing_blocks_the_step_and_is_said(browse, what):
    stage, without, more, sentence = LACKS[what]
    ready(stage, *without)
    if more:
        more()
    with pytest.raises(Refused) as refused:
        step_from(stage)
    assert str(refused.value) == sentence
    assert build_case.case().stage is stage
    assert ("to whom the case was referred" if "stops" in what else sentence) in read_by(browse, "lena")
    assert next(line.text for line in checklist_of(stage) if not line.done) == sentence


WAYS = dict.fromkeys(Stage, "/cases/LK-AAAA/stage") | {S.REVIEW: "/cases/LK-AAAA/outcomes/1/close"}


def checklist_of(stage):
    step = next(one for one in STEPS if one.start is stage and one.course is Course.REGULAR)
    return checklist(build_case.facts(), step.gates)


@pytest.mark.parametrize("stage", [one for one in Stage if one is not S.CLOSED])
def test_when_nothing_is_missing_the_step_is_open(browse, stage):
    ready(stage)
    assert [line.text for line in checklist_of(stage) if not line.done] == []
    assert f'="{WAYS[stage]}"' in read_by(browse, "dora" if stage is S.REVIEW else "lena")
    step_from(stage)
    assert build_case.case().stage is build_case.ORDER[build_case.ORDER.index(stage) + 1]


def test_who_may_be_a_person_of_the_case_blocks_every_step_until_it_is_settled(world):
    recused(world, "walt")
    sentence = "A team member matches a person in the access register. Confirm or reject the match."
    with pytest.raises(Refused, match=sentence):
        build_case.move(S.INQUIRY)
    roles.settle_recusal(world.person("lena"), match_of(world, "walt"), state=MatchState.CONFIRMED, reason="It is.")
    build_case.move(S.INQUIRY)


def test_a_role_without_a_declaration_blocks_every_step(world):
    @action(Permission.OFFER_ROLE, "role.changed")
    def forget(who, assignment):
        assignment.declaration = " "

    forget(world.person("lena"), next(one for one in build_case.case().assignments if one.role is Role.OBSERVER))
    with pytest.raises(Refused, match="Otto has not declared conflicts of interest"):
        build_case.move(S.INQUIRY)


def test_a_proposal_that_nobody_answered_blocks_nothing(world):
    proposed(world)
    build_case.move(S.INQUIRY)


def test_firewalled_lets_the_case_go_on_and_opens_no_answer_about_persons():
    ready(S.INQUIRY, "person_level")
    build_case.protection_check(ProtectionResult.PROCEED_WITH_FIREWALL)
    build_case.move(S.INVESTIGATION)
    assert "Person-level results are withheld." in withheld_reason(build_case.case())


def test_a_line_left_open_with_a_reason_is_settled():
    ready(S.REVIEW, "line closed")
    line = build_case.newest(LineOfInquiry)
    build_case.lines_of_inquiry.leave_open(
        build_case.world.person("ines"), line, lock_version=line.lock_version, result="The printer kept no log."
    )
    build_case.close()


def test_a_case_without_findings_needs_none(world):
    ready(S.INVESTIGATION, "found")
    build_case.move(S.RIGHT_OF_REPLY)
    build_case.move(S.REVIEW)
    assert not [line for line in checklist_of(S.REVIEW) if "finding" in line.text.lower()]


def test_no_step_leaves_a_gate_out():
    used = {gate.name for step in STEPS for gate in step.gates}
    assert {gate.name for gate in GATES} <= used
    assert {(step.start, step.end) for step in STEPS if step.course is Course.REGULAR} == set(
        zip(build_case.ORDER, build_case.ORDER[1:], strict=False)
    )


@pytest.mark.parametrize(
    ("without", "more", "sentence", "who", "way"),
    [
        (
            ["drafted", "outcome approved"], None,
            "Draft the outcome, with the closing note and the letters.",
            "dora", "outcomes/new",
        ),
        (
            [], ended("dora", Role.DECIDING_OFFICIAL),
            "This case has no deciding official. Offer that role on the Team page.",
            "lena", "team/new",
        ),
    ],
)  # fmt: skip
def test_without_a_deciding_official_or_a_draft_nobody_can_close_the_case(browse, without, more, sentence, who, way):
    ready(S.REVIEW, *without)
    if more:
        more()
    assert [line.text for line in checklist_of(S.REVIEW) if not line.done] == [sentence]
    page = read_by(browse, who)
    assert sentence in page
    assert f'href="/cases/LK-AAAA/{way}"' in page
