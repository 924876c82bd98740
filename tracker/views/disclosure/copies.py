"""Copies: recording a numbered copy of a material, and changing what is said of it."""

from typing import Any

from flask.typing import ResponseReturnValue
from werkzeug import Response

from tracker.actions.disclosure import materials as actions
from tracker.models.disclosure.copies import Copy
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.models.disclosure.words import CopyForm as Form
from tracker.policy import Permission
from tracker.web.choices import ThingField
from tracker.web.fields import ShortText, WordField, needed
from tracker.web.forms import EditForm
from tracker.web.guard import Area
from tracker.web.lists import register
from tracker.web.places import to

area = Area("copies", __name__)
register(
    area, Copy, "copies", order=(Copy.material_id, Copy.number),
    columns=(
        "material", "version", "number", "form", "holder", "mark", "label",
    ),
)  # fmt: skip


def _versions(thing: Any) -> list[Version]:
    """What a copy may be of: the versions that nothing corrects."""
    material = thing if isinstance(thing, Material) else thing.material
    return [version for version in material.versions if version.corrected_by is None]


class CopyForm(EditForm):
    """A numbered copy."""

    label = ShortText("Number or label", longest=80, description="As printed on the copy, such as 3 of 4.")
    version = ThingField("Version", _versions, empty="Not known")
    form = WordField("Form", Form, empty="Choose", validators=[needed("Choose the form of the copy.")])
    holder = ShortText(
        "Holder", longest=200, description="The pseudonym of a person in the case, such as P-014, or a post."
    )
    mark = ShortText("Identifying mark", longest=200, description="What marks this copy alone, such as a dot.")


@area.form("/cases/<ref:case>/materials/<number:number>/copies/new", needs=Permission.RECORD_MATERIAL, of=Material)
def new(material: Material) -> ResponseReturnValue:
    """Record a copy."""
    return CopyForm().takes(actions.record_copy, material, "disclosure/copies/new.html", to=_to_copies)


@area.form(
    "/cases/<ref:case>/materials/<number:number>/copies/<number:part>/edit", needs=Permission.RECORD_MATERIAL, of=Copy
)
def edit(copy: Copy) -> ResponseReturnValue:
    """Change what is said of a copy."""
    form = CopyForm(obj=copy)
    return form.takes(actions.edit_copy, copy, "disclosure/copies/edit.html", to=_to_copies, material=copy.material)


def _to_copies(thing: Copy | Material) -> Response:
    """The material's page, at its copies."""
    return to(thing if isinstance(thing, Material) else thing.material, _anchor="copies")
