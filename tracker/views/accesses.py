"""Accesses: the list of who got at which material, one row, writing one down, correcting one."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker import db
from tracker.actions import accesses as actions
from tracker.exports.bundle import OPPORTUNITY
from tracker.exports.columns import Column, Values, label, moment, plain, text
from tracker.exports.labels import Labels
from tracker.exposures import with_corrections
from tracker.fields import WordField, needed
from tracker.guard import Area, me
from tracker.models.accesses import Access
from tracker.models.cases import Case
from tracker.models.copies import Copy
from tracker.models.materials import Material
from tracker.models.versions import Version
from tracker.models.words.accesses import Channel, Level
from tracker.policy import Permission
from tracker.rendering import page
from tracker.views.occurrences import (
    OccurrenceFilter,
    OccurrenceForm,
    WhyCorrected,
    as_stated,
    origin_columns,
    person_columns,
)
from tracker.web.lists import Tab, register

area = Area("accesses", __name__)


def materials_of(case: Case) -> list[Material]:
    """The materials of a case with their versions and copies."""
    parts = (sa.orm.selectinload(Material.versions), sa.orm.selectinload(Material.copies))
    return list(db.session().scalars(Material.of(case).order_by(Material.number).options(*parts)))


def newest_of(material: Material) -> list[Version]:
    """The versions of a material, without those that a later row corrects."""
    corrected = {version.corrects_id for version in material.versions}
    return [version for version in material.versions if version.id not in corrected]


def key_of(thing: Any) -> str:
    """How an address names a thing: a material by its number, `2.1` for part 1 of material 2."""
    return str(thing.number) if isinstance(thing, Material) else f"{thing.material.number}.{thing.number}"


def _copy_words(copy: Copy) -> str:
    of = copy.version.heading if copy.version else copy.material.identifier
    return f"{of}, copy {copy.label or copy.number} ({copy.form.label.lower()})"


class AccessFilter(OccurrenceFilter):
    """Narrow the list of accesses."""

    model = Access
    material = SelectField("Material", default="", choices=lambda form, _field: form.choices_of("material"))
    version = SelectField("Version", default="", choices=lambda form, _field: form.choices_of("version"))
    level = WordField("Level", Level, empty="Any")
    channel = WordField("Channel", Channel, empty="Any")

    def __init__(self, case: Case) -> None:
        materials = materials_of(case)
        self.things: dict[str, dict[str, Any]] = {
            "material": {key_of(one): one for one in materials},
            "version": {key_of(one): one for material in materials for one in newest_of(material)},
        }
        super().__init__(case)

    def choices_of(self, kind: str) -> list[SelectChoice]:
        """The things of one kind, as the select offers them."""
        named = [SelectChoice(key, _words(thing)) for key, thing in self.things[kind].items()]
        return [SelectChoice("", "Any"), *named]

    def by_material(self, select: Any, key: str) -> Any:
        """Accesses to one material."""
        return select.where(Access.material_id == self.things["material"][key].id)

    def by_version(self, select: Any, key: str) -> Any:
        """Accesses to one version, whichever of its corrections the row names."""
        version, ids = with_corrections(self.things["version"][key])
        return select.where(Access.material_id == version.material_id, Access.version_id.in_(ids))

    def by_level(self, select: Any, level: Level) -> Any:
        """Rows of one strength."""
        return select.where(Access.level == level)

    def by_channel(self, select: Any, channel: Channel) -> Any:
        """Rows of one way."""
        return select.where(Access.channel == channel)


class AccessForm(OccurrenceForm):
    """One access, written down by hand."""

    material = SelectField("Material", [needed("Choose the material.")])
    version = SelectField(
        "Version", description="If not known, the record counts as possible access to each version of that time."
    )
    copy = SelectField("Copy")
    channel = WordField("Channel", Channel, empty="Not known")
    level = WordField("Evidence", Level, empty="Choose a level", validators=[needed("Choose the evidence level.")])

    def __init__(self, case: Case, **kwargs: Any) -> None:
        super().__init__(case, **kwargs)
        materials = materials_of(case)
        self.things: dict[str, dict[str, Any]] = {}
        self._offer(self.material, "Choose a material", materials)
        self._offer(self.version, "Not known", [one for material in materials for one in newest_of(material)])
        self._offer(self.copy, "Not known", [one for material in materials for one in material.copies])

    def _offer(self, field: SelectField, empty: str, things: Sequence[Any]) -> None:
        self.things[field.name] = {key_of(one): one for one in things}
        field.choices = [SelectChoice("", empty), *(SelectChoice(key_of(one), _words(one)) for one in things)]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return super().values() | {name: things.get(self[name].data) for name, things in self.things.items()}


class CorrectionForm(WhyCorrected, AccessForm):
    """The same row as it should read, and why."""


def _words(thing: Any) -> str:
    if isinstance(thing, Material):
        return f"{thing.identifier}: {thing.title}"
    return thing.heading if isinstance(thing, Version) else _copy_words(thing)


_SAYS = {level.value: level.says for level in Level}


def _says(_labels: Labels, values: Sequence[Values]) -> Iterable[Values]:
    return [list(map(_SAYS.get, values[0]))]


LIST = register(
    area, Access, "access",
    tab=Tab.ACCESS, title="Access records", noun="access record", filter=AccessFilter,
    sorts={"since": Access.since_earliest, "number": Access.number}, sort="-since", template="accesses/list.html",
    load=(
        *map(sa.orm.joinedload, (Access.person, Access.material, Access.version, Access.copy, Access.log)),
        sa.orm.selectinload(Access.corrected_by),
    ),
    columns=(
        *person_columns(Access),
        label("material", "materials", Access.material_id),
        label("version", "versions", Access.version_id),
        label("copy", "copy_numbers", Access.copy_id),
        plain("channel", Access.channel),
        plain("level", Access.level),
        moment("since", Access),
        moment("until", Access),
        text("source", Access.source),
        plain("line", Access.line),
        *origin_columns(Access, "corrected_access"),
        Column((OPPORTUNITY,), (Access.level,), _says),  # what a level says stands under what it does not say
    ),
)  # fmt: skip


@area.form("/cases/<ref:case>/access/new", needs=Permission.RECORD_ACCESS, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Write down one access."""
    form = AccessForm(case, data={name: request.args.get(name) for name in ("person", "material", "version")})
    if form.validate_on_submit():
        with form.conflicts():
            access = actions.record_access(me(), case, **form.values())
            return redirect(url_for(".show", case=case.reference, number=access.number), 303)
    return page("accesses/new.html", form=form, case=case)


@area.route("/cases/<ref:case>/access/<number:number>", needs=Permission.READ_CASE, of=Access)
def show(access: Access) -> ResponseReturnValue:
    """One access."""
    return page("accesses/show.html", access=access, case=access.case)


@area.form("/cases/<ref:case>/access/<number:number>/correct", needs=Permission.RECORD_ACCESS, of=Access)
def correct(access: Access) -> ResponseReturnValue:
    """Say it anew; the old row stays readable, struck through."""
    things = {"material": access.material, "version": access.version and access.version.current, "copy": access.copy}
    parts = {name: key_of(thing) if thing else "" for name, thing in things.items()}
    shown = as_stated(access, ("channel", "level", "since", "until", "note")) | parts
    form = CorrectionForm(access.case, data=shown)
    if form.validate_on_submit():
        with form.conflicts():
            newer = actions.correct_access(me(), access, **form.values())
            return redirect(url_for(".show", case=access.case.reference, number=newer.number), 303)
    return page("accesses/correct.html", form=form, case=access.case, access=access)
