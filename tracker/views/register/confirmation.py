"""The password again, before something is signed, approved, closed, revealed, or leaves with names."""

from flask import flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests
from wtforms import HiddenField, PasswordField

from tracker.actions.register.sessions import confirm_password
from tracker.audit.doors import Refused
from tracker.policy import Permission
from tracker.views.register.carry_over import ask_later, carried_fields, local_path, refill, sent_fields
from tracker.web import login
from tracker.web.fields import needed
from tracker.web.forms import RecordForm
from tracker.web.guard import Area, me
from tracker.web.limits import throttle
from tracker.web.places import page_of_form, this_page
from tracker.web.rendering import page

area = Area("confirmation", __name__)


class ConfirmForm(RecordForm):
    """The password again, before something is signed, approved, closed or revealed."""

    password = PasswordField(
        "Password", [needed("Enter your password.")], render_kw={"autocomplete": "current-password"}
    )
    next = HiddenField()


@area.form("/confirm", needs=Permission.SIGNED_IN)
def confirm() -> ResponseReturnValue:
    """The password again; then on to where she was, with what she had typed."""
    form = ConfirmForm()
    if not form.next.data:
        form.next.data = request.args.get("next", "")
    if form.validate_on_submit():
        try:
            fits = throttle.confirms(me(), form.password.data)
        except TooManyRequests as later:
            return ask_later("register/sessions/confirm.html", form, later, case=None)
        with form.conflicts():
            if not fits:
                raise Refused("The password is incorrect. Wait a few seconds, then try again.")
            login.note_confirmation()
            confirm_password(me(), me())
            target = local_path(form.next.data)
            if not carried_fields():
                return redirect(target, 303)
            flash("Your password is confirmed. Nothing is saved yet. Check the form below and send it again.", "info")
            return refill(target)
    return page("register/sessions/confirm.html", form=form, case=None, carried=carried_fields())


def confirm_first() -> ResponseReturnValue:
    """The door asks for the password again: before a page is shown, or with what was sent carried along, unsaved."""
    if request.method == "GET":
        return redirect(url_for("confirmation.confirm", next=this_page(asked=True)), 302)
    form = ConfirmForm(formdata=None)
    form.next.data = page_of_form()
    return make_response(page("register/sessions/confirm.html", form=form, case=None, carried=sent_fields()), 401)
