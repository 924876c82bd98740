"""The decision log: what was decided, what was rejected, and why. An entry is sealed as it is written."""

from tracker.actions.checks import add_numbered
from tracker.analysis.letters import says
from tracker.audit.doors import Refused, action, seal
from tracker.models.case.cases import Case
from tracker.models.findings.decisions import Decision
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.LOG_DECISION, "decision.logged")
def log_decision(
    deciding_official: Account, case: Case, *, what: str, reason: str, alternatives: str = "", revisit: str = ""
) -> Decision:
    """Write a decision down. It never changes again; another decision is another entry."""
    if not says(what) or not says(reason):
        raise Refused("Enter the decision and the reason.")
    decision = add_numbered(
        Decision, case=case, what=what, alternatives=alternatives, reason=reason, revisit=revisit, by=deciding_official
    )
    seal(decision)
    return decision
