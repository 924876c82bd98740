"""Captures of a disclosure: taking a file in, and giving it out as a download."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired

from tracker.actions import captures as actions
from tracker.audit.doors import Refused
from tracker.fields import Text
from tracker.forms import RecordForm
from tracker.guard import Area, me
from tracker.models.captures import Capture
from tracker.models.disclosures import Disclosure
from tracker.policy import Permission
from tracker.refusals import CLOSED
from tracker.rendering import page
from tracker.uploads import send, shown_name, take_in
from tracker.views.choices import ThingField

area = Area("captures", __name__)


def _standing(disclosure: Disclosure) -> list[Capture]:
    """The captures that no better one stands in for."""
    return [capture for capture in disclosure.captures if capture.corrected_by is None]


class CaptureForm(RecordForm):
    """A file that shows the disclosure as it was found."""

    file = FileField("File", [FileRequired("Choose a file.")], description="It is kept unchanged, under its SHA-256.")
    corrects = ThingField("Stands in for", _standing, empty="No earlier capture")
    note = Text("Note", longest=2000, description="How and where it was captured.")


@area.form(
    "/cases/<ref:case>/disclosures/<number:number>/captures/new", needs=Permission.RECORD_DISCLOSURE, of=Disclosure
)
def new(disclosure: Disclosure) -> ResponseReturnValue:
    """Add a capture, or a better one of the same."""
    form = CaptureForm()
    if not form.is_submitted():
        form.corrects.data = form.corrects.things.get(request.args.get("corrects", ""))
    if form.validate_on_submit():
        with form.conflicts():
            _take(disclosure, form)
            here = url_for("disclosures.show", case=disclosure.case.reference, number=disclosure.number)
            return redirect(f"{here}#captures", 303)
    return page("captures/new.html", form=form, disclosure=disclosure, case=disclosure.case)


def _take(disclosure: Disclosure, form: Any) -> None:
    if disclosure.case.is_closed:
        raise Refused(CLOSED)  # before the file is taken in
    stored, file = take_in(form.file.data), form.file.data
    about = {"note": form.note.data, "corrects": form.corrects.data}
    actions.record_capture(me(), disclosure, name=shown_name(file), sha256=stored.sha256, size=stored.size, **about)


@area.route(
    "/cases/<ref:case>/disclosures/<number:number>/captures/<number:capture>/file",
    needs=Permission.READ_CASE,
    of=Capture,
)
def download(capture: Capture) -> ResponseReturnValue:
    """The file, as a download; that it was taken is recorded."""
    prefix = f"{capture.case.reference}-disclosure-{capture.disclosure.number}-capture-{capture.number}"
    name = f"{prefix}-{capture.name}"
    here = url_for("disclosures.show", case=capture.case.reference, number=capture.disclosure.number)
    return send(name, capture.sha256, capture, read=lambda: actions.read_capture(me(), capture), at=here)
