"""Choosing the time as of which a page of the case is read."""

from datetime import datetime, timedelta
from typing import Any

from flask import make_response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, ValidationError

from tracker.analysis.moments import MomentFault, Precision
from tracker.analysis.typed.reading import read_time
from tracker.analysis.typed.writing import at as write_at
from tracker.audit.as_of.reading import recorded_since
from tracker.audit.doors import now
from tracker.models.case.cases import Case
from tracker.policy import Permission
from tracker.web.as_of.addresses import page_at
from tracker.web.fields import ShortText
from tracker.web.forms import FilterForm
from tracker.web.guard import Area
from tracker.web.moment_field import case_zone, how_typed
from tracker.web.rendering import page

area = Area("as_of", __name__)
ONE_TIME = "Enter one date, such as 3 May 2026, or a date and a time, such as 3 May 2026 18:00."


class AsOfForm(FilterForm):
    """A time, and the page that is to be read as of then."""

    at: datetime | None = None
    on = ShortText("Date and time", longest=80)
    page = HiddenField()

    def validate_on(self, field: Any) -> None:
        """One time, since the record of the case begins and not in the future. A date alone is the end of that day."""
        if not field.data:
            return
        at, since = _read(field.data), recorded_since(self.case)
        if at < since:
            first = since.replace(second=0, microsecond=0) + timedelta(minutes=1)  # the first that can be typed
            raise ValidationError(f"Enter a time from {_say(first)} on. The record of this case begins then.")
        self.at = at


def _read(text: str) -> datetime:
    try:
        found, present = read_time(text, how_typed(case_zone())), now()
    except MomentFault as fault:
        raise ValidationError(str(fault)) from fault
    if found.earliest is None or found.latest is None or found.precision is Precision.BETWEEN:
        raise ValidationError(ONE_TIME)
    if found.earliest > present:
        raise ValidationError("Enter an earlier time. This time is in the future.")
    return min(found.latest, present) if found.precision is Precision.DAY else found.earliest


def _say(when: datetime) -> str:
    return write_at(when, case_zone()).replace("\N{NO-BREAK SPACE}", " ")


@area.route("/cases/<ref:case>/as-of", needs=Permission.READ_CASE, of=Case)
def choose(case: Case) -> ResponseReturnValue:
    """The page that was asked for, as of the time; without one, or with a wrong one, the field for it."""
    form = AsOfForm(case)
    if form.at is None:
        return make_response(page("answers/as_of/choose.html", asked=form), 422 if form.errors else 200)
    return redirect(page_at(form.at, _page_of(case)), 303)


def _page_of(case: Case) -> str:
    """The page to read: one of this case, else its access records."""
    wanted, here = request.args.get("page", ""), f"/cases/{case.reference}/"
    return wanted if wanted.startswith(here) and "\\" not in wanted and wanted.isprintable() else f"{here}access"
