"""Materials: the list, one material with its versions and copies, registering and changing one."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue
from werkzeug import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker.actions.disclosure import materials as actions
from tracker.actions.disclosure.versions import may_store
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.disclosure.aliases import MaterialAlias
from tracker.models.disclosure.conflicts import conflicts_of
from tracker.models.disclosure.copies import Copy
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.policy import Permission
from tracker.web.fields import ShortText, needed
from tracker.web.forms import EditForm, FilterForm
from tracker.web.guard import Area, settings
from tracker.web.lists import Tab, register
from tracker.web.moment_field import MomentField
from tracker.web.places import to
from tracker.web.rendering import page

area = Area("materials", __name__)


def markings(*more: str) -> list[SelectChoice]:
    """The configured markings, and those that are used although they are no longer configured."""
    return [
        SelectChoice(word, word.capitalize()) for word in dict.fromkeys((*settings().markings, *filter(None, more)))
    ]


class MaterialFilter(FilterForm):
    """Narrow the list of materials."""

    model = Material
    searched = (Material.identifier, Material.title, Material.originator, Material.custodian)
    q = ShortText("Identifier, title or custodian")
    marking = SelectField("Marking", choices=lambda: [SelectChoice("", "Any"), *markings()])


class MaterialForm(EditForm):
    """What is said of a material."""

    identifier = ShortText(
        "Identifier",
        [needed("Enter the identifier that logs and lists use, such as NET-1.")],
        longest=80,
        description="Short and without names of people. Imports and exports use it.",
    )
    title = ShortText("Title", [needed("Enter a title without names of people.")])
    originator = ShortText(
        "Originator", longest=200, description="The post or unit that made the material, not a name."
    )
    custodian = ShortText("Custodian", longest=200, description="The post responsible for the material, not a name.")
    marking = SelectField(
        "Marking", description="The marking of the material. It decides whether the text can be stored here."
    )
    created = MomentField("Created")
    retention = ShortText(
        "Retention rule", description="When copies and logs are destroyed, such as mail after 90 days."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.marking.choices = markings(getattr(kwargs.get("obj"), "marking", ""))
        if not self.is_submitted() and not self.marking.data:
            self.marking.data = settings().default_marking


register(
    area, Material, "materials", tab=Tab.DISCLOSURE, title="Materials", noun="material",
    filter=MaterialFilter, template="disclosure/materials/list.html", sort="identifier",
    sorts={
        "identifier": Material.identifier, "title": Material.title,
        "created": Material.__table__.c.created_earliest, "number": Material.number,
    },
    columns=(
        "identifier", "title", "originator", "custodian", "marking", "created", "number", "retention",
    ),
)  # fmt: skip


@area.form("/cases/<ref:case>/materials/new", needs=Permission.RECORD_MATERIAL, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Register a material."""
    return MaterialForm().takes(actions.register_material, case, "disclosure/materials/new.html")


@area.route("/cases/<ref:case>/materials/<number:number>", needs=Permission.READ_CASE, of=Material)
def show(material: Material) -> ResponseReturnValue:
    """One material, its versions and its copies."""
    versions = db.session().scalars(Version.listed(material)).all()
    copies = db.session().scalars(Copy.listed(material)).all()
    aliases = db.session().scalars(MaterialAlias.listed(material)).all()
    shown = {"versions": versions, "copies": copies, "aliases": aliases}
    return page("disclosure/materials/show.html", conflicts=conflicts_of(material, *versions), **shown)


@area.form("/cases/<ref:case>/materials/<number:number>/edit", needs=Permission.RECORD_MATERIAL, of=Material)
def edit(material: Material) -> ResponseReturnValue:
    """Change what is said of it."""
    return MaterialForm(obj=material).takes(
        actions.edit_material, material, "disclosure/materials/edit.html", to=_to_material
    )


def _to_material(material: Material) -> Response:
    """To its page, with a warning if what is kept of it may no longer be."""
    kept = [version.label for version in material.versions if version.has_text or version.has_file]
    if kept and not may_store(material, settings()):
        flash(
            f"The text or file of {', '.join(kept)} is stored here. The new marking does not allow that: "
            "tell the administrator.",
            "warning",
        )
    return to(material)
