"""Merges: saying that two people of a case are one, and parting them again. No record moves, and no number goes."""

import sqlalchemy as sa

from tracker.actions.checks import add_numbered, must_belong, must_say
from tracker.audit.doors import Refused, action, now
from tracker.base import db
from tracker.models.access.eliminations import Elimination
from tracker.models.access.people import Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.RECORD_PERSON, "person.merged")
def merge_person(investigator: Account, person: Person, *, same_as: Person, reason: str) -> PersonMerge:
    """Say that this number stands for the same person as another one, and counts as that one from now on."""
    must_belong(person.case, same_as)
    must_say(reason, "Enter the reason why the two are one person.", "reason")
    if same_as is person:
        raise Refused("Choose another person.")
    for merge in _merges_of(person, same_as):
        if merge.person in {person, same_as}:
            raise Refused(f"{merge.person.pseudonym} already counts as {merge.same_as.pseudonym}. Part them first.")
        if merge.same_as is person:
            raise Refused(f"{merge.person.pseudonym} counts as {person.pseudonym}. Merge both into one number.")
    for one in _eliminations_of(person, same_as):
        raise Refused(
            f"Elimination {one.number} is about one of the two numbers alone. Withdraw it. If it still applies to the "
            "person, propose it again."
        )
    return add_numbered(PersonMerge, case=person.case, person=person, same_as=same_as, reason=reason, by=investigator)


@action(Permission.RECORD_PERSON, "person.parted")
def part_person(investigator: Account, merge: PersonMerge, *, reason: str) -> None:
    """Part two numbers that were no one person: each counts for itself again."""
    if merge.parted_at is not None:
        raise Refused("These two numbers are already parted.")
    must_say(reason, "Enter the reason why the two are not one person.", "reason")
    if (one := next(iter(_eliminations_of(merge.person, merge.same_as)), None)) is not None:
        raise Refused(f"Elimination {one.number} is about the person whom the two numbers are. Withdraw it first.")
    merge.parted_at, merge.parted_by, merge.why_parted = now(), investigator, reason


def _merges_of(*people: Person) -> list[PersonMerge]:
    ids = [one.id for one in people]
    named = sa.or_(PersonMerge.person_id.in_(ids), PersonMerge.same_as_id.in_(ids))
    return list(db.session().scalars(sa.select(PersonMerge).where(named, PersonMerge.in_force())))


def _eliminations_of(*people: Person) -> list[Elimination]:
    """Those that are proposed or confirmed: what they were weighed against was one number's records."""
    those = sa.select(Elimination).where(Elimination.person_id.in_([one.id for one in people]))
    return [one for one in db.session().scalars(those) if one.state in {"proposed", "confirmed"}]
