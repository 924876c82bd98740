"""Step times: saying when a step of the inquiry happened; when it was recorded is never changed."""

from tracker.actions.checks import add_numbered, must_have_been, must_say
from tracker.analysis.moments import Moment
from tracker.audit.doors import Refused, action
from tracker.models.case.cases import Case
from tracker.models.case.step_times import StepTime, steps_of
from tracker.models.register.accounts import Account
from tracker.policy import Permission

WHY = "Enter the reason why the recorded time is not when it happened."


@action(Permission.DATE_STEP, "step.dated")
def date_step(who: Account, case: Case, *, step: str, took_place: Moment, reason: str) -> StepTime:
    """Say when a step (`opening`, `move:2`, `decision:3`) happened, with the reason; never in the future."""
    found = next((one for one in steps_of(case) if one.name == step), None)
    if found is None:
        raise Refused("Choose a step of this case.")
    must_say(reason, WHY, "reason")
    if not took_place:
        raise Refused("Enter when the step happened.", "took_place")
    must_have_been(took_place, "The time of the step", "took_place")
    if took_place.earliest is not None and took_place.earliest > found.recorded:
        raise Refused("The step cannot have happened after it was recorded.", "took_place")
    return add_numbered(StepTime, case=case, step=step, took_place=took_place, reason=reason, by=who)
