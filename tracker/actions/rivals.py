"""Rival facts: recording what another source says, and taking it back without removing it."""

from typing import Any

import sqlalchemy as sa

from tracker import db
from tracker.actions.numbering import add_numbered
from tracker.audit.doors import Refused, action, now
from tracker.models.accounts import User
from tracker.models.contested import FIELDS
from tracker.models.rivals import RivalFact, kind_of
from tracker.models.words.rivals import Confidence
from tracker.policy import Permission


@action(Permission.RECORD_RIVAL, "rival.recorded")
def record_rival(
    investigator: User, thing: Any, *, field: str, value: str, source: str, confidence: Confidence
) -> RivalFact:
    """Put what another source says under a field of a case, disclosure, claim, material, version or person."""
    kind = kind_of(thing)
    if field not in FIELDS.get(kind, {}):
        raise Refused("Choose a field from the list.")
    same = sa.select(RivalFact.id).filter_by(thing=kind, thing_id=thing.id, field=field, value=value, source=source)
    if db.session().scalar(same.where(RivalFact.withdrawn_at.is_(None))):
        raise Refused("This value is already recorded from the same source.")
    return add_numbered(
        RivalFact, case=thing.case, thing=kind, thing_id=thing.id, field=field, value=value, source=source,
        confidence=confidence, by_id=investigator.id, at=now(),
    )  # fmt: skip


@action(Permission.RECORD_RIVAL, "rival.withdrawn")
def withdraw_rival(investigator: User, fact: RivalFact) -> None:
    """Take a rival fact back; it stays readable, struck through."""
    if fact.withdrawn_at is not None:
        raise Refused("This conflicting source is already withdrawn.")
    fact.withdrawn_at = now()
