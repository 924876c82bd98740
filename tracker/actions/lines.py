"""Lines of inquiry: questions to settle, each with somebody who settles it; closed with a result, or left open."""

from typing import Any

from tracker import db
from tracker.actions.belonging import must_belong
from tracker.actions.numbering import next_number
from tracker.actions.required import must_say
from tracker.audit.doors import Refused, Stale, action, now
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
    number = next_number(LineOfInquiry, case_id=case.id)
    line = LineOfInquiry(
        case=case,
        number=number,
        question=question,
        direction=direction,
        owner=owner,
        by=investigator,
        at=now(),
        **about,
    )
    db.session().add(line)
    return line


@action(Permission.PURSUE_LINE, "line.changed")
def edit_line(
    investigator: User,
    line: LineOfInquiry,
    *,
    row: int,
    owner: User | None,
    hypothesis: Hypothesis | None,
    **about: Any,
) -> None:
    """Change what is asked, of whom and until when; old values stay in the ledger's details."""
    _must_be_newest(line, row)
    if line.state is LineState.CLOSED:
        raise Refused("This line is closed; open it again before you change it.")
    if owner is not line.owner:
        _must_be_able(line.case, owner)
    must_belong(line.case, hypothesis)
    for name, value in {"owner": owner, "hypothesis": hypothesis, **about}.items():
        setattr(line, name, value)
    line.row += 1


@action(Permission.PURSUE_LINE, "line.closed")
def close_line(investigator: User, line: LineOfInquiry, *, row: int, result: str) -> None:
    """Close a line with what came of it; that nothing came of it is a result too."""
    _must_be_newest(line, row)
    _settle(line, LineState.CLOSED, result, "Say what came of it; nothing is an answer.")


@action(Permission.PURSUE_LINE, "line.left_open")
def leave_open(investigator: User, line: LineOfInquiry, *, row: int, result: str) -> None:
    """Leave a line open for good, with the reason: a reader years later sees that it was not forgotten."""
    _must_be_newest(line, row)
    if line.state is LineState.JUSTIFIED:
        raise Refused("This line is left open already; open it again first.")
    _settle(line, LineState.JUSTIFIED, result, "Say why it is left open.")


@action(Permission.PURSUE_LINE, "line.reopened")
def reopen_line(investigator: User, line: LineOfInquiry) -> None:
    """Take a line up again; what was said of it stays until it is closed anew."""
    if line.state is LineState.OPEN:
        raise Refused("This line is open already.")
    line.state = LineState.OPEN
    line.row += 1


def _settle(line: LineOfInquiry, state: LineState, result: str, missing: str) -> None:
    if line.state is LineState.CLOSED:
        raise Refused("This line is closed already; open it again first.")
    must_say(result, missing)
    line.state, line.result = state, result
    line.row += 1


def _must_be_newest(line: LineOfInquiry, row: int) -> None:
    if line.row != row:
        raise Stale(line)


def _must_be_able(case: Case, owner: User | None) -> None:
    if owner is not None and not duties_of(owner, case) & TEAM:
        raise Refused("Choose somebody who leads or investigates this case now.")
