"""The pages of interviews that were stopped, and how evenly people were treated."""

import pytest
import sqlalchemy as sa

from tests.builders.build_interview import BEGAN, closed, engaged, held, planned, sealed, text
from tests.builders.build_material import person
from tests.views.inquiry.test_interviews import HERE, only
from tracker.actions.inquiry import interviews
from tracker.analysis.moments import Moment, stated
from tracker.base import db
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import Capacity, Recording


@pytest.fixture
def ines(browse):
    return browse("ines")


def test_a_caution_stops_it_and_the_page_says_to_hand_over(ines):
    held()
    page = ines.get(f"{HERE}/1/stop").text
    assert "Garrity" not in page
    assert ines.post_form(f"{HERE}/1/stop", why_ended="Custody").status_code == 422
    caution = str(text("uk-caution").id)
    assert ines.post_form(f"{HERE}/1/stop", advisement=caution, why_ended="Began to admit it").status_code == 303
    page = ines.get(f"{HERE}/1").text
    assert "Hand over to law enforcement." in page
    assert "Began to admit it" in page
    for part in ("planning", "engagement", "narrative", "closure", "seal"):
        answer = ines.get(f"{HERE}/1/{part}")
        assert (answer.status_code, "It can no longer be changed" in answer.text) == (409, True)


def test_a_stop_after_somebody_else_has_saved_is_not_lost(ines):
    interview, caution = held(), str(text("miranda").id)
    form = {"lock_version": "1", "advisement": caution, "why_ended": "In custody"}
    answer = ines.post_form(f"{HERE}/1/stop", **form)
    assert (answer.status_code, "In custody" in answer.text, interview.state) == (409, True, "held")


def test_uneven_treatment_is_marked_in_words(ines):
    for minutes in (25, 20, 30, 120):
        end = stated(f"2018-03-22 {10 + minutes // 60}:{minutes % 60:02}", "UTC")
        recording = Recording.NONE if minutes == 120 else Recording.AUDIO
        closed(held(recording=recording), ended=end, signature=None)
    planned()
    sealed()
    page = ines.get(f"{HERE}/fair-treatment").text
    assert "Interview 4: length 120 minutes. Class median: 30 minutes." in page
    assert "There is only one class." in page
    assert "1 was not held and is not compared" in page
    assert '<td class="unknown">Unknown</td>' in page


@pytest.mark.parametrize(
    ("started", "held"), [(Moment.of(), "0 interviews"), (BEGAN, "1 interview")], ids=("before", "in")
)
def test_what_was_stopped_before_it_began_is_not_compared(world, ines, started, held):
    interview = engaged(planned(), started=started)
    interviews.stop_interview(
        world.person("ines"),
        interview,
        lock_version=interview.lock_version,
        advisement=text("miranda"),
        why_ended="In custody.",
    )
    assert f"{held} with" in ines.get(f"{HERE}/fair-treatment").text


def test_whoever_plans_another_interview_is_told_that_the_person_was_handed_over(world, ines):
    aide = person()
    stopped = held(aide)
    planned(aide)
    note = "was handed over to law enforcement"
    assert note not in ines.get(f"{HERE}/2").text
    interviews.stop_interview(
        world.person("ines"),
        stopped,
        lock_version=stopped.lock_version,
        advisement=text("miranda"),
        why_ended="In custody.",
    )
    assert note in ines.get(f"{HERE}/2").text
    assert note not in ines.get(f"{HERE}/1").text


def test_an_interview_of_another_case_is_not_found(browse):
    planned()
    assert browse("ivo").get(f"{HERE}/1").status_code == 404
    assert browse("ivo").get("/cases/LK-BBBB/interviews/1").status_code == 404
    assert db.session().scalar(sa.select(sa.func.count(Interview.id))) == 1
    assert only().capacity is Capacity.WITNESS
