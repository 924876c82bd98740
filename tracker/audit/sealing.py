"""Sealing: an action seals a thing once; from then on no flush of the program may change what was sealed."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.audit.entries import name_of
from tracker.base import db
from tracker.models.sealed import Sealed, SealedText, sha256_of


def seal(thing: Any) -> None:
    """Seal a thing inside the action that is running: its exact bytes are kept, and its entry carries their SHA-256."""
    session = db.session()
    session.flush()  # numbers, ids and defaults are part of what is sealed
    for path in thing.PARTS:
        _reread(session, thing, *path.split("."))
    store_text(session, thing)


def store_text(session: Session, thing: Any) -> None:
    """Store the exact bytes of a record as it is in memory, and their hash in its row and in the entry."""
    text, form = thing.FORMATS[-1].spell(thing), thing.FORMATS[-1].name
    thing.seal = sha256_of(text)
    about = {"kind": thing.__tablename__, "record_id": thing.id, "format": form, "sha256": thing.seal}
    table: Any = SealedText.__table__  # past the ORM: no entry tells of it
    session.connection().execute(sa.insert(table), {**about, "bytes": text})
    session.info["entry"].facts.setdefault("seals", {})[name_of(thing)] = thing.seal


def _reread(session: Session, thing: Any, name: str, *further: str) -> None:
    """What is sealed along is what the database holds now, not what a list in memory held earlier."""
    session.expire(thing, [name])
    found = getattr(thing, name)
    for one in found if isinstance(found, list) else [found]:
        if further and one is not None:
            _reread(session, one, *further)


def refuse_changes_to_sealed(session: Session) -> None:
    """Raise RuntimeError when a flush changes or removes what is sealed: asked of every flush, by the audit log."""
    for thing in (*session.dirty, *session.deleted):
        if isinstance(thing, Sealed) and _was_sealed(thing) and (thing in session.deleted or _changes_fixed(thing)):
            raise RuntimeError(f"{name_of(thing)} is sealed and cannot change")
    for thing in (*session.new, *session.dirty, *session.deleted):
        for whole in _wholes_of(session, thing):
            if _was_sealed(whole):
                raise RuntimeError(f"{name_of(whole)} is sealed, and its parts cannot change")


def _wholes_of(session: Session, thing: Any) -> Iterator[Any]:
    """What the thing is sealed with: where it belongs now, and where it belonged before. By key, as it may be gone."""
    if (name := getattr(thing, "SEALED_WITH", None)) is None:
        return
    mapper = sa.inspect(type(thing))
    (column,) = mapper.relationships[name].local_columns
    for key in sa.inspect(thing).attrs[mapper.get_property_by_column(column).key].history.sum():
        yield session.get_one(mapper.relationships[name].mapper.class_, key)


def _was_sealed(thing: Any) -> bool:
    history = sa.inspect(thing).attrs.seal.history
    before = history.deleted or history.unchanged
    return bool(before) and before[0] is not None


def _changes_fixed(thing: Any) -> bool:
    state = sa.inspect(thing)
    fixed = (one.key for one in state.mapper.column_attrs if one.key not in thing.FREE)
    return any(state.attrs[name].history.has_changes() for name in fixed)
