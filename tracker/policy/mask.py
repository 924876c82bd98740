"""The mask: what of the people of a case somebody sees. A person is a pseudonym unless the policy says otherwise.

This is the one place that reads a name or an identifier for somebody to see; so nothing else can show one, sort by
one or find one. Hashing, matching and an export with names read the private columns themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.analysis.identifiers.written import fold_identifier
from tracker.base import db
from tracker.models.access.people import Identifier, Person, read_digits
from tracker.models.access.reveals import Reveal
from tracker.models.access.words import IdentifierKind
from tracker.policy.permissions import Permission
from tracker.policy.rules import allows


@dataclass(frozen=True)
class ShownIdentifier:
    """An identifier as somebody sees it: its kind, and its value or only its place among those of the person."""

    id: int
    kind: IdentifierKind
    place: int
    value: str | None

    @property
    def says(self) -> str:
        """`badge pyoung001`, or `badge 2` where the value is masked."""
        return f"{self.kind.value} {self.place if self.value is None else self.value}"


class Shown:
    """A person as somebody sees them: everything that is public of the model, and the name if it is shown."""

    def __init__(self, person: Person, *, in_clear: bool) -> None:
        self.person, self.in_clear = person, in_clear

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.person, name)

    @property
    def name(self) -> str:
        """The name, if it is recorded and shown; else nothing."""
        return self.person._name if self.in_clear else ""

    @property
    def identifiers(self) -> Sequence[ShownIdentifier]:
        """What systems call the person, in the order in which it was recorded."""
        return [
            ShownIdentifier(one.id, one.kind, place, one._value if self.in_clear else None)
            for place, one in enumerate(self.person.identifiers, 1)
        ]


def sees_names(account: Any, case: Any) -> bool:
    """Whether somebody sees the names of everybody in the case, by their role."""
    return allows(account, Permission.READ_NAMES, case)


def shown_to(account: Any, person: Person, reveal: Reveal | None = None) -> Shown:
    """A person as somebody sees them. `reveal` is given by the page alone that records each look at a revealed name."""
    mine = reveal is not None and (reveal.person_id, reveal.account_id) == (person.id, account.id)
    revealed = mine and allows(account, Permission.READ_NAMES, person)  # asks whether the hour is over
    return Shown(person, in_clear=revealed or sees_names(account, person.case))


def names_like(account: Any, case: Any, text: str) -> sa.ColumnElement[bool]:
    """The people whose name or identifier holds the text, as SQL; for whoever does not see them it finds nobody."""
    if not sees_names(account, case):
        return sa.false()
    written = Identifier._value.icontains(text, autoescape=True) | (Identifier._value_folded == fold_identifier(text))
    known = sa.exists().where(Identifier.person_id == Person.id, written)
    return Person._name.icontains(text, autoescape=True) | known


def people_like(account: Any, case: Any, text: str) -> sa.ColumnElement[bool]:
    """The people of the case whom somebody finds by a text, as SQL: a pseudonym, its beginning, or what they see."""
    found = [column.icontains(text, autoescape=True) for column in (Person.post, Person.unit)]
    if digits := read_digits(text):
        found.append(Person.numbered_like(digits))
    return sa.or_(*found, names_like(account, case, text))


def holders_of(case: Any, folded: Iterable[str]) -> list[tuple[str, Person]]:
    """Which of these identifiers are recorded in the case, and of whom: for whoever records people, and sees them."""
    known = sa.select(Identifier._value_folded, Person).join(Person, Person.id == Identifier.person_id)
    here = known.where(Identifier.case_id == case.id, Identifier._value_folded.in_(list(folded)), Person.counted())
    return [(value, person) for value, person in db.session().execute(here)]
