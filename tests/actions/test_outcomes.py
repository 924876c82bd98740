"""Outcomes: drafted, changed, approved at one text, closed on and reopened; and what is refused on the way."""

import json

import pytest

from tests import judged
from tests.actions.test_duties import end, proposed
from tests.furnishing.judgement import AXES
from tests.judged import newest, ready
from tracker.actions import accounts, duties, outcomes, stages
from tracker.actions.reviewing import CHANGED
from tracker.ledger import Denied, Refused, Stale, action
from tracker.models.findings import Finding
from tracker.models.judging import Breach, Conclusion, Flag, Happened, Intent, Source, Verdict
from tracker.models.outcomes import Outcome
from tracker.models.stages import StageMove
from tracker.models.words import Duty, IdentifierKind, Stage
from tracker.policy import Permission
from tracker.sealcheck import broken

S = Stage


def edited(world, who="dora", row=None, **axes):
    one = newest(Outcome)
    outcomes.edit_outcome(world.person(who), one, row=one.row if row is None else row, **axes)


def test_an_outcome_is_drafted_in_review_and_once(world, last_entry):
    with pytest.raises(Refused, match="when the case stands in review"):
        judged.draft()
    ready(S.REVIEW, "drafted", "outcome approved")
    one = judged.draft()
    assert (one.number, one.revision, one.by.name, one.is_sealed) == (1, 1, "Dora", False)
    assert (last_entry()["act"], last_entry()["d"]["text_sha256"]) == ("outcome.drafted", one.text_sha256)
    with pytest.raises(Refused, match="a draft of the outcome already"):
        judged.draft()


@pytest.mark.parametrize("who", ["lena", "ines", "rhea", "cora", "otto", "ivo"])
def test_only_the_decider_drafts_changes_and_closes(world, who):
    ready(S.REVIEW)
    one = newest(Outcome)
    with pytest.raises(Denied):
        outcomes.draft_outcome(world.person(who), world.case(), **AXES)
    with pytest.raises(Denied):
        edited(world, who)
    with pytest.raises(Denied):
        judged.close(who)
    with pytest.raises(Denied):
        outcomes.reopen_case(world.person(who), one, reason="New.")


FAULTS = [
    ({"intent": Intent.NEGLIGENT}, "Leave the intent empty when no rule was broken."),
    ({"breach": Breach.VIOLATION}, "Say with which intent the rule was broken; undetermined is an answer."),
    ({"source": Source.NOT_PURSUED}, "Give the reason why the source was not pursued."),
    ({"note": " "}, "Write the closing note."),
    ({"letters": ""}, "List the letters that are sent, or say that there are none."),
    (
        {"source": Source.PERSON_SUBSTANTIATED},
        "A person as the source needs an approved finding, substantiated, about that person.",
    ),
    (
        {"source": Source.PERSON_ADMITTED},
        "A person as the source needs an approved finding, substantiated, about that person.",
    ),
]


@pytest.mark.parametrize(("axes", "sentence"), FAULTS)
def test_axes_that_cannot_stand_are_refused_when_they_are_written(world, axes, sentence):
    ready(S.REVIEW, "drafted", "outcome approved")
    with pytest.raises(Refused) as refused:
        judged.draft(**axes)
    assert str(refused.value) == sentence
    judged.draft()
    with pytest.raises(Refused) as refused:
        edited(world, **axes)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(("axes", "sentence"), FAULTS)
def test_axes_that_cannot_stand_close_no_case(world, axes, sentence):
    ready(S.REVIEW)
    write_past_the_form(world, axes)
    judged.approve()
    with pytest.raises(Refused) as refused:
        judged.close()
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
    judged.find(conclusion=Conclusion.SUBSTANTIATED)
    judged.move(S.REPLY)
    judged.ACTS[S.REPLY]["replied"]()
    judged.move(S.REVIEW)
    for name in ("line closed", "submitted"):
        judged.ACTS[S.REVIEW][name]()
    with pytest.raises(Refused, match="needs an approved finding"):
        judged.draft(source=source)
    judged.review_finding(world.person("rhea"), newest(Finding))
    judged.draft(source=source)
    judged.approve()
    judged.change_finding(world.person("ines"), newest(Finding), reasoning="Other words.")
    with pytest.raises(Refused, match="Finding 1 is a draft"):
        judged.close()
    judged.submit_finding(world.person("lena"), newest(Finding))
    judged.review_finding(world.person("rhea"), newest(Finding))
    assert judged.close().source is source


@pytest.mark.parametrize("source", [Source.GROUP_ONLY, Source.PROCESS_OR_SYSTEM, Source.OUTSIDE_INTRUSION])
def test_a_source_that_is_no_person_needs_no_finding(world, source):
    ready(S.REVIEW, "drafted", "outcome approved")
    assert judged.draft(source=source, happened=Happened.LOSS).source is source


def test_another_text_is_another_revision_and_the_same_text_is_none(world, last_entry):
    ready(S.REVIEW)
    one = newest(Outcome)
    edited(world, note=one.note)
    assert (one.revision, one.row, one.approval is None) == (1, 2, False)
    edited(world, note="Other words.")
    assert (one.revision, one.row, one.approval) == (2, 3, None)
    assert (last_entry()["act"], last_entry()["d"]["revision"]) == ("outcome.changed", 2)
    with pytest.raises(Stale):
        edited(world, row=1, note="Too late.")


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
    judged.approve()
    assert (last_entry()["act"], one.approval.text_sha256) == ("outcome.reviewed", one.text_sha256)
    with pytest.raises(Refused, match="reviewed already"):
        judged.approve()
    with pytest.raises(Refused, match="Say what is to be mended"):
        edited(world, note="More words.")
        outcomes.review_outcome(
            rhea, one, verdict=Verdict.RETURNED, note="", revision=3, text_sha256=newest(Outcome).text_sha256
        )


@pytest.mark.parametrize("who", ["lena", "ines", "cora", "dora", "otto", "ivo"])
def test_nobody_but_the_reviewer_approves(world, who):
    ready(S.REVIEW, "outcome approved")
    with pytest.raises(Denied):
        judged.approve(who=who)


def test_closing_sets_the_axes_seals_the_outcome_and_ends_all_writing(world, last_entry):
    ready(S.REVIEW)
    one = judged.close()
    case = world.case()
    assert (case.stage, case.closed, case.happened, case.breach, case.source) == (
        S.CLOSED, one.closed_at, "undetermined", "none", "not_identified",
    )  # fmt: skip
    assert (one.is_sealed, one.reviewed, one.closed_by.name) == (True, True, "Dora")
    entry = last_entry()
    assert (entry["act"], entry["obj"], entry["d"]["reviewed"]) == ("case.closed", f"outcome:{one.id}", True)
    assert entry["d"]["seals"] == {f"outcome:{one.id}": one.seal}
    assert ["decision", "The outcome is approved at its current text."] in json.loads(newest(StageMove).checklist)
    assert list(broken(judged.db.session().connection())) == []
    for act in (judged.close, judged.approve, judged.draft, lambda: edited(world), lambda: judged.move(S.INTAKE, "x")):
        with pytest.raises(Refused, match="closed and can only be read"):
            act()


def test_a_case_is_closed_on_the_text_that_the_decider_saw_and_from_review_alone(world):
    ready(S.REVIEW)
    one = newest(Outcome)
    with pytest.raises(Refused) as refused:
        outcomes.close_case(world.person("dora"), one, revision=1, text_sha256="0" * 64)
    assert str(refused.value) == CHANGED
    judged.move(S.REPLY, "A question is left.")
    with pytest.raises(Refused, match="closed from its review"):
        judged.close()


def test_a_suspended_case_is_not_closed(world):
    ready(S.REVIEW)
    stages.flag_case(world.person("cora"), world.case(), flag=Flag.SUSPENDED, reason="A court asks.")
    with pytest.raises(Refused, match="The case is suspended"):
        judged.close()


def test_reopening_keeps_the_old_closure_and_asks_for_a_new_outcome(world, last_entry):
    ready(S.REVIEW)
    old = judged.close()
    seal = old.seal
    with pytest.raises(Refused, match="Say why the case is opened again"):
        outcomes.reopen_case(world.person("dora"), old, reason=" ")
    judged.reopen()
    case = world.case()
    assert (case.stage, case.closed, case.happened, case.breach, case.source) == (S.INVESTIGATION, *[None] * 4)
    assert (old.seal, old.seal == old.made_seal(), old.reopened_by.name) == (seal, True, "Dora")
    assert (last_entry()["act"], last_entry()["obj"]) == ("case.reopened", f"outcome:{old.id}")
    assert list(broken(judged.db.session().connection())) == []
    for act in (judged.reopen, lambda: edited(world), judged.close, judged.approve):
        with pytest.raises(Refused):
            act()
    judged.move(S.REPLY)
    judged.move(S.REVIEW)
    with pytest.raises(Refused, match="on this outcome, which no longer changes"):
        judged.close()
    assert judged.draft().number == 2
    judged.approve()
    assert judged.close().number == 2
    with pytest.raises(Refused, match="Only the outcome on which the case is closed now"):
        outcomes.reopen_case(world.person("dora"), old, reason="Once more.")


def test_a_draft_reopens_nothing(world):
    ready(S.REVIEW)
    with pytest.raises(Refused, match="Only the outcome on which the case is closed now"):
        judged.reopen()


def test_who_approved_and_turns_out_to_be_of_the_team_closes_nothing(world):
    ready(S.REVIEW)
    for who in ("rhea", "ines"):
        accounts.add_alias(world.person("ada"), world.person(who), kind=IdentifierKind.BADGE, value="B-77")
    with pytest.raises(Refused, match="Rhea approved and is not independent: another reviewer must answer"):
        judged.close()


def test_two_people_can_close_a_case_that_nobody_reviewed(world, last_entry):
    ready(S.INQUIRY, "agreed")
    for who, duty in (("rhea", Duty.REVIEWER), ("dora", Duty.DECIDER)):
        end(world, who, duty, "There are two of us.")
    offer = proposed(world, Duty.DECIDER, "cora@tracker.example")
    duties.accept_duty(world.person("cora"), offer, declaration="None.")
    stages.forgo_review(world.person("cora"), world.case(), reason="There are two of us.")
    judged.move(S.INVESTIGATION)
    for act in judged.ACTS[S.INVESTIGATION].values():
        act()
    judged.move(S.REPLY)
    judged.ACTS[S.REPLY]["replied"]()
    judged.move(S.REVIEW)
    judged.ACTS[S.REVIEW]["line closed"]()
    outcomes.draft_outcome(world.person("cora"), world.case(), **AXES)
    with pytest.raises(Refused, match="Finding 1 is a draft: submit it"):
        judged.close("cora")
    judged.submit_finding(world.person("lena"), newest(Finding))
    one = judged.close("cora")
    assert (one.reviewed, last_entry()["d"]["reviewed"]) == (False, False)


def test_a_reviewer_who_accepts_after_all_has_to_answer(world):
    ready(S.REVIEW, "approved", "outcome approved")
    end(world, "rhea", Duty.REVIEWER, "On leave.")
    stages.forgo_review(world.person("cora"), world.case(), reason="Nobody else.")
    offer = proposed(world, Duty.REVIEWER)
    duties.accept_duty(world.person("nora"), offer, declaration="None.")
    with pytest.raises(Refused, match="Finding 1 waits for the reviewer"):
        judged.close()
