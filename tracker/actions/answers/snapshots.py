"""Snapshots: keeping a result as it is, and reading it again. Both are answers about persons, and recorded."""

from tracker.actions.checks import add_numbered, must_be_available, note_file
from tracker.audit.doors import action
from tracker.base import db
from tracker.base.files import Stored
from tracker.models.access.snapshots import Snapshot
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.KEEP_SNAPSHOT, "snapshot.kept")
def keep_snapshot(
    keeper: Account,
    case: Case,
    *,
    page: str,
    query: str,
    title: str,
    sentence: str,
    rows: int,
    entries: int,
    last_entry: str,
    file: Stored,
    why: str = "",
) -> Snapshot:
    """Keep a result whose bytes lie in the store; the entry of the audit log holds their SHA-256."""
    must_be_available(case)
    snapshot = add_numbered(
        Snapshot, case=case, page=page, query=query, title=title, sentence=sentence, rows=rows, entries=entries,
        last_entry=last_entry, sha256=file.sha256, size=file.size, why=why, by=keeper,
    )  # fmt: skip
    db.session().flush()  # the entry is named after the snapshot, which has its id now
    note_file(snapshot)
    return snapshot


@action(Permission.READ_EXPOSURE, "snapshot.read", changes=False)
def read_snapshot(reader: Account, snapshot: Snapshot) -> None:
    """Note that somebody opens a snapshot; while the protected-disclosure check blocks it, nobody does."""
    must_be_available(snapshot.case)
    note_file(snapshot)
