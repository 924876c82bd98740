"""Aliases: what systems call a material, said on its page and remembered from imports."""

from typing import Any

from flask.typing import ResponseReturnValue
from werkzeug import Response

from tracker.actions.disclosure import aliases as actions
from tracker.models.disclosure.aliases import LONGEST, MaterialAlias
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.words import AliasKind
from tracker.policy import Permission
from tracker.web.fields import ShortText, WordField, needed
from tracker.web.forms import ReasonForm, RecordForm
from tracker.web.guard import Area
from tracker.web.lists import register
from tracker.web.places import to

area = Area("aliases", __name__)
register(
    area, MaterialAlias, "aliases", order=(MaterialAlias.material_id, MaterialAlias.number),
    columns=(
        "material", "kind", "value", "learned_from", "number", "by", "at", "removed", "removed_by", "removed_why",
    ),
)  # fmt: skip


class AliasForm(RecordForm):
    """What one system calls a material."""

    kind = WordField("Kind", AliasKind, empty="Choose", validators=[needed("Choose the kind of alias.")])
    value = ShortText(
        "Alias", [needed("Enter the name as the access logs write it.")], longest=LONGEST,
        description="As the access logs write it. Capitals, slashes and drive letters make no difference. "
        "A file name also fits at the end of a path.",
    )  # fmt: skip


@area.form("/cases/<ref:case>/materials/<number:number>/aliases/new", needs=Permission.RECORD_MATERIAL, of=Material)
def new(material: Material) -> ResponseReturnValue:
    """Say what one system calls a material."""
    return AliasForm().takes(actions.add_alias, material, "disclosure/aliases/new.html", to=_to_aliases)


@area.form(
    "/cases/<ref:case>/materials/<number:number>/aliases/<number:part>/remove",
    needs=Permission.RECORD_MATERIAL,
    of=MaterialAlias,
)
def remove(material_alias: MaterialAlias) -> ResponseReturnValue:
    """Match it no more."""
    form = ReasonForm.asking("Enter the reason for removing the alias.", longest=2000)
    return form.takes(_remove, material_alias, "disclosure/aliases/remove.html", to=_to_aliases)


def _remove(account: Any, alias: MaterialAlias, reason: str) -> None:
    actions.remove_alias(account, alias, why=reason)


def _to_aliases(alias: MaterialAlias) -> Response:
    """The material's page, at its aliases."""
    return to(alias.material, _anchor="aliases")
