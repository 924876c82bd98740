"""Captures of a disclosure: taking a file in, and giving it out as a download."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired

from tracker.actions.disclosure import captures as actions
from tracker.audit.doors import Refused
from tracker.models.disclosure.captures import Capture
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.register.accounts import Account
from tracker.policy import Permission
from tracker.policy.refusals import CLOSED
from tracker.web.choices import ThingField
from tracker.web.fields import LongText
from tracker.web.forms import RecordForm
from tracker.web.guard import Area, me
from tracker.web.lists import register
from tracker.web.places import address, to
from tracker.web.uploads import send, shown_name, store_upload

area = Area("captures", __name__)
register(
    area, Capture, "captures", order=(Capture.disclosure_id, Capture.number),
    columns=(
        "disclosure", "number", "name", "sha256", "size", "note", "corrects", "by",
    ),
)  # fmt: skip


def _find_current(disclosure: Disclosure) -> list[Capture]:
    """The captures that no better one stands in for."""
    return [capture for capture in disclosure.captures if capture.corrected_by is None]


class CaptureForm(RecordForm):
    """A file that shows the disclosure as it was found."""

    file = FileField("File", [FileRequired("Choose a file.")], description="Stored unchanged, with its SHA-256.")
    corrects = ThingField("Replaces", _find_current, empty="No earlier capture")
    note = LongText("Note", longest=2000, description="How and where the file was captured.")


@area.form(
    "/cases/<ref:case>/disclosures/<number:number>/captures/new",
    needs=Permission.RECORD_DISCLOSURE,
    of=Disclosure,
    takes_files=True,
)
def new(disclosure: Disclosure) -> ResponseReturnValue:
    """Add a capture, or a better one of the same."""
    form = CaptureForm()
    if form.is_fresh:
        form.corrects.data = form.corrects.things.get(request.args.get("corrects", ""))
    return form.takes(
        _record, disclosure, "disclosure/captures/new.html", to=lambda _: to(disclosure, _anchor="captures")
    )


def _record(account: Account, disclosure: Disclosure, *, file: Any, **about: Any) -> Capture:
    if disclosure.case.is_closed:
        raise Refused(CLOSED)  # before the file is taken in
    stored, name = store_upload(file, case=disclosure.case), shown_name(file)
    return actions.record_capture(account, disclosure, name=name, sha256=stored.sha256, size=stored.size, **about)


@area.route(
    "/cases/<ref:case>/disclosures/<number:number>/captures/<number:capture>/file",
    needs=Permission.READ_CASE,
    of=Capture,
)
def download(capture: Capture) -> ResponseReturnValue:
    """The file, as a download; that it was taken is recorded."""
    prefix = f"{capture.case.reference}-disclosure-{capture.disclosure.number}-capture-{capture.number}"
    name = f"{prefix}-{capture.name}"
    here = address(capture.disclosure)
    return send(name, capture.sha256, capture, read=lambda: actions.read_capture(me(), capture), at=here)
