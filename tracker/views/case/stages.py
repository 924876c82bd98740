"""Stages: moving the case, its suspensions, and a review that is waived."""

from typing import Any

from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from tracker.actions.case import stages as actions
from tracker.gates import Facts, next_step
from tracker.models.case.cases import Case
from tracker.models.case.stages import ReviewWaiver, StageMove, Suspension
from tracker.models.case.words import Stage
from tracker.policy import Permission
from tracker.views.case.open_points import ahead
from tracker.web.fields import LongText, WordField, needed, word_choices
from tracker.web.forms import ReasonForm, RecordForm
from tracker.web.guard import Area
from tracker.web.lists import register
from tracker.web.places import to

area = Area("stages", __name__)
register(
    area, StageMove, "stage-moves",
    columns=(
        "number", "from_stage", "to_stage", "reason", "checklist", "by", "at", "stops",
    ),
)  # fmt: skip
register(
    area, Suspension, "suspensions",
    columns=(
        "number", "reason", "by", "at", "lifted", "lifted_by", "why_lifted",
    ),
)  # fmt: skip
register(
    area, ReviewWaiver, "review-waivers",
    columns=(
        "number", "reason", "by", "at",
    ),
)  # fmt: skip


def _stage(text: Any) -> Stage | None:
    return Stage(text) if text in set(Stage) else None


class MoveForm(RecordForm):
    """Where the case goes."""

    to_stage = WordField("New stage", Stage, empty="Choose", validators=[needed("Choose a stage.")])
    reason = LongText("Reason", longest=5000, description="Required if the case moves back.")
    from_stage = HiddenField(filters=[_stage])

    def offer(self, facts: Facts, *, is_open: bool) -> None:
        """The next step where nothing is open before it, and every stage the case has come through."""
        case, step = facts.case, next_step(facts)
        before = actions.came_through(facts) if not case.is_closed else []
        goes_on = step is not None and step.end is not Stage.CLOSED and (is_open or self.is_submitted())
        after = [step.end] if step is not None and goes_on else []
        offered = {*after, *before}
        self.to_stage.choices = [one for one in word_choices(Stage, "Choose") if not one.value or one.value in offered]
        if not self.is_submitted():
            self.from_stage.data = case.stage


@area.form("/cases/<ref:case>/stage", needs=Permission.MOVE_STAGE, of=Case)
def move(case: Case) -> ResponseReturnValue:
    """Move the case on, or back."""
    form, facts = MoveForm(), Facts(case)
    before = ahead(facts)
    form.offer(facts, is_open=before is not None and before.is_open)
    return form.takes(actions.move_stage, case, "case/stages/move.html", to=lambda _: to(case), ahead=before)


@area.form("/cases/<ref:case>/suspensions/new", needs=Permission.SUSPEND_CASE, of=Case)
def suspend(case: Case) -> ResponseReturnValue:
    """Suspend the case."""
    return ReasonForm().takes(actions.suspend_case, case, "case/stages/suspend.html", to=lambda _: to(case))


@area.form("/cases/<ref:case>/suspensions/<number:number>/lift", needs=Permission.SUSPEND_CASE, of=Suspension)
def lift(suspension: Suspension) -> ResponseReturnValue:
    """Lift a suspension."""
    return ReasonForm().takes(
        actions.lift_suspension, suspension, "case/stages/lift.html", to=lambda _: to(suspension.case)
    )


@area.form(
    "/cases/<ref:case>/review-waiver", needs=Permission.WAIVE_REVIEW, of=Case, fresh=True,
    unless=actions.why_not_waived,
)  # fmt: skip
def waive(case: Case) -> ResponseReturnValue:
    """Let the case go on without a reviewer."""
    return ReasonForm().takes(actions.waive_review, case, "case/stages/waive.html", to=lambda _: to(case))
