"""Records of calls and messages as press contacts: which party is a person of the case, and how long it took.

Such a record names whoever was called, also people who have nothing to do with the case. So it never adds a person: a
line is a press contact if one party is a person of the case already, and else it cannot be imported.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from tracker.actions.checks import must_be_fair
from tracker.analysis.identifiers.written import fold_identifier
from tracker.analysis.logs.files.headers import normal
from tracker.analysis.logs.rows import Fault, Row
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.imports.plan import Plan
from tracker.imports.who.matches import Match
from tracker.imports.who.people import People
from tracker.models.access.people import Identifier, Person, number_of, pseudonym
from tracker.models.access.words import IdentifierKind
from tracker.models.case.cases import Case
from tracker.models.inquiry.words import Basis
from tracker.models.words import Answer

NEITHER = "Neither party is a person of this case. Add the person with this identifier first, or leave the line out."
NO_LENGTH = "Write the length as 0:12:30, or say minutes or seconds in the name of the column."
CONTENT = "Leave the content empty, or write yes as content known."
LONGEST_CHANNEL = 80
_CLOCK, _NUMBER = re.compile(r"(\d{1,4}):([0-5]\d):([0-5]\d)"), re.compile(r"(\d{1,9})(?:[.,](\d+))?")
_BASES = {normal(word): one for one in Basis for word in (one.value, one.label)} | {"": Basis.LOG}
_KNOWN = {normal(one.value): one for one in Answer} | {"": Answer.UNKNOWN}


class Calls:
    """Reads the lines of one file; `people` are those of the case."""

    def __init__(self, case: Case, plan: Plan, people: People) -> None:
        self.people = people
        self.length = " ".join(plan.mapping.columns.get("minutes", ()))
        phones = sa.select(Identifier._value).join(Person, Person.id == Identifier.person_id)
        phones = phones.where(Identifier.case_id == case.id, Identifier.kind == IdentifierKind.PHONE, Person.counted())
        self.phones = {phone_key(value): value for value in db.session().scalars(phones)}

    def match(self, rows: Iterable[Row | Fault]) -> Iterator[tuple[Row, Match] | Fault]:
        """Each line with the person of the case and its facts, in the order of the table; or why it is none."""
        for row in rows:
            if isinstance(row, Fault):
                yield row
                continue
            key, other = self._parties(row.person_key, row.place)
            try:
                facts = read_facts(row.more, self.length)
                must_be_fair(other)
            except (Refused, ValueError) as refused:
                yield Fault(row.line, "", "", str(refused))
                continue
            if key:
                yield row._replace(place=other, more=facts), self.people.find((key, "", ""))
            else:
                yield Fault(row.line, "", f"{row.person_key} / {row.place}"[:200], NEITHER)

    def _parties(self, first: str, second: str) -> tuple[str, str]:
        """What names the person of the case, and the other party; a person of the case by the pseudonym alone."""
        caller, called = self._find(first), self._find(second)
        if not caller:
            return called, first
        held = self.people.known.get(fold_identifier(called)) if called else None
        return caller, pseudonym(self.people.number_of[next(iter(held))]) if held else second

    def _find(self, text: str) -> str:
        """What the case calls a party, empty for somebody who is not in it."""
        number = number_of(text)
        known = number in self.people.numbers if number else fold_identifier(text) in self.people.known
        return text if known else self.phones.get(phone_key(text), "")


def phone_key(text: str) -> str:
    """The digits of a telephone number, however they are set apart; the text itself for anything else."""
    digits = re.sub(r"[\s()./-]", "", text)
    return re.sub(r"^(?:\+|00)", "+", digits) if re.fullmatch(r"\+?\d{4,}", digits) else text


def read_facts(more: Sequence[str], length: str) -> tuple[Any, ...]:
    """Minutes, channel, basis, content known, content, explanation. ValueError with a sentence for what is none."""
    minutes, medium, basis, content_known, content, explanation = more
    if normal(basis) not in _BASES:
        raise ValueError(f'"{basis[:60]}" is not a basis. Choose from {", ".join(Basis)}.')
    if normal(content_known) not in _KNOWN:
        raise ValueError(f'"{content_known[:60]}" does not say whether the content is known. Write yes, no or unknown.')
    if len(medium) > LONGEST_CHANNEL:
        raise ValueError(f"A channel can have at most {LONGEST_CHANNEL} characters, not {len(medium)}.")
    known = _KNOWN[normal(content_known)]
    if bool(content) is not (known is Answer.YES):
        raise ValueError(CONTENT)
    return read_minutes(minutes, length), medium, _BASES[normal(basis)].value, known.value, content, explanation


def read_minutes(text: str, column: str) -> int | None:
    """Whole minutes, begun ones counted; `column` says what a bare number counts. ValueError for any other text."""
    if not text:
        return None
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, seconds = map(int, clock.groups())
        return hours * 60 + minutes + bool(seconds)
    number, unit = _NUMBER.fullmatch(text), normal(column)
    if number is None or not ("min" in unit or "sec" in unit):
        raise ValueError(NO_LENGTH)
    whole, more = int(number[1]), bool(int(number[2] or 0))
    return whole + more if "min" in unit else -(-(whole + more) // 60)
