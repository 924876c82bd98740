"""Materials, their numbered copies, and the ways they spread that no log shows."""

from typing import Any

from tracker.actions.checks import add_numbered, change, must_be_fair
from tracker.actions.disclosure.aliases import find_owner
from tracker.audit.doors import Refused, action, now
from tracker.base import db
from tracker.base.text import fold
from tracker.models.access.people import Person, number_of, pseudonym
from tracker.models.case.cases import Case
from tracker.models.disclosure.copies import Copy
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Coverage, Version
from tracker.models.disclosure.words import CopyForm, Point
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.RECORD_MATERIAL, "material.registered")
def register_material(
    actor: Account, case: Case, *, identifier: str, title: str, marking: str, **about: Any
) -> Material:
    """Register what leaked; imports and exports name it by its identifier. `created` is a Moment."""
    _must_be_free(case, identifier)
    return add_numbered(Material, case=case, identifier=identifier, title=title, marking=marking, **about)


@action(Permission.RECORD_MATERIAL, "material.changed", edits=True)
def edit_material(actor: Account, material: Material, *, identifier: str, **about: Any) -> None:
    """Change what is said of the material; old values stay in the audit log's details."""
    _must_be_free(material.case, identifier, but=material)
    change(material, identifier=identifier, **about)


@action(Permission.RECORD_MATERIAL, "copy.recorded")
def record_copy(
    actor: Account, material: Material, *, form: CopyForm, holder: str, version: Version | None, label: str, mark: str
) -> Copy:
    """Record a numbered copy; `holder` is the pseudonym of a person of the case, or words."""
    return add_numbered(
        Copy, material=material, form=form, version=_of_material(material, version), label=label, mark=mark,
        **_make_holder(material.case, holder),
    )  # fmt: skip


@action(Permission.RECORD_MATERIAL, "copy.changed", edits=True)
def edit_copy(
    actor: Account, copy: Copy, *, form: CopyForm, holder: str, version: Version | None, label: str, mark: str
) -> None:
    """Change what is said of a copy."""
    held = _make_holder(copy.case, holder)
    change(copy, form=form, version=_of_material(copy.material, version), label=label, mark=mark, **held)


@action(Permission.RECORD_MATERIAL, "coverage.recorded")
def record_coverage(actor: Account, version: Version, *, point: Point, note: str, size: int | None = None) -> Coverage:
    """Record a way this version may have spread that nothing shows; it counts as unresolved in every result."""
    if version.corrected_by is not None:
        raise Refused("This version was corrected. Add the channel to the version that corrects it.")
    _must_be_sized(point, size)
    return add_numbered(Coverage, material=version.material, version=version, point=point, note=note, size=size)


@action(Permission.RECORD_MATERIAL, "coverage.changed", edits=True)
def edit_coverage(actor: Account, coverage: Coverage, *, point: Point, note: str, size: int | None = None) -> None:
    """Change what is said of a way of spreading."""
    _must_be_sized(point, size)
    change(coverage, point=point, note=note, size=size)


def _must_be_sized(point: Point, size: int | None) -> None:
    if point is Point.GROUP and not size:
        raise Refused("Enter how many people the group has.")
    if point is not Point.GROUP and size is not None:
        raise Refused("Only a group of readers has a number of people. Leave the number empty.")


@action(Permission.RECORD_MATERIAL, "coverage.resolved")
def resolve_coverage(actor: Account, coverage: Coverage, *, resolution: str) -> None:
    """Say how it was resolved; from then on it is not counted as unresolved."""
    if coverage.resolved_at is not None:
        raise Refused("This channel is already resolved. Reopen it to change the resolution.")
    change(coverage, resolved_at=now(), resolution=resolution)


@action(Permission.RECORD_MATERIAL, "coverage.reopened")
def reopen_coverage(actor: Account, coverage: Coverage) -> None:
    """Count it as unresolved again; how it was thought to be resolved stays in the audit log's details."""
    if coverage.resolved_at is None:
        raise Refused("This channel is not resolved.")
    change(coverage, resolved_at=None, resolution="")


def _must_be_free(case: Case, identifier: str, but: Material | None = None) -> None:
    """Imports take identifiers that look alike for one: rows of NET-1 must not end up with net-1."""
    for other in db.session().scalars(Material.of(case)):
        if fold(other.identifier) == fold(identifier) and other is not but:
            named = f"Material {other.number} of this case has the identifier {other.identifier}"
            raise Refused(f"{named}. Enter another identifier.")
    owner = find_owner(case, identifier, but)
    if owner is not None:
        raise Refused(f"{identifier} is an alias of {owner.identifier}. Enter another identifier.")


def _make_holder(case: Case, holder: str) -> dict[str, Any]:
    number = number_of(holder)
    if number is None:
        must_be_fair(holder)
        return {"holder": holder, "holder_person": None}
    person = db.session().scalar(Person.of(case).where(Person.number == number))
    if person is None:
        raise Refused(f"There is no {pseudonym(number)} in this case. Add the person first, or enter the post.")
    return {"holder": person.pseudonym, "holder_person": person}


def _of_material(material: Material, version: Version | None) -> Version | None:
    if version is not None and version.material_id != material.id:
        raise Refused("Choose a version of this material.")
    return version
