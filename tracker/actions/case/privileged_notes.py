"""Privileged notes: counsel writes them, counsel reads them, and the audit log says that it was done."""

from sqlalchemy.orm import joinedload

from tracker.actions.checks import add_numbered, must_say
from tracker.audit.doors import action, note
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.case.privileged_notes import PrivilegedNote
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.KEEP_PRIVILEGED, "privileged_note.written")
def write_note(counsel: Account, case: Case, *, text: str) -> PrivilegedNote:
    """Add a note; nothing that was written is changed."""
    must_say(text, "Enter the note.", "text")
    return add_numbered(PrivilegedNote, case=case, text=text, by=counsel)


@action(Permission.KEEP_PRIVILEGED, "privileged_note.read", changes=False)
def read_notes(counsel: Account, case: Case) -> list[PrivilegedNote]:
    """The notes, newest first; that they were read is noted, and how many."""
    newest = PrivilegedNote.of(case).order_by(PrivilegedNote.number.desc())
    notes = list(db.session().scalars(newest.options(joinedload(PrivilegedNote.by))))
    note(count=len(notes))
    return notes
