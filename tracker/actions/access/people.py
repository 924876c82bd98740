"""People of a case and what systems call them. Whoever is added is held against the team: see the recusal."""

from typing import Any

import sqlalchemy as sa

from tracker.actions.access import recusal
from tracker.actions.checks import add_numbered, change, must_be_fair
from tracker.analysis.identifiers.written import fold_identifier
from tracker.audit.doors import Refused, action
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Identifier, Person
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import IdentifierKind
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.RECORD_PERSON, "person.added")
def add_person(actor: Account, case: Case, *, name: str, identifiers: list[tuple[str, str]], **about: Any) -> Person:
    """Add a person under the next pseudonym, with post, unit and involvement; `identifiers` are kind and value."""
    person = _add(actor, case, name=name, identifiers=identifiers, **about)
    recusal.match_case(case)
    return person


@action(Permission.RECORD_PERSON, "people.added")
def add_people(actor: Account, case: Case, *, people: dict[int, dict[str, Any]]) -> list[Person]:
    """Add several people, all or none: by row what `add_person` takes of each. A refusal names the row."""
    added = []
    for row, about in people.items():
        try:
            added.append(_add(actor, case, **about))
        except Refused as refused:
            raise Refused(f"Row {row}: {refused}") from refused
    recusal.match_case(case)
    return added


@action(Permission.RECORD_PERSON, "person.changed", edits=True)
def edit_person(actor: Account, person: Person, **about: Any) -> None:
    """Change name, post, unit or involvement; old values stay in the audit log's details."""
    must_be_fair(*_texts(about))
    change(person, **{"_name" if field == "name" else field: value for field, value in about.items()})


@action(Permission.RECORD_PERSON, "identifier.added")
def add_identifier(actor: Account, person: Person, *, kind: IdentifierKind, value: str) -> Identifier:
    """Say what a system calls the person; two people of a case cannot share a value."""
    identifier = _identify(actor, person, kind, value)
    recusal.match_case(person.case)
    return identifier


@action(Permission.RECORD_PERSON, "identifier.removed")
def remove_identifier(actor: Account, identifier: Identifier) -> None:
    """Take away an identifier that was added by mistake and that no row rests on; a recusal it raised stays."""
    for model in (AccessRecord, Whereabouts):
        if db.session().scalar(sa.select(model.id).where(model.identifier_id == identifier.id).limit(1)):
            raise Refused("Records of an access log use this identifier. Correct the records or revert the log first.")
    person = identifier.person
    db.session().delete(identifier)
    db.session().flush()
    db.session().expire(person, ["identifiers"])


def _add(actor: Account, case: Case, *, name: str, identifiers: list[tuple[str, str]], **about: Any) -> Person:
    must_be_fair(name, *_texts(about))
    person = add_numbered(Person, case=case, by=actor, _name=name, **about)
    for kind, value in identifiers:
        _identify(actor, person, IdentifierKind(kind), value)
    return person


def _texts(about: dict[str, Any]) -> list[str]:
    return [value for value in about.values() if type(value) is str]


def _identify(actor: Account, person: Person, kind: IdentifierKind, value: str) -> Identifier:
    """A log names a person by the value alone, so the kind makes no difference to who has it."""
    db.session().flush()  # those added before, in this action, count too
    same = sa.select(Identifier).join(Person).where(Identifier.case_id == person.case.id, Person.counted())
    folded = fold_identifier(value)
    if kind is IdentifierKind.EMAIL and (" " in folded or "@" not in folded):  # nobody would be matched by it
        raise Refused(f"{value} is not an e-mail address. Enter the address alone, or choose another kind.")
    for known in db.session().scalars(same.where(Identifier._value_folded == folded)):
        if known.person is person and known.kind is kind:
            raise Refused(f"{person.pseudonym} already has this identifier.")
        if known.person is not person:
            raise Refused(
                f"{known.person.pseudonym} already has the identifier {value}. An import could not tell "
                "two people apart by the same identifier."
            )
    identifier = Identifier(case=person.case, person=person, by=actor, kind=kind, _value=value)
    db.session().add(identifier)
    return identifier
