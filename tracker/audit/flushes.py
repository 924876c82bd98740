"""What each flush of an action is held to: no row is written over unseen, nothing sealed changes, and all is noted."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from tracker.audit.entries import HOUSEKEEPING, Entry
from tracker.audit.integrity import must_be_as_logged
from tracker.audit.sealing import refuse_changes_to_sealed
from tracker.models.register.audit_log import AuditDetail, AuditEntry


@event.listens_for(Session, "before_flush")
def _compare_rows(session: Session, _context: Any, _instances: Any) -> None:
    """After the versions were raised (lock.py): what an action writes over must be as its newest entry says."""
    if (entry := session.info.get("entry")) is not None:
        must_be_as_logged(session, entry)


@event.listens_for(Session, "after_flush")
def _note_changes(session: Session, _context: Any) -> None:
    """The records have their ids and still know their old values: fill the entry, or keep a door to its tables."""
    refuse_changes_to_sealed(session)
    things = [*session.new, *(thing for thing in session.dirty if session.is_modified(thing)), *session.deleted]
    entry: Entry | None = session.info.get("entry")
    allowed = session.info.get("tables")
    for thing in things:
        if allowed is not None and thing.__tablename__ not in allowed:
            raise RuntimeError(f"this door does not lead to {thing.__tablename__}")
        if entry and thing.__tablename__ not in HOUSEKEEPING:
            entry.note_change(thing, gone=thing in session.deleted)


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk_statements(state: Any) -> None:
    """Bulk statements would pass the entry by: inside an action rows are changed one by one."""
    inserts = state.is_insert and state.bind_mapper.class_ not in {AuditEntry, AuditDetail}
    if "entry" in state.session.info and (state.is_update or state.is_delete or inserts):
        raise RuntimeError("inside an action the record is changed through its rows")
