"""The pages of eliminations: evidence, a reviewer's answer to the text read, the check, and what exposure shows."""

import pytest

from tests.builders.build_access import access, claim, disclosure, lay_out, person_level, placed, two_versions, utc
from tests.builders.build_inquiry import confirmed, eliminated
from tests.builders.build_material import person
from tracker.actions.access import eliminations
from tracker.audit.doors import Refused
from tracker.models.access.words import Ground, Level, Strength
from tracker.models.case.words import ProtectionResult

HERE = "/cases/LK-AAAA/eliminations"
ABSENCE = "A missing access record does not eliminate anyone."


def test_the_sentence_of_the_protection_check_stands_in_place_of_the_rows(browse):
    person_level()
    eliminated()
    person_level(ProtectionResult.SEEK_ADVICE)
    for who in ("lena", "rhea", "otto"):
        text = browse(who).get(HERE).text
        assert "Protected-disclosure check: seek advice." in text
        assert "P-001" not in text
        assert browse(who).get(f"{HERE}/1").status_code == 409
        assert "P-001" not in browse(who).get(f"{HERE}/1").text
    assert browse("lena").get(f"{HERE}/new").status_code == 409
    assert browse("rhea").get(f"{HERE}/1/review").status_code == 409
    assert browse("lena").post_form(f"{HERE}/1/withdraw", reason="Advice.").location == HERE


def test_an_elimination_is_proposed_on_the_form(browse):
    person_level()
    person()
    claim(disclosure())
    ines = browse("ines")
    assert ABSENCE in ines.get(HERE).text
    assert "Propose elimination" not in browse("rhea").get(HERE).text
    assert ABSENCE in ines.get(f"{HERE}/new").text
    sent = {"person": "P-001", "disclosure": "1", "claim": "1/1", "ground": "was_elsewhere", "strength": "X2"}
    assert "Enter the evidence" in ines.post_form(f"{HERE}/new", **sent, evidence="").text
    answer = ines.post_form(f"{HERE}/new", **sent, evidence="The doors show her abroad.")
    assert (answer.status_code, answer.location) == (303, f"{HERE}/1")
    text = browse("otto").get(f"{HERE}/1").text
    for words in ("P-001", "The doors show her abroad.", "claim C1", "X2: medium", "Was elsewhere", "Proposed"):
        assert words in text


def test_a_log_must_be_named_on_the_form(browse, world):
    person_level()
    person()
    disclosure()
    lay_out(world.person("ines"), world.case())
    ines = browse("ines")
    sent = {"person": "P-001", "disclosure": "1", "ground": "absent_with_log", "strength": "X3"}
    answer = ines.post_form(f"{HERE}/new", **sent, evidence="No row.")
    assert (answer.status_code, "A missing record eliminates nobody" in answer.text) == (409, True)
    assert ines.post_form(f"{HERE}/new", **sent, evidence="Not in L1.").status_code == 303


@pytest.mark.parametrize(("verdict", "says"), [("approved", "Confirmed by Rhea"), ("returned", "Returned by Rhea")])
def test_a_reviewer_answers_on_the_page_that_shows_the_text(browse, verdict, says):
    person_level()
    one = eliminated()
    rhea = browse("rhea")
    assert one.text_sha256 in rhea.get(f"{HERE}/1/review").text
    answer = rhea.post_form(f"{HERE}/1/review", verdict=verdict, note="Which door?")
    assert answer.location == f"{HERE}/1"
    text = rhea.get(f"{HERE}/1").text
    assert says in text
    assert "Which door?" in text
    assert f'"{HERE}/1/review"' not in text


@pytest.mark.parametrize("given", ["0" * 64, "", None])
def test_no_text_is_confirmed_that_was_not_shown(browse, given):
    person_level()
    one = eliminated()
    rhea = browse("rhea")
    answer = rhea.post_form(f"{HERE}/1/review", verdict="approved", note="Read.", text_sha256=given)
    assert answer.status_code == 409
    assert "not the text you were shown" in answer.text
    assert "Read." in answer.text
    assert one.text_sha256 in answer.text
    assert "Proposed" in rhea.get(f"{HERE}/1").text


def test_a_withdrawn_one_stays_readable_struck_through(browse, world):
    person_level()
    one = confirmed(eliminated())
    assert browse("ines").post_form(f"{HERE}/1/withdraw", reason="The clock was wrong.").location == HERE
    assert 'class="struck"' in browse("otto").get(HERE).text
    text = browse("otto").get(f"{HERE}/1").text
    assert "The clock was wrong." in text
    assert "Confirmed by Rhea" in text
    with pytest.raises(Refused):
        eliminations.withdraw_elimination(world.person("ines"), one, reason="Again.")


@pytest.mark.parametrize(
    ("query", "found"),
    [("person=p-002", {2}), ("ground=created_after", {2}), ("strength=X2", {1}), ("person=nobody", set())],
)
def test_the_list_is_narrowed(browse, query, found):
    person_level()
    eliminated()
    eliminated(ground=Ground.CREATED_AFTER, strength=Strength.X1)
    text = browse("otto").get(f"{HERE}?{query}").text
    assert {number for number in (1, 2) if f'"{HERE}/{number}"' in text} == found


def test_whoever_is_eliminated_stands_apart_among_those_with_access_and_every_pitfall_is_said(browse, world):
    card, _, second, one = two_versions()
    who, other = person(), person()
    for each in (who, other):
        access(each, card, version=second, level=Level.E3, since=utc("2018-03-20 11:00"))
    made = eliminated(who, one, strength=Strength.X3, why_wrong="A clerk read it.")
    assert placed(one) == {1: "confirmed", 2: "confirmed"}
    confirmed(made)
    assert placed(one) == {1: "eliminated", 2: "confirmed"}
    text = browse("otto").get("/cases/LK-AAAA/disclosures/1/who-had-access").text
    for words in (
        "Eliminated <b>1</b>", f'"{HERE}/1"', "Eliminated, X3", "each elimination can be withdrawn",
        "Eliminated by weak evidence (X3) alone: P-001.",
        "Eliminated although records show access in the window: P-001.",
    ):  # fmt: skip
        assert words in text
    eliminations.withdraw_elimination(world.person("ines"), made, reason="The clock was wrong.")
    assert placed(one) == {1: "confirmed", 2: "confirmed"}
    assert (
        "each elimination can be withdrawn"
        not in browse("otto").get("/cases/LK-AAAA/disclosures/1/who-had-access").text
    )


def test_an_elimination_for_one_claim_excludes_for_no_more(browse):
    _, first, _, one = two_versions()
    other, who = claim(one, "Another.", version=first), person()
    confirmed(eliminated(who, one, one.claims[0]))
    assert placed(one, [one.claims[0]]) == {1: "eliminated"}
    assert placed(one, [other]) == {1: "unknown"}
    assert placed(one, [one.claims[0], other]) == {1: "unknown"}
    proposed = eliminated(who, one, other)
    badge, at = f'href="{HERE}/2">Proposed', "/cases/LK-AAAA/disclosures/1/claims"
    assert [badge in browse("otto").get(f"{at}/{number}/who-had-access").text for number in (1, 2)] == [False, True]
    confirmed(proposed)
    assert placed(one, [one.claims[0], other]) == {1: "eliminated"}
    assert placed(one, []) == {1: "unknown"}


def test_an_elimination_for_the_disclosure_excludes_for_each_of_its_claims_and_no_other_disclosure(browse):
    *_, one = two_versions()
    another, who = disclosure("A site", derived_from=[one]), person()
    confirmed(eliminated(who, one))
    assert placed(one, one.claims) == placed(one, []) == {1: "eliminated"}
    assert placed(another, []) == {1: "unknown"}
    claim(another, version=one.claims[0].version)
    confirmed(eliminated(who, another))
    assert browse("otto").get("/cases/LK-AAAA/disclosures/2/who-had-access").status_code == 200  # the client counts
