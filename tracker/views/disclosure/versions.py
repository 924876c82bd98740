"""Versions: one version, recording and changing one, correcting what is kept of it, reading text and file."""

from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue

from tracker.actions.disclosure import versions as actions
from tracker.actions.disclosure.versions import WORDS, Content
from tracker.audit.doors import Refused
from tracker.models.disclosure.conflicts import conflicts_of
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.models.register.accounts import Account
from tracker.policy import Permission
from tracker.policy.refusals import CLOSED
from tracker.views.disclosure.version_forms import CorrectionForm, NewVersionForm, VersionForm
from tracker.web.guard import Area, me, settings
from tracker.web.lists import register
from tracker.web.places import address
from tracker.web.rendering import page
from tracker.web.uploads import send, shown_name, store_upload

area = Area("versions", __name__)
register(
    area, Version, "versions", order=(Version.material_id, Version.number),
    columns=(
        "material", "label", "made", "author", "changes", "text_sha256", "number", "identifier", "file_name",
        "file_sha256", "file_size", "store_reason", "holders_known", "holders", "corrects", "holders_most",
    ),
)  # fmt: skip
LIST = "/cases/<ref:case>/materials/<number:number>/versions"
ONE = f"{LIST}/<number:part>"


@area.form(f"{LIST}/new", needs=Permission.RECORD_MATERIAL, of=Material, takes_files=True)
def new(material: Material) -> ResponseReturnValue:
    """Record a version."""
    storable = actions.may_store(material, settings())
    return NewVersionForm().takes(_record, material, "disclosure/versions/new.html", storable=storable)


@area.route(ONE, needs=Permission.READ_CASE, of=Version)
def show(version: Version) -> ResponseReturnValue:
    """One version: what is said of it, what is kept of it, and how far its spread is known."""
    return page("disclosure/versions/show.html", conflicts=conflicts_of(version))


@area.form(f"{ONE}/edit", needs=Permission.RECORD_MATERIAL, of=Version)
def edit(version: Version) -> ResponseReturnValue:
    """Change the words about it."""
    return VersionForm(obj=version).takes(actions.edit_version, version, "disclosure/versions/edit.html")


@area.form(f"{ONE}/correct", needs=Permission.RECORD_MATERIAL, of=Version, takes_files=True)
def correct(version: Version) -> ResponseReturnValue:
    """Correct text or file by a new row. The form shows the text that is kept, so opening it is a recorded read."""
    storable = actions.may_store(version.material, settings())
    form = CorrectionForm(data=_saved_content(version, storable))
    if version.has_text and storable and not form.validate_on_submit():
        actions.read_version(me(), version, what="text")
    return form.takes(_correct, version, "disclosure/versions/correct.html", storable=storable)


@area.route(f"{ONE}/text", needs=Permission.READ_CASE, of=Version, endpoint="text")
def show_text(version: Version) -> ResponseReturnValue:
    """The text that is kept; that it was read is recorded."""
    if not version.has_text:
        abort(404)
    actions.read_version(me(), version, what="text")
    return page("disclosure/versions/text.html")


@area.route(f"{ONE}/file", needs=Permission.READ_CASE, of=Version)
def download(version: Version) -> ResponseReturnValue:
    """The file that is kept, as a download; that it was taken is recorded."""
    if not version.has_file:
        abort(404)
    prefix = f"{version.case.reference}-material-{version.material.number}-version-{version.number}"
    name, sha256 = f"{prefix}-{version.file_name}", version.file_sha256 or ""
    read = lambda: actions.read_version(me(), version, what="file")  # noqa: E731  # only once the file is found whole
    return send(name, sha256, version, read=read, at=address(version))


def _record(account: Account, material: Material, **given: Any) -> Version:
    about = {name: given[name] for name in WORDS}
    return actions.record_version(account, material, content=_content(material, given), settings=settings(), **about)


def _correct(account: Account, version: Version, *, why_corrected: str, **given: Any) -> Version:
    content = _content(version.material, given)
    return actions.correct_version(account, version, content=content, settings=settings(), why_corrected=why_corrected)


def _content(material: Material, given: dict[str, Any]) -> Content:
    """What the form wants kept. A file is taken in only when it may be: what is refused never reaches the store."""
    file = given["file"] if given["file"] and given["file"].filename else None
    if file or given["text"]:
        if material.case.is_closed:
            raise Refused(CLOSED)
        actions.must_be_storable(material, settings(), given["store_reason"])
    return Content(
        text=given["text"],
        text_sha256=given["text_sha256"],
        file=store_upload(file, case=material.case) if file else None,
        file_name=shown_name(file) if file else "",
        file_sha256=given["file_sha256"],
        reason=given["store_reason"],
    )


def _saved_content(version: Version, storable: bool) -> dict[str, Any]:
    return {
        "text": version.text if storable else "",
        "text_sha256": "" if version.has_text and storable else version.text_sha256,
        "file_sha256": version.file_sha256,
        "store_reason": version.store_reason,
    }
