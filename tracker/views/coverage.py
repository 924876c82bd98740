"""Coverage: the ways a version may have spread that nothing shows; recording, changing, resolving, reopening one."""

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import materials as actions
from tracker.exports.columns import instant, label, plain, text
from tracker.fields import Text, WordField, needed
from tracker.forms import EditForm, RecordForm
from tracker.guard import Area, me
from tracker.models.versions import Coverage, Version
from tracker.models.words.materials import Point
from tracker.policy import Permission
from tracker.rendering import page
from tracker.web.lists import register

area = Area("coverage", __name__)
register(
    area, Coverage, "coverage", order=(Coverage.material_id, Coverage.number),
    columns=(
        label("material", "materials", Coverage.material_id),
        label("version", "versions", Coverage.version_id),
        plain("number", Coverage.number),
        plain("point", Coverage.point),
        text("note", Coverage.note),
        instant("resolved", Coverage.resolved_at),
        text("resolution", Coverage.resolution),
    ),
)  # fmt: skip
WAY = "/cases/<ref:case>/materials/<number:number>/coverage/<number:part>"


class CoverageForm(EditForm):
    """A way of spreading that no row shows."""

    point = WordField("How it may have spread", Point, empty="Choose", validators=[needed("Choose how.")])
    note = Text("Note", longest=2000, description="Which printer, whose mailbox; posts, not names.")


class ResolveForm(RecordForm):
    """How it was settled."""

    resolution = Text(
        "How it was resolved",
        [needed("Say how it was resolved.")],
        longest=2000,
        description="What was found, and where it is recorded. From then on it is not counted as unresolved.",
    )


@area.form(
    "/cases/<ref:case>/materials/<number:number>/versions/<number:part>/coverage/new",
    needs=Permission.RECORD_MATERIAL,
    of=Version,
)
def new(version: Version) -> ResponseReturnValue:
    """Record one."""
    form = CoverageForm()
    if form.validate_on_submit():
        with form.conflicts():
            actions.record_coverage(me(), version, **form.values())
            return redirect(_page_of(version), 303)
    return page("coverage/new.html", form=form, case=version.case, version=version)


@area.form(f"{WAY}/edit", needs=Permission.RECORD_MATERIAL, of=Coverage)
def edit(coverage: Coverage) -> ResponseReturnValue:
    """Change what is said of it."""
    form = CoverageForm(obj=coverage)
    if form.validate_on_submit():
        with form.conflicts():
            actions.edit_coverage(me(), coverage, **form.values())
            return redirect(_page_of(coverage.version), 303)
    return page("coverage/edit.html", form=form, case=coverage.case, coverage=coverage)


@area.form(f"{WAY}/resolve", needs=Permission.RECORD_MATERIAL, of=Coverage)
def resolve(coverage: Coverage) -> ResponseReturnValue:
    """Say how it was resolved."""
    form = ResolveForm()
    if form.validate_on_submit():
        with form.conflicts():
            actions.resolve_coverage(me(), coverage, **form.values())
            return redirect(_page_of(coverage.version), 303)
    return page("coverage/resolve.html", form=form, case=coverage.case, coverage=coverage)


@area.post(f"{WAY}/reopen", needs=Permission.RECORD_MATERIAL, of=Coverage)
def reopen(coverage: Coverage) -> ResponseReturnValue:
    """Count it as unresolved again."""
    actions.reopen_coverage(me(), coverage)
    return redirect(_page_of(coverage.version), 303)


def _page_of(version: Version) -> Any:
    return url_for(
        "versions.show",
        case=version.case.reference,
        number=version.material.number,
        part=version.number,
        _anchor="coverage",
    )
