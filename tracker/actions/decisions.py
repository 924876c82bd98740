"""The decision log: what was decided, what was rejected, and why. An entry is sealed as it is written."""

from tracker import db
from tracker.actions.numbering import next_number
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
        raise Refused("Say what was decided, and why.")
    decision = Decision(
        case=case, number=next_number(Decision, case_id=case.id), what=what, alternatives=alternatives, reason=reason,
        revisit=revisit, by=decider, at=now(),
    )  # fmt: skip
    db.session().add(decision)
    seal(decision)
    return decision
