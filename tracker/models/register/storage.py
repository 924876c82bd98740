"""What files take: every record that names a file of the store counts in full, whoever else names the same bytes."""

from typing import Any

import sqlalchemy as sa

from tracker.models.access.access_logs import AccessLog
from tracker.models.access.snapshots import Snapshot
from tracker.models.case.cases import Case
from tracker.models.disclosure.captures import Capture
from tracker.models.disclosure.versions import Version
from tracker.models.inquiry.custody import Disposal
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditEntry

RECORDED = ("version.recorded", "version.corrected")
SIZES: dict[Any, Any] = {
    AccessLog: AccessLog.size, Capture: Capture.size, Exhibit: Exhibit.size, Snapshot: Snapshot.size,
    Version: Version.file_size,
}  # fmt: skip
_disposed = sa.exists().where(Disposal.exhibit_id == Exhibit.id, Disposal.confirmed_at.is_not(None))


def stored_size(model: Any, facts: dict[str, Any]) -> int:
    """The bytes of the file that a record with these facts names; 0 for one that names none."""
    return (facts.get(SIZES[model].key) or 0) if model in SIZES else 0


def used_in(case: Case) -> sa.Select[int]:
    """How many bytes the files of a case take."""
    return _total().where(_files.c.case_id == case.id)


def used_by(account_uid: str) -> sa.Select[int]:
    """How many bytes the files take that an account has added, in all cases."""
    return _total().join(Account, Account.id == _files.c.account_id).where(Account.uid == account_uid)


def used_by_each(account_ids: list[int]) -> sa.Select[tuple[int, int]]:
    """The same of several accounts, by their ids; those without files are left out."""
    of_these = sa.select(_files.c.account_id, sa.func.sum(_files.c.size)).where(_files.c.account_id.in_(account_ids))
    return of_these.group_by(_files.c.account_id)


def _total() -> sa.Select[int]:
    return sa.select(sa.cast(sa.func.coalesce(sa.func.sum(_files.c.size), 0), sa.BigInteger)).select_from(_files)


def _of(model: Any, account_id: Any) -> sa.Select[Any]:
    size = SIZES[model].label("size")
    return sa.select(model.case_id.label("case_id"), account_id.label("account_id"), size).where(size.is_not(None))


def _of_versions() -> sa.Select[Any]:
    """Who recorded a version is said by its entry alone."""
    entry = AuditEntry.record == "version:" + sa.cast(Version.id, sa.String)
    versions = _of(Version, Account.id).join(AuditEntry, entry).join(Account, Account.uid == AuditEntry.actor)
    return versions.where(AuditEntry.action.in_(RECORDED))


_files = sa.union_all(
    _of(AccessLog, AccessLog.imported_by_id),
    _of(Capture, Capture.by_id),
    _of(Snapshot, Snapshot.by_id),
    _of(Exhibit, Exhibit.by_id).where(~_disposed),
    _of_versions(),
).subquery()
