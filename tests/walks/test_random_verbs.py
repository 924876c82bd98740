"""Random verbs by random people: whatever they do, no case closes without the people and texts the rules demand."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests import world
from tests.builders import build_case, build_inquiry, build_interview, next_acts
from tests.builders.build_case import newest
from tests.builders.closing_rules import closed_by_the_rules
from tracker.actions.case import roles, stages
from tracker.actions.findings import citations, outcomes
from tracker.models.access.people import Person
from tracker.models.case.stages import Suspension
from tracker.models.case.words import ProtectionResult, Role, Stage
from tracker.models.findings.citations import MODELS, Citation
from tracker.models.findings.findings import Finding
from tracker.models.findings.known_sources import KnownSource
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.words import Bearing, Cited, Conclusion, Happened, Source, Verdict
from tracker.models.inquiry.lines_of_inquiry import LineOfInquiry
from tracker.policy.refusals import Denied, Refused, Stale

PEOPLE = ("lena", "ines", "rhea", "cora", "dora", "otto", "nora")
NO = (Denied, Refused, Stale, AttributeError)  # the last: there is nothing yet to do it to
CLOSINGS: list[bool] = []  # whether each was reviewed
STARTS = [
    (Stage.REVIEW, "outcome approved"),
    (Stage.REVIEW, "approved"),
    (Stage.RIGHT_OF_REPLY, "replied"),
    (Stage.INTAKE,),
]
who = st.sampled_from(PEOPLE)
verdicts = st.sampled_from([Verdict.APPROVED, Verdict.APPROVED, Verdict.RETURNED])


def act(perform: Any, *args: Any, **details: Any) -> None:
    """Try it; being refused is an ordinary answer."""
    build_case.db.session().rollback()
    with suppress(*NO):
        perform(*args, **details)


def verb(**draws: Any) -> Any:
    """Mark a method as one of the verbs, with what is drawn for it."""

    def mark(method: Any) -> Any:
        method.draws = draws
        return method

    return mark


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

    @initialize(start=st.sampled_from(STARTS), alone=st.sampled_from([False, False, True]))
    def begins(self, start, alone):
        """Somewhere on the way; sometimes nobody reviews the case any more."""
        build_case.ready(*start)
        if alone:
            held = next(one for one in build_case.case().assignments if one.role is Role.REVIEWER)
            roles.end_assignment(world.person("lena"), held, reason="x")
            stages.waive_review(world.person("cora"), build_case.case(), reason="x")

    @rule(data=st.data(), ordinary=st.booleans())
    def step(self, data, ordinary):
        """One rule for all verbs: of many, hypothesis would leave some out of a walk."""
        name = "does_what_is_asked" if ordinary else data.draw(st.sampled_from(VERBS))
        method = getattr(self, name)
        method(**{name: data.draw(strategy) for name, strategy in method.draws.items()})

    @verb(
        who=who,
        result=st.sampled_from([ProtectionResult.PROCEED, ProtectionResult.PROCEED, ProtectionResult.STOP_AND_REFER]),
    )
    def protection_checks(self, who, result):
        """The screen."""
        said = {"result": result, "answered_on": "2018-03-21", "reason": "x"}
        act(lambda: build_case.cases.record_protection_check(world.person(who), build_case.case(), **said))

    @verb(who=who, happened=st.sampled_from([None, Happened.ALREADY_PUBLIC]), more=st.booleans())
    def appraises(self, who, happened, more):
        """A claim or not, and an assessment."""
        if more:
            act(build_case.claim)
        words = {"reason": "So.", "damage": build_case.Answer.NO, "damage_reason": "So."}
        assess = build_case.assessments.assess_case
        act(lambda: assess(world.person(who), build_case.case(), happened=happened, **words))

    @verb(who=who, verdict=verdicts)
    def agrees(self, who, verdict):
        """An answer to the assessment."""
        act(build_case.agree, verdict, who)

    @verb(who=who, to=st.sampled_from(list(Stage)))
    def moves(self, who, to):
        """A move."""
        act(build_case.move, to, "Because.", who)

    @verb(steps=st.integers(1, 4), forgotten=st.sampled_from([None, *next_acts.PARTS]), more=st.booleans())
    def does_what_is_asked(self, steps, forgotten, more):
        """Everybody's part in the next steps, but for one that is forgotten; perhaps about something new."""
        for new in (build_case.reopen, next_acts.new_line, build_case.find) if more else ():
            act(new)
        for _ in range(steps):
            for part, perform in next_acts.parts() if build_case.case().stage is not Stage.CLOSED else ():
                if part != forgotten:
                    act(perform)
            act(next_acts.step)

    @verb(conclusion=st.sampled_from([*Conclusion, None]))
    def finds(self, conclusion):
        """A finding."""
        act(build_case.find, conclusion=conclusion)

    @verb(who=who, step=st.sampled_from(["submit", "approve", "edit", "reply", "line", "take back"]), verdict=verdicts)
    def handles(self, who, step, verdict):
        """What happens to a finding or a line."""
        account, found = world.person(who), newest(Finding)
        steps = {
            "submit": lambda: build_case.submit_finding(account, found),
            "approve": lambda: build_case.review_finding(account, found, verdict),
            "take back": lambda: build_case.findings.withdraw_finding(account, found),
            "edit": lambda: build_case.change_finding(account, found, reasoning=f"{found.reasoning}."),
            "reply": lambda: build_case.put_reply(account, found),
            "line": lambda: build_case.close_line_of_inquiry(account, newest(LineOfInquiry)),
        }
        act(steps[step])

    @verb(who=who, kind=st.sampled_from(Cited), bearing=st.sampled_from(Bearing), seals=st.booleans())
    def cites(self, who, kind, bearing, seals):
        """Something is cited for or against, perhaps an interview that was just sealed."""
        if seals:
            act(lambda: build_interview.sealed(newest(Person), who=who))
        if (thing := newest(MODELS[kind])) is not None:  # there is nothing of this kind to cite yet
            cited = {"kind": kind, "thing": thing, "bearing": bearing}
            act(lambda: citations.cite(world.person(who), newest(Finding), **cited))

    @verb(who=who)
    def takes_a_citation_back(self, who):
        """The newest one."""
        act(lambda: citations.withdraw_citation(world.person(who), newest(Citation), reason="It says something else."))

    @verb(pair=st.sampled_from([*[None] * 9, ("rhea", "ines"), ("rhea", "dora"), ("nora", "lena"), ("dora", "ines")]))
    def turns_out(self, pair):
        """Two accounts are one person's, whatever she did under each."""
        if pair and not self.same:
            self.same = pair
            act(build_inquiry.same_person, *pair)

    @verb(who=who, source=st.sampled_from([Source.NOT_IDENTIFIED, Source.PERSON_ADMITTED]), short=st.booleans())
    def drafts(self, who, source, short):
        """A draft of the outcome, or another text of it."""
        axes = {**build_case.AXES, "sources": (KnownSource(source),)}
        axes["happened"] = Happened.ALREADY_PUBLIC if short else Happened.UNDETERMINED
        act(lambda: outcomes.draft_outcome(world.person(who), build_case.case(), **axes))
        act(
            lambda: outcomes.edit_outcome(
                world.person(who), newest(Outcome), lock_version=newest(Outcome).lock_version, **axes
            )
        )
        act(lambda: build_case.submit(newest(Outcome), who))

    @verb(who=who, verdict=verdicts)
    def approves(self, who, verdict):
        """An answer to the draft."""
        act(build_case.approve, verdict, who)

    @verb(who=st.sampled_from([*PEOPLE, "dora", "dora"]))
    def closes(self, who):
        """The closing."""
        act(build_case.close, who)

    @verb(who=who)
    def reopens(self, who):
        """The reopening."""
        act(build_case.reopen, who)

    @verb(who=who, lift=st.booleans())
    def suspends(self, who, lift):
        """A suspension."""
        act(lambda: stages.suspend_case(world.person(who), build_case.case(), reason="x"))
        if lift:
            act(lambda: stages.lift_suspension(world.person("lena"), newest(Suspension), reason="x"))

    @verb(who=who)
    def forgoes(self, who):
        """A review waived."""
        act(lambda: stages.waive_review(world.person(who), build_case.case(), reason="x"))

    @verb(role=st.sampled_from([Role.REVIEWER, Role.DECIDING_OFFICIAL]), new=st.sampled_from(["nora", "otto", "ines"]))
    def replaces(self, role, new):
        """Somebody else takes a role."""
        held = next((one for one in build_case.case().assignments if one.role is role and not one.is_over), None)
        act(lambda: roles.end_assignment(world.person("lena"), held, reason="x"))
        act(lambda: roles.offer_role(world.person("lena"), build_case.case(), email=world.email(new), role=role))
        offer = build_case.case().assignments[-1]
        act(lambda: roles.accept_role(world.person(new), offer, declaration="None."))

    @invariant()
    def no_case_is_closed_against_the_rules(self):
        """Asked of the rows themselves, not of the gates."""
        build_case.db.session().rollback()
        if build_case.case().stage is Stage.CLOSED and newest(Outcome).number > self.seen:
            outcome = newest(Outcome)
            self.seen = outcome.number
            CLOSINGS.append(outcome.reviewed)
            closed_by_the_rules(
                outcome, lambda account: self.same if account.name.lower() in self.same else account.name
            )


VERBS = [name for name, method in vars(Inquiry).items() if hasattr(method, "draws")]


@pytest.mark.alters
@pytest.mark.gate("walks, each step of them a transaction")
@pytest.mark.parametrize("walks", [pytest.param(16, id="16"), pytest.param(300, id="300", marks=pytest.mark.full)])
def test_no_sequence_of_verbs_closes_a_case_against_the_rules(another, walks):
    CLOSINGS.clear()
    Inquiry.another = staticmethod(another)
    quick = settings(
        max_examples=walks, stateful_step_count=12, derandomize=walks < 100, deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),  # each step is a transaction: shrinking takes minutes
    )  # fmt: skip
    run_state_machine_as_test(Inquiry, settings=quick)
    assert set(CLOSINGS) == {True, False}, "no sequence led to a closing of each kind: too little was tried"
