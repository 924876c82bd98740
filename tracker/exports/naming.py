"""What ids stand for in an export: pseudonyms of people, identifiers of materials, numbers of everything else."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from tracker.analysis.cells import guard
from tracker.exports.lookups import Lookups, Names
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Identifier, Person, pseudonym
from tracker.models.case.protection_checks import ProtectionCheck
from tracker.models.case.words import ProtectionResult
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.conflicts import Conflict
from tracker.models.disclosure.derivations import Derivation
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.register.standard_texts import StandardText


def people(labels: Lookups) -> Names:
    return {number: pseudonym(shown) for number, shown in labels.read(Person.id, Person.number, model=Person)}


def subjects(labels: Lookups) -> Names:
    """The people who are subjects now, by two signatures that have not lapsed; none while counsel's check is shut."""
    newest = (
        sa.select(ProtectionCheck.result)
        .where(ProtectionCheck.case_id == labels.case_id)
        .order_by(ProtectionCheck.id.desc())
        .limit(1)
    )
    found = sa.select(SubjectStatus.person_id).where(
        SubjectStatus.case_id == labels.case_id,
        SubjectStatus.in_force(datetime.now(UTC)),
        newest.scalar_subquery() == ProtectionResult.PROCEED,
    )
    return dict.fromkeys(labels.connection.scalars(found), "subject")


def texts(labels: Lookups) -> Names:
    """Standard texts by name and version; they belong to no case."""
    columns = (StandardText.id, StandardText.name, StandardText.version)
    found = labels.connection.execute(sa.select(*columns))
    return {key: guard(f"{name}, version {version}") for key, name, version in found}


def names(labels: Lookups) -> Names:
    if not labels.names:
        return {}
    return {number: guard(name) for number, name in labels.read(Person.id, Person._name, model=Person)}


def identifier(labels: Lookups) -> Names:
    if not labels.names:
        return {}
    return {number: guard(value) for number, value in labels.read(Identifier.id, Identifier._value, model=Identifier)}


def identifiers(labels: Lookups) -> Names:
    """All of a person: `email:p.young@tracker.example; badge:pyoung001`."""
    if not labels.names:
        return {}
    found: dict[int, list[str]] = {}
    columns = (Identifier.person_id, Identifier.kind, Identifier._value)
    held = sa.select(*columns).where(Identifier.case_id == labels.case_id).order_by(Identifier.id)
    for person, kind, value in labels.connection.execute(held):
        found.setdefault(person, []).append(f"{kind.value}:{value}")
    return {person: guard("; ".join(values)) for person, values in found.items()}


def materials(labels: Lookups) -> Names:
    return {key: guard(name) for key, name in labels.read(Material.id, Material.identifier, model=Material)}


def versions(labels: Lookups) -> Names:
    return {key: guard(name) for key, name in labels.read(Version.id, Version.label, model=Version)}


def version_materials(labels: Lookups) -> Names:
    materials = labels.of("materials")
    return {key: materials[of] for key, of in labels.read(Version.id, Version.material_id, model=Version)}


def origins_of(key: Any, *conditions: Any) -> Callable[[Lookups], Names]:
    """The numbers of the disclosures that one repeats, `1; 4`, by the id of the disclosure or of the claim."""

    def find(labels: Lookups) -> Names:
        numbers = labels.of("disclosure_numbers")
        found: dict[Any, list[str]] = {}
        rows = sa.select(key, Derivation.origin_id).where(Derivation.case_id == labels.case_id, *conditions)
        for of, origin in labels.connection.execute(rows.order_by(Derivation.id)):
            found.setdefault(of, []).append(str(numbers[origin]))
        return {of: "; ".join(origins) for of, origins in found.items()}

    return find


def claim_disclosures(labels: Lookups) -> Names:
    numbers = labels.of("disclosure_numbers")
    return {key: numbers[of] for key, of in labels.read(Claim.id, Claim.disclosure_id, model=Claim)}


def numbers(model: Any) -> Callable[[Lookups], Names]:
    return lambda labels: dict(map(tuple, labels.read(model.id, model.number, model=model)))


def corrected_numbers(model: Any) -> Callable[[Lookups], Names]:
    """Numbers of the rows that others correct: few, where the table itself may be long."""

    def find(labels: Lookups) -> Names:
        ids = sa.select(model.corrects_id).where(model.case_id == labels.case_id, model.corrects_id.is_not(None))
        found = sa.select(model.id, model.number).where(model.id.in_(ids))
        return dict(map(tuple, labels.connection.execute(found)))

    return find


_THINGS: tuple[tuple[Any, Any], ...] = (
    (Disclosure, None),
    (Material, None),
    (Person, None),
    (Claim, Disclosure),
    (Version, Material),
)


def things(labels: Lookups) -> Names:
    """(kind, id) of what a conflict is about -> `claim:3/2`, as addresses name it."""
    found: Names = {("case", labels.case_id): "case"}
    named = sa.select(Conflict.thing_id).where(Conflict.case_id == labels.case_id, Conflict.thing == "access")
    few = sa.select(AccessRecord.id, AccessRecord.number).where(AccessRecord.id.in_(named))  # of very many
    found |= {("access", key): f"access:{number}" for key, number in labels.connection.execute(few)}
    for model, parent in _THINGS:
        kind = model.__name__.lower()
        of = parent and getattr(model, f"{parent.__tablename__}_id")
        rows = labels.read(model.id, model.number, *([of] if parent else []), model=model)
        above = labels.of(f"{parent.__tablename__}_numbers") if parent else {}
        found |= {(kind, key): f"{kind}:{f'{above[up[0]]}/' if up else ''}{number}" for key, number, *up in rows}
    return found
