"""What was sealed, made anew from its rows: each must still be what its entry of the ledger says it was."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.db import Base
from tracker.models import all as _every_model  # noqa: F401  # so that no sealed thing is missed
from tracker.models.audit import AuditEvent
from tracker.models.sealed import Sealed

_models: list[Any] = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Sealed)]
SEALED = {model.__tablename__: model for model in sorted(_models, key=lambda model: model.__tablename__)}
AT_ONCE = 200


def told(connection: sa.Connection) -> dict[str, tuple[int, str]]:
    """What the ledger says of every sealed thing: `interview:3` -> the newest entry that seals it, and the SHA-256."""
    found: dict[str, tuple[int, str]] = {}
    lines = sa.select(AuditEvent.seq, AuditEvent.line).where(AuditEvent.line.contains('"seals":', autoescape=True))
    for seq, line in connection.execute(lines.order_by(AuditEvent.seq)):
        found |= {name: (seq, seal) for name, seal in json.loads(line)["d"].get("seals", {}).items()}
    return found


def broken(connection: sa.Connection) -> Iterator[tuple[int | None, str]]:
    """Entry and sentence for every sealed thing that is gone, was changed, or that no entry sealed; in batches."""
    expected = told(connection)
    with Session(connection) as session:
        for kind, model in SEALED.items():
            ids = session.scalars(sa.select(model.id).where(model.seal.is_not(None)).order_by(model.id)).all()
            for name in {f"{kind}:{key}" for key in ids} - set(expected):
                yield None, f"{name} is sealed, and no entry of the ledger sealed it."
            if model.SEALED_AT_ONCE:
                for key in session.scalars(sa.select(model.id).where(model.seal.is_(None)).order_by(model.id)):
                    yield None, f"{kind}:{key} was never sealed, and did not come from an action."
            yield from _of_kind(session, kind, model, expected)


def _of_kind(session: Session, kind: str, model: Any, expected: dict[str, Any]) -> Iterator[tuple[int, str]]:
    wanted = [(int(name.partition(":")[2]), name) for name in expected if name.partition(":")[0] == kind]
    for start in range(0, len(wanted), AT_ONCE):
        batch = wanted[start : start + AT_ONCE]
        things = {
            one.id: one for one in session.scalars(sa.select(model).where(model.id.in_([key for key, _ in batch])))
        }
        for key, name in batch:
            seq, seal = expected[name]
            thing = things.get(key)
            if thing is None:
                yield seq, f"{name}, which it sealed, is gone."
            elif thing.made_seal() != seal:
                yield seq, f"{name}, which it sealed, was changed since."
            elif thing.seal != seal:
                yield seq, f"the seal of {name} was changed since."
        session.expunge_all()
