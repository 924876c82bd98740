"""Cases in which nobody who could act is left: an administrator names a lead, and sees the reference alone."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker import db
from tracker.actions.duties import name_lead
from tracker.forms import Line, RecordForm, needed
from tracker.guard import Area, me
from tracker.models.cases import Case
from tracker.models.duties import headless
from tracker.policy import Permission
from tracker.rendering import page

area = Area("leaderless", __name__)


class NameForm(RecordForm):
    """A member to lead one of these cases."""

    reference = SelectField("Case", [needed("Choose a case.")])
    email = Line(
        "Email address of the new lead",
        [needed("Enter the address of a member account.")],
        longest=254,
        render_kw={"type": "email", "autocomplete": "off"},
    )

    def __init__(self, references: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reference.choices = [SelectChoice(reference, reference) for reference in references]


@area.form("/accounts/cases-without-lead", needs=Permission.MANAGE_ACCOUNTS)
def listed() -> ResponseReturnValue:
    """Their references, and the form that names a lead."""
    cases = {case.reference: case for case in db.session().scalars(headless().order_by(Case.reference))}
    form = NameForm(list(cases))
    if cases and form.validate_on_submit():
        with form.conflicts():
            name_lead(me(), cases[form.reference.data], email=form.email.data)
            flash(f"The member is asked to lead {form.reference.data}; everybody on the case is told.", "success")
            return redirect(url_for(".listed"), 303)
    return page("accounts/leaderless.html", form=form, cases=cases)
