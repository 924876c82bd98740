"""How identifiers were used: first, last and how often, over the rows that count and that nothing corrects."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import object_session

from tracker.analysis.identifiers.uses import Use
from tracker.analysis.moments import Moment
from tracker.base.db import EVER_BEFORE
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.whereabouts import Whereabouts

ROWS: tuple[Any, ...] = (AccessRecord, Whereabouts)


def uses_of(person: Person, identifiers: Sequence[Any]) -> list[tuple[Any, Use]]:
    """Each identifier of a person, as it is shown to whoever asks, with its use.

    Two statements, each along an index. A row whose beginning is not known is counted, and is neither first nor last.
    """
    session = object_session(person)
    if not identifiers or session is None:
        return []
    sums = session.execute(_sums([identifier.id for identifier in identifiers])).all()
    moments = {}
    if ends := {(row.identifier_id, at) for row in sums for at in (row.first, row.last) if at}:
        moments = {(row[0], row[1]): Moment.of(*row[1:]) for row in session.execute(_beginnings(ends))}
    return [(one, _use(one, [row for row in sums if row.identifier_id == one.id], moments)) for one in identifiers]


def _use(identifier: Any, sums: list[Any], moments: dict[Any, Moment]) -> Use:
    firsts = [row.first for row in sums if row.first]
    lasts = [row.last for row in sums if row.last]
    return Use(
        identifier.kind,
        identifier.says,
        moments[identifier.id, min(firsts)] if firsts else Moment.of(),
        moments[identifier.id, max(lasts)] if lasts else Moment.of(),
        sum(row.rows for row in sums),
    )


def _sums(ids: Sequence[int]) -> sa.CompoundSelect[Any]:
    """For each identifier and table: the number of rows, and the first and the last beginning that is known."""
    return sa.union_all(
        *(
            sa.select(
                model.identifier_id,
                sa.func.count().label("rows"),
                sa.func.min(sa.case((model.since_earliest > sa.literal(EVER_BEFORE), model.since_earliest))).label(
                    "first"
                ),
                sa.func.max(model.since_earliest).label("last"),
            )
            .where(model.identifier_id.in_(ids), model.counted(), model.uncorrected())
            .group_by(model.identifier_id)
            for model in ROWS
        )
    )


def _beginnings(ends: set[tuple[int, Any]]) -> sa.CompoundSelect[Any]:
    """Identifier and time of the rows that begin then."""
    return sa.union(
        *(
            sa.select(
                model.identifier_id, model.since_earliest, model.since_latest, model.since_offset, model.since_precision
            ).where(
                sa.or_(*(sa.and_(model.identifier_id == which, model.since_earliest == at) for which, at in ends)),
                model.counted(),
                model.uncorrected(),
            )
            for model in ROWS
        )
    )
