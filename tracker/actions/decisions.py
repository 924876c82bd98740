"""The decision log: what was decided, what was rejected, and why. An entry is sealed as it is written."""

from tracker.actions.numbering import add_numbered
from tracker.analysis.letters import says
from tracker.audit.doors import Refused, action, now, seal
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.decisions import Decision
from tracker.policy import Permission


@action(Permission.LOG_DECISION, "decision.logged")
def log_decision(
    decider: User, case: Case, *, what: str, reason: str, alternatives: str = "", revisit: str = ""
) -> Decision:
    """Write a decision down. It never changes again; another decision is another entry."""
    if not says(what) or not says(reason):
        raise Refused("Enter the decision and the reason.")
    decision = add_numbered(
        Decision, case=case, what=what, alternatives=alternatives, reason=reason, revisit=revisit, by=decider, at=now()
    )
    seal(decision)
    return decision
