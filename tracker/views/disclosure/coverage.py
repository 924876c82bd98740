"""Coverage: the ways a version may have spread that nothing shows; recording, changing, resolving, reopening one."""

from flask.typing import ResponseReturnValue
from werkzeug import Response

from tracker.actions.disclosure import materials as actions
from tracker.models.disclosure.versions import Coverage, Version
from tracker.models.disclosure.words import Point
from tracker.policy import Permission
from tracker.views.disclosure.version_forms import Count
from tracker.web.fields import LongText, WordField, needed
from tracker.web.forms import EditForm, RecordForm
from tracker.web.guard import Area, me
from tracker.web.lists import register
from tracker.web.places import to

area = Area("coverage", __name__)
register(
    area, Coverage, "coverage", order=(Coverage.material_id, Coverage.number),
    columns=(
        "material", "version", "number", "point", "note", "resolved", "resolution", "size",
    ),
)  # fmt: skip
WAY = "/cases/<ref:case>/materials/<number:number>/coverage/<number:part>"


class CoverageForm(EditForm):
    """A way of spreading that no row shows."""

    point = WordField("Channel", Point, empty="Choose", validators=[needed("Choose the channel.")])
    size = Count(
        "Number of people", render_kw={"inputmode": "numeric", "autocomplete": "off"},
        description="Only for a group of readers. It counts in the coverage and nowhere else.",
    )  # fmt: skip
    note = LongText("Note", longest=2000, description="Which printer or whose mailbox. Use posts, not names.")


class ResolveForm(RecordForm):
    """How it was settled."""

    resolution = LongText(
        "Resolution",
        [needed("Enter how the channel was resolved.")],
        longest=2000,
        description="What was found and where it is recorded. The channel then no longer counts as unresolved.",
    )


@area.form(
    "/cases/<ref:case>/materials/<number:number>/versions/<number:part>/coverage/new",
    needs=Permission.RECORD_MATERIAL,
    of=Version,
)
def new(version: Version) -> ResponseReturnValue:
    """Record one."""
    return CoverageForm().takes(actions.record_coverage, version, "disclosure/coverage/new.html", to=_to_version)


@area.form(f"{WAY}/edit", needs=Permission.RECORD_MATERIAL, of=Coverage)
def edit(coverage: Coverage) -> ResponseReturnValue:
    """Change what is said of it."""
    return CoverageForm(obj=coverage).takes(
        actions.edit_coverage, coverage, "disclosure/coverage/edit.html", to=_to_version
    )


@area.form(f"{WAY}/resolve", needs=Permission.RECORD_MATERIAL, of=Coverage)
def resolve(coverage: Coverage) -> ResponseReturnValue:
    """Enter how the channel was resolved."""
    return ResolveForm().takes(actions.resolve_coverage, coverage, "disclosure/coverage/resolve.html", to=_to_version)


@area.post(f"{WAY}/reopen", needs=Permission.RECORD_MATERIAL, of=Coverage)
def reopen(coverage: Coverage) -> ResponseReturnValue:
    """Count it as unresolved again."""
    actions.reopen_coverage(me(), coverage)
    return _to_version(coverage)


def _to_version(coverage: Coverage) -> Response:
    """The version's page, at what may have spread."""
    return to(coverage.version, _anchor="coverage")
