"""Records that were changed outside the program, for the auditor: what was found, and the acknowledgement."""

from typing import Any

import sqlalchemy as sa
from flask import abort
from flask.typing import ResponseReturnValue

from tracker.actions.register.audit_log import read_audit_log
from tracker.actions.register.mismatches import acknowledge_mismatch
from tracker.base import db
from tracker.models.register.accounts import Account
from tracker.models.register.acknowledgements import Acknowledgement
from tracker.models.register.audit_log import AuditEntry
from tracker.policy import Permission
from tracker.web.forms import ReasonForm
from tracker.web.guard import Area, me
from tracker.web.listing import Listing
from tracker.web.lists import register
from tracker.web.places import go

area = Area("mismatches", __name__)
MISMATCH = "integrity.mismatch"


def _visible(auditor: Account) -> sa.Select[Any]:
    return AuditEntry.visible_to(auditor).where(AuditEntry.action == MISMATCH)


def _read(_case: None, listing: Listing) -> dict[str, Any]:
    """The acknowledgements of what the page shows, by the number of the entry."""
    read_audit_log(me(), None)
    shown = [entry.seq for entry in listing.rows]
    found = db.session().scalars(sa.select(Acknowledgement).where(Acknowledgement.mismatch.in_(shown)))
    return {"acknowledged": {one.mismatch: one for one in found}}


@area.form("/audit-log/mismatches/<number:number>", needs=Permission.ACKNOWLEDGE_MISMATCH)
def acknowledge(number: int) -> ResponseReturnValue:
    """Acknowledge a change with a reason."""
    entry = db.session().scalar(_visible(me()).where(AuditEntry.seq == number)) or abort(404)
    return ReasonForm.asking("Enter the reason. It stays in the audit log.").takes(
        acknowledge_mismatch, entry, "register/mismatches/acknowledge.html", to=lambda _: go(".list_page"), entry=entry,
        done=lambda entry: f"The change of {entry.record} is acknowledged. Work on the record can go on.",
    )  # fmt: skip


register(
    area, AuditEntry, "mismatches", at="audit-log/mismatches", everywhere=_visible, in_zip=False,
    needs=Permission.ACKNOWLEDGE_MISMATCH, template="register/mismatches/list.html", noun="change",
    sorts={"seq": AuditEntry.seq}, sort="-seq", key=AuditEntry.seq, also=_read,
)  # fmt: skip
