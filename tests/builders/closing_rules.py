"""What must be true of a case that was closed: asked of the rows themselves, not of the gates."""

from collections.abc import Callable, Sequence
from typing import Any

from tracker.base import db
from tracker.models.case.assessments import Assessment
from tracker.models.case.stages import ReviewWaiver, StageMove
from tracker.models.case.words import Role, Stage
from tracker.models.findings.findings import Finding
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.words import Conclusion, FindingState, Source
from tracker.models.inquiry.lines_of_inquiry import LineOfInquiry
from tracker.models.inquiry.words import LineOfInquiryState
from tracker.models.register.accounts import Account


def closed_by_the_rules(outcome: Outcome, person: Callable[[Account], Any]) -> None:
    """Who decided, who approved which text, and who was heard. `person` is who is behind an account."""
    case = outcome.case
    had = {
        role: {person(one.account) for one in case.assignments if one.role is role and one.accepted_at} for role in Role
    }
    team = had[Role.LEAD] | had[Role.INVESTIGATOR]
    assert person(outcome.closed_by) not in team | had[Role.REVIEWER]
    findings = db.session().scalars(Finding.of(case)).all()
    moves = db.session().scalars(StageMove.of(case).order_by(StageMove.number)).all()
    never_put_where_it_was_not(moves)
    lines = db.session().scalars(LineOfInquiry.of(case)).all()
    assert all(line.state is not LineOfInquiryState.OPEN for line in lines)
    for finding in findings:
        assert not finding.missing_parts
        assert finding.compute_sha256() == finding.text_sha256
        if finding.person_id:
            assert any(one.carries for one in finding.citations)
        if finding.is_critical:
            assert finding.replies
            assert all(one.is_settled for one in finding.replies)
    last = outcome.reviews[-1] if outcome.reviews else None
    assert last is None or last.is_approval or last.text_sha256 != outcome.text_sha256
    if outcome.reviewed:
        for thing in (outcome, *findings):
            approved_by_the_rules(thing, person, team, had[Role.REVIEWER])
    else:
        reopened = [one.at for one in moves if one.from_stage is Stage.CLOSED]
        waived = db.session().scalars(ReviewWaiver.of(case)).all()
        assert any(one.at > max(reopened, default=case.opened) for one in waived)
        assert all(one.state in {FindingState.APPROVED, FindingState.SUBMITTED} for one in findings)
        assert not any(one.role is Role.REVIEWER and one.accepted_at and not one.is_over for one in case.assignments)
    if any(one.source is Source.PERSON_ADMITTED for one in outcome.sources):
        assert any(one.person_id and one.conclusion is Conclusion.SUBSTANTIATED for one in findings)
    assert db.session().scalars(Assessment.of(case)).all()


def never_put_where_it_was_not(moves: Sequence[StageMove]) -> None:
    """A case goes back only to where it was: to anywhere else it comes through the gates."""
    order, been = list(Stage), {Stage.INTAKE}
    for move in moves:
        assert order.index(move.to_stage) > order.index(move.from_stage) or move.to_stage in been
        been.add(move.to_stage)


def approved_by_the_rules(thing: Any, person: Callable[[Account], Any], team: set[Any], reviewers: set[Any]) -> None:
    """The last verdict approves the text as it is, and is of a reviewer who wrote none of it."""
    last = thing.reviews[-1]
    assert (last.is_approval, last.revision, last.text_sha256) == (True, thing.revision, thing.text_sha256)
    who = person(last.reviewer)
    assert who in reviewers - team
    writers = [thing.author, *(one.by for one in thing.revisions)] if isinstance(thing, Finding) else [thing.by]
    assert who not in {person(one) for one in writers}
