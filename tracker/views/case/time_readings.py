"""How a typed time is read, for the field in which it is typed."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms.form import BaseForm

from tracker.models.case.cases import Case
from tracker.policy import Permission
from tracker.web.guard import Area
from tracker.web.moment_field import DayField, MomentField

area = Area("time_readings", __name__)


@area.route("/cases/<ref:case>/time-reading", needs=Permission.READ_CASE, of=Case)
def read(**_of: Case) -> ResponseReturnValue:
    """The piece of a page below the field that the address names: how its text is read, or what is wrong."""
    return _piece(MomentField("time"))


@area.route("/cases/<ref:case>/date-reading", needs=Permission.READ_CASE, of=Case)
def read_date(**_of: Case) -> ResponseReturnValue:
    """The same of a plain date."""
    return _piece(DayField("date"))


def _piece(field: MomentField) -> ResponseReturnValue:
    name = request.args.get("field", "time")[:80]
    form = BaseForm({name: field})
    form.process(request.args)
    form.validate()
    return render_template("case/cases/time_reading.html", field=form[name])
