"""Two records of one case: that which a page shows as it stood, and the register, which hears of the reading."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.base import db
from tracker.policy.refusals import Gone, Refused

R = TypeVar("R")
ONLY_READ = "The record as it stood at an earlier time cannot be changed. Go back to the record as it is now."


@dataclass(frozen=True)
class Stood:
    """That this thread reads a case as it stood at a time, and the session over the register meanwhile."""

    at: datetime
    present: Session


def stood() -> Stood | None:
    """As of when this thread reads; None where it reads the record as it is."""
    found: Stood | None = db.session().info.get("stood")
    return found


def session_now() -> Session:
    """The session over the register as it is, whatever record is read meanwhile."""
    return one.present if (one := stood()) else db.session()


@contextmanager
def present() -> Iterator[Session]:
    """For a while `db.session()` is that over the register as it is."""
    read = db.session()
    db.sessions.registry.set(session_now())
    try:
        yield db.session()
    finally:
        db.sessions.registry.set(read)


def do_now(verb: Callable[..., R], args: tuple[Any, ...], details: dict[str, Any], *, changes: bool) -> R:
    """Do an action in the register for somebody who reads a case as it stood: a read is recorded, no more.

    Actor and subject are those of today, so that today's permission is asked. Raises Refused for what changes
    something, and Gone for a read of what is not there any more.
    """
    if changes:
        raise Refused(ONLY_READ)
    with present() as session:
        return verb(*(_find_now(session, one) for one in args), **details)


def _find_now(session: Session, thing: Any) -> Any:
    state: Any = sa.inspect(thing, raiseerr=False)
    if (key := getattr(state, "identity", None)) is None:
        return thing  # nothing of the record
    if (found := session.get(type(thing), key)) is None:
        raise Gone
    return found
