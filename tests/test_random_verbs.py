"""Random verbs by random people: whatever they do, no case closes without the people and texts the rules demand."""

from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests import inquired, interviewed, judged, world
from tests.closings import closed_by_the_rules
from tests.judged import newest
from tracker.actions import citations, duties, outcomes, stages
from tracker.models.citations import MODELS, Citation
from tracker.models.findings import Finding
from tracker.models.lines import LineOfInquiry
from tracker.models.outcomes import Outcome
from tracker.models.people import Person
from tracker.models.stages import CaseFlag
from tracker.models.words.cases import Flag, Stage
from tracker.models.words.citations import Bearing, Cited
from tracker.models.words.duties import Duty
from tracker.models.words.findings import Conclusion
from tracker.models.words.outcomes import Happened, Source
from tracker.models.words.reviews import Verdict
from tracker.models.words.screening import ScreenResult
from tracker.refusals import Denied, Refused, Stale

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
        self.same: tuple[str, ...] = ()  # the accounts that turned out to be one person's
        self.seen = 0  # how many closings were looked at, each when it happened
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

    @rule(steps=st.integers(1, 4))
    def does_what_is_asked(self, steps):
        """Everybody's part in the next steps, and what is left over from before."""
        for _ in range(steps):
            stage = judged.case().stage
            for perform in (*judged.ACTS.get(stage, {}).values(), *self.left_over()):
                act(perform)
            if stage is not Stage.CLOSED:
                act(judged.step_from, stage)

    def left_over(self):
        """What everybody would do about each line and finding that is not done with."""
        ines, lena, rhea = (world.person(who) for who in ("ines", "lena", "rhea"))
        for line in judged.db.session().scalars(LineOfInquiry.of(judged.case())).all():
            yield partial(judged.close_line, ines, line)
        for one in judged.db.session().scalars(Finding.of(judged.case())).all():
            if one.missing_parts:
                yield partial(judged.change_finding, ines, one, conclusion=Conclusion.UNFOUNDED)
            if one.is_critical and not one.replies:
                yield partial(judged.put_reply, ines, one)
            yield partial(judged.submit_finding, lena, one)
            yield partial(judged.review_finding, rhea, one)

    @rule(conclusion=st.sampled_from([*Conclusion, None]))
    def finds(self, conclusion):
        """A finding."""
        act(judged.find, conclusion=conclusion)

    @rule(who=who, step=st.sampled_from(["submit", "approve", "edit", "reply", "line", "take back"]), verdict=verdicts)
    def handles(self, who, step, verdict):
        """What happens to a finding or a line."""
        user, found = world.person(who), newest(Finding)
        steps = {
            "submit": lambda: judged.submit_finding(user, found),
            "approve": lambda: judged.review_finding(user, found, verdict),
            "take back": lambda: judged.findings.withdraw_finding(user, found),
            "edit": lambda: judged.change_finding(user, found, reasoning=f"{found.reasoning}."),
            "reply": lambda: judged.put_reply(user, found),
            "line": lambda: judged.close_line(user, newest(LineOfInquiry)),
        }
        act(steps[step])

    @rule(who=who, kind=st.sampled_from(Cited), bearing=st.sampled_from(Bearing), seals=st.booleans())
    def cites(self, who, kind, bearing, seals):
        """Something is cited for or against, perhaps an interview that was just sealed."""
        if seals:
            act(lambda: interviewed.sealed(newest(Person), who=who))
        cited = {"kind": kind, "thing": newest(MODELS[kind]), "bearing": bearing}
        act(lambda: citations.cite(world.person(who), newest(Finding), **cited))

    @rule(who=who)
    def takes_a_citation_back(self, who):
        """The newest one."""
        act(lambda: citations.withdraw_citation(world.person(who), newest(Citation), reason="It says something else."))

    @rule(pair=st.sampled_from([*[None] * 9, ("rhea", "ines"), ("rhea", "dora"), ("nora", "lena"), ("dora", "ines")]))
    def turns_out(self, pair):
        """Two accounts are one person's, whatever she did under each."""
        if pair and not self.same:
            self.same = pair
            act(inquired.same_person, *pair)

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
        if judged.case().stage is Stage.CLOSED and newest(Outcome).number > self.seen:
            outcome = newest(Outcome)
            self.seen = outcome.number
            CLOSINGS.append(outcome.reviewed)
            closed_by_the_rules(outcome, lambda user: self.same if user.name.lower() in self.same else user.name)


@pytest.mark.alters
@pytest.mark.parametrize("walks", [pytest.param(14, id="14"), pytest.param(300, id="300", marks=pytest.mark.full)])
def test_no_sequence_of_verbs_closes_a_case_against_the_rules(another, walks):
    CLOSINGS.clear()
    Inquiry.another = staticmethod(another)
    quick = settings(
        max_examples=walks, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),  # each step is a transaction: shrinking takes minutes
    )  # fmt: skip
    run_state_machine_as_test(Inquiry, settings=quick)
    assert CLOSINGS, "no sequence led to a closing: nothing was tried"
