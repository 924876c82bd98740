"""Versions: one version, recording and changing one, correcting what is kept of it, reading text and file."""

from typing import Any

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from tracker.actions import versions as actions
from tracker.actions.versions import WORDS, Content
from tracker.audit.doors import Refused
from tracker.guard import Area, me, settings
from tracker.models.materials import Material
from tracker.models.rivals import under
from tracker.models.versions import Version
from tracker.policy import Permission
from tracker.refusals import CLOSED
from tracker.rendering import page
from tracker.uploads import send, shown_name, take_in
from tracker.views.contents import CorrectionForm, NewVersionForm, VersionForm

area = Area("versions", __name__)
LIST = "/cases/<ref:case>/materials/<number:number>/versions"
ONE = f"{LIST}/<number:part>"


@area.form(f"{LIST}/new", needs=Permission.RECORD_MATERIAL, of=Material)
def new(material: Material) -> ResponseReturnValue:
    """Record a version."""
    form = NewVersionForm()
    if form.validate_on_submit():
        with form.conflicts():
            about = {name: form[name].data for name in WORDS}
            version = actions.record_version(
                me(), material, content=_content(form, material), settings=settings(), **about
            )
            return _to(version)
    storable = actions.may_store(material, settings())
    return page("versions/new.html", form=form, case=material.case, material=material, storable=storable)


@area.route(ONE, needs=Permission.READ_CASE, of=Version)
def show(version: Version) -> ResponseReturnValue:
    """One version: what is said of it, what is kept of it, and how far its spread is known."""
    return page("versions/show.html", case=version.case, version=version, rivals=under(version))


@area.form(f"{ONE}/edit", needs=Permission.RECORD_MATERIAL, of=Version)
def edit(version: Version) -> ResponseReturnValue:
    """Change the words about it."""
    form = VersionForm(obj=version)
    if form.validate_on_submit():
        with form.conflicts(version):
            actions.edit_version(me(), version, row=form.row.data, **form.values())
            return _to(version)
    return page("versions/edit.html", form=form, case=version.case, version=version)


@area.form(f"{ONE}/correct", needs=Permission.RECORD_MATERIAL, of=Version)
def correct(version: Version) -> ResponseReturnValue:
    """Correct text or file by a new row. The form shows the text that is kept, so opening it is a recorded read."""
    storable = actions.may_store(version.material, settings())
    form = CorrectionForm(data=_kept(version, storable))
    if form.validate_on_submit():
        with form.conflicts():
            content, why = _content(form, version.material), form.why_corrected.data
            return _to(actions.correct_version(me(), version, content=content, settings=settings(), why_corrected=why))
    elif version.has_text and storable:
        actions.read_version(me(), version, what="text")
    return page("versions/correct.html", form=form, case=version.case, version=version, storable=storable)


@area.route(f"{ONE}/text", needs=Permission.READ_CASE, of=Version)
def text(version: Version) -> ResponseReturnValue:
    """The text that is kept; that it was read is recorded."""
    if not version.has_text:
        abort(404)
    actions.read_version(me(), version, what="text")
    return page("versions/text.html", case=version.case, version=version)


@area.route(f"{ONE}/file", needs=Permission.READ_CASE, of=Version)
def download(version: Version) -> ResponseReturnValue:
    """The file that is kept, as a download; that it was taken is recorded."""
    if not version.has_file:
        abort(404)
    prefix = f"{version.case.reference}-material-{version.material.number}-version-{version.number}"
    name, sha256 = f"{prefix}-{version.file_name}", version.file_sha256 or ""
    here = url_for("versions.show", case=version.case.reference, number=version.material.number, part=version.number)
    return send(name, sha256, version, read=lambda: actions.read_version(me(), version, what="file"), at=here)


def _content(form: Any, material: Material) -> Content:
    """What the form wants kept. A file is taken in only when it may be: what is refused never reaches the store."""
    file = form.file.data if form.file.data and form.file.data.filename else None
    if file or form.text.data:
        if material.case.is_closed:
            raise Refused(CLOSED)
        actions.must_be_storable(material, settings(), form.store_reason.data)
    return Content(
        text=form.text.data,
        text_sha256=form.text_sha256.data,
        file=take_in(file) if file else None,
        file_name=shown_name(file) if file else "",
        file_sha256=form.file_sha256.data,
        reason=form.store_reason.data,
    )


def _kept(version: Version, storable: bool) -> dict[str, Any]:
    return {
        "text": version.text if storable else "",
        "text_sha256": "" if version.has_text and storable else version.text_sha256,
        "file_sha256": version.file_sha256,
        "store_reason": version.store_reason,
    }


def _to(version: Version) -> Response:
    return redirect(
        url_for(".show", case=version.case.reference, number=version.material.number, part=version.number), 303
    )
