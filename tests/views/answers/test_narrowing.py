"""The page of a narrowing: its whole state in the address, the same as a file, and never a bare number."""

import csv
import io

import pytest

from tests.builders.build_access import access, claim, disclosure, person_level, two_versions, utc
from tests.builders.build_inquiry import confirmed, eliminated
from tests.builders.build_material import person
from tracker.models.access.words import Level, Strength

HERE = "/cases/LK-AAAA/narrowing"


@pytest.fixture
def steps(world):
    """Five people: two inside the window of the claim, of whom one is eliminated."""
    card, _, second, one = two_versions()
    for level in (Level.E3, Level.E2):
        access(person(), card, version=second, level=level, since=utc("2018-03-20 11:00"))
    away = person()
    access(person(), card, since=utc("2018-03-20 12:00"))  # names no version
    person()
    confirmed(eliminated(away, one, strength=Strength.X1))


def filed(reader, query=""):
    return list(csv.DictReader(io.StringIO(reader.get(f"{HERE}.csv{query}").text)))


def test_before_the_check_there_is_one_sentence_and_no_file(browse, world):
    access(since=utc("2018-03-20 11:00"))
    for number in (1, 2):
        disclosure(published=utc(f"2018-03-2{number} 11:00"))
    for url in (HERE, "/cases/LK-AAAA/overlap"):
        text = browse("lena").get(url).text
        assert [words for words in ("P-001", "on all grounds", "by function") if words in text] == []
        assert browse("lena").get(f"{url}.csv").status_code == 409


def test_without_people_or_steps_it_says_how_to_begin(browse, world):
    person_level()
    assert "No people yet" in browse("ines").get(HERE).text
    person()
    assert "No steps yet" in browse("ines").get(HERE).text


def test_the_result_never_stands_without_coverage_hypotheses_and_alternatives(browse, steps, last_entry):
    text = browse("lena").get(HERE).text
    assert last_entry()["act"] == "narrowing.read"
    for words in (
        "At least 2 and at most 3 of 5 people are left on all grounds. On strong grounds alone, 4 are left.",
        "CARDS v2: Based on 3 known holders", "10 hypotheses are still possible", "H1: Authorised briefing",
        "1 person is set aside on weak grounds alone.", "No record is weak ground", "unclear records alone",
        "Was elsewhere. Strength X1: strong.",
    ):  # fmt: skip
        assert words in text.replace("\u00a0", " "), words
    assert 'role="img" aria-label="People left after each step.' in text


def test_steps_are_left_out_and_ordered_by_the_address_alone(browse, steps):
    lena = browse("lena")
    text = lena.get(HERE).text
    assert f'href="{HERE}?off=c1.1#c1.1"' in text
    assert f'href="{HERE}?order=e1,c1.1#e1"' in text
    whole, other = filed(lena), filed(lena, "?order=e1,c1.1")
    assert [(row["kind"], row["remaining_strong"], row["remaining_at_least"], row["remaining"]) for row in whole] == [
        ("population", "5", "5", "5"), ("claim", "5", "2", "3"), ("elimination", "4", "2", "3"),
    ]  # fmt: skip
    assert [row["kind"] for row in other] == ["population", "elimination", "claim"]
    assert other[-1]["people"] == whole[-1]["people"] == "P-001;P-002;P-004"
    without = filed(lena, "?off=c1.1")
    assert (without[-1]["people"], len(without)) == ("P-001;P-002;P-004;P-005", 2)
    assert "Put back" in lena.get(f"{HERE}?off=c1.1,e1").text


def test_a_step_that_is_gone_is_said_and_no_file_leaves(browse, steps):
    assert "This case has no step e9 now." in browse("lena").get(f"{HERE}?order=e9").text
    assert browse("lena").get(f"{HERE}.csv?off=e9").status_code == 422


def test_claim_who_had_access_and_matrix_lead_there(browse, steps):
    lena = browse("lena")
    for url in ("disclosures/1/claims/1", "disclosures/1/claims/1/who-had-access", "matrix"):
        assert HERE in lena.get(f"/cases/LK-AAAA/{url}").text, url


def test_nobody_left_and_many_steps(browse, steps, world):
    card_claim = claim(disclosure(published=utc("2018-03-01")), version=None)
    assert card_claim.version_id is None
    text = browse("lena").get(HERE).text
    assert "0 of 5 people are left on all grounds" in text
    assert "Nobody is left." in text
