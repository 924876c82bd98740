"""Everybody of some cases, and who of them is inside each of some windows: one statement, however many windows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from tracker.actions.access.standings import high_text, low_text
from tracker.actions.answers.narrowing.firsts import select_firsts
from tracker.analysis.exposure import NOT_KNOWN, Window
from tracker.analysis.narrowing.overlap import Who
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.access.words import Involvement
from tracker.models.case.cases import Case

FUNCTIONS = {Involvement.ORIGINATOR, Involvement.CUSTODIAN, Involvement.HANDLER}


@dataclass(frozen=True)
class Inside:
    """Who has a record that may lie inside a window; who surely does; and who has one that rests on their post."""

    may: set[Who] = field(default_factory=set)
    sure: set[Who] = field(default_factory=set)
    by_post: set[Who] = field(default_factory=set)

    def add(self, other: "Inside") -> None:
        """Count those of another window too."""
        self.may.update(other.may)
        self.sure.update(other.sure)
        self.by_post.update(other.by_post)


@dataclass(frozen=True)
class People:
    """Everybody, each person of a case once; who makes, keeps or moves the material; who is inside which window.

    `places` says as whom each number counts, by its id.
    """

    places: Mapping[int, Who]
    everybody: frozenset[Who]
    by_involvement: frozenset[Who]
    windows: Mapping[tuple[int, Window], Inside]

    def inside(self, case_id: int, windows: Sequence[Window]) -> Inside:
        """Who is inside at least one of these windows of a case."""
        found = Inside()
        for window in windows:
            found.add(self.windows[case_id, window])
        return found

    def count(self, case_id: int, windows: Sequence[Window]) -> list[int]:
        """How many people may be inside each of these windows of a case."""
        return [len(self.windows[case_id, window].may) for window in windows]


Scopes = Mapping[Case, Mapping[Window, Sequence[Window]]]  # of each case the windows that differ in their end alone


def read_people(windows: Mapping[Case, Sequence[Window]]) -> People:
    """The people of these cases, and who of each is inside its windows; two numbers of one person count as one."""
    scopes = {case: _group(some) for case, some in windows.items()}
    known, firsts = _execute(scopes)
    places = {person: (case.id, int(number)) for case, rows in known.items() for person, number, _ in rows}
    involved = {places[person] for rows in known.values() for person, _, word in rows if word in FUNCTIONS}
    found: dict[tuple[int, Window], Inside] = {}
    for (case, some), rows in zip(_each(scopes), firsts, strict=True):
        people = [(places[person], *times) for person, *times in rows if person in places]
        found |= {(case.id, window): _weigh(window, people) for window in some}
    return People(places, frozenset(places.values()), frozenset(involved), found)


def _group(windows: Sequence[Window]) -> dict[Window, list[Window]]:
    found: dict[Window, list[Window]] = {}
    for window in dict.fromkeys(windows):
        found.setdefault(replace(window, end=NOT_KNOWN), []).append(window)
    return found


def _each(scopes: Scopes) -> list[tuple[Case, Sequence[Window]]]:
    return [(case, some) for case, by_scope in scopes.items() for some in by_scope.values()]


def _weigh(window: Window, people: Sequence[tuple[Who, str | None, str | None, str | None]]) -> Inside:
    """Who is inside, by when their first record may have begun, surely had, and may have that rests on a post."""
    surely, perhaps = low_text(window.end), high_text(window.end)
    return Inside(
        {who for who, first, _, _ in people if first is not None and first <= perhaps},
        {who for who, _, first, _ in people if first is not None and first <= surely},
        {who for who, _, _, first in people if first is not None and first <= perhaps},
    )


def _execute(scopes: Scopes) -> tuple[dict[Case, list[Any]], list[list[Any]]]:
    """Of each case the ids, numbers and involvements of its people; and of each scope what `select_firsts` says."""
    selects, at = [], 0
    for place, (case, by_scope) in enumerate(scopes.items()):
        selects += [_everybody(case, -1 - place), *select_firsts(case, list(enumerate(by_scope, at)))]
        at += len(by_scope)
    cases = list(scopes)
    known: dict[Case, list[Any]] = {case: [] for case in cases}
    firsts: list[list[Any]] = [[] for _ in range(at)]
    for person, scope, *told in db.session().execute(sa.union_all(*selects)):
        if scope is not None and scope < 0:
            known[cases[-1 - scope]].append((person, *told[:2]))
        elif scope is not None:
            firsts[scope].append((person, *told))
    return known, firsts


def _everybody(case: Case, at: int) -> sa.Select[Any]:
    """By id the number as which somebody counts, and their involvement."""
    numbers = PersonMerge.numbers(case)
    person, number = numbers.selected_columns
    word = sa.type_coerce(Person.involvement, sa.String)
    return numbers.with_only_columns(
        person, sa.literal(at), sa.cast(number, sa.String), word, sa.literal(""), maintain_column_froms=True
    )
