"""What becomes of a row's person: a match, several of them, or a reason why there is none; and what answers say."""

from dataclasses import dataclass, field
from typing import Any

from tracker.analysis.identifiers.cells import split_people
from tracker.analysis.identifiers.nobody import NOBODY
from tracker.analysis.identifiers.written import (
    DAMAGED_WORDS,
    LONGEST,
    fold_identifier,
    identity,
    is_damaged,
    plain_form,
)
from tracker.base.text import fold
from tracker.imports.plan import NEW
from tracker.models.access.people import number_of, pseudonym
from tracker.models.access.words import IdentifierKind

LONGEST_NAME = 200
ALIKE = "as:"  # the answer that somebody is whom the file calls so elsewhere
TOO_LONG = "A {} can have at most {} characters, not {}."
Who = tuple[str, str, str]  # key, identifier and name of a row


@dataclass(slots=True, eq=False)
class Newcomer:
    """A person the case does not have yet; `number` is the pseudonym they had where the file was exported."""

    key: str
    name: str
    marks: dict[str, str]  # folded identifier -> as it is kept
    number: int | None = None
    person_id: int | None = None
    ids: dict[str, int] = field(default_factory=dict)  # folded identifier -> id, once laid out
    facts: dict[str, Any] = field(default_factory=dict)  # what a list of people says of them besides


@dataclass(slots=True)
class Match:
    """Who a row is about: a person of the case, a newcomer, or for a reason nobody yet.

    `is_plain`: a record can be made, or a question asked. Not so if the key is damaged (`fault`) or names nobody.
    """

    key: str
    name: str
    person_id: int | None = None
    identifier_id: int | None = None
    newcomer: Newcomer | None = None
    why: str = ""
    candidates: tuple[int, ...] = ()  # numbers of people it may be
    alike: tuple[str, ...] = ()  # keys of others in this file whom it may be
    other_name: str = ""  # what the case calls them, when that is another name
    is_plain: bool = True
    fault: str = ""

    @property
    def who(self) -> tuple[str, int]:
        """The same for two spellings of one person."""
        return ("known", self.person_id) if self.person_id else ("met", id(self.newcomer or self))


class Several(list[Match]):
    """The people of one row that names several, each once, in the order of the row."""

    __slots__ = ()
    is_plain = False


Owner = int | Newcomer  # whose an identifier is: a person of the case by id, or somebody new


def split_row(key: str, identifier: str, name: str) -> list[Who]:
    """The people of one row, each once; identifiers and names go with the keys where there are as many."""
    keys, identifiers = split_people(key), split_people(identifier)
    many = max(len(keys), len(identifiers))
    if many == 1:
        return [(key, identifier, name)]
    keys = keys if len(keys) == many else identifiers
    names = split_people(name)
    columns = [column if len(column) == many else [""] * many for column in (identifiers, names)]
    people = zip(keys, *columns, strict=True)
    return list({identity(who[0]): who for who in people}.values())


def find_fault(key: str, identifier: str, name: str) -> str:
    """Why a row cannot be about anybody; nothing where it can."""
    if is_damaged(identifier) or is_damaged(key):
        return DAMAGED_WORDS
    for field_name, text, most in (("person", key, LONGEST), ("identifier", identifier, LONGEST),
                                   ("name", name, LONGEST_NAME)):  # fmt: skip
        if len(text) > most:
            return TOO_LONG.format(field_name, most, len(text))
    return ""


def kind_of(value: str, otherwise: IdentifierKind) -> IdentifierKind:
    """An identifier with an @ in it is an e-mail address."""
    return IdentifierKind.EMAIL if "@" in fold_identifier(value) else otherwise


def is_answer(text: str) -> bool:
    """Whether a text says who somebody is: `new`, `nobody`, `as:` another key of the file, or a pseudonym."""
    alike = text.startswith(ALIKE) and len(text) > len(ALIKE)
    return alike or text in {NEW, NOBODY} or (number_of(text) is not None and text == pseudonym(number_of(text) or 0))


def identifier_in(key: str, name: str) -> str:
    """What of somebody's key is an identifier: empty for a name and for a pseudonym."""
    return "" if fold(key) == fold(name) or number_of(key) is not None else plain_form(key)
