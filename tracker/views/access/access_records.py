"""Accesses: the list of who got at which material, one row, writing one down, correcting one."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from flask import request
from flask.typing import ResponseReturnValue
from wtforms import SelectField, ValidationError

from tracker.actions.access import access_records as actions
from tracker.exports.bundle import OPPORTUNITY
from tracker.exports.columns import Column, Values, label
from tracker.exports.labels import Labels
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person, read_number
from tracker.models.access.person_merges import PersonMerge
from tracker.models.access.words import Channel, Level
from tracker.models.case.cases import Case
from tracker.models.disclosure.conflicts import conflicts_of
from tracker.models.disclosure.copies import Copy
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.policy import Permission
from tracker.views.access.occurrence_forms import OccurrenceFilter, OccurrenceForm, WhyCorrected, row_data
from tracker.views.access.windows import is_in_window, window_choices
from tracker.views.disclosure.version_forms import parts_of
from tracker.web.choices import PersonField, ThingField, all_of
from tracker.web.fields import WordField, needed
from tracker.web.guard import Area
from tracker.web.lists import Tab, register
from tracker.web.rendering import page

area = Area("access_records", __name__)
SAYS = {level.value: level.says for level in Level}


def _key(part: Any) -> str:
    """How an address names a part: `2.1` for part 1 of material 2."""
    return f"{part.material.number}.{part.number}"


def _material(empty: str, **kwargs: Any) -> Any:
    words = lambda material: f"{material.identifier}: {material.title}"  # noqa: E731
    return ThingField("Material", all_of(Material), empty=empty, words=words, **kwargs)


def _version(empty: str, **kwargs: Any) -> Any:
    find = lambda subject: parts_of(Version, subject, Version.uncorrected())  # noqa: E731
    return ThingField("Version", find, empty=empty, key=_key, words=attrgetter("heading"), **kwargs)


def _copy_words(copy: Copy) -> str:
    of = copy.version.heading if copy.version else copy.material.identifier
    return f"{of}, copy {copy.label or copy.number} ({copy.form.label.lower()})"


class WindowField(SelectField):
    """A window that was offered."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what names none."""
        try:
            super().pre_validate(form)
        except ValidationError as other:
            raise ValidationError("Choose a disclosure or a claim from the list.") from other


class AccessFilter(OccurrenceFilter):
    """Narrow the list of accesses."""

    model = AccessRecord
    searched = (AccessRecord.note, AccessRecord.source)
    material = _material("Any")
    version = _version("Any")
    window = WindowField("Inside the window before", default="", choices=lambda form, _field: window_choices(form.case))
    level = WordField("Level", Level, empty="Any")
    channel = WordField("Channel", Channel, empty="Any")

    def by_person(self, select: Any, text: str) -> Any:
        """Inside a window those too who were found to be the same person: they count as one there."""
        if not self.window.data:
            return super().by_person(select, text)
        here = sa.select(Person.id).where(Person.case_id == self.case.id, Person.number == read_number(text))
        same = sa.select(PersonMerge.person_id).where(PersonMerge.same_as_id.in_(here), PersonMerge.in_force())
        return select.where(AccessRecord.person_id.in_(here.union_all(same)))

    def by_window(self, select: Any, key: str) -> Any:
        """Those that Who had access counts for a disclosure or a claim."""
        return select.where(is_in_window(self.case, key))

    def by_version(self, select: Any, version: Version) -> Any:
        """Accesses to one version, whichever of its corrections the row names."""
        _, ids = version.with_corrections()
        return select.where(AccessRecord.material_id == version.material_id, AccessRecord.version_id.in_(ids))


class AccessForm(OccurrenceForm):
    """One access, written down by hand."""

    material = _material("Choose a material", validators=[needed("Choose the material.")])
    version = _version(
        "Not known", description="If not known, the record counts as possible access to each version of that time."
    )
    copy = ThingField("Copy", lambda subject: parts_of(Copy, subject), empty="Not known", key=_key, words=_copy_words)
    channel = WordField("Channel", Channel, empty="Not known")
    level = WordField("Evidence", Level, empty="Choose a level", validators=[needed("Choose the evidence level.")])
    told_by = PersonField("Told by", description="Only for second-hand access (E7): who told them, if known.")

    def validate(self, extra_validators: Any = None) -> bool:
        """Whoever chooses a version or a copy has chosen its material."""
        part = self.version.data or self.copy.data
        self.material.data = self.material.data or (part and part.material)
        return super().validate(extra_validators)


class CorrectionForm(WhyCorrected, AccessForm):
    """The same row as it should read, and why."""


def _says(_labels: Labels, values: Sequence[Values]) -> Iterable[Values]:
    return [list(map(SAYS.get, values[0]))]


def _of(column: Any, key: Any, label: str) -> Any:
    """A column of the row that a key of the access record names."""
    return sa.select(column).where(column.class_.id == key).correlate(AccessRecord).scalar_subquery().label(label)


_LATER = sa.orm.aliased(AccessRecord)
LISTED = (  # what the list shows of a record, and its key: fifty whole records take ten times as long
    AccessRecord.id, AccessRecord.number, _of(Person.number, AccessRecord.person_id, "person"),
    _of(Material.identifier, AccessRecord.material_id, "material"),
    _of(Version.label, AccessRecord.version_id, "version"),
    _of(Copy.number, AccessRecord.copy_id, "copy_number"), _of(Copy.label, AccessRecord.copy_id, "copy_label"),
    AccessRecord.channel, AccessRecord.level, AccessRecord.since, AccessRecord.until,
    _of(AccessLog.number, AccessRecord.log_id, "log"), AccessRecord.line, AccessRecord.source, AccessRecord.note,
    sa.select(_LATER.number).where(_LATER.corrects_id == AccessRecord.id).correlate(AccessRecord).scalar_subquery()
    .label("corrected_by"),
)  # fmt: skip
LIST = register(
    area, AccessRecord, "access", tab=Tab.ACCESS, title="Access records", noun="access record", filter=AccessFilter,
    sorts={"since": AccessRecord.since_earliest, "number": AccessRecord.number}, sort="-since",
    template="access/access_records/list.html",
    reads=LISTED,
    columns=(
        "person", label("name", "names", AccessRecord.person_id),
        "material", "version", "copy", "channel", "level", "since", "until", "source", "line",
        "note", "identifier", "number", "log", "corrects", "why_corrected", "told_by",
        Column((OPPORTUNITY,), (AccessRecord.level,), _says),  # what a level says stands under what it does not say
    ),
)  # fmt: skip


@area.form("/cases/<ref:case>/access/new", needs=Permission.RECORD_ACCESS, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Write down one access."""
    form = AccessForm(data={name: request.args.get(name) for name in ("person", "material", "version")})
    return form.takes(actions.record_access, case, "access/access_records/new.html")


@area.route("/cases/<ref:case>/access/<number:number>", needs=Permission.READ_CASE, of=AccessRecord)
def show(access_record: AccessRecord) -> ResponseReturnValue:
    """One access."""
    conflicts = conflicts_of(access_record)
    return page("access/access_records/show.html", access=access_record, conflicts=conflicts)


@area.form("/cases/<ref:case>/access/<number:number>/correct", needs=Permission.RECORD_ACCESS, of=AccessRecord)
def correct(access_record: AccessRecord) -> ResponseReturnValue:
    """Say it anew; the old row stays readable, struck through."""
    shown = row_data(access_record, "material", "copy", "channel", "level", "told_by")
    form = CorrectionForm(data={**shown, "version": access_record.version and access_record.version.current})
    return form.takes(actions.correct_access, access_record, "access/access_records/correct.html")
