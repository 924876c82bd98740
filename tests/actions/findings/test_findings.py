"""Findings: chosen standard, kept texts, and what must be there before a reviewer is asked."""

import hashlib
import json

import pytest

from tests import world as people
from tests.builders.build_finding import (
    WHOLE,
    a_claim,
    approved,
    cited,
    drafted,
    returned,
    state_of,
    submitted,
    written,
)
from tests.builders.build_material import person
from tracker.actions.findings import findings
from tracker.audit.doors import Refused, Stale
from tracker.models.findings.words import Standard


def submit(finding, *, who="lena", revision=None):
    findings.submit_finding(people.person(who), finding, revision=revision or finding.revision)


def test_a_draft_has_standard_and_allegation_and_a_first_text_that_is_kept(world, last_entry):
    about = person(("badge", "B-1"))
    finding = drafted(about=about)
    assert (finding.number, finding.standard, finding.person, finding.state) == (1, Standard.BALANCE, about, "draft")
    (kept,) = finding.revisions
    assert (kept.revision, kept.by.name, kept.said["person"]) == (1, "Ines", about.number)
    assert kept.text_sha256 == finding.text_sha256 == hashlib.sha256(kept.text.encode()).hexdigest()
    entry = last_entry()
    assert (entry["act"], entry["obj"], entry["d"]["revision"]) == ("finding.drafted", f"finding:{finding.id}", 1)
    assert entry["d"]["text_sha256"] == finding.text_sha256
    assert drafted().number == 2


def test_a_person_of_another_case_is_refused(world):
    about = person(("badge", "B-1"))
    with pytest.raises(Refused, match="of this case"):
        findings.draft_finding(
            world.person("ivo"), world.case("LK-BBBB"), standard=Standard.CLEAR, allegation="Words", person=about
        )


def test_every_other_text_is_another_revision_and_the_old_ones_stay(world, last_entry):
    finding = written(drafted())
    before = finding.text_sha256
    assert (last_entry()["act"], last_entry()["d"]["revision"]) == ("finding.changed", 2)
    written(finding, who="lena", reasoning="Otherwise")
    assert [(one.revision, one.by.name) for one in finding.revisions] == [(1, "Ines"), (2, "Ines"), (3, "Lena")]
    assert finding.revisions[1].text_sha256 == before != finding.text_sha256
    assert json.loads(finding.revisions[1].text)["reasoning"] == WHOLE["reasoning"]


def test_a_save_without_another_text_is_no_revision(world, last_entry):
    finding = approved(submitted())
    written(finding, reasoning=finding.reasoning)
    assert (state_of(finding), finding.lock_version) == (
        "approved 2",
        5,
    )  # drafted 1, written, submitted, approved, saved
    assert "revision" not in last_entry()["d"]


def test_a_text_saved_meanwhile_is_not_overwritten(world):
    finding = written(drafted())
    with pytest.raises(Stale):
        findings.edit_finding(people.person("lena"), finding, lock_version=1, reasoning="Hers")
    assert finding.reasoning == WHOLE["reasoning"]


@pytest.mark.parametrize("state", [submitted, lambda: approved(submitted()), lambda: returned(submitted())])
def test_another_text_is_a_draft_whatever_it_was_before(world, state):
    finding = written(state(), missing="The log of the printer")
    assert state_of(finding) == "draft 3"
    assert finding.approval is None


def test_a_citation_is_part_of_the_text(world):
    finding = approved(submitted())
    citation = cited(finding, a_claim())
    assert state_of(finding) == "draft 3"
    assert [(one["kind"], one["disclosure"]) for one in finding.revisions[-1].said["cites"]] == [("claim", 1)]
    assert citation.stands


def test_a_whole_text_is_submitted(world, last_entry):
    finding = written(drafted())
    submit(finding)
    assert state_of(finding) == "submitted 2"
    entry = last_entry()
    assert (entry["act"], entry["d"]["revision"]) == ("finding.submitted", 2)
    assert entry["d"]["text_sha256"] == finding.text_sha256


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("rule", "Fill in: rule in force at the time."),
        ("evidence_for", "Fill in: evidence for."),
        ("evidence_against", findings.AGAINST),
        ("reasoning", "Fill in: reasoning."),
        ("conclusion", "Fill in: conclusion."),
    ],
)
def test_each_missing_part_is_named(world, part, sentence):
    finding = written(drafted(), **{**WHOLE, part: None if part == "conclusion" else ""})
    assert findings.open_points(finding) == [sentence]
    with pytest.raises(Refused, match=sentence.replace("(", r"\(")):
        submit(finding)
    assert state_of(finding) == "draft 2"


def test_all_missing_parts_are_named_at_once(world):
    assert len(findings.open_points(drafted())) == 5


def test_letters_that_nobody_sees_fill_in_nothing(world):
    finding = written(drafted(), **{**WHOLE, "evidence_against": "\u200b", "rule": " \u2060"})
    assert findings.open_points(finding) == ["Fill in: rule in force at the time.", findings.AGAINST]


def test_a_text_that_the_lead_has_not_read_is_not_submitted(world):
    with pytest.raises(Refused, match="changed since you read it"):
        submit(written(drafted()), revision=1)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (submitted, "already submitted"),
        (lambda: approved(submitted()), "current text of this finding is already approved"),
        (lambda: returned(submitted()), "Change it to answer the reasons"),
    ],
)
def test_a_text_is_submitted_once(world, state, sentence):
    with pytest.raises(Refused, match=sentence):
        submit(state())


def test_a_returned_text_is_not_submitted_again_however_often_it_was_edited_meanwhile(world):
    finding = returned(submitted())
    before = finding.missing
    written(finding, missing="The log of the printer")
    assert findings.open_points(finding) == []
    written(finding, missing=before)
    assert (state_of(finding), finding.returned.revision) == ("draft 4", 2)
    with pytest.raises(Refused, match=r"A reviewer returned this text\. Change it to answer the reasons"):
        submit(finding)
    submit(written(finding, missing="The log of the printer"))
    assert state_of(finding) == "submitted 5"


def test_a_submission_can_be_taken_back_until_a_reviewer_has_answered(world, last_entry):
    finding = submitted()
    findings.withdraw_finding(people.person("lena"), finding)
    assert (state_of(finding), last_entry()["act"]) == ("draft 2", "finding.withdrawn")
    with pytest.raises(Refused, match="Only a submitted finding"):
        findings.withdraw_finding(people.person("lena"), finding)
    submit(finding)
    assert state_of(finding) == "submitted 2"
