"""Stages: the lead moves the case where its gates let it, or back with a reason; suspensions; and a review waived."""

from tracker.actions.checks import add_numbered, must_say
from tracker.audit.doors import Refused, action, now
from tracker.base.text import dumps
from tracker.gates import Facts, OpenPoint, Step, checklist, step_to
from tracker.gates.facts import EARLY
from tracker.models.case.cases import Case
from tracker.models.case.stages import ReviewWaiver, StageMove, Suspension
from tracker.models.case.words import Course, Role, Stage
from tracker.models.register.accounts import Account
from tracker.policy import Permission

ORDER = tuple(Stage)
SUSPENDED = "Lift the suspension before you change the stage."
NEVER_THERE = "This case was never in that stage. Move it back to a stage it was in, and on from there."


def lies_before(stage: Stage, other: Stage) -> bool:
    """Whether a case comes through `stage` before it comes to `other`."""
    return ORDER.index(stage) < ORDER.index(other)


def came_through(facts: Facts) -> list[Stage]:
    """The stages behind the case: it may go back to each; not to one that it was moved past."""
    behind = [one for one in ORDER if lies_before(one, facts.case.stage)]
    move = facts.to_review
    if facts.case.stage is not Stage.REVIEW or move is None or move.from_stage is None:
        return behind
    return [one for one in behind if one in EARLY or not lies_before(move.from_stage, one)]


@action(Permission.MOVE_STAGE, "stage.moved")
def move_stage(lead: Account, case: Case, *, from_stage: Stage | None, to_stage: Stage, reason: str = "") -> StageMove:
    """Move the case on, if the gates let it; or back, with a reason. `from_stage` is where the lead saw it."""
    if from_stage is not case.stage:
        raise Refused(f"The stage is now {case.stage.label.lower()}. Check the case before you change the stage.")
    if to_stage is Stage.CLOSED:
        raise Refused("Only the deciding official can close a case, on an outcome.")
    facts = Facts(case)
    if lies_before(to_stage, case.stage):
        return move_back(lead, case, to_stage, reason, facts)
    step = step_to(facts, to_stage)
    if step is None:
        raise Refused(f"A case cannot move from {case.stage.label.lower()} to {to_stage.label.lower()}.")
    return record_move(lead, case, to_stage, reason, must_be_open(facts, step), stops=step.course is Course.STOPPED)


def must_be_open(facts: Facts, step: Step) -> list[OpenPoint]:
    """The checklist of a step that is open; raises Refused with the first sentence of what is missing."""
    lines = checklist(facts, step.gates)
    if (missing := next((line for line in lines if not line.done), None)) is not None:
        raise Refused(missing.text)
    return lines


def move_back(mover: Account, case: Case, to_stage: Stage, reason: str, facts: Facts) -> StageMove:
    """Move the case to an earlier stage, which asks for no gate but for a reason."""
    if facts.suspension:
        raise Refused(SUSPENDED)
    must_say(reason, "Enter the reason why the case moves back.", "reason")
    if to_stage not in came_through(facts):
        raise Refused(NEVER_THERE)
    return record_move(mover, case, to_stage, reason, [])


def record_move(
    mover: Account, case: Case, to_stage: Stage, reason: str, lines: list[OpenPoint], *, stops: bool = False
) -> StageMove:
    """Inside an action: write down the move, with the checklist as it was, and move the case."""
    text = dumps([[line.gate, line.text] for line in lines])
    move = add_numbered(
        StageMove, case=case, from_stage=case.stage, to_stage=to_stage, reason=reason, checklist=text, stops=stops,
        by=mover,
    )  # fmt: skip
    case.stage = to_stage
    return move


@action(Permission.SUSPEND_CASE, "case.suspended")
def suspend_case(who: Account, case: Case, *, reason: str) -> Suspension:
    """Say that the case is suspended."""
    must_say(reason, "Enter the reason.", "reason")
    if Facts(case).suspension is not None:
        raise Refused("The case is already suspended.")
    return add_numbered(Suspension, case=case, reason=reason, by=who)


@action(Permission.SUSPEND_CASE, "suspension.lifted")
def lift_suspension(who: Account, suspension: Suspension, *, reason: str) -> None:
    """Say that it no longer is; that it was stays readable."""
    if suspension.lifted_at is not None:
        raise Refused("The suspension was already lifted.")
    must_say(reason, "Enter the reason.", "reason")
    suspension.lifted_at, suspension.lifted_by, suspension.why_lifted = now(), who, reason


def why_not_waived(case: Case) -> str | None:
    """Why no review is waived in this case now; None where one may be."""
    if any(one.role is Role.REVIEWER and one.accepted_at and not one.is_over for one in case.assignments):
        return "This case has a reviewer. A review can be waived only if there is no reviewer."
    return "The review was already waived." if Facts(case).waived else None


@action(Permission.WAIVE_REVIEW, "review.waived", unless=why_not_waived)
def waive_review(who: Account, case: Case, *, reason: str) -> ReviewWaiver:
    """Let a case go on that has no reviewer. It will close as not independently reviewed, and say so on every page."""
    must_say(reason, "Enter the reason why nobody can review this case.", "reason")
    return add_numbered(ReviewWaiver, case=case, reason=reason, by=who)
