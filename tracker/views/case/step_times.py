"""Step times: every step of a case, when it happened and when it was recorded."""

from functools import partial

from flask import abort, request
from flask.typing import ResponseReturnValue

from tracker.actions.case import step_times as actions
from tracker.models.case.cases import Case
from tracker.models.case.step_times import StepTime, steps_of
from tracker.policy import Permission
from tracker.web.fields import LongText, needed
from tracker.web.forms import RecordForm
from tracker.web.guard import Area
from tracker.web.lists import register
from tracker.web.moment_field import MomentField
from tracker.web.places import go
from tracker.web.rendering import page

area = Area("step_times", __name__)
HERE = "/cases/<ref:case>/step-times"
register(
    area, StepTime, "step-times",
    columns=(
        "number", "step", "took_place", "reason", "by", "at",
    ),
)  # fmt: skip


class StepTimeForm(RecordForm):
    """When it happened, and why that is not when it was recorded."""

    took_place = MomentField("Happened", required=True)
    reason = LongText("Reason", [needed(actions.WHY)], longest=2000)


@area.route(HERE, needs=Permission.READ_CASE, of=Case)
def list_page(case: Case) -> ResponseReturnValue:
    """Every step of the case."""
    return page("case/step_times/list.html", steps=steps_of(case))


@area.form(f"{HERE}/new", needs=Permission.DATE_STEP, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Say when one of them happened: the `step` of the address."""
    asked = request.args.get("step", "opening")
    step = next((one for one in steps_of(case) if one.name == asked), None) or abort(404)
    date = partial(actions.date_step, step=step.name)
    return StepTimeForm().takes(date, case, "case/step_times/new.html", to=lambda _: go(".list_page", case), step=step)
