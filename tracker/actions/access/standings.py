"""Rows summed up in SQL: everybody's class by one grouping query, and what put some people into theirs by another.

Which row shows what is said in `tracker.analysis.exposure`, and said again here as SQL; a test compares the two.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.analysis.exposure import EVIDENCE, SHOWN, Exposure, Row, Standing, Window
from tracker.analysis.moments import Moment, Precision, from_sql_text, sql_text
from tracker.analysis.times import LENGTH
from tracker.base import db
from tracker.base.db import EVER_AFTER, EVER_BEFORE
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.person_merges import PersonMerge
from tracker.models.case.cases import Case

PEOPLE, RECORDED = -1, -2  # stand for the people themselves, and for any record, where others stand for a window
MOST_FIRSTS = 20_000  # people whose first access is told, for a picture
_BOUNDS = [(name, end) for name in ("since", "until") for end in ("earliest", "latest")]
_COLUMNS: Any = AccessRecord.__table__.c


@dataclass(frozen=True)
class Everybody:
    """Everybody's class; of each window how many people have access shown inside; whether there is any record.

    `firsts` is of each of these people the class, and when the first record that shows it began.
    """

    exposure: Exposure
    shown: list[int]
    recorded: bool
    firsts: list[tuple[Standing, Moment]]


def place_everybody(case: Case, windows: Sequence[Window], eliminated: Collection[int]) -> Everybody:
    """Place everybody of the case, two numbers of one person as one; `eliminated` are numbers within it."""
    people = PersonMerge.numbers(case).add_columns(sa.literal(""), sa.literal(PEOPLE))
    asked = sa.union_all(people, _is_recorded(case, windows), *_ranks(case, windows))
    found: Any = db.session().execute(asked).all()  # in no order: a database may read the parts at once
    numbers: dict[int, int] = {person_id: number for person_id, number, _, at in found if at == PEOPLE}
    recorded = any(there for _, there, _, at in found if at == RECORDED)
    best: dict[int, tuple[str, int]] = {}
    shown: list[set[int]] = [set() for _ in windows]
    for number, other, first, at in ((numbers[one], *rest) for one, *rest in found if rest[-1] >= 0 and one in numbers):
        shown[at].add(number)
        known = best.get(number, (first, other))
        best[number] = min(first, known[0]), min(other, known[1])
    placed = (
        (number, *((Standing.ELIMINATED,) * 2 if number in eliminated else _standings(best.get(number))))
        for number in sorted(set(numbers.values()))
    )
    summed_up = Exposure.of_people(placed, best.keys() & set(eliminated))
    firsts = [_first(best[number][0]) for number in sorted(best)] if len(best) <= MOST_FIRSTS else []
    return Everybody(summed_up, [len(one) for one in shown], recorded or bool(best), firsts)


def ranks_of_people(case: Case, windows: Sequence[Window]) -> tuple[dict[int, int], dict[int, tuple[int, int]]]:
    """Of everybody of the case by id the number they count as, and by that number what their records show.

    This is said as places in SHOWN: as far as is sure, and with imprecise times taken the other way.
    """
    everybody: Any = db.session().execute(PersonMerge.numbers(case)).all()
    numbers: dict[int, int] = dict(everybody)
    best: dict[int, tuple[int, int]] = {}
    ranks = db.session().execute(sa.union_all(*_ranks(case, windows)))
    found = ((numbers[one], int(first[0]), other) for one, other, first, _ in ranks if one in numbers)
    for number, sure, other in found:
        known = best.get(number, (sure, other))
        best[number] = min(sure, known[0]), min(other, known[1])
    return numbers, best


def _standings(best: tuple[str, int] | None) -> tuple[Standing, Standing]:
    return (Standing.UNKNOWN,) * 2 if best is None else (SHOWN[int(best[0][0])], SHOWN[best[1]])


def _first(first: str) -> tuple[Standing, Moment]:
    """A place in SHOWN with the bounds of a time after it, as `_ranks_in` puts them together."""
    low, high = first[1 : 1 + len(EVER_BEFORE)], first[1 + len(EVER_BEFORE) :]
    earliest = None if low == EVER_BEFORE else from_sql_text(low)
    return SHOWN[int(first[0])], _moment(earliest, None if high == EVER_AFTER else from_sql_text(high))


def _is_recorded(case: Case, windows: Sequence[Window]) -> sa.Select[Any]:
    """Whether any record is about what the windows are about, inside or not."""
    there = sa.or_(*(sa.exists().where(*_select_counted(case, window)) for window in windows))
    return sa.select(sa.literal(0), sa.case((there, 1), else_=0), sa.literal(""), sa.literal(RECORDED))


def _ranks(case: Case, windows: Sequence[Window]) -> Iterator[sa.Select[Any]]:
    """Of each window everybody whose records may lie inside, with what the strongest of them shows, as places in SHOWN.

    Each is one pass over an index that holds all it asks for and has the records of a person together. The class as far
    as it is sure and the first time of it are one text: the least of these is the earliest of the strongest.
    """
    for at, window in enumerate(windows):
        since, (surely, shown) = _texts("since"), _shows(window)
        first = sa.func.min(sa.cast(surely, sa.String(1)).concat(since[0]).concat(since[1]))
        select = sa.select(_COLUMNS.person_id, sa.func.min(shown), first, sa.literal(at))
        yield select.where(*_inside(case, window)).group_by(_COLUMNS.person_id)


def _inside(case: Case, window: Window) -> list[Any]:
    """The counted rows of the case that may lie inside."""
    since, until, start = _texts("since"), _texts("until"), window.start
    inside = [since[0] <= high_text(window.end), *_select_counted(case, window)]
    if start:
        inside.append(until[1] >= low_text(start))
        if (named := _is_named(window)) is not None:
            inside.append(sa.or_(named, since[1] >= low_text(start)))
    return inside


def _shows(window: Window) -> tuple[Any, Any]:
    """What a row that may lie inside shows, as a place in SHOWN: as far as it is sure, and taken the other way."""
    since, until, start = _texts("since"), _texts("until"), window.start
    shown = sa.case(_ranks_of_levels(), value=_text("level"), else_=SHOWN.index(Standing.POSSIBLE))
    if (named := _is_named(window)) is not None:
        shown = sa.case((named, shown), else_=SHOWN.index(Standing.POSSIBLE))
    sure: Any = since[1] <= low_text(window.end)
    if start:
        unknown = sa.and_(until[0] == EVER_BEFORE, until[1] == EVER_AFTER)
        sure = sa.and_(sure, sa.or_(until[0] >= high_text(start), unknown))
    return sa.case((sure, shown), else_=SHOWN.index(Standing.POSSIBLE)), shown


def is_inside(case: Case, windows: Sequence[Window]) -> sa.ColumnElement[bool]:
    """Whether an access record of the case counts and may lie inside one of the windows."""
    return sa.or_(*(sa.and_(*_inside(case, window)) for window in windows))


def select_records_inside(case: Case, windows: Sequence[Window], person_ids: Collection[int]) -> sa.Select[Any]:
    """Of some people (by id): how many of their records may lie inside, by the version that these name (by id)."""
    select = sa.select(_COLUMNS.person_id, _COLUMNS.version_id, sa.func.count().label("records"))
    select = select.where(_COLUMNS.person_id.in_(list(person_ids)), is_inside(case, windows))
    return select.group_by(_COLUMNS.person_id, _COLUMNS.version_id)


def _ranks_of_levels() -> dict[str, int]:
    return {level: SHOWN.index(shows) for level, shows in EVIDENCE.items() if shows is not Standing.POSSIBLE}


def _texts(name: str) -> tuple[Any, Any]:
    return _text(f"{name}_earliest"), _text(f"{name}_latest")


def _text(name: str) -> Any:
    return sa.type_coerce(_COLUMNS[name], sa.String)


def low_text(moment: Moment) -> str:
    """The earlier bound of a time as the columns hold it."""
    return sql_text(moment.earliest) if moment.earliest else EVER_BEFORE


def high_text(moment: Moment) -> str:
    """The later bound of a time as the columns hold it."""
    return sql_text(moment.latest) if moment.latest else EVER_AFTER


def _is_named(window: Window) -> Any:
    """Whether a row is about the window's version beyond doubt; None if every row is that is counted at all."""
    return None if window.versions is None else sa.func.coalesce(_COLUMNS.version_id, 0).in_(window.versions)


def _select_counted(case: Case, window: Window) -> list[Any]:
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
    select = select.where(_COLUMNS.person_id.in_(people), *_select_counted(case, window))
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
