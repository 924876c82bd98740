"""Who had access, person by person in the order of the pseudonyms: for the page, and as the rows of a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa

from tracker.actions.access.exposure import Answer
from tracker.actions.access.standings import select_records_inside
from tracker.analysis.cells import guard
from tracker.analysis.exposure import Placed, Window
from tracker.analysis.moments import to_csv
from tracker.audit.cache import remember_of
from tracker.base import db
from tracker.exports.bundle import OPPORTUNITY
from tracker.models.access.people import Person
from tracker.models.access.words import Level
from tracker.models.case.cases import Case
from tracker.models.disclosure.versions import Version
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import InterviewState

LEVELS = {level.value: level for level in Level}

HEADER = (
    "person", "name", "post", "unit", "standing", "at_most", "level", "first_utc", "first_local", "first_precision",
    "records", "versions", "interviews", "coverage", "read_this",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One person of the answer, with what the record holds of them for this window.

    An interview is its number and its state; `held` says of each version whether they had
    it: None where only records that name no version may mean it.
    """

    placed: Placed
    person: Person
    level: Level | None
    records: int
    held: Sequence[bool | None]
    interviews: Sequence[tuple[int, InterviewState]]


class Rows:
    """The listed people in the order of their pseudonyms: none stands higher for what is recorded of them."""

    def __init__(self, case: Case, answer: Answer) -> None:
        self._case, self._answer = case, answer

    def __iter__(self) -> Iterator[Row]:
        placed = [one for listed in self._answer.listed.values() for one in listed]
        for one in sorted(placed, key=lambda each: each.person):
            person = self._answer.people[one.person]
            records, interviews = self._facts.get(one.person, ({}, []))
            level = LEVELS[one.levels[-1]] if one.levels else None
            yield Row(one, person, level, sum(records.values()), self._held(records), interviews)

    @cached_property
    def versions(self) -> list[Version]:
        """The versions of the materials that the window is about, without those that were corrected."""
        materials = {span.version.material for span in self._answer.spans if span.version is not None}
        every = [version for material in materials for version in material.versions]
        corrected = {version.corrects_id for version in every}
        return sorted((one for one in every if one.id not in corrected), key=lambda one: (one.material_id, one.number))

    def _held(self, records: Mapping[int | None, int]) -> list[bool | None]:
        named = [bool(version.with_corrections()[1] & records.keys()) for version in self.versions]
        return [True if one else (None if None in records else False) for one in named]

    @cached_property
    def _facts(self) -> dict[int, tuple[dict[int | None, int], list[tuple[int, InterviewState]]]]:
        """By a person's number their records in the window, by version, and their interviews but the cancelled ones."""
        ids = tuple(self._answer.ids)
        windows = tuple(span.window for span in self._answer.spans)
        return remember_of(self._case, self._answer.changed, lambda: self._ask(ids, windows), "facts", ids, windows)

    def _ask(
        self, ids: Sequence[int], windows: Sequence[Window]
    ) -> dict[int, tuple[dict[int | None, int], list[tuple[int, InterviewState]]]]:
        records = select_records_inside(self._case, windows, ids)
        state = sa.type_coerce(Interview.state, sa.String)
        talks = sa.select(Interview.person_id, Interview.number, sa.literal(0), state)
        talks = talks.where(Interview.person_id.in_(ids), Interview.state != InterviewState.CANCELLED)
        both = sa.union_all(records.add_columns(sa.literal("")), talks)
        found: dict[int, tuple[dict[int | None, int], list[tuple[int, InterviewState]]]] = {}
        for person_id, one, count, word in db.session().execute(both):
            versions, interviews = found.setdefault(self._answer.ids[person_id], ({}, []))
            if word:
                interviews.append((one, InterviewState(word)))
            else:
                versions[one] = versions.get(one, 0) + count
        return found


def cells_of(row: Row, versions: Sequence[Version], coverage: str) -> tuple[str | int, ...]:
    """One person; `versions` are those of the window, `coverage` says how complete the result is. Names never leave."""
    placed, person = row.placed, row.person
    held = "; ".join(version.heading for version, has in zip(versions, row.held, strict=True) if has)
    interviews = "; ".join(str(number) for number, _ in row.interviews)
    return (
        person.pseudonym, "", guard(person.post), guard(person.unit), placed.standing.value, placed.otherwise.value,
        row.level.value if row.level else "", *(to_csv(placed.first) if placed.first else ("", "", "")),
        row.records, guard(held), interviews, guard(coverage), OPPORTUNITY,
    )  # fmt: skip
