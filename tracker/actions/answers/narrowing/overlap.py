"""Overlap of several disclosures, also of several cases: who is before all of them, beside what chance would give."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import sqlalchemy as sa

from tracker.actions.answers.narrowing.people import People, read_people
from tracker.actions.answers.narrowing.windows import Subject, subjects_of
from tracker.actions.checks import must_be_available
from tracker.analysis.narrowing.overlap import Chance, SamePeople, Who, chance_of, match_people
from tracker.audit.doors import action
from tracker.base import db
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.people import Identifier, Person
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.policy import Permission

MOST_IN_PAIRS = 12  # disclosures, of which each pair is a row


@action(Permission.READ_EXPOSURE, "overlap.read", changes=False)
def read_overlap(reader: Account, case: Case) -> None:
    """Note of each case that somebody opens it; while its protected-disclosure check blocks it, nobody does."""
    must_be_available(case)


@dataclass(frozen=True)
class Group:
    """The people who may have had access before one disclosure; those of them whose post normally sees the material."""

    subject: Subject
    people: frozenset[Who]
    by_post: frozenset[Who]
    coverage: Sequence[str]


@dataclass(frozen=True)
class Common:
    """What some disclosures have in common: who is before all of them by function, who else, and by chance."""

    groups: Sequence[Group]
    by_function: frozenset[Who]
    others: frozenset[Who]
    chance: Chance

    @property
    def observed(self) -> int:
        """How many people are before all of them."""
        return len(self.by_function) + len(self.others)


@dataclass(frozen=True)
class Gathered:
    """Each disclosure that repeats no other with its people, one person across cases once.

    `same` says who of several cases is one person. `by_involvement` make, keep or move the material.
    """

    everybody: frozenset[Who]
    groups: Sequence[Group]
    by_involvement: frozenset[Who]
    same: SamePeople

    def compare(self, groups: Sequence[Group]) -> Iterator[Common]:
        """What all of these disclosures have in common, and then each two of them.

        By function are those who make, keep or move the material, and those whose post normally has it before each
        disclosure of the row: two disclosures have the same in common whatever else is compared. Chance is about
        everybody else.
        """
        if len(groups) < 2:
            return
        pairs = combinations(groups, 2) if 2 < len(groups) <= MOST_IN_PAIRS else ()
        for some in (groups, *pairs):
            function = self.by_involvement | frozenset.intersection(*(group.by_post for group in some))
            common = frozenset.intersection(*(group.people for group in some))
            sizes = [len(group.people - function) for group in some]
            chance = chance_of(len(self.everybody - function), sizes)
            yield Common(some, common & function, common - function, chance)


def gather(cases: Sequence[Case]) -> Gathered:
    """The disclosures of these cases with the people before each."""
    found = [one for one in subjects_of(cases) if not one.claim and not one.repeats]
    by_case = {case: [one for one in found if one.disclosure.case_id == case.id] for case in cases}
    every = [one for some in by_case.values() for one in some]  # in the order of the cases
    windows = {case: [window for one in some for window in one.windows] for case, some in by_case.items()}
    people = read_people(windows)
    same = match_people(people.everybody, _carried(cases, people) if len(cases) > 1 else ())
    first, nameless = same.first, _count_nameless(cases)
    groups = [_group(one, people, first, nameless[one.disclosure.case_id]) for one in every]
    return Gathered(frozenset(first.values()), groups, _as_first(people.by_involvement, first), same)


def _group(one: Subject, people: People, first: Mapping[Who, Who], nameless: int) -> Group:
    case_id = one.disclosure.case_id
    inside = people.inside(case_id, one.windows)
    coverage = one.coverage(people.count(case_id, one.windows), nameless)
    return Group(one, _as_first(inside.may, first), _as_first(inside.by_post, first), coverage)


def _count_nameless(cases: Sequence[Case]) -> Counter[int]:
    """By the id of a case how many logs have lines that name nobody."""
    some = AccessLog.case_id.in_([one.id for one in cases]), AccessLog.nameless()
    return Counter(db.session().scalars(sa.select(AccessLog.case_id).where(*some)))


def _as_first(people: frozenset[Who] | set[Who], first: Mapping[Who, Who]) -> frozenset[Who]:
    return frozenset(first[who] for who in people)


def _carried(cases: Sequence[Case], people: People) -> Iterator[tuple[str, Who]]:
    """Each identifier of the people of these cases, with its kind and as it is compared, and who carries it."""
    known = sa.select(sa.type_coerce(Identifier.kind, sa.String), Identifier._value_folded, Identifier.person_id)
    known = known.join(Person, Person.id == Identifier.person_id).where(Person.counted())
    for kind, folded, person in db.session().execute(known.where(Identifier.case_id.in_([one.id for one in cases]))):
        yield f"{kind}:{folded}", people.places[person]
