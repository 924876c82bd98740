"""The pages of contacts: what is known, what is not, and the sentence that stands on each of them."""

import pytest

from tests.builders.build_exhibit import press_contact
from tests.builders.build_material import person
from tracker.models.inquiry.words import Basis
from tracker.models.words import Answer

HERE = "/cases/LK-AAAA/press-contacts"
SENTENCE = "A record of contact does not show what was said."
CALL = {
    "person": "P-001", "with_whom": "A reporter of The Courier", "at": "2019-04-23 17:31", "minutes": "11",
    "channel": "Telephone", "basis": "volunteered", "content_known": "no",
}  # fmt: skip


@pytest.fixture
def ines(browse):
    return browse("ines")


@pytest.fixture
def aide(world):
    return person()


def test_an_empty_list_says_that_no_record_is_no_evidence(ines, browse):
    page = ines.get(HERE).text
    assert "Giving no record is not evidence." in page
    assert SENTENCE in page
    assert f"{HERE}/new" not in browse("rhea").get(HERE).text


def test_a_call_of_eleven_minutes_is_entered_without_what_was_said(ines, aide):
    answer = ines.post_form(f"{HERE}/new?person=P-001", CALL)
    assert (answer.status_code, answer.location) == (303, f"{HERE}/1")
    page = ines.get(f"{HERE}/1").text
    for words in (SENTENCE, "11 minutes", "Volunteered by the person", "Not known"):
        assert words in page
    assert SENTENCE in ines.get(HERE).text
    assert "A reporter of The Courier" in ines.get("/cases/LK-AAAA/people/1").text


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"person": "P-099"}, 422, "No person in this case"),
        ({"with_whom": ""}, 422, "Enter an outlet or a post."),
        ({"basis": ""}, 422, "Choose how the contact became known."),
        ({"minutes": "-1"}, 422, "Enter whole minutes"),
        ({"minutes": "9" * 30}, 422, "Enter whole minutes"),
        ({"content": "Words"}, 409, "or choose that it is known"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(ines, aide, fields, status, words):
    answer = ines.post_form(f"{HERE}/new", {**CALL, "source": "Call record", **fields})
    assert (answer.status_code, words in answer.text, "Call record" in answer.text) == (status, True, True)


def test_a_corrected_press_contact_is_struck_through(ines, aide):
    press_contact(aide)
    answer = ines.post_form(f"{HERE}/1/correct", why_corrected="The bill says twelve", minutes="12")
    assert (answer.status_code, answer.location) == (303, f"{HERE}/2")
    assert "no longer counts: The bill says twelve" in ines.get(f"{HERE}/1").text
    assert "12 minutes" in ines.get(f"{HERE}/2").text
    assert '<tr class="struck">' in ines.get(HERE).text
    assert f"{HERE}/1" not in ines.get("/cases/LK-AAAA/people/1").text
    assert ines.post_form(f"{HERE}/1/correct", why_corrected="Again").status_code == 409


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [2, 1, 3]), ("person=P-1", [1]), ("person=2", [2, 3]), ("basis=log", [2]), ("content_known=yes", [3]),
        ("q=invitation", [3]), ("q=courier", [2, 1, 3]), ("state=uncorrected", [2, 1, 3]), ("sort=number", [1, 2, 3]),
        ("person=x", []),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_and_sorted(ines, aide, query, numbers):
    other = person()
    press_contact(aide)
    press_contact(other, at="2018-03-01", basis=Basis.LOG, minutes=None)
    press_contact(other, at="2018-04-01", content_known=Answer.YES, content="An invitation", minutes=1)
    page = ines.get(f"{HERE}?{query}").text
    found = {number: page.find(f'<a href="{HERE}/{number}">') for number in (1, 2, 3)}
    assert sorted((n for n in found if found[n] > 0), key=found.get) == numbers
    assert ("Enter the pseudonym in the form P-014." in page) is (query == "person=x")


@pytest.mark.slow("records more contacts than a page shows")
def test_a_person_page_shows_the_first_press_contacts(ines, aide):
    for _ in range(21):
        press_contact(aide)
    page = ines.get("/cases/LK-AAAA/people/1").text
    assert "The first 20 are shown." in page
    assert f'href="{HERE}?person=1"' in page
