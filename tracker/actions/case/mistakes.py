"""A case that was opened by mistake: closed as such in one step, and opened again as easily."""

from tracker.actions.case.stages import record_move
from tracker.actions.checks import must_say
from tracker.audit.doors import Refused, action, now
from tracker.gates import Facts
from tracker.models.case.cases import Case
from tracker.models.case.stages import StageMove
from tracker.models.case.words import Stage
from tracker.models.findings.words import Ending
from tracker.models.register.accounts import Account
from tracker.policy import Permission


def why_no_mistake(case: Case) -> str | None:
    """Why the case cannot be closed as a mistake; None where it can."""
    if case.stage is not Stage.INTAKE:
        return "Only a case in intake can be closed as opened by mistake. Other cases close on an outcome."
    if len(Facts(case).lacking) < len(Facts.PILLARS):
        return "This case holds interviews, access records or findings. It closes on an outcome."
    return None


@action(Permission.CLOSE_MISTAKE, "case.closed_as_mistake", unless=why_no_mistake)
def close_mistake(lead: Account, case: Case, *, reason: str) -> StageMove:
    """Close the case in one step: nothing was inquired into, so no outcome is decided."""
    must_say(reason, "Enter the reason why the case was opened by mistake.", "reason")
    move = record_move(lead, case, Stage.CLOSED, reason, [])
    case.closed, case.ending = now(), Ending.OPENED_BY_MISTAKE.value
    return move


@action(Permission.CLOSE_MISTAKE, "case.mistake_reopened", when_closed=True)
def reopen_mistake(lead: Account, case: Case, *, reason: str) -> StageMove:
    """Open it again, at intake: it was no mistake after all."""
    if case.ending != Ending.OPENED_BY_MISTAKE.value:
        raise Refused("Only a case that was closed as opened by mistake can be opened again here.")
    must_say(reason, "Enter the reason for reopening the case.", "reason")
    move = record_move(lead, case, Stage.INTAKE, reason, [])
    case.closed = case.ending = None
    return move
