"""When the first record of everybody began that may count for a window: a few passes over the records for all windows.

Windows that differ in nothing but their end are one scope: what matters of somebody's records is when the first began.
A record that names a version meets its scopes by that version, and one that names none those of its material.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from tracker.actions.access.standings import high_text, low_text
from tracker.analysis.exposure import Window
from tracker.base.db import EVER_AFTER, EVER_BEFORE
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.words import Level
from tracker.models.case.cases import Case

_ROWS: Any = AccessRecord.__table__
_SCOPE = (
    sa.column("at", sa.Integer), sa.column("material", sa.Integer), sa.column("version", sa.Integer),
    sa.column("low", sa.String), sa.column("high", sa.String),
)  # fmt: skip


def select_firsts(case: Case, scopes: Sequence[tuple[int, Window]]) -> list[sa.Select[Any]]:
    """By id of the person and number of the scope three times as text, empty where there is no such record.

    That is when the first record may have begun that may last into the window; when the first had surely begun that is
    surely of the version and lasts; when the first may have that rests on a post (E0). A number may be empty: no scope.
    """
    versions = [(at, window.material, version, *_start(window)) for at, window in scopes
                for version in window.versions or ()]  # fmt: skip
    materials = [(at, window.material, None, *_start(window)) for at, window in scopes
                 if window.versions is None and window.material is not None]  # fmt: skip
    whole = [(at, window) for at, window in scopes if window.material is None]
    found = [_of_everything(case, at, window) for at, window in whole]
    if versions:
        named, unnamed = _table("named", versions), _table("unnamed", versions)
        by_version = named.c.version == _ROWS.c.version_id
        found.append(_joined(case, named, by_version, _ROWS.c.version_id.is_not(None), is_named=True))
        there = sa.and_(unnamed.c.material == _ROWS.c.material_id, _text("since_latest") >= unnamed.c.low)
        found.append(_joined(case, unnamed, there, _ROWS.c.version_id.is_(None), is_named=False))
    if materials:
        only = _table("only", materials)
        found.append(_joined(case, only, only.c.material == _ROWS.c.material_id, sa.true(), is_named=True))
    return found


def _start(window: Window) -> tuple[str, str]:
    return (low_text(window.start), high_text(window.start)) if window.start else (EVER_BEFORE, EVER_BEFORE)


def _table(name: str, rows: Sequence[tuple[Any, ...]]) -> Any:
    """Scopes as a table; the number of the first tells it from that of another case."""
    return sa.values(*_SCOPE, name=f"{name}_rows").data(list(rows)).cte(f"{name}_{rows[0][0]}")


def _joined(case: Case, scope: Any, meets: Any, which: Any, *, is_named: bool) -> sa.Select[Any]:
    """The records of the case once, each with the scopes that it meets."""
    lasts = sa.and_(meets, _text("until_latest") >= scope.c.low)
    select = _firsts(scope.c.at, scope.c.high, is_named=is_named)
    # the join to the left keeps a database from going through the records once for each scope
    return (
        select.select_from(_ROWS.outerjoin(scope, lasts))
        .where(*_counted(case), which)
        .group_by(_ROWS.c.person_id, scope.c.at)
    )


def _of_everything(case: Case, at: int, window: Window) -> sa.Select[Any]:
    low, high = _start(window)
    select = _firsts(sa.literal(at), sa.literal(high), is_named=True)
    return select.where(*_counted(case), _text("until_latest") >= low).group_by(_ROWS.c.person_id)


def _firsts(at: Any, high: Any, *, is_named: bool) -> sa.Select[Any]:
    since, until = _text("since_earliest"), (_text("until_earliest"), _text("until_latest"))
    lasts = sa.or_(until[0] >= high, sa.and_(until[0] == EVER_BEFORE, until[1] == EVER_AFTER))
    sure = sa.func.min(sa.case((lasts, _text("since_latest")))) if is_named else sa.null()
    by_post = sa.func.min(sa.case((_text("level") == Level.E0.value, since)))
    return sa.select(_ROWS.c.person_id, at, sa.func.min(since), sa.cast(sure, sa.String), by_post)


def _counted(case: Case) -> tuple[Any, ...]:
    return _ROWS.c.case_id == case.id, AccessRecord.counted(), AccessRecord.uncorrected()


def _text(name: str) -> Any:
    return sa.type_coerce(_ROWS.c[name], sa.String)
