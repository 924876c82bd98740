"""Who the people of a file are: matched by identifier, new, unsure, or nobody. Nobody is matched by name alone.

One cell may name several people. What only may be the same is unsure until a person has decided.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from tracker.analysis.identifiers.near import Near, find_nearness, name_key, near_key
from tracker.analysis.identifiers.nobody import NOBODY, may_be_nobody
from tracker.analysis.identifiers.written import fold_identifier, identity, plain_form, read_written
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.base.text import fold
from tracker.imports.plan import Plan
from tracker.imports.who.matches import ALIKE, LONGEST_NAME, Match, Newcomer, Owner, Several, Who, find_fault, split_row
from tracker.models.access.people import Identifier, Person, number_of, pseudonym
from tracker.models.access.words import IdentifierKind
from tracker.models.case.cases import Case

MOST = 100_000  # people of one file
LAST_NUMBER = 99_999  # of a pseudonym that is kept
MAY_BE_NOBODY = "This account may name nobody."
SEVERAL = "These identifiers belong to several people in the case."


class People(dict[Who, Match | Several]):
    """Key, identifier and name as a row has them -> the match. Read once from the case; newcomers are kept.

    Raises Refused for more people than one file may bring.
    """

    def __init__(self, case: Case, plan: Plan) -> None:
        super().__init__()
        self.case, self.answers = case, plan.people
        self.ours = "since_utc" in plan.mapping.columns  # an export of this program: its pseudonyms are kept
        self.known: dict[str, dict[int, int]] = {}  # folded identifier -> person -> identifier
        self.within: dict[tuple[str, Owner], str] = {}  # the domain or directory of an identifier that names one
        self.near: dict[str, list[tuple[str, Owner]]] = {}
        self.newcomers: dict[str, Newcomer] = {}
        self.kinds: dict[str, IdentifierKind] = {}  # of identifiers of which a file says it
        self.shared = self.recipients = 0  # lines that name several people, and whom
        self.partial = 0  # lines of which some people cannot be read
        self.waiting: list[tuple[Match, str]] = []  # of newcomers, with the identifier of the row; not laid out yet
        self._read(case)

    def _read(self, case: Case) -> None:
        real = sa.select(Person.id, Person.number, Person._name, Person._name_near)
        people = db.session().execute(real.where(Person.case_id == case.id, Person.counted())).all()
        self.numbers = {number: person_id for person_id, number, *_ in people}
        self.number_of = {person_id: number for person_id, number, *_ in people}
        self.names = {person_id: name for person_id, _, name, _ in people}
        self.named: dict[str, list[int]] = {}
        for person_id, *_, alike in people:
            if alike:
                self.named.setdefault(alike, []).append(person_id)
        held = sa.select(Identifier._value, Identifier._value_folded, Identifier._value_near,
                         Identifier.person_id, Identifier.id)  # fmt: skip
        held = held.join(Person, Person.id == Identifier.person_id)
        held = held.where(Identifier.case_id == case.id, Person.counted())
        for value, folded, near, person_id, identifier_id in db.session().execute(held):
            self.known.setdefault(folded, {})[person_id] = identifier_id
            self._remember(value, folded, near, person_id)

    def _remember(self, text: str, folded: str, near: str, owner: Owner) -> None:
        self.near.setdefault(near, []).append((folded, owner))
        if within := ("\\" in text or "=" in text or "@" in text) and read_written(text).within:
            self.within[folded, owner] = within

    def __missing__(self, who: Who) -> Match | Several:
        parts = split_row(*who)
        if len(parts) > 1:  # not kept: a file of mail has more lists of recipients than recipients
            return Several({match.who: match for match in map(self.find, parts)}.values())
        if len(self) >= MOST:
            raise Refused(f"The file names more than {MOST:,} people. Check the column for the person.")
        return self.setdefault(who, self._match(*(parts[0] if parts else who)))

    def find(self, who: Who) -> Match:
        """The match of one person, the first where there are several."""
        found = self[who]
        return found if isinstance(found, Match) else found[0]

    def singles(self) -> Iterable[Match]:
        """Everybody who was met, each as often as the file writes them in another way."""
        return (match for match in self.values() if isinstance(match, Match))

    def _match(self, key: str, identifier: str, name: str) -> Match:
        if fault := find_fault(key, identifier, name):
            return Match(key, name, is_plain=False, fault=fault)
        number = number_of(key)
        if number is not None and (self.ours or number in self.numbers):
            key = pseudonym(number)  # P-14 and P-014 are one
        marks = self._marks(key, identifier, name)
        name = name or read_written(identifier or key).name[:LONGEST_NAME]
        if answer := self.answers.get(identity(key)):
            return self._answered(answer, key, name, marks)
        found = {person for mark in marks for person in self.known.get(mark, ())}
        if (named := self._numbered(key)) is not None:
            found.add(named)
        if len(found) > 1:
            return self._unsure(key, name, SEVERAL, found)
        if not found:
            return self._stranger(key, name, marks, may_be_nobody(identifier or key))
        person = found.pop()
        if person == named and name and self.names[person] and name_key(name) != name_key(self.names[person]):
            return self._unsure(key, name, f'The case has a name for {key} other than "{name}".', [person])
        if self._is_elsewhere(marks, person):
            return self._unsure(key, name, Near.DOMAIN.says, [person])
        return self._same(key, name, marks, person)

    def _answered(self, answer: str, key: str, name: str, marks: dict[str, str]) -> Match:
        """Who somebody is as a person has said."""
        if answer == NOBODY:
            return Match(key, name, is_plain=False)
        if answer.startswith(ALIKE):
            other = self.find((answer.removeprefix(ALIKE), "", ""))
            if other.newcomer is not None:
                return self._join(other.newcomer, key, name, marks)
            return self._same(key, name, marks, other.person_id) if other.person_id else self._new(key, name, marks)
        person = self.numbers.get(number_of(answer) or 0)
        return self._same(key, name, marks, person) if person else self._new(key, name, marks)

    def _stranger(self, key: str, name: str, marks: dict[str, str], may_be_nobody: bool) -> Match:
        """Somebody with no identifier of the case: new, unless it may be somebody known, or nobody."""
        if may_be_nobody:
            return self._unsure(key, name, MAY_BE_NOBODY)
        before = self.newcomers.get(identity(key)) or self._called_by(marks)
        if before is not None and not self._is_elsewhere(marks, before):
            return self._new(key, name, marks)
        alike: dict[Owner, str] = dict.fromkeys(self.named.get(name_key(name), ()) if name else (), Near.NAME.says)
        if before is not None:
            alike[before] = Near.DOMAIN.says
        else:
            alike |= self._near(marks)
        if not alike:
            return self._new(key, name, marks)
        return self._unsure(key, name, next(reversed(alike.values())), alike)

    def _near(self, marks: Iterable[str]) -> dict[Owner, str]:
        """Who has an identifier near one of these, and why it is."""
        return {
            owner: found.says
            for mark in marks
            for known, owner in self.near.get(near_key(mark), ())
            if known != mark and (found := find_nearness(mark, known)) is not None
        }

    def _is_elsewhere(self, marks: dict[str, str], owner: Owner) -> bool:
        """Whether an account has the same name as the owner's and is of another domain or directory."""
        return any(
            (theirs := self.within.get((mark, owner))) and (ours := read_written(text).within) and theirs != ours
            for mark, text in marks.items()
        )

    def _numbered(self, key: str) -> int | None:
        """The person of the case whom a pseudonym names."""
        number = number_of(key)
        return self.numbers.get(number) if number else None

    def _marks(self, key: str, identifier: str, name: str) -> dict[str, str]:
        """What of a row is an identifier: not a name that stands in for one, and no pseudonym of ours."""
        pseudonymous = number_of(key) is not None and (self.ours or self._numbered(key) is not None)
        texts = [identifier, "" if key == name or pseudonymous else key]
        return {fold_identifier(text): plain_form(text) for text in texts if text}

    def _same(self, key: str, name: str, marks: dict[str, str], person: int) -> Match:
        held = (self.known.get(mark, {}).get(person) for mark in marks)
        known = self.names[person]
        other = known if name and known and fold(name) != fold(known) else ""
        return Match(key, name, person, next(filter(None, held), None), other_name=other)

    def _new(self, key: str, name: str, marks: dict[str, str]) -> Match:
        somebody = self.newcomers.get(identity(key)) or self._called_by(marks)
        if somebody is None or self._is_elsewhere(marks, somebody):
            number = number_of(key) if self.ours else None
            free_number = number and number <= LAST_NUMBER and number not in self.numbers
            somebody = Newcomer(key, name, {}, number if free_number else None)
            self.newcomers[identity(key)] = somebody
        return self._join(somebody, key, name, marks)

    def _join(self, somebody: Newcomer, key: str, name: str, marks: dict[str, str]) -> Match:
        """A row of a newcomer, who has the identifiers of it that nobody else has."""
        somebody.name = somebody.name or name
        for mark, text in marks.items():
            free = mark not in self.known and self.newcomers.setdefault(mark, somebody) is somebody
            if free and mark not in somebody.marks:
                somebody.marks[mark] = text
                self._remember(text, mark, near_key(mark), somebody)
        match = Match(key, name, newcomer=somebody)
        self.waiting.append((match, next((mark for mark in marks if mark in somebody.marks), "")))
        return match

    def _called_by(self, marks: Iterable[str]) -> Newcomer | None:
        """The newcomer whom earlier rows called by one of these identifiers alone."""
        owners = ((mark, self.newcomers.get(mark)) for mark in marks if mark not in self.known)
        return next((owner for mark, owner in owners if owner and fold_identifier(owner.key) == mark), None)

    def _unsure(self, key: str, name: str, why: str, owners: Iterable[Owner] = ()) -> Match:
        known = tuple(sorted(self.number_of[owner] for owner in owners if isinstance(owner, int)))
        fresh = tuple(owner.key for owner in owners if isinstance(owner, Newcomer))
        return Match(key, name, why=why, candidates=known, alike=fresh)

    def unsure_matches(self) -> list[Match]:
        """Those of whom nobody has said yet who they are; one for each key."""
        unsure: dict[str, Match] = {}
        for match in self.singles():
            if match.why:
                unsure.setdefault(identity(match.key), match)
        return list(unsure.values())

    def strangers(self) -> list[Newcomer]:
        """The newcomers, in the order of the file."""
        return list({id(one): one for one in self.newcomers.values()}.values())
