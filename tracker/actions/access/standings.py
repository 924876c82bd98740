"""Rows summed up in SQL: everybody's class by one grouping query, and what put some people into theirs by another.

Which row shows what is said in `tracker.analysis.exposure`, and said again here as SQL; a test compares the two.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.analysis.exposure import EVIDENCE, SHOWN, Exposure, Row, Standing, Window
from tracker.analysis.moments import Moment, Precision, sql_text
from tracker.analysis.times import LENGTH
from tracker.base import db
from tracker.base.db import EVER_AFTER, EVER_BEFORE
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.case.cases import Case

PEOPLE = -1  # stands for the people themselves where others stand for a window
_RANKED = (*SHOWN, Standing.UNKNOWN)
_BOUNDS = [(name, end) for name in ("since", "until") for end in ("earliest", "latest")]
_COLUMNS: Any = AccessRecord.__table__.c


@dataclass(frozen=True)
class Everybody:
    """Everybody's class; of each window how many people have access shown inside; whether there is any record."""

    exposure: Exposure
    shown: list[int]
    recorded: bool


def place_everybody(case: Case, windows: Sequence[Window], eliminated: Collection[int]) -> Everybody:
    """Place everybody of the case; `eliminated` are numbers within it."""
    people = Person.of(case).with_only_columns(Person.id, Person.number, sa.literal(None), sa.literal(PEOPLE))
    numbers: dict[int, int] = {}
    best: dict[int, tuple[int, int]] = {}
    shown = [0] * len(windows)
    found: Any = db.session().execute(sa.union_all(people, *_ranks(case, windows)))
    for person_id, sure, other, at in found:
        if at == PEOPLE:
            numbers[person_id] = sure
        elif (number := numbers.get(person_id)) is not None:
            shown[at] += 1
            known = best.get(number, (sure, other))
            best[number] = min(sure, known[0]), min(other, known[1])
    nothing, out = (_RANKED.index(Standing.UNKNOWN),) * 2, (Standing.ELIMINATED,) * 2
    placed = (
        (number, *(out if number in eliminated else (_RANKED[rank] for rank in best.get(number, nothing))))
        for number in sorted(numbers.values())
    )
    summed_up = Exposure.of_people(placed, best.keys() & set(eliminated))
    return Everybody(summed_up, shown, bool(best) or _is_recorded(case, windows))


def _is_recorded(case: Case, windows: Sequence[Window]) -> bool:
    """Whether any record is about what the windows are about, inside or not."""
    there = sa.or_(*(sa.exists().where(*_counted(case, window)) for window in windows))
    return bool(db.session().scalar(sa.select(there)))


def _ranks(case: Case, windows: Sequence[Window]) -> Iterator[sa.Select[Any]]:
    """Of each window everybody whose records may lie inside, with what the strongest of them shows, as places in SHOWN.

    Each is one pass over an index that holds all it asks for and has the records of a person together.
    """
    for at, window in enumerate(windows):
        yield _ranks_in(case, window).add_columns(sa.literal(at))


def _ranks_in(case: Case, window: Window) -> sa.Select[Any]:
    start, end = window.start, window.end
    since, until = _texts("since"), _texts("until")
    shown = sa.case(_ranks_of_levels(), value=_text("level"), else_=SHOWN.index(Standing.POSSIBLE))
    named = _is_named(window)
    if named is not None:
        shown = sa.case((named, shown), else_=SHOWN.index(Standing.POSSIBLE))
    sure: Any = since[1] <= _low(end)
    inside = [since[0] <= _high(end), *_counted(case, window)]
    if start:
        unknown = sa.and_(until[0] == EVER_BEFORE, until[1] == EVER_AFTER)
        sure = sa.and_(sure, sa.or_(until[0] >= _high(start), unknown))
        inside.append(until[1] >= _low(start))
        if named is not None:
            inside.append(sa.or_(named, since[1] >= _low(start)))
    surely = sa.case((sure, shown), else_=SHOWN.index(Standing.POSSIBLE))
    select = sa.select(_COLUMNS.person_id, sa.func.min(surely), sa.func.min(shown)).where(*inside)
    return select.group_by(_COLUMNS.person_id)


def _ranks_of_levels() -> dict[str, int]:
    return {level: SHOWN.index(shows) for level, shows in EVIDENCE.items() if shows is not Standing.POSSIBLE}


def _texts(name: str) -> tuple[Any, Any]:
    return _text(f"{name}_earliest"), _text(f"{name}_latest")


def _text(name: str) -> Any:
    return sa.type_coerce(_COLUMNS[name], sa.String)


def _low(moment: Moment) -> str:
    return sql_text(moment.earliest) if moment.earliest else EVER_BEFORE


def _high(moment: Moment) -> str:
    return sql_text(moment.latest) if moment.latest else EVER_AFTER


def _is_named(window: Window) -> Any:
    """Whether a row is about the window's version beyond doubt; None if every row is that is counted at all."""
    return None if window.versions is None else sa.func.coalesce(_COLUMNS.version_id, 0).in_(window.versions)


def _counted(case: Case, window: Window) -> list[Any]:
    """The rows of the case that count and may be about the window's version."""
    counted = [_COLUMNS.case_id == case.id, AccessRecord.counted(), AccessRecord.uncorrected()]
    if window.material is not None:
        counted.append(_COLUMNS.material_id == window.material)
    if window.versions is not None:
        counted.append(sa.or_(_COLUMNS.version_id.in_(window.versions), _COLUMNS.version_id.is_(None)))
    return counted


def grouped_rows(case: Case, windows: Sequence[Window], numbers: dict[int, int]) -> list[Row]:
    """The counted rows of some people, those that weigh the same as one; `numbers` are those of the people by id.

    Alike are rows of one person and level on the same side of the window's start; of those only the earliest matters.
    """
    asked = (_alike(case, at, window, list(numbers)) for at, window in enumerate(windows))
    return [
        Row(
            numbers[row.person_id],
            row.level,
            _moment(row.since_earliest, row.since_latest),
            _moment(row.until_earliest, row.until_latest),
            windows[row.at].material,
            row.version_id,
        )
        for row in db.session().execute(sa.union_all(*asked))
    ]


def _alike(case: Case, at: int, window: Window, people: list[int]) -> sa.Select[Any]:
    least = [sa.func.min(_COLUMNS[f"{name}_{end}"]).label(f"{name}_{end}") for name, end in _BOUNDS]
    select = sa.select(
        sa.literal(at).label("at"), _COLUMNS.person_id, _text("level").label("level"),
        _COLUMNS.version_id.is_(None).label("unnamed"), sa.func.min(_COLUMNS.version_id).label("version_id"),
        *_sides(window), *least,
    )  # fmt: skip
    select = select.where(_COLUMNS.person_id.in_(people), *_counted(case, window))
    return select.group_by(_COLUMNS.person_id, _COLUMNS.level, "unnamed", "began", "lasted")


def _sides(window: Window) -> tuple[Any, Any]:
    """Whether a row that names no version may mean the window's; and on which side of its start the row ended."""
    start, columns = window.start, _COLUMNS
    began: Any = sa.literal(1)
    ended = [(sa.and_(_text("until_earliest") == EVER_BEFORE, _text("until_latest") == EVER_AFTER), 0)]
    if start.earliest:
        there = sa.or_(columns.version_id.is_not(None), columns.since_latest >= start.earliest)
        began = sa.case((there, 1), else_=0)
        ended.append((columns.until_latest < start.earliest, 1))
    if start.latest:
        ended.append((columns.until_earliest < start.latest, 2))
    return began.label("began"), sa.case(*ended, else_=3).label("lasted")


def _moment(earliest: Any, latest: Any) -> Moment:
    """The bounds as a moment, as precise as they are far apart."""
    if earliest is None or latest is None:
        return Moment.of(None, latest, None, Precision.BEFORE if latest else Precision.UNKNOWN)
    length = latest - earliest
    precision = next((word for word, its in LENGTH.items() if its == length), Precision.BETWEEN)
    return Moment.of(earliest, latest, None, precision)
