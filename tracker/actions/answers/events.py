"""Events: everything of a case that has a time, as rows of one shape. They are read and never written."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import registry

from tracker.actions.answers.event_sources import OF_CASE, SOURCES
from tracker.analysis.moments import Moment
from tracker.models.case.cases import Case

_UNION = sa.union_all(*(select for source in SOURCES for select in source())).subquery("event")


class Event:
    """One row of the chronology. Its columns are those of `_row` and SHAPE."""

    id: Any
    kind: Any
    thing_id: Any
    place: Any
    earliest: Any
    latest: Any
    offset: Any
    precision: Any
    recorded: Any
    number: Any
    below: Any
    words: Any
    more: Any
    source: Any
    records: Any
    people: Any
    numbers: Any
    until: Any

    @classmethod
    def of(cls, case: Case) -> sa.Select[Any]:
        """Those of a case."""
        return sa.select(cls).params({OF_CASE.key: case.id})

    @property
    def time(self) -> Moment:
        """When it happened, or began."""
        return Moment.of(self.earliest, self.latest, self.offset, self.precision)

    @property
    def persons(self) -> list[int]:
        """The numbers of the people it is about, where they are few."""
        return read_numbers(self.numbers)


def read_numbers(cell: str | None) -> list[int]:
    """The numbers of pseudonyms in a cell, each once."""
    return sorted({int(number) for number in (cell or "").split(",") if number})


registry().map_imperatively(Event, _UNION, primary_key=[_UNION.c.id])
