"""When a step happened, beside when it was recorded; and a case that was opened by mistake."""

from datetime import timedelta

import pytest

from tests.builders import build_case, build_material
from tracker.actions import checks
from tracker.actions.access import access_records
from tracker.actions.case import mistakes, step_times
from tracker.actions.findings import decisions
from tracker.analysis.moments import Moment, stated
from tracker.audit.doors import Denied, Refused
from tracker.models.access.words import Level
from tracker.models.case.step_times import steps_of
from tracker.models.case.words import Stage

MONDAY = stated("2018-03-19", "UTC")


def dated(world, step="opening", who="lena", took_place=MONDAY, reason="It was opened by telephone."):
    return step_times.date_step(world.person(who), world.case(), step=step, took_place=took_place, reason=reason)


def test_a_step_has_the_time_it_happened_beside_the_time_it_was_recorded(world, browse):
    opened = world.case().opened
    decisions.log_decision(world.person("dora"), world.case(), what="No searches.", reason="Out of proportion.")
    build_case.move(Stage.INQUIRY)
    for step in ("opening", "decision:1", "move:1"):
        dated(world, step)
    dated(world, reason="On Monday, says the diary.")
    said = {one.name: one for one in steps_of(world.case())}
    assert said["opening"].recorded == opened == world.case().opened
    assert (said["opening"].time.reason, said["opening"].time.number) == ("On Monday, says the diary.", 4)
    page = browse("otto").get("/cases/LK-AAAA/step-times").text
    assert "On Monday, says the diary." in page
    assert "It was opened by telephone." in page  # of the two others


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"took_place": stated("2999-01-01", "UTC")}, "lies in the future"),
        ({"took_place": Moment.of()}, "Enter when the step happened"),
        ({"reason": " "}, "Enter the reason why"),
        ({"step": "decision:7"}, "Choose a step of this case"),
    ],
)
def test_what_is_no_time_of_a_step_is_refused(world, facts, sentence):
    with pytest.raises(Refused, match=sentence):
        dated(world, **facts)


def test_a_step_has_not_happened_after_it_was_recorded(world, monkeypatch):
    monkeypatch.setattr(checks, "now", lambda: world.case().opened + timedelta(days=3))
    tomorrow = str((world.case().opened + timedelta(days=1)).date())
    with pytest.raises(Refused, match="cannot have happened after it was recorded") as refused:
        dated(world, took_place=stated(tomorrow, "UTC"))
    assert refused.value.field == "took_place"


@pytest.mark.parametrize("who", ["ines", "rhea", "otto"])
def test_who_may_say_when_a_step_happened(world, who):
    with pytest.raises(Denied):
        dated(world, who=who)


def test_a_case_opened_by_mistake_is_closed_in_one_step_and_opened_again(world, browse):
    with pytest.raises(Denied):
        mistakes.close_mistake(world.person("ines"), world.case(), reason="A test.")
    with pytest.raises(Refused, match="opened by mistake"):
        mistakes.close_mistake(world.person("lena"), world.case(), reason=" ")
    mistakes.close_mistake(world.person("lena"), world.case(), reason="A double of LK-BBBB.")
    case = world.case()
    assert (case.stage, case.ending, case.happened) == (Stage.CLOSED, "opened_by_mistake", None)
    page = browse("otto").get("/cases/LK-AAAA").text
    assert "Opened by mistake" in page
    assert "A double of LK-BBBB." in page
    mistakes.reopen_mistake(world.person("lena"), world.case(), reason="It is none.")
    assert (world.case().stage, world.case().ending, world.case().closed) == (Stage.INTAKE, None, None)


def test_what_was_inquired_into_was_no_mistake(world):
    access_records.record_access(
        world.person("ines"), world.case(), person=build_material.person(), material=build_material.material("CARDS"),
        level=Level.E3, channel=None, since=MONDAY, until=Moment.of(), source="Portal", note="",
    )  # fmt: skip
    with pytest.raises(Refused, match="It closes on an outcome"):
        mistakes.close_mistake(world.person("lena"), world.case(), reason="A test.")


def test_only_a_case_in_intake_was_a_mistake(world):
    build_case.move(Stage.INQUIRY)
    with pytest.raises(Refused, match="Only a case in intake"):
        mistakes.close_mistake(world.person("lena"), world.case(), reason="A test.")
    with pytest.raises(Refused, match="Only a case that was closed"):
        mistakes.reopen_mistake(world.person("lena"), world.case(), reason="A test.")
