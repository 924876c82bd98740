"""Assessments: made by the lead over the claims as they are, agreed to by a reviewer at exactly that text."""

import pytest

from tests.builders import build_case
from tests.builders.build_case import change_the_claim, newest
from tracker.actions.case import assessments
from tracker.actions.findings.verdicts import CHANGED
from tracker.audit.doors import Denied, Refused
from tracker.models.case.assessed_claims import assessed_sha256, claims_of, open_questions, spell
from tracker.models.case.assessments import Assessment
from tracker.models.disclosure.words import Accuracy, CheckAnswer
from tracker.models.findings.reviews import Review
from tracker.models.findings.words import Happened, Verdict
from tracker.models.words import Answer


def answered(world, assessment, who="rhea", **more):
    said = {"verdict": Verdict.APPROVED, "note": "", "text_sha256": assessment.text_sha256, **more}
    return assessments.review_assessment(world.person(who), assessment, **said)


def test_an_assessment_is_numbered_and_bound_to_the_claims_as_they_are(world, last_entry):
    build_case.claim()
    one = build_case.assess(Happened.ALREADY_PUBLIC)
    assert (one.number, one.is_short, one.by.name) == (1, True, "Lena")
    assert one.text_sha256 == assessed_sha256(one, claims_of(world.case()))
    entry = last_entry()
    assert (entry["act"], entry["d"]["text_sha256"]) == ("assessment.made", one.text_sha256)
    assert build_case.assess().number == 2


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "Other words."}, {"locator": "Page 3"}, {"accuracy": Accuracy.PARTLY}, {"accuracy_basis": "A record"},
        {"authority": "Manual"}, {"already_public": build_case.Checked(CheckAnswer.YES)},
        {"clearance": build_case.Checked(CheckAnswer.NO_ANSWER)},
    ],
)  # fmt: skip
def test_whatever_is_changed_of_a_claim_shows(world, change):
    claim = build_case.claim()
    before = spell(claims_of(world.case())[0])
    build_case.claims.edit_claim(world.person("ines"), claim, lock_version=claim.lock_version, **change)
    assert spell(claims_of(world.case())[0]) != before


def test_a_claim_more_shows(world):
    build_case.claim()
    one = build_case.assess()
    build_case.claim()
    assert assessed_sha256(one, claims_of(world.case())) != one.text_sha256


def test_unknown_is_an_answer_and_says_why(world):
    assert open_questions(build_case.claim()) == []
    unknown = [one for one in CheckAnswer if one.label.startswith("Unknown: ")]
    assert len(unknown) == 3
    for answer in unknown:
        said = build_case.claim(accuracy=Accuracy.UNKNOWN, clearance=build_case.Checked(answer))
        assert open_questions(said) == []
    bare = build_case.claim(accuracy=None, clearance=build_case.Checked(source="Press office"))
    assert open_questions(bare) == ["How accurate is it?", "Was clearance sought?"]


@pytest.mark.parametrize("name", ["reason", "damage_reason"])
def test_an_assessment_gives_its_reasons(world, name):
    words = {"happened": None, "reason": "So.", "damage": Answer.NO, "damage_reason": "So.", name: " "}
    with pytest.raises(Refused, match="Enter both reasons"):
        assessments.assess_case(world.person("lena"), world.case(), **words)


@pytest.mark.parametrize("who", ["ines", "rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_lead_appraises(world, who):
    words = {"reason": "So.", "damage": Answer.NO, "damage_reason": "So."}
    with pytest.raises(Denied):
        assessments.assess_case(world.person(who), world.case(), happened=None, **words)


def test_a_reviewer_answers_once_and_the_answer_is_sealed(world, last_entry):
    build_case.claim()
    one = build_case.assess()
    review = answered(world, one, note="Read.")
    assert (review.kind, review.is_sealed, review.text_sha256) == ("assessment", True, one.text_sha256)
    entry = last_entry()
    assert (entry["act"], entry["obj"]) == ("assessment.reviewed", f"review:{review.id}")
    assert entry["d"]["seals"] == {f"review:{review.id}": review.seal}
    with pytest.raises(Refused, match="already reviewed"):
        answered(world, one)


def test_an_assessment_is_returned_with_what_is_to_be_mended(world):
    one = build_case.assess()
    with pytest.raises(Refused, match="Enter what must be corrected"):
        answered(world, one, verdict=Verdict.RETURNED, note=" ")
    assert answered(world, one, verdict=Verdict.RETURNED, note="Which paper?").is_approval is False


def test_no_text_is_agreed_to_that_was_not_read(world):
    build_case.claim()
    one = build_case.assess()
    for sent in ("", "0" * 64, "ä"):
        with pytest.raises(Refused) as refused:
            answered(world, one, text_sha256=sent)
        assert str(refused.value) == CHANGED
    change_the_claim()
    current = assessed_sha256(one, claims_of(world.case()))
    for sent in (one.text_sha256, current):
        with pytest.raises(Refused, match="The lead must add a new assessment"):
            answered(world, one, text_sha256=sent)
    assert newest(Review) is None


def test_only_the_newest_assessment_is_reviewed(world):
    one = build_case.assess()
    build_case.assess()
    with pytest.raises(Refused, match="Review the newest preliminary assessment"):
        answered(world, one)


@pytest.mark.parametrize("who", ["lena", "ines", "cora", "dora", "otto", "ivo"])
def test_nobody_but_the_reviewer_agrees(world, who):
    build_case.assess()
    with pytest.raises(Denied):
        answered(world, newest(Assessment), who)
