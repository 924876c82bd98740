"""Lines of inquiry: questions to settle, each with somebody who settles it; closed with a result, or left open."""

from typing import Any

from tracker.actions.checks import add_numbered, change, must_belong, must_say
from tracker.audit.doors import Refused, action
from tracker.models.case.assignments import TEAM
from tracker.models.case.cases import Case
from tracker.models.case.staffing import roles_of
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.lines_of_inquiry import LineOfInquiry
from tracker.models.inquiry.words import Direction, LineOfInquiryState
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.PURSUE_LINE_OF_INQUIRY, "line_of_inquiry.opened")
def open_line_of_inquiry(
    investigator: Account,
    case: Case,
    *,
    question: str,
    direction: Direction,
    owner: Account | None = None,
    **about: Any,
) -> LineOfInquiry:
    """Open a question; `about` is when it is due (a Moment) and which hypothesis it tests."""
    _must_be_able(case, owner)
    must_belong(case, about.get("hypothesis"))
    return add_numbered(
        LineOfInquiry, case=case, question=question, direction=direction, owner=owner, by=investigator, **about
    )


@action(Permission.PURSUE_LINE_OF_INQUIRY, "line_of_inquiry.changed", edits=True)
def edit_line_of_inquiry(
    investigator: Account, line: LineOfInquiry, *, owner: Account | None, hypothesis: Hypothesis | None, **about: Any
) -> None:
    """Change what is asked, of whom and until when; old values stay in the audit log."""
    if line.state is LineOfInquiryState.CLOSED:
        raise Refused("This line of inquiry is closed. Reopen it before you change it.")
    if owner is not line.owner:
        _must_be_able(line.case, owner)
    must_belong(line.case, hypothesis)
    change(line, owner=owner, hypothesis=hypothesis, **about)


@action(Permission.PURSUE_LINE_OF_INQUIRY, "line_of_inquiry.closed", edits=True)
def close_line_of_inquiry(investigator: Account, line: LineOfInquiry, *, result: str) -> None:
    """Close a line with what came of it; that nothing came of it is a result too."""
    _settle(line, LineOfInquiryState.CLOSED, result, "Enter the result. If nothing was found, say so.")


@action(Permission.PURSUE_LINE_OF_INQUIRY, "line_of_inquiry.left_open", edits=True)
def leave_open(investigator: Account, line: LineOfInquiry, *, result: str) -> None:
    """Leave a line open for good, with the reason: a reader years later sees that it was not forgotten."""
    if line.state is LineOfInquiryState.LEFT_OPEN:
        raise Refused("This line of inquiry is already left open. Reopen it first.")
    _settle(line, LineOfInquiryState.LEFT_OPEN, result, "Enter the reason for leaving it open.")


@action(Permission.PURSUE_LINE_OF_INQUIRY, "line_of_inquiry.reopened")
def reopen_line_of_inquiry(investigator: Account, line: LineOfInquiry) -> None:
    """Take a line up again; what was said of it stays until it is closed anew."""
    if line.state is LineOfInquiryState.OPEN:
        raise Refused("This line of inquiry is already open.")
    line.state = LineOfInquiryState.OPEN


def _settle(line: LineOfInquiry, state: LineOfInquiryState, result: str, missing: str) -> None:
    if line.state is LineOfInquiryState.CLOSED:
        raise Refused("This line of inquiry is already closed. Reopen it first.")
    must_say(result, missing)
    line.state, line.result = state, result


def _must_be_able(case: Case, owner: Account | None) -> None:
    if owner is not None and not roles_of(owner, case) & TEAM:
        raise Refused("Choose the lead investigator or an investigator of this case.")
