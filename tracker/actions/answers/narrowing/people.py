"""Everybody of some cases, and who of them is inside each of some windows: one statement, however many there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from tracker.actions.access.standings import end_as_text, select_firsts
from tracker.analysis.exposure import NOT_KNOWN, Window
from tracker.analysis.overlap import Who
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.access.words import Involvement
from tracker.models.case.cases import Case

AT_ONCE = 400  # windows in one statement: SQLite puts at most 500 selects together
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


def read_people(windows: Mapping[Case, Sequence[Window]]) -> People:
    """The people of these cases, and who of each is inside its windows; two numbers of one person count as one."""
    cases = list(windows)
    alike = _start_alike(windows)
    selects = [_everybody(case, -1 - at) for at, case in enumerate(cases)]
    selects += [_firsts(*some[0], at) for at, some in enumerate(alike)]
    rows = list(_execute(selects))
    places = {person: (cases[-1 - at].id, number) for person, number, *_, at in rows if at < 0}
    involved = frozenset(places[person] for person, _, word, *_, at in rows if at < 0 and word in FUNCTIONS)
    found = {(case.id, window): Inside() for some in alike for case, window in some}
    for person, _, *firsts, at in rows:
        if at >= 0 and (who := places.get(person)):
            for case, window in alike[at]:
                _place(who, firsts, window, found[case.id, window])
    return People(places, frozenset(places.values()), involved, found)


def _start_alike(windows: Mapping[Case, Sequence[Window]]) -> list[list[tuple[Case, Window]]]:
    """The windows, each once, those together that differ in nothing but their end."""
    found: dict[Any, list[tuple[Case, Window]]] = {}
    for case, some in windows.items():
        for window in dict.fromkeys(some):
            found.setdefault((case.id, replace(window, end=NOT_KNOWN)), []).append((case, window))
    return list(found.values())


def _place(who: Who, firsts: Sequence[str | None], window: Window, inside: Inside) -> None:
    """Say who is inside, by when the first record may have begun, surely had, and may have that rests on a post."""
    surely, perhaps = end_as_text(window)
    ends = ((perhaps, inside.may), (surely, inside.sure), (perhaps, inside.by_post))
    for first, (end, some) in zip(firsts, ends, strict=True):
        if first is not None and first <= end:
            some.add(who)


def _everybody(case: Case, at: int) -> sa.Select[Any]:
    """By id the number as which somebody counts, and their involvement."""
    word = sa.type_coerce(Person.involvement, sa.String)
    return PersonMerge.numbers(case).add_columns(word, sa.literal(""), sa.literal(""), sa.literal(at))


def _firsts(case: Case, window: Window, at: int) -> sa.Select[Any]:
    select = select_firsts(case, window)
    person, *firsts = select.selected_columns
    return select.with_only_columns(person, sa.literal(0), *firsts, sa.literal(at))


def _execute(selects: Sequence[sa.Select[Any]]) -> Iterator[Any]:
    for start in range(0, len(selects), AT_ONCE):
        yield from db.session().execute(sa.union_all(*selects[start : start + AT_ONCE]))
