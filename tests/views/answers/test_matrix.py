"""The matrix and its questions: chips that combine, an answer in a sentence, and nothing before the check."""

import pytest

from tests.builders.build_access import access, disclosure, person_level, utc
from tests.builders.build_material import material, person, version
from tracker.models.access.words import Level

HERE = "/cases/LK-AAAA/matrix"


@pytest.fixture
def held(world):
    one = version(material("CARDS"), label="v1")
    both = version(one.material, label="v2")
    access(person(unit="Desk"), one.material, version=one, since=utc("2019-04-01 10:00"), level=Level.E3)
    access(person(unit="Desk"), one.material, version=both, since=utc("2019-04-01 12:00"), level=Level.E4)
    access(person(), one.material, since=utc("2019-04-01 10:00"), level=Level.E5)
    disclosure(published=utc("2019-04-01 11:00"))
    return one


def test_before_the_check_there_is_one_sentence_and_no_row(browse, held):
    page = browse("lena").get(HERE).text
    assert "P-001" not in page
    assert browse("lena").get(f"{HERE}.csv").status_code == 409


def test_people_stand_beside_versions_and_disclosures(browse, held, last_entry):
    person_level()
    lena = browse("lena")
    page = lena.get(HERE).text
    assert last_entry()["act"] == "matrix.read"
    assert page.count('scope="row"') == 4  # three people, and how many have confirmed access
    assert "version?" in page
    assert "D1 A daily" in lena.get(f"{HERE}?by=disclosures").text
    assert "CARDS v1 E3 (1)" in lena.get(f"{HERE}.csv").text
    names = browse("otto").get(HERE).text
    assert "P-001" in names


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("has=1.1", "At least 1 and at most 2 people are found: a record of CARDS v1."),
        (
            "has=1.1&lacks=1.2",
            "At least 1 and at most 2 people are found: a record of CARDS v1; no record of CARDS v2.",
        ),
        ("lacks=1.1&unit=Desk", "1 person is found: no record of CARDS v1; of the unit Desk."),
        ("before=2019-04-01+11:00&evidence=confirmed&has=1.2", "At least 0 and at most 1 people are found"),
        ("all_of=1&interviewed=no&eliminated=no", "2 people are found: records before each of the disclosures 1"),
    ],
)
def test_the_answer_is_a_sentence_with_both_readings(browse, held, asked, sentence):
    person_level()
    page = browse("lena").get(f"{HERE}?{asked}").text.replace("&nbsp;", " ")
    assert sentence in page
    assert "CARDS v1: Based on" in page


def test_a_disclosure_that_is_not_there_is_said_at_its_field(browse, held):
    person_level()
    lena = browse("lena")
    assert "This case has no disclosure 7." in lena.get(f"{HERE}?all_of=1,7").text
    for odd in ("9" * 20, "\N{SUPERSCRIPT TWO}", "1, two"):
        assert "Enter the numbers of disclosures, such as 1, 2." in lena.get(f"{HERE}?all_of={odd}").text


def test_many_versions_stand_on_several_pages(browse, held):
    person_level()
    for number in range(3, 15):
        version(held.material, label=f"v{number}")
    lena = browse("lena")
    assert "Versions 1 to 12 of 14" in lena.get(HERE).text
    assert "Versions 13 to 14 of 14" in lena.get(f"{HERE}?columns=2").text
