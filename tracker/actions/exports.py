"""Exports: what leaves the register is numbered and recorded before its first byte, and again after its last."""

from typing import Any

from tracker import db
from tracker.actions.numbering import next_number
from tracker.analysis.letters import says
from tracker.audit.doors import Refused, action, note, now
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.exports import WHOLE_CASE, Export, Outcome
from tracker.policy import Permission

NUMBERING = 0x65787074  # exports without a case have no case row to hold while they are numbered


@action(Permission.READ_CASE, "export.started", changes=False)
def start_list(reader: User, case: Case, *, what: str, filter: str) -> Export:
    """A list of the case leaves, without names. `filter` is the address's part after the question mark."""
    return _started(reader, case, what=what, filter=filter)


@action(Permission.READ_CASE_LEDGER, "export.started", changes=False)
def start_case_ledger(reader: User, case: Case, *, what: str, filter: str) -> Export:
    """The ledger of the case leaves, without contents."""
    return _started(reader, case, what=what, filter=filter)


@action(Permission.EXPORT_CASE, "export.started", changes=False)
def start_case(reader: User, case: Case, *, purpose: str = "", recipient: str = "") -> Export:
    """The whole case leaves, without names."""
    return _started(reader, case, what=WHOLE_CASE, purpose=purpose, recipient=recipient)


@action(Permission.EXPORT_NAMES, "export.started", changes=False)
def start_case_with_names(reader: User, case: Case, *, purpose: str, recipient: str) -> Export:
    """The whole case leaves with names and identifiers: it must be said what for, and who gets it."""
    if not says(purpose) or not says(recipient):
        raise Refused("Say what the names are needed for, and who receives them.")
    return _started(reader, case, what=WHOLE_CASE, purpose=purpose, recipient=recipient, names=True)


@action(Permission.OPEN_CASE, "export.started", changes=False)
def start_cases(reader: User, register: None, *, what: str, filter: str) -> Export:
    """The list of the reader's cases leaves."""
    return _started(reader, register, what=what, filter=filter)


@action(Permission.READ_LEDGER, "export.started", changes=False)
def start_ledger(auditor: User, register: None, *, what: str, filter: str) -> Export:
    """The ledger of every case leaves, without contents."""
    return _started(auditor, register, what=what, filter=filter)


# Ending asks nothing: what began is always ended, also for an account that was walled or disabled meanwhile.
@action(Permission.ANYONE, "export.ended", changes=False)
def end_export(reader: User, export: Export, *, rows: int, sha256: str, complete: bool) -> None:
    """The last byte was taken, or nobody takes any more; rows and hash are of what was sent."""
    if export.outcome is not Outcome.RUNNING:
        raise Refused("This export has ended already.")
    export.ended, export.rows, export.sha256 = now(), rows, sha256
    export.outcome = Outcome.OK if complete else Outcome.FAILED
    note(number=export.number, rows=rows, sha256=sha256)
    if not complete:
        db.session().info["entry"].out = "failed"


def _started(reader: User, case: Case | None, **about: Any) -> Export:
    session = db.session()
    db.take_turns(session, NUMBERING)
    number = next_number(Export, case_id=case.id if case else None)
    export = Export(case=case, number=number, by_id=reader.id, at=now(), **about)
    session.add(export)
    session.flush()  # the entry is named after the export, which has its id now
    note(number=number, what=export.what, names=export.names)
    return export
