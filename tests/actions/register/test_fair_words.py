"""A reason without a letter is none, wherever a rule asks for words."""

import pytest

from tests.builders.build_access import person_level
from tests.builders.build_inquiry import designated, eliminated, hypothesis
from tests.builders.build_interview import accounted, closed, engaged, held, planned, seal, text
from tests.builders.build_material import person
from tracker.actions.case import stages
from tracker.actions.findings import decisions
from tracker.actions.inquiry import hypotheses, interviews
from tracker.analysis.letters import says
from tracker.audit.doors import Refused
from tracker.models.findings.replies import Reply
from tracker.models.inquiry import words
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.words import Signature, Voluntary

pytestmark = pytest.mark.usefixtures("world")
NOTHING = ["\u200b", "-", "\u2060\ufeff", "\u3164", " \u00a0\u200d", ""]
UNSEEN = NOTHING[0]


@pytest.mark.parametrize("text", NOTHING)
def test_what_leaves_no_mark_says_nothing(text):
    assert not says(text)
    assert says(text + "7")


def stopped(world):
    interview, why = held(), {"advisement": text("miranda"), "why_ended": UNSEEN}
    interviews.stop_interview(world.person("ines"), interview, lock_version=interview.lock_version, **why)


def cancelled(world):
    interviews.cancel_interview(world.person("ines"), planned(), lock_version=1, why_ended=UNSEEN)


def without_evidence(_world):
    person_level()
    eliminated(evidence=UNSEEN)


def without_alternatives(_world):
    person_level()
    designated(person(), alternatives=UNSEEN)


def unnamed(world):
    stages.suspend_case(world.person("lena"), world.case(), reason=UNSEEN)


def decided(world):
    decisions.log_decision(world.person("ines"), world.case(), what="We ask nobody yet.", reason=UNSEEN)


def left(world):
    hypotheses.record_test_result(
        world.person("ines"), hypothesis(), lock_version=1, state=words.Tested.NOT_TESTED, reason=UNSEEN
    )


def demanded(_world):
    engaged(planned(voluntary=Voluntary.REQUIRED), advisement=text("kalkines"), declination=UNSEEN)


REFUSED = [
    (demanded, "prosecutor's declination"),
    (lambda _: seal(closed(held(), signature=Signature.REFUSED, refusal=UNSEEN)), "why the statement is not signed"),
    (lambda _: accounted(planned(), narrative=UNSEEN, clarified="Why then?"), "free narrative before"),
    (cancelled, r"^Enter the reason\.$"),
    (stopped, r"^Enter the reason\.$"),
    (without_evidence, "Nobody is eliminated without evidence"),
    (without_alternatives, "what else could explain the evidence"),
    (left, "a readable reason"),
    (unnamed, "Enter the reason"),
    (decided, "the decision and the reason"),
]


@pytest.mark.parametrize(("verb", "sentence"), REFUSED)
def test_a_reason_that_nobody_can_see_is_refused(world, verb, sentence):
    with pytest.raises(Refused, match=sentence):
        verb(world)


def test_an_unseen_reason_settles_no_hypothesis():
    assert not Hypothesis(state=words.Tested.NOT_TESTED, reason=UNSEEN).is_settled
    assert Hypothesis(state=words.Tested.NOT_TESTED, reason="The server is gone.").is_settled


def test_an_unseen_answer_answers_nothing_and_an_unseen_response_settles_nothing():
    assert not Reply(answer=UNSEEN).is_answered
    assert Reply(answer="No.").is_answered
    assert not Reply(answer="No.", response=UNSEEN).is_settled
    assert Reply(answer="No.", response="Noted.").is_settled
