"""The pages of standard texts."""

import pytest

from tests.builders.build_interview import text

HERE = "/standard-texts"


@pytest.fixture
def ada(browse):
    return browse("ada")


def test_the_list_shows_what_came_with_the_program_by_kind(browse):
    page = browse("nora").get(HERE).text
    assert page.index("Garrity (US)") < page.index("EU and UK statement") < page.index("Originators and custodians")
    assert "Add text" not in page
    assert 'href="/standard-texts"' in browse("lena").get("/").text


def test_a_text_is_added_and_read_by_members(ada, browse):
    said = {"kind": "questions", "name": "Couriers", "text": "1. What did you carry?"}
    answer = ada.post_form(f"{HERE}/new", **said)
    assert answer.status_code == 303
    page = browse("lena").get(answer.location).text
    assert "1. What did you carry?" in page
    assert "Add version" not in page
    assert "couriers" in page


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({}, 422, "Choose what the text is for."),
        ({"kind": "questions", "name": "Couriers", "rule": "stop", "text": "x"}, 422, "Only an advisement"),
        ({"kind": "advisement", "name": "Garrity (US)", "text": "Mine"}, 409, "A text with this name exists"),
        ({"kind": "questions", "name": "Gui" + "lty people", "text": "Mine"}, 409, "judge a person"),
    ],
)
def test_what_cannot_be_added_is_said_and_kept(ada, typed, status, sentence):
    answer = ada.post_form(f"{HERE}/new", **typed)
    assert (answer.status_code, sentence in answer.text) == (status, True)
    assert typed.get("text", "") in answer.text


def test_a_new_version_stands_beside_the_old(ada, browse):
    old = text("garrity").id
    answer = ada.post_form(f"{HERE}/{old}/versions/new", text="Other words.")
    assert answer.status_code == 303
    page = browse("lena").get(f"{HERE}/{old}").text
    assert "This is an earlier version." in page
    assert "You are asked about your own conduct." in page
    assert answer.location in page
    assert "Add version" not in ada.get(f"{HERE}/{old}").text
    assert "Other words." in ada.get(answer.location).text
    assert ada.get(HERE).text.count("Garrity (US)") == 1


def test_a_version_of_an_earlier_one_is_refused_and_kept(ada):
    old = text("garrity").id
    ada.post_form(f"{HERE}/{old}/versions/new", text="Other words.")
    answer = ada.post_form(f"{HERE}/{old}/versions/new", text="Yet other words.")
    assert (answer.status_code, "Yet other words." in answer.text) == (409, True)


def test_an_unknown_text_is_not_found(ada):
    assert ada.get(f"{HERE}/999").status_code == 404
