"""The one lock: what is saved over a record names the version that was read, and an action that changes it raises that.

A record's version is its column `lock_version`. A part without one belongs to its `whole`.
"""

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import RelationshipDirection, Session

from tracker.policy.refusals import Refused, Stale


def take_version(verb: Any, details: dict[str, Any]) -> int:
    """Take `lock_version`, the version that was read, out of the details of an edit; raises TypeError without one."""
    if "lock_version" not in details:
        raise TypeError(f"{verb.__name__} needs the version that was read: lock_version=")
    read: int = details.pop("lock_version")
    return read


def must_be_newest(subject: Any, read: int) -> None:
    """Refuse to save over what somebody else has saved since; raises Stale, or Refused where nothing can change."""
    if subject.lock_version != read:
        if sentence := getattr(subject, "why_final", None):
            raise Refused(sentence)  # no comparing and saving again: it is sealed, stopped or cancelled
        raise Stale(subject)


@event.listens_for(Session, "before_flush")
def _raise_versions(session: Session, _context: Any, _instances: Any) -> None:
    """A record that an action changes, itself or a part of it, is another version from then on: one higher, once."""
    entry = session.info.get("entry")
    if entry is None:
        return
    entry.raised.update(session.new)  # what is made here begins at its first version
    for thing in [*session.new, *filter(_says_something_else, session.dirty), *session.deleted]:
        entry.raise_version(thing)


def _says_something_else(thing: Any) -> bool:
    """Whether a column changes, or what one points to."""
    state = sa.inspect(thing)
    changed = state.committed_state.keys() - _elsewhere(state.mapper)
    return any(state.attrs[key].history.has_changes() for key in changed)


@cache
def _elsewhere(mapper: Any) -> frozenset[str]:
    """Attributes that change without another version: what points here from elsewhere, and how far numbers went."""
    counters = (one.key for one in mapper.column_attrs if one.columns[0].info.get("counter"))
    return inward(mapper).union(counters)


@cache
def inward(mapper: Any) -> frozenset[str]:
    """Relationships that point here from elsewhere: no column of the row itself."""
    return frozenset(one.key for one in mapper.relationships if one.direction is not RelationshipDirection.MANYTOONE)
