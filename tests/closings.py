"""What must be true of a case that was closed: asked of the rows themselves, not of the gates."""

from collections.abc import Callable
from typing import Any

from tracker import db
from tracker.models.accounts import User
from tracker.models.appraisals import Appraisal
from tracker.models.findings import Finding
from tracker.models.lines import LineOfInquiry
from tracker.models.outcomes import Outcome
from tracker.models.stages import ForgoneReview
from tracker.models.words.duties import Duty
from tracker.models.words.findings import Conclusion, FindingState
from tracker.models.words.lines import LineState
from tracker.models.words.outcomes import Source


def closed_by_the_rules(outcome: Outcome, person: Callable[[User], Any]) -> None:
    """Who decided, who approved which text, and who was heard. `person` is who is behind an account."""
    case = outcome.case
    had = {
        duty: {person(one.user) for one in case.assignments if one.duty is duty and one.accepted_at} for duty in Duty
    }
    team = had[Duty.LEAD] | had[Duty.INVESTIGATOR]
    assert person(outcome.closed_by) not in team | had[Duty.REVIEWER]
    findings = db.session().scalars(Finding.of(case)).all()
    lines = db.session().scalars(LineOfInquiry.of(case)).all()
    assert all(line.state is not LineState.OPEN for line in lines)
    for finding in findings:
        assert not finding.missing_parts
        assert finding.made_sha256() == finding.text_sha256
        if finding.person_id:
            assert any(one.carries for one in finding.citations)
        if finding.is_critical:
            assert finding.replies
            assert all(one.is_settled for one in finding.replies)
    if outcome.reviewed:
        for thing in (outcome, *findings):
            approved_by_the_rules(thing, person, team, had[Duty.REVIEWER])
    else:
        assert db.session().scalars(ForgoneReview.of(case)).all()
        assert all(one.state in {FindingState.APPROVED, FindingState.SUBMITTED} for one in findings)
        assert not any(one.duty is Duty.REVIEWER and one.accepted_at and not one.is_over for one in case.assignments)
    if outcome.source is Source.PERSON_ADMITTED:
        assert any(one.person_id and one.conclusion is Conclusion.SUBSTANTIATED for one in findings)
    assert db.session().scalars(Appraisal.of(case)).all()


def approved_by_the_rules(thing: Any, person: Callable[[User], Any], team: set[Any], reviewers: set[Any]) -> None:
    """The last verdict approves the text as it is, and is of a reviewer who wrote none of it."""
    last = thing.reviews[-1]
    assert (last.is_approval, last.revision, last.text_sha256) == (True, thing.revision, thing.text_sha256)
    who = person(last.reviewer)
    assert who in reviewers - team
    writers = [thing.author, *(one.by for one in thing.revisions)] if isinstance(thing, Finding) else [thing.by]
    assert who not in {person(one) for one in writers}
