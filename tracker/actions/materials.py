"""Materials, their numbered copies, and the ways they spread that no log shows."""

from typing import Any

from tracker import db
from tracker.actions.fairness import must_be_fair
from tracker.actions.numbering import next_number
from tracker.audit.doors import Refused, Stale, action, now
from tracker.models.accounts import User, folded
from tracker.models.cases import Case
from tracker.models.copies import Copy
from tracker.models.materials import Material
from tracker.models.people import Person, number_of, pseudonym
from tracker.models.versions import Coverage, Version
from tracker.models.words.materials import CopyForm, Point
from tracker.policy import Permission


@action(Permission.RECORD_MATERIAL, "material.registered")
def register_material(actor: User, case: Case, *, identifier: str, title: str, marking: str, **about: Any) -> Material:
    """Register what leaked; imports and exports name it by its identifier. `created` is a Moment."""
    _must_be_free(case, identifier)
    number = next_number(Material, case_id=case.id)
    material = Material(case=case, number=number, identifier=identifier, title=title, marking=marking, **about)
    db.session().add(material)
    return material


@action(Permission.RECORD_MATERIAL, "material.changed")
def edit_material(actor: User, material: Material, *, row: int, identifier: str, **about: Any) -> None:
    """Change what is said of the material; old values stay in the ledger's details."""
    if material.row != row:
        raise Stale(material)
    _must_be_free(material.case, identifier, but=material)
    change(material, identifier=identifier, **about)


@action(Permission.RECORD_MATERIAL, "copy.recorded")
def record_copy(
    actor: User, material: Material, *, form: CopyForm, holder: str, version: Version | None, label: str, mark: str
) -> Copy:
    """Record a numbered copy; `holder` is the pseudonym of a person of the case, or words."""
    copy = Copy(
        case=material.case,
        material=material,
        number=next_number(Copy, material_id=material.id),
        form=form,
        version=_of_material(material, version),
        label=label,
        mark=mark,
        **_held_by(material.case, holder),
    )
    db.session().add(copy)
    return copy


@action(Permission.RECORD_MATERIAL, "copy.changed")
def edit_copy(
    actor: User, copy: Copy, *, row: int, form: CopyForm, holder: str, version: Version | None, label: str, mark: str
) -> None:
    """Change what is said of a copy."""
    if copy.row != row:
        raise Stale(copy)
    held = _held_by(copy.case, holder)
    change(copy, form=form, version=_of_material(copy.material, version), label=label, mark=mark, **held)


@action(Permission.RECORD_MATERIAL, "coverage.recorded")
def record_coverage(actor: User, version: Version, *, point: Point, note: str) -> Coverage:
    """Record a way this version may have spread that nothing shows; it counts as unresolved in every result."""
    if version.corrected_by is not None:
        raise Refused("This version was corrected; record it at the newer row.")
    number = next_number(Coverage, material_id=version.material_id)
    way = Coverage(case=version.case, material=version.material, version=version, number=number, point=point, note=note)
    db.session().add(way)
    return way


@action(Permission.RECORD_MATERIAL, "coverage.changed")
def edit_coverage(actor: User, coverage: Coverage, *, row: int, point: Point, note: str) -> None:
    """Change what is said of a way of spreading."""
    if coverage.row != row:
        raise Stale(coverage)
    change(coverage, point=point, note=note)


@action(Permission.RECORD_MATERIAL, "coverage.resolved")
def resolve_coverage(actor: User, coverage: Coverage, *, resolution: str) -> None:
    """Say how it was resolved; from then on it is not counted as unresolved."""
    if coverage.resolved_at is not None:
        raise Refused("This was resolved already; reopen it to say something else.")
    change(coverage, resolved_at=now(), resolution=resolution)


@action(Permission.RECORD_MATERIAL, "coverage.reopened")
def reopen_coverage(actor: User, coverage: Coverage) -> None:
    """Count it as unresolved again; how it was thought to be resolved stays in the ledger's details."""
    if coverage.resolved_at is None:
        raise Refused("This is not resolved.")
    change(coverage, resolved_at=None, resolution="")


def change(thing: Any, **values: Any) -> None:
    """Set the fields of an editable thing, and count its row up."""
    for name, value in values.items():
        setattr(thing, name, value)
    thing.row += 1


def _must_be_free(case: Case, identifier: str, but: Material | None = None) -> None:
    """Imports take identifiers that look alike for one: rows of NET-1 must not end up with net-1."""
    for other in db.session().scalars(Material.of(case)):
        if folded(other.identifier) == folded(identifier) and other is not but:
            named = f"Material {other.number} of this case has the identifier {other.identifier}"
            raise Refused(f"{named}; choose another.")


def _held_by(case: Case, holder: str) -> dict[str, Any]:
    number = number_of(holder)
    if number is None:
        must_be_fair(holder)
        return {"holder": holder, "holder_person": None}
    person = db.session().scalar(Person.of(case).where(Person.number == number))
    if person is None:
        raise Refused(f"There is no {pseudonym(number)} in this case; add the person first, or write the post.")
    return {"holder": person.pseudonym, "holder_person": person}


def _of_material(material: Material, version: Version | None) -> Version | None:
    if version is not None and version.material_id != material.id:
        raise Refused("Choose a version of this material.")
    return version
