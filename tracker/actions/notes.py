"""Privileged notes: counsel writes them, counsel reads them, and the ledger says that it was done."""

from tracker import db, ledger
from tracker.actions.numbering import next_number
from tracker.ledger import action, now
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.notes import PrivilegedNote
from tracker.policy import Permission


@action(Permission.KEEP_PRIVILEGED, "privileged_note.written")
def write_note(counsel: User, case: Case, *, text: str) -> PrivilegedNote:
    """Add a note; nothing that was written is changed."""
    note = PrivilegedNote(
        case=case, number=next_number(PrivilegedNote, case_id=case.id), text=text, by=counsel, at=now()
    )
    db.session().add(note)
    return note


@action(Permission.KEEP_PRIVILEGED, "privileged_note.read", changes=False)
def read_notes(counsel: User, case: Case, *, count: int) -> None:
    """Note that the notes were read, and how many."""
    ledger.note(count=count)
