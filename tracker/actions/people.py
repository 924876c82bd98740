"""People of a case and what systems call them. Whoever is added is held against the team: see the recusal wall."""

from typing import Any

import sqlalchemy as sa

from tracker import db, wall
from tracker.actions.fairness import must_be_fair
from tracker.actions.materials import change
from tracker.actions.numbering import next_number
from tracker.audit.doors import Refused, Stale, action
from tracker.models.accesses import Access
from tracker.models.accounts import User, folded
from tracker.models.cases import Case
from tracker.models.people import Identifier, Person
from tracker.models.whereabouts import Whereabouts
from tracker.models.words.people import IdentifierKind, PersonRole
from tracker.policy import Permission


@action(Permission.RECORD_PERSON, "person.added")
def add_person(
    actor: User,
    case: Case,
    *,
    name: str,
    post: str,
    unit: str,
    role: PersonRole = PersonRole.RECIPIENT,
    identifiers: list[tuple[str, str]],
) -> Person:
    """Add a person under the next pseudonym; `identifiers` are kind and value. A recipient unless told otherwise."""
    must_be_fair(name, post, unit)
    number = next_number(Person, case_id=case.id)
    person = Person(case=case, number=number, name=name, post=post, unit=unit, role=role)
    db.session().add(person)
    for kind, value in identifiers:
        _identify(person, IdentifierKind(kind), value)
    wall.match_case(case)
    return person


@action(Permission.RECORD_PERSON, "person.changed")
def edit_person(actor: User, person: Person, *, row: int, **about: Any) -> None:
    """Change name, post, unit or role; old values stay in the ledger's details."""
    if person.row != row:
        raise Stale(person)
    must_be_fair(*(about.get(field, "") for field in ("name", "post", "unit")))
    change(person, **about)


@action(Permission.RECORD_PERSON, "identifier.added")
def add_identifier(actor: User, person: Person, *, kind: IdentifierKind, value: str) -> Identifier:
    """Say what a system calls the person; two people of a case cannot share a value."""
    identifier = _identify(person, kind, value)
    wall.match_case(person.case)
    return identifier


@action(Permission.RECORD_PERSON, "identifier.removed")
def remove_identifier(actor: User, identifier: Identifier) -> None:
    """Take away an identifier that was added by mistake and that no row rests on; a wall it raised stays."""
    for model in (Access, Whereabouts):
        if db.session().scalar(sa.select(model.id).where(model.identifier_id == identifier.id).limit(1)):
            raise Refused("Rows of a log rest on this identifier, so it stays; correct the rows, or undo the log.")
    identifier.person.identifiers.remove(identifier)
    db.session().delete(identifier)


def _identify(person: Person, kind: IdentifierKind, value: str) -> Identifier:
    """A log names a person by the value alone, so the kind makes no difference to who has it."""
    db.session().flush()  # those added before, in this action, count too
    same = sa.select(Identifier).join(Person).where(Identifier.case_id == person.case.id, Person.real())
    for known in db.session().scalars(same.where(Identifier.value_folded == folded(value))):
        if known.person is person and known.kind is kind:
            raise Refused(f"{person.pseudonym} has this identifier already.")
        if known.person is not person:
            raise Refused(
                f"{known.person.pseudonym} has the identifier {value} already; a card is not a person, but one card "
                "cannot point at two people in an import."
            )
    identifier = Identifier(case=person.case, person=person, kind=kind, value=value, value_folded=folded(value))
    db.session().add(identifier)
    return identifier
