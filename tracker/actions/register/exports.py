"""Exports: what leaves the register is numbered and recorded before its first byte, and again after its last."""

from typing import Any

from tracker.actions.checks import next_number
from tracker.analysis.letters import says
from tracker.analysis.moments import from_sql_text
from tracker.audit.doors import Refused, action, note, now
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.models.register.exports import WHOLE_CASE, Export, Format, Outcome
from tracker.policy import Permission

NUMBERING = 0x65787074  # exports without a case have no case row to hold while they are numbered


def _list_starter(needs: Permission) -> Any:
    """A list leaves, without names or contents. `filter` is the address's part after the question mark."""

    @action(needs, "export.started", changes=False)
    def start(reader: Account, case: Case | None, *, what: str, filter: str, format: Format = Format.CSV) -> Export:
        return _start(reader, case, what=what, filter=filter, format=format)

    return start


start_list = _list_starter(Permission.READ_CASE)
start_case_audit_log = _list_starter(Permission.READ_CASE_AUDIT_LOG)
start_cases = _list_starter(Permission.OPEN_CASE)
start_audit_log = _list_starter(Permission.READ_AUDIT_LOG)
start_who_had_access = _list_starter(Permission.READ_EXPOSURE)


@action(Permission.EXPORT_CASE, "export.started", changes=False)
def start_case(reader: Account, case: Case, *, purpose: str = "", recipient: str = "") -> Export:
    """The whole case leaves, without names."""
    return _start(reader, case, what=WHOLE_CASE, format=Format.ZIP, purpose=purpose, recipient=recipient)


@action(Permission.EXPORT_NAMES, "export.started", changes=False)
def start_case_with_names(reader: Account, case: Case, *, purpose: str, recipient: str) -> Export:
    """The whole case leaves with names and identifiers: it must be said what for, and who gets it."""
    if not says(purpose) or not says(recipient):
        raise Refused("Enter the purpose and the recipient. Names are exported only with both.")
    return _start(reader, case, what=WHOLE_CASE, format=Format.ZIP, purpose=purpose, recipient=recipient, names=True)


# Ending asks nothing: what began is always ended, also for an account that was recused or disabled meanwhile.
@action(Permission.ANYONE, "export.ended", changes=False)
def end_export(reader: Account, export: Export, *, rows: int, sha256: str, complete: bool) -> None:
    """The last byte was taken, or nobody takes any more; rows and hash are of what was sent."""
    if export.outcome is not Outcome.RUNNING:
        raise Refused("This export has already ended.")
    export.ended, export.rows, export.sha256 = now(), rows, sha256
    export.outcome = Outcome.OK if complete else Outcome.FAILED
    note(number=export.number, rows=rows, sha256=sha256)
    if not complete:
        db.session().info["entry"].outcome = "failed"


def _start(reader: Account, case: Case | None, **about: Any) -> Export:
    session = db.session()
    db.take_turns(session, NUMBERING)
    number = next_number(Export, case_id=case.id if case else None)
    as_of = from_sql_text(session.info["as_of"]) if "as_of" in session.info else None
    export = Export(case=case, number=number, by_id=reader.id, at=now(), as_of=as_of, **about)
    session.add(export)
    session.flush()  # the entry is named after the export, which has its id now
    note(number=number, what=export.what, format=export.format, names=export.names)
    return export
