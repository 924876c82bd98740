"""Reading and checking the audit log are recorded too."""

from tracker.audit.doors import action, note
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.READ_AUDIT_LOG, "audit_log.read", changes=False)
def read_audit_log(auditor: Account, register: None) -> None:
    """An auditor read the audit log of the register."""


@action(Permission.READ_CASE_AUDIT_LOG, "audit_log.read", changes=False)
def read_case_audit_log(reader: Account, case: Case) -> None:
    """Somebody read the audit log of a case."""


@action(Permission.READ_CASE_AUDIT_LOG, "audit_log.values_read", changes=False)
def read_values(reader: Account, case: Case, *, cseq: int) -> None:
    """Somebody read old and new values of an entry."""
    note(cseq=cseq)
