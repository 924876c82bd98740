"""Lines of inquiry: questions to settle, each with somebody who settles it; closed with a result, or left open."""

from typing import Any

from tracker.actions.belonging import must_belong
from tracker.actions.numbering import add_numbered
from tracker.actions.required import change, must_say
from tracker.audit.doors import Refused, action, now
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.duties import TEAM
from tracker.models.hypotheses import Hypothesis
from tracker.models.lines import LineOfInquiry
from tracker.models.staffing import duties_of
from tracker.models.words.lines import Direction, LineState
from tracker.policy import Permission


@action(Permission.PURSUE_LINE, "line.opened")
def open_line(
    investigator: User, case: Case, *, question: str, direction: Direction, owner: User | None = None, **about: Any
) -> LineOfInquiry:
    """Open a question; `about` is when it is due (a Moment) and which hypothesis it tests."""
    _must_be_able(case, owner)
    must_belong(case, about.get("hypothesis"))
    return add_numbered(
        LineOfInquiry, case=case, question=question, direction=direction, owner=owner, by=investigator, at=now(),
        **about,
    )  # fmt: skip


@action(Permission.PURSUE_LINE, "line.changed", edits=True)
def edit_line(
    investigator: User, line: LineOfInquiry, *, owner: User | None, hypothesis: Hypothesis | None, **about: Any
) -> None:
    """Change what is asked, of whom and until when; old values stay in the audit log."""
    if line.state is LineState.CLOSED:
        raise Refused("This line of inquiry is closed. Reopen it before you change it.")
    if owner is not line.owner:
        _must_be_able(line.case, owner)
    must_belong(line.case, hypothesis)
    change(line, owner=owner, hypothesis=hypothesis, **about)


@action(Permission.PURSUE_LINE, "line.closed", edits=True)
def close_line(investigator: User, line: LineOfInquiry, *, result: str) -> None:
    """Close a line with what came of it; that nothing came of it is a result too."""
    _settle(line, LineState.CLOSED, result, "Enter the result. If nothing was found, say so.")


@action(Permission.PURSUE_LINE, "line.left_open", edits=True)
def leave_open(investigator: User, line: LineOfInquiry, *, result: str) -> None:
    """Leave a line open for good, with the reason: a reader years later sees that it was not forgotten."""
    if line.state is LineState.JUSTIFIED:
        raise Refused("This line of inquiry is already left open. Reopen it first.")
    _settle(line, LineState.JUSTIFIED, result, "Enter the reason for leaving it open.")


@action(Permission.PURSUE_LINE, "line.reopened")
def reopen_line(investigator: User, line: LineOfInquiry) -> None:
    """Take a line up again; what was said of it stays until it is closed anew."""
    if line.state is LineState.OPEN:
        raise Refused("This line of inquiry is already open.")
    line.state = LineState.OPEN


def _settle(line: LineOfInquiry, state: LineState, result: str, missing: str) -> None:
    if line.state is LineState.CLOSED:
        raise Refused("This line of inquiry is already closed. Reopen it first.")
    must_say(result, missing)
    line.state, line.result = state, result


def _must_be_able(case: Case, owner: User | None) -> None:
    if owner is not None and not duties_of(owner, case) & TEAM:
        raise Refused("Choose the lead investigator or an investigator of this case.")
