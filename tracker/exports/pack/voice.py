"""How a pack speaks: who is named by its profile, which texts are masked, and times on the clocks of the case."""

import re
from datetime import datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from tracker.analysis.moments import Moment, Precision
from tracker.analysis.typed.writing import at as write_at
from tracker.analysis.typed.writing import write_moment
from tracker.base import db
from tracker.gates import withheld_reason
from tracker.models.access.people import Identifier, Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.case.assignments import Assignment
from tracker.models.case.cases import Case
from tracker.models.case.words import Role
from tracker.models.register.accounts import Account
from tracker.models.register.exports import Export
from tracker.models.register.words import Profile

SHORTEST = 3  # letters of a part of a name that is masked: initials are words too
_PSEUDONYM = re.compile(r"\bP-(\d{3,9})\b", re.IGNORECASE)


class Voice:
    """The case for the reader of one pack. `own` is the person whom it is for, in the profile for them alone."""

    def __init__(self, case: Case, export: Export, profile: Profile, own: Person | None = None) -> None:
        self.case, self.at, self.names, self.profile, self.own = case, export.at, export.names, profile, own
        self.zone = case.zone or "UTC"
        self.withheld = withheld_reason(case)

    @property
    def is_whole(self) -> bool:
        """Whether the reader works on the case, and so reads what the pages of the case show."""
        return self.profile in {Profile.FULL, Profile.REVIEWER}

    @cached_property
    def mine(self) -> dict[int, int]:
        """The numbers of the person whom the pack is for, by id: all that are said to be one person are theirs."""
        if self.own is None:
            return {}
        those = sa.select(Person.id, Person.number).where(Person.id.in_(PersonMerge.ids_of(self.own)))
        return {key: number for key, number in db.session().execute(those)}  # noqa: C416  # a row is no pair to mypy

    def shows(self, person: Person | None) -> bool:
        """Whether what is recorded of somebody is in the pack."""
        return self.is_whole or (person is not None and person.id in self.mine)

    def who(self, person: Person | None) -> str:
        """A person: by pseudonym, with the name where names leave; who is not shown is nobody in particular."""
        if person is None:
            return ""
        if not self.shows(person):
            return "another person" if self.profile is Profile.PERSON else "a person"
        name = person._name if self.names else ""
        return f"{person.pseudonym} ({name})" if name else person.pseudonym

    def text(self, written: str | None) -> str:
        """What somebody wrote; for readers outside without the names, identifiers and pseudonyms of people."""
        if not written or self.is_whole:
            return written or ""
        found = self._known.sub(self._masked, written) if self._known is not None else written
        own = self.mine.values()
        other = f"[{self._OTHERS[self.profile]}]"
        return _PSEUDONYM.sub(lambda match: match[0] if int(match[1]) in own else other, found)

    def say(self, moment: Moment | None) -> str:
        """A time of the world; empty where none is known."""
        if moment and moment.precision is Precision.EXACT and moment.earliest is not None:
            whole = moment.earliest.replace(microsecond=0)
            moment = Moment(whole, whole, moment.offset, Precision.EXACT)
        return write_moment(moment, self.zone).replace("\u00a0", " ") if moment else ""

    def clock(self, when: datetime | None) -> str:
        """A time of the record."""
        return write_at(when, self.zone).replace("\u00a0", " ") if when else ""

    def role(self, account_id: int | None) -> str:
        """What an account ever was in the case; never its name."""
        return self._roles.get(account_id or 0, "an account without a role")

    def without_accounts(self, text: str) -> str:
        """A sentence of the program without the names of accounts in it."""
        for name, account_id in self._account_names:
            text = text.replace(name, self.role(account_id))
        return text

    _OTHERS = {Profile.PERSON: "another person", Profile.PUBLICATION: "a person"}

    def _masked(self, match: re.Match[str]) -> str:
        if self.own is not None and match[0].casefold() in self._own_words:
            return match[0] if self.names else self.own.pseudonym
        return f"[{self._OTHERS[self.profile]}]"

    @cached_property
    def _own_words(self) -> set[str]:
        """The name and the identifiers of the person whom the pack is for."""
        people: Any = db.session().scalars(sa.select(Person).where(Person.id.in_(self.mine)))
        words = [(one._name, *one._name.split(), *(known._value for known in one.identifiers)) for one in people]
        return {word.casefold() for some in words for word in some}

    @cached_property
    def _known(self) -> re.Pattern[str] | None:
        """Every name and identifier of the case in any case of letters, and each part of a name as it is written."""
        names = set(db.session().scalars(sa.select(Person._name).where(Person.case_id == self.case.id)))
        values = set(db.session().scalars(sa.select(Identifier._value).where(Identifier.case_id == self.case.id)))
        whole = {one.strip() for one in names | values if len(one.strip()) >= SHORTEST}
        parts = {
            part for name in names for part in re.split(r"[\s,;.]+", name) if len(part) > SHORTEST and part[0].isupper()
        }
        either = [f"(?i:{_any_of(whole)})"] * bool(whole) + [_any_of(parts)] * bool(parts)
        return re.compile(rf"(?<!\w)(?:{'|'.join(either)})(?!\w)") if either else None

    @cached_property
    def _roles(self) -> dict[int, str]:
        held: dict[int, set[Role]] = {}
        for account_id, role in db.session().execute(
            sa.select(Assignment.account_id, Assignment.role).where(
                Assignment.case_id == self.case.id, Assignment.accepted_at <= self.at
            )
        ):
            held.setdefault(account_id, set()).add(role)
        return {key: ", ".join(role.label.lower() for role in Role if role in roles) for key, roles in held.items()}

    @cached_property
    def _account_names(self) -> list[tuple[str, int]]:
        those: Any = sa.select(Account.name, Account.id).join(Assignment, Assignment.account_id == Account.id)
        found = db.session().execute(those.where(Assignment.case_id == self.case.id).distinct())
        return sorted(((name, key) for name, key in found if name), key=lambda one: (-len(one[0]), one))


def _any_of(words: set[str]) -> str:
    """A pattern of any of these words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda one: (-len(one), one))))
