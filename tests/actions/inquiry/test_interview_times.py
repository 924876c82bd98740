"""The times of an interview: an offer that came first, and nothing that is still to come once it was held."""

import pytest

from tests.builders.build_interview import BEGAN, OFFERED, closed, engaged, held, planned, text
from tests.builders.build_material import NOWHEN
from tracker.actions.inquiry import interview_rules
from tracker.analysis.moments import stated
from tracker.audit.doors import Refused
from tracker.models.inquiry.words import Companion, Signature

pytestmark = pytest.mark.usefixtures("world")
LATER = stated("2031-03-22 10:00", "UTC")


@pytest.mark.parametrize(
    "offer", [{}, {"companion": Companion.DECLINED}, {"offered": BEGAN, "companion": Companion.NOT_OFFERED}]
)
def test_weingarten_needs_the_offer(offer):
    with pytest.raises(Refused, match="when a representative was offered"):
        engaged(planned(), advisement=text("weingarten"), **offer)


def test_weingarten_is_offered_before_the_first_question():
    late = {**OFFERED, "offered": stated("2018-03-22 10:01", "UTC")}
    with pytest.raises(Refused, match="before the first question"):
        engaged(planned(), advisement=text("weingarten"), **late)
    assert engaged(planned(), advisement=text("weingarten"), **OFFERED).rule == "offer_first"


@pytest.mark.parametrize(
    ("offered", "started"),
    [
        (stated("2018-03-22", "UTC"), BEGAN),
        (stated("2018-03-22 10:05", "UTC", "before"), BEGAN),
        (stated("2018-03-22 10:00", "UTC"), BEGAN),
        (OFFERED["offered"], stated("2018-03-22", "UTC")),
        (OFFERED["offered"], stated("2018-03-22 11:00", "UTC", "before")),
    ],
)
def test_an_offer_that_may_have_come_too_late_is_told_more_precisely(offered, started):
    with pytest.raises(Refused, match="Enter more precise times for the offer and the start"):
        engaged(planned(), advisement=text("weingarten"), **{**OFFERED, "offered": offered, "started": started})


def test_an_offer_on_an_earlier_day_came_first_and_one_without_a_start_is_awaited():
    early = {**OFFERED, "offered": stated("2018-03-21", "UTC")}
    assert engaged(planned(), advisement=text("weingarten"), **early).offered.precision == "day"
    assert engaged(planned(), advisement=text("weingarten"), **{**early, "started": NOWHEN}).rule == "offer_first"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"started": LATER}, "^The start time is in the future"),
        ({"offered": LATER}, "^The time of the offer is in the f"),
    ],
)
def test_what_is_still_to_come_was_not_held(said, sentence):
    interview = planned(planned_for=LATER, notice_given=LATER)
    with pytest.raises(Refused, match=f"{sentence}.*Enter when the "):
        engaged(interview, **said)
    assert interview.state == "planned"
    with pytest.raises(Refused, match=sentence):
        engaged(held(), **said)


@pytest.mark.parametrize(("name", "sentence"), [("ended", "end time"), ("signed", "time of signature or refusal")])
def test_what_was_held_did_not_end_or_get_signed_in_the_future(name, sentence):
    with pytest.raises(
        Refused, match=f"^The {sentence} is in the future. Enter when (the interview ended|it happened)"
    ):
        closed(held(), **{name: LATER})


def test_times_that_are_not_known_break_nothing():
    interview = closed(planned(), ended=NOWHEN, break_minutes=600, signature=None)
    assert interview_rules.broken_rules(interview, interview_rules.ALWAYS) == []
    day = closed(engaged(planned(), started=stated("2018-03-22", "UTC")), break_minutes=60, signature=None)
    assert interview_rules.broken_rules(day, interview_rules.ALWAYS) == []


@pytest.mark.parametrize("signature", list(Signature))
def test_nobody_signs_before_the_interview_begins(signature):
    said = {"signature": signature, "refusal": "" if signature is Signature.SIGNED else "None was given"}
    with pytest.raises(Refused, match=r"^The signature or refusal cannot be before the start time"):
        closed(held(), signed=stated("2001-03-22 11:00", "UTC"), **said)


@pytest.mark.parametrize("signed", [stated("2018-03-22", "UTC"), stated("2018-03-22 10:30", "UTC"), NOWHEN])
def test_a_time_of_signing_that_may_lie_after_the_beginning_stands(signed):
    assert closed(held(), signed=signed).signed == signed
