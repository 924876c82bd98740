"""Records that were changed outside the program: an auditor acknowledges one with a reason, and work on it goes on."""

from tracker.actions.checks import must_say
from tracker.audit.doors import Refused, action, note, now
from tracker.audit.integrity import find_thing, mismatch_of
from tracker.base import db
from tracker.models.register.accounts import Account
from tracker.models.register.acknowledgements import Acknowledgement
from tracker.models.register.audit_log import AuditEntry
from tracker.policy import Permission


@action(Permission.ACKNOWLEDGE_MISMATCH, "integrity.acknowledged", when_closed=True)
def acknowledge_mismatch(auditor: Account, entry: AuditEntry, *, reason: str) -> None:
    """Commit to a record as it is now: both hashes stay in the audit log, and `verify` goes on naming the record.

    `entry` is the one that says how the record was found. Refused when the record is otherwise by now.
    """
    must_say(reason, "Enter the reason. It stays in the audit log.", "reason")
    session, name, said = db.session(), entry.record or "", entry.details
    if (thing := find_thing(session, name)) is None:
        raise Refused("This record is missing or unreadable. Restore it from a backup.")
    if (mismatch := mismatch_of(session, thing)) is None:
        raise Refused("This record is as the audit log says. There is nothing to acknowledge.")
    if mismatch.found.found != said.get("found"):
        raise Refused(
            "This record was changed again since this entry. Verify the audit log, then use the newest entry."
        )
    session.add(
        Acknowledgement(
            record=name, mismatch=entry.seq, expected=said.get("expected"), found=said.get("found"), reason=reason,
            by=auditor, at=now(),
        )
    )  # fmt: skip
    note(mismatch=entry.seq, expected=said.get("expected"), found=said.get("found"))
    session.info["entry"].commit_to(thing)
