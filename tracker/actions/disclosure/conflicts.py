"""Conflicting sources: recording what another one says, and taking it back without removing it."""

from typing import Any

import sqlalchemy as sa

from tracker.actions.checks import add_numbered
from tracker.audit.doors import Refused, action, now
from tracker.base import db
from tracker.models.disclosure.conflict_fields import FIELDS
from tracker.models.disclosure.conflicts import Conflict, kind_of
from tracker.models.disclosure.words import Confidence
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.RECORD_CONFLICT, "conflict.recorded")
def record_conflict(
    investigator: Account, thing: Any, *, field: str, value: str, source: str, confidence: Confidence
) -> Conflict:
    """Put what another source says under a field of a case, disclosure, claim, material, version, person or access."""
    kind = kind_of(thing)
    if field not in FIELDS.get(kind, {}):
        raise Refused("Choose a field from the list.")
    same = sa.select(Conflict.id).filter_by(thing=kind, thing_id=thing.id, field=field, value=value, source=source)
    if db.session().scalar(same.where(Conflict.withdrawn_at.is_(None))):
        raise Refused("This value is already recorded from the same source.")
    return add_numbered(
        Conflict, case=thing.case, thing=kind, thing_id=thing.id, field=field, value=value, source=source,
        confidence=confidence, by_id=investigator.id,
    )  # fmt: skip


@action(Permission.RECORD_CONFLICT, "conflict.withdrawn")
def withdraw_conflict(investigator: Account, fact: Conflict) -> None:
    """Take a conflict back; it stays readable, struck through."""
    if fact.withdrawn_at is not None:
        raise Refused("This conflicting source is already withdrawn.")
    fact.withdrawn_at = now()
