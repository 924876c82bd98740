"""Outcomes: drafted, changed, approved at one text; and what is refused on the way."""

import pytest

from tests.builders import build_case
from tests.builders.build_case import newest, ready
from tests.builders.everything.judgement import AXES
from tracker.actions.findings import outcomes
from tracker.actions.findings.verdicts import CHANGED
from tracker.audit.doors import Denied, Refused, Stale, action
from tracker.models.case.words import Stage
from tracker.models.findings.findings import Finding
from tracker.models.findings.known_sources import KnownSource
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.words import Breach, Conclusion, Happened, Intent, Source, Verdict
from tracker.policy import Permission

S = Stage


def edited(world, who="dora", lock_version=None, **axes):
    one = newest(Outcome)
    outcomes.edit_outcome(
        world.person(who), one, lock_version=one.lock_version if lock_version is None else lock_version, **axes
    )


def test_an_outcome_is_drafted_in_review_and_once(world, last_entry):
    with pytest.raises(Refused, match="while the case is in review"):
        build_case.draft()
    ready(S.REVIEW, "drafted", "outcome approved")
    one = build_case.draft()
    assert (one.number, one.revision, one.by.name, one.is_sealed) == (1, 1, "Dora", False)
    assert (last_entry()["act"], last_entry()["d"]["text_sha256"]) == ("outcome.submitted", one.text_sha256)
    with pytest.raises(Refused, match="already a draft outcome"):
        build_case.draft()


@pytest.mark.parametrize("who", ["lena", "ines", "rhea", "cora", "otto", "ivo"])
def test_only_the_deciding_official_drafts_changes_and_closes(world, who):
    ready(S.REVIEW)
    one = newest(Outcome)
    with pytest.raises(Denied):
        outcomes.draft_outcome(world.person(who), world.case(), **AXES)
    with pytest.raises(Denied):
        edited(world, who)
    with pytest.raises(Denied):
        build_case.close(who)
    with pytest.raises(Denied):
        outcomes.reopen_case(world.person(who), one, reason="New.")


FAULTS = [
    ({"intent": Intent.NEGLIGENT}, "Leave the intent empty unless a rule was broken."),
    ({"breach": Breach.VIOLATION}, "Choose the intent. You can choose “Not determined”."),
    ({"sources": (KnownSource(Source.NOT_PURSUED),)}, "Enter the reason why the source was not pursued."),
    ({"note": " "}, "Enter the closing note."),
    ({"letters": ""}, "List the letters that are sent, or enter that there are none."),
    (
        {"sources": (KnownSource(Source.PERSON_SUBSTANTIATED),)},
        "Approve a substantiated finding about the person before you name them as the source.",
    ),
    (
        {"sources": (KnownSource(Source.PERSON_ADMITTED),)},
        "Approve a substantiated finding about the person before you name them as the source.",
    ),
]


@pytest.mark.parametrize(("axes", "sentence"), FAULTS)
def test_axes_that_cannot_stand_are_refused_when_they_are_written(world, axes, sentence):
    ready(S.REVIEW, "drafted", "outcome approved")
    with pytest.raises(Refused) as refused:
        build_case.draft(**axes)
    assert str(refused.value) == sentence
    build_case.draft()
    with pytest.raises(Refused) as refused:
        edited(world, **axes)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(("axes", "sentence"), FAULTS)
def test_axes_that_cannot_stand_close_no_case(world, axes, sentence):
    ready(S.REVIEW)
    write_past_the_form(world, axes)
    build_case.approve()
    with pytest.raises(Refused) as refused:
        build_case.close()
    assert str(refused.value) == sentence


def write_past_the_form(world, axes):
    """As a program would that forgot to ask."""

    @action(Permission.DRAFT_OUTCOME, "outcome.changed")
    def write(who, outcome):
        for name, value in axes.items():
            setattr(outcome, name, value)
        outcome.revision += 1

    write(world.person("dora"), newest(Outcome))


@pytest.mark.parametrize("source", [Source.PERSON_SUBSTANTIATED, Source.PERSON_ADMITTED])
def test_a_person_is_a_source_by_an_approved_finding_and_no_longer_than_it_stands(world, source):
    ready(S.INVESTIGATION, "found")
    build_case.find(conclusion=Conclusion.SUBSTANTIATED)
    build_case.move(S.RIGHT_OF_REPLY)
    build_case.ACTS[S.RIGHT_OF_REPLY]["replied"]()
    build_case.move(S.REVIEW)
    for name in ("line closed", "submitted"):
        build_case.ACTS[S.REVIEW][name]()
    with pytest.raises(Refused, match="Approve a substantiated finding"):
        build_case.draft(source=source)
    build_case.review_finding(world.person("rhea"), newest(Finding))
    build_case.draft(source=source)
    build_case.approve()
    build_case.change_finding(world.person("ines"), newest(Finding), reasoning="Other words.")
    with pytest.raises(Refused, match="Finding 1 is a draft"):
        build_case.close()
    build_case.submit_finding(world.person("lena"), newest(Finding))
    build_case.review_finding(world.person("rhea"), newest(Finding))
    assert build_case.close().sources[0].source is source


@pytest.mark.parametrize("source", [Source.GROUP_ONLY, Source.PROCESS_OR_SYSTEM, Source.OUTSIDE_INTRUSION])
def test_a_source_that_is_no_person_needs_no_finding(world, source):
    ready(S.REVIEW, "drafted", "outcome approved")
    assert build_case.draft(source=source, happened=Happened.LOSS).sources[0].source is source


def test_another_text_is_another_revision_and_the_same_text_is_none(world, last_entry):
    ready(S.REVIEW)
    one = newest(Outcome)
    edited(world, note=one.note)
    assert (one.revision, one.lock_version, one.state) == (1, 3, "approved")
    edited(world, note="Other words.")
    assert (one.revision, one.lock_version, one.state) == (2, 4, "draft")
    assert (last_entry()["act"], last_entry()["d"]["revision"]) == ("outcome.changed", 2)
    with pytest.raises(Stale):
        edited(world, lock_version=1, note="Too late.")


def test_a_reviewer_approves_the_text_that_was_read(world, last_entry):
    ready(S.REVIEW, "outcome approved")
    one = newest(Outcome)
    rhea = world.person("rhea")
    read = {"verdict": Verdict.APPROVED, "note": "", "revision": one.revision, "text_sha256": one.text_sha256}
    edited(world, note="Other words.")
    for sent in ({}, {"revision": 2}, {"text_sha256": newest(Outcome).text_sha256}, {"revision": None}):
        with pytest.raises(Refused) as refused:
            outcomes.review_outcome(rhea, one, **{**read, **sent})
        assert str(refused.value) == CHANGED
    with pytest.raises(Refused, match="not submitted"):
        build_case.approve()
    build_case.submit(one)
    with pytest.raises(Refused, match="already submitted"):
        build_case.submit(one)
    build_case.approve()
    assert (last_entry()["act"], one.approval.text_sha256) == ("outcome.reviewed", one.text_sha256)
    with pytest.raises(Refused, match="already reviewed"):
        build_case.approve()
    edited(world, note="More words.")
    build_case.submit(one)
    seen = {"revision": 3, "text_sha256": one.text_sha256}
    with pytest.raises(Refused, match="Enter what must be corrected"):
        outcomes.review_outcome(rhea, one, verdict=Verdict.RETURNED, note="", **seen)


@pytest.mark.parametrize("name", ["reviewed", "revision", "closed_at", "by_id", "number", "seal"])
def test_axes_note_and_letters_are_written_and_nothing_else(world, name):
    ready(S.REVIEW, "drafted", "outcome approved")
    with pytest.raises(TypeError, match=name):
        build_case.draft(**{name: 1})
    build_case.draft()
    with pytest.raises(TypeError, match=name):
        edited(world, **{name: 1})
    assert newest(Outcome).lock_version == 2


def test_an_outcome_is_submitted_and_reviewed_while_the_case_stands_in_review(world):
    ready(S.REVIEW, "outcome approved")
    build_case.move(S.INVESTIGATION, "A question is left.")
    with pytest.raises(Refused, match="The outcome can only be reviewed while the case is in review"):
        build_case.approve()
    assert newest(Outcome).reviews == []
    edited(world, note="Other words.")
    with pytest.raises(Refused, match="The outcome can only be submitted while the case is in review"):
        build_case.submit(newest(Outcome))


def test_what_is_saved_and_submitted_is_one_entry_and_a_refusal_saves_neither(world, last_entry):
    ready(S.REVIEW)
    edited(world, note="Other words.", submit=True)
    one = newest(Outcome)
    assert (last_entry()["act"], last_entry()["d"]["submitted"], one.state) == ("outcome.changed", True, "submitted")
    with pytest.raises(Refused, match="already submitted"):
        edited(world, submit=True)
    build_case.move(S.INVESTIGATION, "A question is left.")
    with pytest.raises(Refused, match="only be submitted while"):
        edited(world, note="More words.", submit=True)
    assert (one.note, one.state) == ("Other words.", "submitted")


def test_words_that_were_returned_and_edited_back_are_answered_already(world):
    ready(S.REVIEW, "outcome approved")
    build_case.approve(Verdict.RETURNED)
    before = newest(Outcome).note
    for note in ("Other words.", before):
        edited(world, note=note)
    assert (newest(Outcome).revision, newest(Outcome).returned.revision) == (3, 1)
    with pytest.raises(Refused, match="This text was already reviewed"):
        build_case.approve()
    with pytest.raises(Refused, match="Edit the outcome before you submit it again"):
        build_case.submit(newest(Outcome))
    edited(world, note="Quite other words.")
    build_case.submit(newest(Outcome))
    build_case.approve()
    assert newest(Outcome).approval


@pytest.mark.parametrize("who", ["lena", "ines", "cora", "dora", "otto", "ivo"])
def test_nobody_but_the_reviewer_approves(world, who):
    ready(S.REVIEW, "outcome approved")
    with pytest.raises(Denied):
        build_case.approve(who=who)
