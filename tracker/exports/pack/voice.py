"""How a pack speaks: who is named by its profile, which texts are masked, and times on the clocks of the case."""

import re
from datetime import datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from tracker.analysis.moments import Moment, Precision
from tracker.analysis.search.words import fold_words
from tracker.analysis.typed.writing import at as write_at
from tracker.analysis.typed.writing import write_moment
from tracker.base import db
from tracker.exports.pack.masking import Mask
from tracker.gates import withheld_reason
from tracker.models.access.people import Identifier, Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.case.assignments import Assignment
from tracker.models.case.cases import Case
from tracker.models.case.step_times import StepTime, steps_of
from tracker.models.case.words import Role
from tracker.models.register.accounts import Account
from tracker.models.register.exports import Export
from tracker.models.register.words import Profile

_PSEUDONYM = re.compile(r"(?<![0-9A-Za-z])P[-\u2010-\u2013]?(\d{3,9})(?![0-9A-Za-z])", re.IGNORECASE)


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
        masked, at = [], 0
        for one in self._mask.find(written):
            masked += [written[at : one.start], self._masked(written[one.start : one.end], one.words)]
            at = one.end
        own = self.mine.values()
        return _PSEUDONYM.sub(
            lambda match: match[0] if int(match[1]) in own else self._other, "".join(masked) + written[at:]
        )

    def say(self, moment: Moment | None) -> str:
        """A time of the world; empty where none is known."""
        if moment and moment.precision is Precision.EXACT and moment.earliest is not None:
            whole = moment.earliest.replace(microsecond=0)
            moment = Moment(whole, whole, moment.offset, Precision.EXACT)
        return write_moment(moment, self.zone).replace("\u00a0", " ") if moment else ""

    def clock(self, when: datetime | None) -> str:
        """A time of the record."""
        return write_at(when, self.zone).replace("\u00a0", " ") if when else ""

    def step(self, name: str, recorded: datetime) -> str:
        """When a step of the inquiry happened, if somebody said it, beside when it was recorded."""
        given, said = self._step_times.get(name), self.clock(recorded)
        return f"{self.say(given.took_place)}, recorded {said}" if given is not None else said

    def role(self, account_id: int | None) -> str:
        """What an account ever was in the case; never its name."""
        return self._roles.get(account_id or 0, "an account without a role")

    def without_accounts(self, text: str) -> str:
        """A sentence of the program without the names of accounts in it."""
        for name, account_id in self._account_names:
            text = text.replace(name, self.role(account_id))
        return text

    @property
    def _other(self) -> str:
        return "[another person]" if self.profile is Profile.PERSON else "[a person]"

    def _masked(self, found: str, words: tuple[str, ...]) -> str:
        if self.own is not None and words in self._own_words:
            return found if self.names else self.own.pseudonym
        return self._other

    @cached_property
    def _own_words(self) -> set[tuple[str, ...]]:
        """The name, its parts and the identifiers of the person whom the pack is for, as folded words."""
        people: Any = db.session().scalars(sa.select(Person).where(Person.id.in_(self.mine)))
        texts = [(one._name, *fold_words(one._name), *(known._value for known in one.identifiers)) for one in people]
        return {tuple(fold_words(text)) for some in texts for text in some}

    @cached_property
    def _mask(self) -> Mask:
        """Every name and identifier of the case; the words of posts and units are no secret."""
        those = sa.select(Person._name, Person.post, Person.unit).where(Person.case_id == self.case.id)
        people = db.session().execute(those).all()
        names, posts, units = zip(*people, strict=True) if people else ((), (), ())
        values = db.session().scalars(sa.select(Identifier._value).where(Identifier.case_id == self.case.id))
        return Mask(names, values, (*posts, *units))

    @cached_property
    def _step_times(self) -> dict[str, StepTime | None]:
        return {one.name: one.time for one in steps_of(self.case)}

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
