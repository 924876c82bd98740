"""Who the people of a file are: matched by identifier, new, or unsure. Nobody is matched by name alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import sqlalchemy as sa

from tracker.audit.doors import Refused
from tracker.base import db
from tracker.base.text import fold
from tracker.imports.plan import NEW, Plan
from tracker.models.access.people import Identifier, Person, number_of, pseudonym
from tracker.models.access.words import IdentifierKind
from tracker.models.case.cases import Case

MOST = 100_000  # people of one file
LAST_NUMBER = 99_999  # of a pseudonym that is kept
Who = tuple[str, str, str]  # key, identifier and name of a row


@dataclass(slots=True)
class Newcomer:
    """A person the case does not have yet; `number` is the pseudonym they had where the file was exported."""

    key: str
    name: str
    marks: dict[str, str]  # folded identifier -> as it is written
    number: int | None = None
    person_id: int | None = None
    ids: dict[str, int] = field(default_factory=dict)  # folded identifier -> id, once laid out


@dataclass(slots=True)
class Match:
    """Who a row is about: a person of the case, a newcomer, or for a reason nobody yet."""

    key: str
    name: str
    person_id: int | None = None
    identifier_id: int | None = None
    newcomer: Newcomer | None = None
    why: str = ""
    candidates: tuple[int, ...] = ()  # numbers of people it may be
    other_name: str = ""  # what the case calls them, when that is another name


class People(dict[Who, Match]):
    """Key, identifier and name as a row has them -> the match. Read once from the case; newcomers are kept.

    Raises Refused for more people than one file may bring.
    """

    def __init__(self, case: Case, plan: Plan) -> None:
        super().__init__()
        self.answers = plan.people
        self.ours = "since_utc" in plan.mapping.columns  # an export of this program: its pseudonyms are kept
        real = sa.select(Person.id, Person.number, Person._name).where(Person.case_id == case.id, Person.counted())
        people = db.session().execute(real).all()
        self.numbers = {number: person_id for person_id, number, _ in people}
        self.number_of = {person_id: number for person_id, number, _ in people}
        self.names = {person_id: name for person_id, _, name in people}
        self.named: dict[str, list[int]] = {}
        for person_id, _, name in people:
            if name:
                self.named.setdefault(fold(name), []).append(person_id)
        self.known: dict[str, dict[int, int]] = {}
        held = sa.select(Identifier._value_folded, Identifier.person_id, Identifier.id)
        held = held.join(Person, Person.id == Identifier.person_id).where(
            Identifier.case_id == case.id, Person.counted()
        )
        for value, person_id, identifier_id in db.session().execute(held):
            self.known.setdefault(value, {})[person_id] = identifier_id
        self.newcomers: dict[str, Newcomer] = {}
        self.waiting: list[tuple[Match, str]] = []  # of newcomers, with the identifier of the row; not laid out yet

    def __missing__(self, who: Who) -> Match:
        if len(self) >= MOST:
            raise Refused(f"The file names more than {MOST:,} people. Check the column for the person.")
        return self.setdefault(who, self._match(*who))

    def _match(self, key: str, identifier: str, name: str) -> Match:
        number = number_of(key)
        if number is not None and (self.ours or number in self.numbers):
            key = pseudonym(number)  # P-14 and P-014 are one
        marks = self._marks(key, identifier, name)
        if answer := self.answers.get(fold(key)):
            person = self.numbers.get(number_of(answer) or 0)
            return self._same(key, name, marks, person) if person else self._new(key, name, marks)
        found = {person for mark in marks for person in self.known.get(mark, ())}
        named = self._numbered(key)
        if named is not None:
            found.add(named)
        if len(found) > 1:
            return self._unsure(key, name, found, "These identifiers belong to several people in the case.")
        if not found:
            alike = self.named.get(fold(name), ()) if name else ()
            why = "A person of this name is in the case, with no identifier from this file."
            return self._unsure(key, name, alike, why) if alike else self._new(key, name, marks)
        person = found.pop()
        if person == named and name and self.names[person] and fold(name) != fold(self.names[person]):
            return self._unsure(key, name, [person], f'The case has a name for {key} other than "{name}".')
        return self._same(key, name, marks, person)

    def _numbered(self, key: str) -> int | None:
        """The person of the case whom a pseudonym names."""
        number = number_of(key)
        return self.numbers.get(number) if number else None

    def _marks(self, key: str, identifier: str, name: str) -> dict[str, str]:
        """What of a row is an identifier: not a name that stands in for one, and no pseudonym of ours."""
        pseudonymous = number_of(key) is not None and (self.ours or self._numbered(key) is not None)
        texts = [identifier, "" if key == name or pseudonymous else key]
        return {fold(text)[:254]: text for text in texts if text}

    def _same(self, key: str, name: str, marks: dict[str, str], person: int) -> Match:
        held = (self.known.get(mark, {}).get(person) for mark in marks)
        known = self.names[person]
        other = known if name and known and fold(name) != fold(known) else ""
        return Match(key, name, person, next(filter(None, held), None), other_name=other)

    def _new(self, key: str, name: str, marks: dict[str, str]) -> Match:
        free = {mark: text for mark, text in marks.items() if mark not in self.known}
        somebody = self.newcomers.get(fold(key)) or self._called_by(free)
        if somebody is None:
            number = number_of(key) if self.ours else None
            free_number = number and number <= LAST_NUMBER and number not in self.numbers
            somebody = Newcomer(key, name, {}, number if free_number else None)
            self.newcomers[fold(key)] = somebody
        somebody.name = somebody.name or name
        for mark, text in free.items():
            if self.newcomers.setdefault(mark, somebody) is somebody:  # one identifier is not that of two newcomers
                somebody.marks[mark] = text
        match = Match(key, name, newcomer=somebody)
        self.waiting.append((match, next((mark for mark in marks if mark in somebody.marks), "")))
        return match

    def _called_by(self, marks: Iterable[str]) -> Newcomer | None:
        """The newcomer whom earlier rows called by one of these identifiers alone."""
        owners = ((mark, self.newcomers.get(mark)) for mark in marks)
        return next((owner for mark, owner in owners if owner and fold(owner.key) == mark), None)

    def _unsure(self, key: str, name: str, people: Iterable[int], why: str) -> Match:
        return Match(key, name, why=why, candidates=tuple(sorted(self.number_of[person] for person in people)))

    def unsure_matches(self) -> list[Match]:
        """Those of whom nobody has said yet who they are; one for each key."""
        return list({fold(match.key): match for match in self.values() if match.why}.values())

    def strangers(self) -> list[Newcomer]:
        """The newcomers, in the order of the file."""
        return list({id(one): one for one in self.newcomers.values()}.values())


def kind_of(value: str, otherwise: IdentifierKind) -> IdentifierKind:
    """An identifier with an @ in it is an e-mail address."""
    return IdentifierKind.EMAIL if "@" in value else otherwise


def is_answer(text: str) -> bool:
    """Whether a text says who somebody is: `new`, or a pseudonym."""
    return text == NEW or (number_of(text) is not None and text == pseudonym(number_of(text) or 0))


def identifier_in(key: str, name: str) -> str:
    """What of somebody's key is an identifier: empty for a name and for a pseudonym."""
    return "" if fold(key) == fold(name) or number_of(key) is not None else key
