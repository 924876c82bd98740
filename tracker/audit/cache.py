"""Answers that hold until something changes: nothing in the record changes without an entry, which marks its case."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from tracker.base import db
from tracker.models.case.cases import Case

R = TypeVar("R")
MOST, MOST_OF_CASES = 2_000, 16
_known: dict[Any, Any] = {}
_known_of_cases: dict[Any, Any] = {}


def remember(ask: Callable[[], R], *about: Any) -> R:
    """Ask the record, or repeat the last answer. `about` (hashable) distinguishes this question from others.

    It asks again when the audit log has grown, and while its length (`info["head"]`) is unknown.
    """
    session = db.session()
    if (head := session.info.get("head")) is None:
        return ask()
    return _remember(_known, MOST, ask, (db.engine(), head, *about))


def last_change(case: Case) -> datetime:
    """When something of the case changed last; asked before the record is, so that no answer is older than it says."""
    return db.session().scalars(sa.select(Case.changed).where(Case.id == case.id)).one()


def remember_of(case: Case, changed: datetime, ask: Callable[[], R], *about: Any) -> R:
    """The same of a question about one case, asked again when something of it has changed (`last_change`).

    Reads of the case, and what happens in other cases, do not matter. The answers may be large, so few are kept.
    """
    question = (db.engine(), case.id, changed, *about)
    return _remember(_known_of_cases, MOST_OF_CASES, ask, question)


def _remember(known: dict[Any, Any], most: int, ask: Callable[[], R], question: Any) -> R:
    if (found := known.get(question)) is None:
        found = ask()
        if len(known) >= most:
            known.pop(next(iter(known)), None)  # the oldest
        known[question] = found
    return found
