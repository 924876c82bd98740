"""The ledger on screen: a case's own entries for its lead and counsel, every entry without contents for the auditor."""

import json
from typing import Any

import sqlalchemy as sa
from flask import abort, request
from flask.typing import ResponseReturnValue
from wtforms.validators import Regexp

from tracker import db
from tracker.actions import ledgers as actions
from tracker.fields import Line
from tracker.forms import FilterForm
from tracker.guard import Area, me
from tracker.listing import Listing
from tracker.models.accounts import User
from tracker.models.audit import AuditDetail, AuditEvent
from tracker.models.cases import Case
from tracker.policy import Permission, allows
from tracker.rendering import page

area = Area("ledger", __name__)
DAY = Regexp(r"\d{4}-\d{2}-\d{2}$", message="Enter the day in the form 2018-03-21.")


class LedgerFilter(FilterForm):
    """Narrow the ledger by who, what, on which thing, when."""

    actor = Line("Account", description="Email address or name of an account, or “system”.")
    act = Line("Action", description="For example, claim.changed or claim.")
    obj = Line("Record", description="For example, claim:12 or claim.")
    since = Line("From day (UTC)", [DAY])
    until = Line("To day (UTC)", [DAY])

    def by_actor(self, select: Any, text: str) -> Any:
        """Entries of the accounts that match."""
        named = User.email.icontains(text, autoescape=True) | User.name.icontains(text, autoescape=True)
        return select.where(AuditEvent.actor.in_(sa.select(User.uid).where(named)) | (AuditEvent.actor == text))

    def by_act(self, select: Any, text: str) -> Any:
        """One verb, or every verb of a noun."""
        every = AuditEvent.act.startswith(f"{text}.", autoescape=True)
        return select.where(AuditEvent.act == text if "." in text else every)

    def by_obj(self, select: Any, text: str) -> Any:
        """One thing, or every thing of a kind."""
        every = AuditEvent.obj.startswith(f"{text}:", autoescape=True)
        return select.where(AuditEvent.obj == text if ":" in text else every)

    def by_since(self, select: Any, day: str) -> Any:
        """From the beginning of that day."""
        return select.where(AuditEvent.at >= day)

    def by_until(self, select: Any, day: str) -> Any:
        """To the end of that day."""
        return select.where(AuditEvent.at <= f"{day}T99")


class RegisterFilter(LedgerFilter):
    """The auditor may narrow to one case as well."""

    case = Line("Case", description="The reference, such as LK-7QX4.")

    def by_case(self, select: Any, reference: str) -> Any:
        """Entries of one case."""
        return select.where(AuditEvent.case_ref == reference)


@area.route("/ledger", needs=Permission.READ_LEDGER)
def listed() -> ResponseReturnValue:
    """Every entry, contents hidden."""
    actions.read_ledger(me(), None)
    listing = _listing(sa.select(AuditEvent), "/ledger", RegisterFilter())
    return page("ledger/list.html", listing=listing, actors=_actors(listing.rows))


@area.route("/ledger/<number:number>", needs=Permission.READ_LEDGER)
def entry(number: int) -> ResponseReturnValue:
    """One entry as it was sealed: its exact line."""
    actions.read_ledger(me(), None)
    found = db.session().get(AuditEvent, number) if number < 1 << 31 else None
    return page("ledger/entry.html", entry=found or abort(404), actors=_actors([found]))


@area.route("/cases/<ref:case>/ledger", needs=Permission.READ_CASE_LEDGER, of=Case)
def of_case(case: Case) -> ResponseReturnValue:
    """The entries of one case."""
    actions.read_case_ledger(me(), case)
    select = sa.select(AuditEvent).where(AuditEvent.case_ref == case.reference, shown_of(case))
    listing = _listing(select, f"/cases/{case.reference}/ledger", LedgerFilter())
    return page("ledger/case.html", listing=listing, case=case, actors=_actors(listing.rows))


@area.route("/cases/<ref:case>/ledger/<number:number>", needs=Permission.READ_CASE_LEDGER, of=AuditEvent)
def values(audit_event: AuditEvent) -> ResponseReturnValue:
    """One entry of a case with its old and new values."""
    case = db.session().scalars(sa.select(Case).where(Case.reference == audit_event.case_ref)).one()
    if db.session().scalar(sa.select(AuditEvent.seq).where(AuditEvent.seq == audit_event.seq, shown_of(case))) is None:
        abort(404)
    actions.read_values(me(), case, seq=audit_event.seq)
    detail = db.session().get(AuditDetail, audit_event.seq)
    changed = json.loads(detail.values) if detail else {}
    return page("ledger/values.html", entry=audit_event, case=case, changed=changed, actors=_actors([audit_event]))


def shown_of(case: Case) -> sa.ColumnElement[bool]:
    """Entries of a case that its reader sees: those of privileged notes are for whoever keeps these."""
    return sa.true() if allows(me(), Permission.KEEP_PRIVILEGED, case) else ~AuditEvent.of_privileged()


def _listing(select: Any, path: str, form: FilterForm) -> Listing:
    return Listing(
        select,
        path=path,
        args=request.args,
        sorts={"seq": AuditEvent.seq},
        default="-seq",
        key=AuditEvent.seq,
        noun="entry",
        form=form,
    )


def _actors(entries: list[Any]) -> dict[str, str]:
    uids = {entry.actor for entry in entries if entry is not None}
    return dict(db.session().execute(sa.select(User.uid, User.name).where(User.uid.in_(uids))).all()) if uids else {}
