"""Reading and checking the ledger are recorded too."""

from tracker.audit.doors import action, note
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.policy import Permission


@action(Permission.READ_LEDGER, "ledger.read", changes=False)
def read_ledger(auditor: User, register: None) -> None:
    """An auditor read the ledger of the register."""


@action(Permission.READ_CASE_LEDGER, "ledger.read", changes=False)
def read_case_ledger(reader: User, case: Case) -> None:
    """Somebody read the ledger of a case."""


@action(Permission.READ_CASE_LEDGER, "ledger.values_read", changes=False)
def read_values(reader: User, case: Case, *, seq: int) -> None:
    """Somebody read old and new values of an entry."""
    note(seq=seq)
