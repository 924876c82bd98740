"""The pages of interviews: the list, planning, one interview, its end, and how evenly people were treated."""

import pytest

from tests import world as people
from tests.builders.build_interview import BEGAN, designated, engaged, held, planned, text
from tests.builders.build_material import person
from tests.readers.pages import Page
from tracker.actions.disclosure import conflicts
from tracker.base import db
from tracker.models.disclosure.words import Confidence
from tracker.models.inquiry.interviews import Interview

HERE = "/cases/LK-AAAA/interviews"


@pytest.fixture
def ines(browse):
    return browse("ines")


def only(number=1):
    db.session().expire_all()
    return db.session().scalars(Interview.of(people.case()).where(Interview.number == number)).one()


def test_a_case_without_interviews_says_what_to_do_next(ines, browse):
    page = ines.get(HERE).text
    assert f'href="{HERE}/new"' in page
    assert "0 interviews were held with 0 people" in page
    assert page.count(f'href="{HERE}/new"') == 1
    assert "Filter" not in page
    otto = browse("otto").get(HERE).text
    assert f'href="{HERE}/new"' not in otto
    assert "Plan the first" not in otto
    assert "No interviews to compare yet" in browse("otto").get(f"{HERE}/fair-treatment").text


def test_an_interview_is_planned_with_the_person_alone(ines):
    person()
    assert ines.post_form(f"{HERE}/new").status_code == 422
    assert ines.post_form(f"{HERE}/new", person="P-009").status_code == 422
    answer = ines.post_form(f"{HERE}/new", person="p-1")
    assert (answer.status_code, answer.location) == (303, f"{HERE}/1")
    assert (only().klass, only().state) == ("Anybody", "planned")


def test_everything_of_the_plan_is_kept(ines):
    person()
    handler = str(text("handler").id)
    ines.post_form(
        f"{HERE}/new", {"planned_for": "2018-03-22 10:00", "notice_given": "2018-03-20 10:00"},
        person="P-001", questions=handler, voluntary="required", notice="By letter", planning="The copies",
    )  # fmt: skip
    made = only()
    assert (made.questions.key, made.voluntary, made.planned_for, made.notice, made.planning) == (
        "handler", "required", BEGAN, "By letter", "The copies",
    )  # fmt: skip


def test_who_is_no_subject_is_refused_and_what_was_typed_stays(ines):
    aide = person()
    answer = ines.post_form(f"{HERE}/new", person="P-001", capacity="subject", planning="What she knows")
    assert answer.status_code == 409
    assert "P-001 can only be interviewed as a witness until" in answer.text
    assert "What she knows" in answer.text
    designated(aide)
    assert ines.post_form(f"{HERE}/new", person="P-001", capacity="subject").status_code == 303


def test_a_person_is_offered_where_her_page_leads_to_a_plan(ines):
    person()
    assert f'href="{HERE}/new?person=P-001"' in ines.get("/cases/LK-AAAA/people/1").text
    assert 'value="P-001"' in ines.get(f"{HERE}/new?person=P-001").text


def test_the_page_of_a_person_shows_her_interviews(ines, browse):
    first = person()
    planned(first)
    planned(person())
    page = browse("otto").get("/cases/LK-AAAA/people/1").text.partition('id="interviews"')[2]
    assert f'href="{HERE}/1"' in page
    assert f'href="{HERE}/2"' not in page
    assert f'href="{HERE}?person=1"' in page


def test_the_list_filters_and_sorts(ines):
    one, two = person(), person()
    held(two)
    planned(one, questions=text("handler"))
    for query, rows in (
        ("person=P-001", [2]), ("person=2", [1]), ("state=held", [1]), ("questions=handler", [2]),
        ("questions=general", [1]), ("capacity=subject", []), ("sort=person", [2, 1]), ("sort=-number", [2, 1]),
        ("sort=-started", [1, 2]), ("person=nobody", []),
    ):  # fmt: skip
        body = ines.get(f"{HERE}?{query}").text.partition("<tbody>")[2]
        shown = [number for number in (1, 2) if f'href="{HERE}/{number}"' in body]
        assert sorted(shown, key=lambda number: body.index(f'href="{HERE}/{number}"')) == rows, query
    assert "No results match" in ines.get(f"{HERE}?capacity=subject").text


def test_a_new_version_of_the_questions_is_the_same_class(ines, browse):
    planned()
    browse("ada").post_form(f"/standard-texts/{text('general').id}/versions/new", text="1. What happened?")
    planned()
    assert "2 interviews" in ines.get(f"{HERE}?questions=general").text


@pytest.mark.gate("plans a hundred and thirty interviews")
def test_a_hundred_and_thirty_interviews_of_ninety_people(ines):
    crowd = [person() for _ in range(90)]
    for number in range(130):
        engaged(planned(crowd[number % 90]))
    assert "130 interviews were held with 90 people." in ines.get(HERE).text
    assert f'href="{HERE}/130"' in ines.get(f"{HERE}?sort=-number").text
    page = ines.get(f"{HERE}/fair-treatment").text
    assert "130 interviews with 90 people" in page
    assert "Nothing stands out." in page


def test_two_counts_with_their_sources_stand_side_by_side(ines):
    new = "/cases/LK-AAAA/conflicts/new?thing=case&field=interviews"
    assert new.replace("&", "&amp;") in ines.get(HERE).text
    answer = ines.post_form(new, value="About 60", source="An agency report", confidence="low")
    assert (answer.status_code, answer.location) == (303, HERE)
    conflicts.record_conflict(
        people.person("lena"), people.case(), field="interviews", value="More than 300", source="A minister's answer",
        confidence=Confidence.MEDIUM,
    )  # fmt: skip
    page = ines.get(HERE).text
    assert "About 60" in page
    assert "More than 300" in page
    assert "Number of interviews" in ines.get("/cases/LK-AAAA/conflicts").text


def test_opening_an_interview_is_recorded_once(browse, entries):
    planned(person(name="Somebody Real", post="Aide"))
    otto, before = browse("otto"), len(entries())
    page = otto.get(f"{HERE}/1").text
    assert [entry["act"] for entry in entries()[before:]] == ["interview.read"]
    assert "Somebody Real" not in page
    assert "P-001" in page


def test_what_is_missing_is_told_with_the_way_to_it(ines, browse):
    planned()
    page = ines.get(f"{HERE}/1").text
    for part, sentence in (
        ("engagement#started", "Enter the start time."),
        ("narrative#narrative", "Enter the free narrative."),
    ):
        assert f'<a href="{HERE}/1/{part}">{sentence}</a>' in page


def test_what_was_never_held_is_cancelled_with_its_reason(ines):
    planned()
    assert ines.post_form(f"{HERE}/1/cancellation").status_code == 422
    assert ines.post_form(f"{HERE}/1/cancellation", why_ended="On leave").status_code == 303
    page = ines.get(f"{HERE}/1").text
    assert "Cancelled. This interview was not held." in page
    assert "On leave" in page
    assert f'href="{HERE}/1/narrative"' not in page
    later = planned()
    form = Page(ines.get(f"{HERE}/2/cancellation").text).form_to(f"{HERE}/2/cancellation", "")
    engaged(later)
    assert f"{HERE}/2/cancellation" not in ines.get(f"{HERE}/2").text
    late = form.filled({"why_ended": "Second thoughts", "lock_version": str(later.lock_version)})
    for answer in (ines.get(f"{HERE}/2/cancellation"), ines.post(f"{HERE}/2/cancellation", data=late)):
        assert (answer.status_code, "cannot be cancelled" in answer.text) == (409, True)
