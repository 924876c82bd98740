"""Appraisals: made by the lead over the claims as they are, agreed to by a reviewer at exactly that text."""

import pytest

from tests import build_case
from tests.build_case import change_the_claim, newest
from tracker.actions import appraisals
from tracker.actions.reviewing import CHANGED
from tracker.audit.doors import Denied, Refused
from tracker.models.appraisals import Appraisal
from tracker.models.appraised import appraised_sha256, claims_of, spelled, unanswered
from tracker.models.reviews import Review
from tracker.models.words import Answer
from tracker.models.words.claims import Accuracy
from tracker.models.words.outcomes import Happened
from tracker.models.words.reviews import Verdict


def answered(world, appraisal, who="rhea", **more):
    said = {"verdict": Verdict.APPROVED, "note": "", "text_sha256": appraisal.text_sha256, **more}
    return appraisals.review_appraisal(world.person(who), appraisal, **said)


def test_an_appraisal_is_numbered_and_bound_to_the_claims_as_they_are(world, last_entry):
    build_case.claim()
    one = build_case.appraise(Happened.ALREADY_PUBLIC)
    assert (one.number, one.is_short, one.by.name) == (1, True, "Lena")
    assert one.text_sha256 == appraised_sha256(one, claims_of(world.case()))
    entry = last_entry()
    assert (entry["act"], entry["d"]["text_sha256"]) == ("appraisal.made", one.text_sha256)
    assert build_case.appraise().number == 2


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "Other words."}, {"locator": "Page 3"}, {"accuracy": Accuracy.PARTLY}, {"accuracy_basis": "A record"},
        {"authority": "Manual"}, {"already_public": build_case.Checked(Answer.YES)},
        {"clearance": build_case.Checked(Answer.UNKNOWN, note="Nobody knows")},
    ],
)  # fmt: skip
def test_whatever_is_changed_of_a_claim_shows(world, change):
    claim = build_case.claim()
    before = spelled(claims_of(world.case())[0])
    build_case.claims.edit_claim(world.person("ines"), claim, row=claim.row, **change)
    assert spelled(claims_of(world.case())[0]) != before


def test_a_claim_more_shows(world):
    build_case.claim()
    one = build_case.appraise()
    build_case.claim()
    assert appraised_sha256(one, claims_of(world.case())) != one.text_sha256


def test_unknown_is_an_answer_when_something_is_said_of_it(world):
    assert unanswered(build_case.claim()) == []
    bare = build_case.claim(
        accuracy=Accuracy.UNKNOWN, accuracy_basis="Nobody can tell.", clearance=build_case.Checked()
    )
    assert unanswered(bare) == ["Was clearance sought?"]


@pytest.mark.parametrize("name", ["reason", "damage_reason"])
def test_an_appraisal_gives_its_reasons(world, name):
    words = {"happened": None, "reason": "So.", "damage": Answer.NO, "damage_reason": "So.", name: " "}
    with pytest.raises(Refused, match="Enter both reasons"):
        appraisals.appraise_case(world.person("lena"), world.case(), **words)


@pytest.mark.parametrize("who", ["ines", "rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_lead_appraises(world, who):
    words = {"reason": "So.", "damage": Answer.NO, "damage_reason": "So."}
    with pytest.raises(Denied):
        appraisals.appraise_case(world.person(who), world.case(), happened=None, **words)


def test_a_reviewer_answers_once_and_the_answer_is_sealed(world, last_entry):
    build_case.claim()
    one = build_case.appraise()
    review = answered(world, one, note="Read.")
    assert (review.kind, review.is_sealed, review.text_sha256) == ("appraisal", True, one.text_sha256)
    entry = last_entry()
    assert (entry["act"], entry["obj"]) == ("appraisal.reviewed", f"review:{review.id}")
    assert entry["d"]["seals"] == {f"review:{review.id}": review.seal}
    with pytest.raises(Refused, match="already reviewed"):
        answered(world, one)


def test_an_appraisal_is_returned_with_what_is_to_be_mended(world):
    one = build_case.appraise()
    with pytest.raises(Refused, match="Enter what must be corrected"):
        answered(world, one, verdict=Verdict.RETURNED, note=" ")
    assert answered(world, one, verdict=Verdict.RETURNED, note="Which paper?").is_approval is False


def test_no_text_is_agreed_to_that_was_not_read(world):
    build_case.claim()
    one = build_case.appraise()
    for sent in ("", "0" * 64, "ä"):
        with pytest.raises(Refused) as refused:
            answered(world, one, text_sha256=sent)
        assert str(refused.value) == CHANGED
    change_the_claim()
    current = appraised_sha256(one, claims_of(world.case()))
    for sent in (one.text_sha256, current):
        with pytest.raises(Refused, match="The lead must add a new assessment"):
            answered(world, one, text_sha256=sent)
    assert newest(Review) is None


def test_only_the_newest_appraisal_is_reviewed(world):
    one = build_case.appraise()
    build_case.appraise()
    with pytest.raises(Refused, match="Review the newest preliminary assessment"):
        answered(world, one)


@pytest.mark.parametrize("who", ["lena", "ines", "cora", "dora", "otto", "ivo"])
def test_nobody_but_the_reviewer_agrees(world, who):
    build_case.appraise()
    with pytest.raises(Denied):
        answered(world, newest(Appraisal), who)
