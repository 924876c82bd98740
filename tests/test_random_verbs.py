"""Random verbs by random people: whatever they do, no case closes without the people and texts the rules demand."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests import judged, world
from tests.judged import newest
from tracker.actions import duties, outcomes, stages
from tracker.ledger import Denied, Refused, Stale
from tracker.models.appraisals import Appraisal
from tracker.models.duties import TEAM
from tracker.models.findings import Finding
from tracker.models.lines import LineOfInquiry
from tracker.models.outcomes import Outcome
from tracker.models.stages import CaseFlag
from tracker.models.words.cases import Flag, Stage
from tracker.models.words.duties import Duty
from tracker.models.words.findings import Conclusion, FindingState
from tracker.models.words.lines import LineState
from tracker.models.words.outcomes import Happened, Source
from tracker.models.words.reviews import Verdict
from tracker.models.words.screening import ScreenResult

PEOPLE = ("lena", "ines", "rhea", "cora", "dora", "otto", "nora")
NO = (Denied, Refused, Stale, AttributeError)  # the last: there is nothing yet to do it to
CLOSINGS: list[bool] = []
who = st.sampled_from(PEOPLE)
verdicts = st.sampled_from([Verdict.APPROVED, Verdict.APPROVED, Verdict.RETURNED])


def act(perform: Any, *args: Any, **details: Any) -> None:
    """Try it; being refused is an ordinary answer."""
    judged.db.session().rollback()
    with suppress(*NO):
        perform(*args, **details)


class Inquiry(RuleBasedStateMachine):
    """LK-AAAA in the hands of people who try everything."""

    another: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.opened = type(self).another()
        self.opened.__enter__()

    def teardown(self) -> None:
        """Let go of this copy of the world."""
        self.opened.__exit__(None, None, None)

    @initialize(start=st.sampled_from([(Stage.INTAKE,), (Stage.REVIEW,), (Stage.REVIEW, "approved"), (Stage.REPLY,)]))
    def begins(self, start):
        """At the beginning, or somewhere on the way."""
        judged.ready(*start)
        if start == (Stage.INTAKE,):
            judged.ACTS[Stage.INVESTIGATION]["line"]()
            judged.settle_all()

    @rule(who=who, result=st.sampled_from([ScreenResult.PROCEED, ScreenResult.PROCEED, ScreenResult.STOP]))
    def screens(self, who, result):
        """The screen."""
        said = {"result": result, "answered_on": "2018-03-21", "reason": "x"}
        act(lambda: judged.cases.answer_screen(world.person(who), judged.case(), **said))

    @rule(who=who, happened=st.sampled_from([None, Happened.ALREADY_PUBLIC]), more=st.booleans())
    def appraises(self, who, happened, more):
        """A claim or not, and an appraisal."""
        if more:
            act(judged.claim)
        words = {"reason": "So.", "damage": judged.Answer.NO, "damage_reason": "So."}
        appraise = judged.appraisals.appraise_case
        act(lambda: appraise(world.person(who), judged.case(), happened=happened, **words))

    @rule(who=who, verdict=verdicts)
    def agrees(self, who, verdict):
        """An answer to the appraisal."""
        act(judged.agree, verdict, who)

    @rule(who=who, to=st.sampled_from(list(Stage)))
    def moves(self, who, to):
        """A move."""
        act(judged.move, to, "Because.", who)

    @rule(data=st.data())
    def moves_on(self, data):
        """The lead's next step."""
        ahead = judged.ORDER[judged.ORDER.index(judged.case().stage) :][:2]
        act(judged.move, data.draw(st.sampled_from([*ahead, Stage.REVIEW])))

    @rule()
    def does_what_is_asked(self):
        """Everybody's part in the next step."""
        stage = judged.case().stage
        for perform in judged.ACTS.get(stage, {}).values():
            act(perform)
        if stage is not Stage.CLOSED:
            act(judged.step_from, stage)

    @rule(conclusion=st.sampled_from([*Conclusion, None]))
    def finds(self, conclusion):
        """A finding."""
        act(judged.find, conclusion=conclusion)

    @rule(who=who, step=st.sampled_from(["submit", "approve", "edit", "reply", "line"]), verdict=verdicts)
    def handles(self, who, step, verdict):
        """What happens to a finding or a line."""
        user, found = world.person(who), newest(Finding)
        steps = {
            "submit": lambda: found.state is FindingState.DRAFT and judged.submit_finding(user, found),
            "approve": lambda: found.state is FindingState.SUBMITTED and judged.review_finding(user, found, verdict),
            "edit": lambda: judged.change_finding(user, found, reasoning=f"{found.reasoning}."),
            "reply": lambda: judged.put_reply(user, found),
            "line": lambda: judged.close_line(user, newest(LineOfInquiry)),
        }
        act(steps[step])

    @rule(who=who, source=st.sampled_from([Source.NOT_IDENTIFIED, Source.PERSON_ADMITTED]), short=st.booleans())
    def drafts(self, who, source, short):
        """A draft of the outcome, or another text of it."""
        axes = {**judged.AXES, "source": source}
        axes["happened"] = Happened.ALREADY_PUBLIC if short else Happened.UNDETERMINED
        act(lambda: outcomes.draft_outcome(world.person(who), judged.case(), **axes))
        act(lambda: outcomes.edit_outcome(world.person(who), newest(Outcome), row=newest(Outcome).row, **axes))

    @rule(who=who, verdict=verdicts)
    def approves(self, who, verdict):
        """An answer to the draft."""
        act(judged.approve, verdict, who)

    @rule(who=st.sampled_from([*PEOPLE, "dora", "dora"]))
    def closes(self, who):
        """The closing."""
        act(judged.close, who)

    @rule(who=who)
    def reopens(self, who):
        """The reopening."""
        act(judged.reopen, who)

    @rule(who=who, lift=st.booleans())
    def suspends(self, who, lift):
        """A flag."""
        act(lambda: stages.flag_case(world.person(who), judged.case(), flag=Flag.SUSPENDED, reason="x"))
        if lift:
            act(lambda: stages.lift_flag(world.person("lena"), newest(CaseFlag), reason="x"))

    @rule(who=who)
    def forgoes(self, who):
        """A review forgone."""
        act(lambda: stages.forgo_review(world.person(who), judged.case(), reason="x"))

    @rule(duty=st.sampled_from([Duty.REVIEWER, Duty.DECIDER]), new=st.sampled_from(["nora", "otto", "ines"]))
    def replaces(self, duty, new):
        """Somebody else takes a duty."""
        held = next((one for one in judged.case().assignments if one.duty is duty and not one.is_over), None)
        act(lambda: duties.end_duty(world.person("lena"), held, reason="x"))
        act(lambda: duties.assign_user(world.person("lena"), judged.case(), email=world.email(new), duty=duty))
        offer = judged.case().assignments[-1]
        act(lambda: duties.accept_duty(world.person(new), offer, declaration="None."))

    @invariant()
    def no_case_is_closed_against_the_rules(self):
        """Asked of the rows themselves, not of the gates."""
        judged.db.session().rollback()
        if judged.case().stage is Stage.CLOSED:
            CLOSINGS.append(newest(Outcome).reviewed)
            closed_by_the_rules(newest(Outcome))


def closed_by_the_rules(outcome: Outcome) -> None:
    """Who decided, who approved which text, and what was there to be approved."""
    case = outcome.case
    had = {}
    for one in case.assignments:
        if one.accepted_at:
            had.setdefault(one.user_id, set()).add(one.duty)
    assert not had[outcome.closed_by_id] & {*TEAM, Duty.REVIEWER}
    findings = judged.db.session().scalars(Finding.of(case)).all()
    lines = judged.db.session().scalars(LineOfInquiry.of(case)).all()
    assert all(line.state is not LineState.OPEN for line in lines)
    approved = [(outcome, outcome.text_sha256)] if outcome.reviewed else []
    for finding in findings:
        assert not finding.missing_parts
        assert not finding.is_critical or finding.replies
        assert finding.state in {FindingState.APPROVED, FindingState.SUBMITTED}
        assert finding.made_sha256() == finding.text_sha256
        approved += [(finding, finding.text_sha256)] if outcome.reviewed else []
    for thing, text_sha256 in approved:
        last = thing.reviews[-1]
        assert last.is_approval
        assert last.text_sha256 == text_sha256
        assert Duty.REVIEWER in had[last.reviewer_id]
        assert not had[last.reviewer_id] & TEAM
    if outcome.source is Source.PERSON_ADMITTED:
        assert any(one.person_id and one.conclusion is Conclusion.SUBSTANTIATED for one in findings)
    if not outcome.reviewed:
        assert not any(one.duty is Duty.REVIEWER and one.accepted_at and not one.is_over for one in case.assignments)
    assert newest(Appraisal).text_sha256


@pytest.mark.alters
def test_no_sequence_of_verbs_closes_a_case_against_the_rules(another):
    CLOSINGS.clear()
    Inquiry.another = staticmethod(another)
    quick = settings(
        max_examples=12, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),  # each step is a transaction: shrinking takes minutes
    )  # fmt: skip
    run_state_machine_as_test(Inquiry, settings=quick)
    assert CLOSINGS, "no sequence led to a closing: nothing was tried"
