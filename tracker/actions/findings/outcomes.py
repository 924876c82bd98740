"""Outcomes: drafted by the deciding official, approved at one exact text, closed on. Reopening keeps the old text."""

from typing import Any

from tracker.actions.case.stages import must_be_open, record_move
from tracker.actions.checks import change, must_be_among, must_say, next_number
from tracker.actions.findings.verdicts import CHANGED, answer
from tracker.audit.doors import Refused, action, note, now, seal
from tracker.base import db
from tracker.gates import Facts, closing_step
from tracker.gates.closure import faults
from tracker.gates.facts import EARLY
from tracker.models.case.cases import Case
from tracker.models.case.words import Stage
from tracker.models.findings.closings import record_of
from tracker.models.findings.known_sources import source_words
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.reviews import Review
from tracker.models.findings.words import OutcomeState, Verdict
from tracker.models.register.accounts import Account
from tracker.policy import Permission
from tracker.policy.refusals import RefusedAtOnce
from tracker.policy.roles import is_independent

NOT_NOW = {OutcomeState.RETURNED: "The reviewer returned this text. Edit the outcome before you submit it again."}
AXES = set(Outcome.TEXTS) - {"number", "ending"}  # and the note and the letters


def why_not_drafted(case: Case) -> str | None:
    """Why no outcome is drafted in this case now; None where one may be."""
    if case.stage is not Stage.REVIEW:
        return "The outcome can only be drafted while the case is in review."
    return "There is already a draft outcome. Edit that draft." if Facts(case).outcome is not None else None


@action(Permission.DRAFT_OUTCOME, "outcome.drafted", unless=why_not_drafted)
def draft_outcome(deciding_official: Account, case: Case, *, submit: bool = False, **axes: Any) -> Outcome:
    """Draft the outcome: four axes, a closing note, the letters; and `submit` it with the same entry.

    How the case ends follows from counsel's check.
    """
    facts = Facts(case)
    must_be_among(axes, AXES)
    said = {"intent": None, "why_bare": "", "letters": "", "ending": facts.ending, **axes}
    number = next_number(Outcome, case_id=case.id)
    outcome = Outcome(case=case, number=number, revision=1, by=deciding_official, at=now(), **said)
    _must_fit(outcome, facts)
    db.session().add(outcome)
    note(text_sha256=outcome.text_sha256)
    if submit:
        _submit_this(deciding_official, outcome)
    return outcome


@action(Permission.DRAFT_OUTCOME, "outcome.changed", edits=True)
def edit_outcome(deciding_official: Account, outcome: Outcome, *, submit: bool = False, **axes: Any) -> None:
    """Change the draft, and `submit` it with the same entry. Another text is another revision, not approved."""
    _must_be_draft(outcome)
    must_be_among(axes, AXES)
    before, facts = outcome.text_sha256, Facts(outcome.case)
    change(outcome, ending=facts.ending, **axes)
    _must_fit(outcome, facts)
    if outcome.text_sha256 != before:
        outcome.revision += 1
        outcome.submitted_at = None
    note(revision=outcome.revision, text_sha256=outcome.text_sha256)
    if submit:
        _submit_this(deciding_official, outcome)


def _submit_this(deciding_official: Account, outcome: Outcome) -> None:
    """Inside an action: submit what it wrote, which whoever sent it has seen; or nothing of both is saved."""
    submit_outcome(deciding_official, outcome, revision=outcome.revision, text_sha256=outcome.text_sha256)
    note(submitted=True)


@action(Permission.DRAFT_OUTCOME, "outcome.submitted")
def submit_outcome(deciding_official: Account, outcome: Outcome, *, revision: int | None, text_sha256: str) -> None:
    """Put exactly this text before the reviewer."""
    _must_be_draft(outcome)
    _must_be_seen(outcome, revision, text_sha256)
    if outcome.case.stage is not Stage.REVIEW:
        raise Refused("The outcome can only be submitted while the case is in review.")
    if outcome.state is not OutcomeState.DRAFT:
        raise Refused(NOT_NOW.get(outcome.state, "This text was already submitted."))
    _must_fit(outcome, Facts(outcome.case))
    outcome.submitted_at = now()
    note(revision=outcome.revision, text_sha256=outcome.text_sha256)


@action(Permission.REVIEW_OUTCOME, "outcome.reviewed")
def review_outcome(
    reviewer: Account, outcome: Outcome, *, verdict: Verdict, note: str, revision: int | None, text_sha256: str
) -> Review:
    """Approve exactly this text of the outcome, or return it with what is to be mended."""
    _must_be_draft(outcome)
    _must_be_seen(outcome, revision, text_sha256)
    if outcome.case.stage is not Stage.REVIEW:
        raise Refused("The outcome can only be reviewed while the case is in review.")
    if outcome.state is not OutcomeState.SUBMITTED:
        draft = outcome.state is OutcomeState.DRAFT
        raise Refused("This text is not submitted." if draft else "This text was already reviewed.")
    return answer(reviewer, outcome, outcome.revision, outcome.text_sha256, verdict=verdict, words=note)


@action(Permission.CLOSE_CASE, "case.closed")
def close_case(deciding_official: Account, outcome: Outcome, *, revision: int | None, text_sha256: str) -> None:
    """Close the case on this text. From now on the case can only be read, until it is reopened."""
    case = outcome.case
    _must_be_draft(outcome)
    _must_be_seen(outcome, revision, text_sha256)
    if case.stage is not Stage.REVIEW:
        raise Refused("A case can only be closed while it is in review.")
    facts = Facts(case)
    _must_be_independent(facts, outcome)
    lines = must_be_open(facts, closing_step(facts))
    record_move(deciding_official, case, Stage.CLOSED, "", lines)
    outcome.closed_at, outcome.closed_by, outcome.reviewed = now(), deciding_official, facts.waived is None
    outcome.as_it_stood = record_of(case, facts.findings)
    _close(case, outcome)
    seal(outcome)
    note(reviewed=outcome.reviewed, text_sha256=outcome.text_sha256)


@action(Permission.REOPEN_CASE, "case.reopened", when_closed=True)
def reopen_case(deciding_official: Account, outcome: Outcome, *, reason: str) -> None:
    """Open a closed case again. What it was closed on stays sealed and readable; it needs a new outcome."""
    case = outcome.case
    if not case.is_closed or outcome.closed_at is None or outcome.reopened_at is not None:
        raise Refused("Only the outcome that closed the case can be reopened.")
    must_say(reason, "Enter the reason for reopening the case.", "reason")
    outcome.reopened_at, outcome.reopened_by, outcome.why_reopened = now(), deciding_official, reason
    move = Facts(case).to_review
    early = move is not None and move.from_stage in EARLY
    record_move(deciding_official, case, Stage.INQUIRY if early else Stage.INVESTIGATION, reason, [])
    case.closed = case.happened = case.breach = case.source = case.ending = None


def _close(case: Case, outcome: Outcome) -> None:
    case.closed, case.ending = outcome.closed_at, outcome.ending.value
    case.happened, case.breach = outcome.happened.value, outcome.breach.value
    case.source = source_words(outcome.sources)


def _must_be_draft(outcome: Outcome) -> None:
    if outcome.is_sealed:
        raise Refused("The case was closed on this outcome. It can no longer be changed.")


def _must_be_seen(outcome: Outcome, revision: int | None, text_sha256: str) -> None:
    if revision != outcome.revision or text_sha256 != outcome.text_sha256:
        raise Refused(CHANGED)


def _must_fit(outcome: Outcome, facts: Facts) -> None:
    if found := faults(outcome, facts):
        raise RefusedAtOnce(found)


def _must_be_independent(facts: Facts, outcome: Outcome) -> None:
    """People are compared once more, not accounts: an alias may have come to light since a text was approved."""
    for thing in (outcome, facts.assessment, *facts.findings):
        last = thing.last_review if thing is not None else None
        if last is not None and last.is_approval and not is_independent(last.reviewer, thing):
            raise Refused(f"{last.reviewer.name} approved and is not independent. Another reviewer must review.")
    for one in facts.eliminations:
        review = one.confirmation
        if review is not None and not is_independent(review.reviewer, one):
            raise Refused(
                f"{review.reviewer.name} confirmed elimination {one.number} and is not independent. Withdraw the "
                "elimination. If it still applies, propose it again for another reviewer."
            )
