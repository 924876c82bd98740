"""The ledger on screen: a case's own entries for its lead and counsel, every entry without contents for the auditor."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort
from flask.typing import ResponseReturnValue
from wtforms.validators import Regexp

from tracker import db
from tracker.actions import ledgers as actions
from tracker.analysis.cells import guard
from tracker.exports.columns import Column, Values, instant, label, plain
from tracker.exports.labels import Labels
from tracker.fields import Line
from tracker.forms import FilterForm
from tracker.guard import Area, me
from tracker.listing import Listing
from tracker.models.accounts import User
from tracker.models.audit import AuditDetail, AuditEvent
from tracker.models.cases import Case
from tracker.policy import Permission, allows
from tracker.rendering import page
from tracker.web.lists import register

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


@area.route("/ledger/<number:number>", needs=Permission.READ_LEDGER)
def entry(number: int) -> ResponseReturnValue:
    """One entry as it was sealed: its exact line."""
    actions.read_ledger(me(), None)
    found = db.session().get(AuditEvent, number) if number < 1 << 31 else None
    return page("ledger/entry.html", entry=found or abort(404), actors=_actors([found]))


@area.route("/cases/<ref:case>/ledger/<number:number>", needs=Permission.READ_CASE_LEDGER, of=AuditEvent)
def values(audit_event: AuditEvent) -> ResponseReturnValue:
    """One entry of a case with its old and new values."""
    case = db.session().scalars(sa.select(Case).where(Case.reference == audit_event.case_ref)).one()
    if db.session().scalar(OF_CASE.rows(case).where(AuditEvent.seq == audit_event.seq)) is None:
        abort(404)
    actions.read_values(me(), case, seq=audit_event.seq)
    detail = db.session().get(AuditDetail, audit_event.seq)
    changed = json.loads(detail.values) if detail else {}
    return page("ledger/values.html", entry=audit_event, case=case, changed=changed, actors=_actors([audit_event]))


def _actors(entries: list[Any]) -> dict[str, str]:
    uids = {entry.actor for entry in entries if entry is not None}
    return dict(db.session().execute(sa.select(User.uid, User.name).where(User.uid.in_(uids))).all()) if uids else {}


def _read_all(_case: None, listing: Listing) -> dict[str, Any]:
    actions.read_ledger(me(), None)
    return {"actors": _actors(listing.rows)}


def _read_case(case: Case, listing: Listing) -> dict[str, Any]:
    actions.read_case_ledger(me(), case)
    return {"actors": _actors(listing.rows)}


def _of(case: Any) -> sa.Select[Any]:
    return sa.select(AuditEvent).where(AuditEvent.case_ref == case.reference)


def _shown(reader: User, case: Case) -> tuple[Any, ...]:
    """That there are privileged notes is told to nobody but counsel."""
    return () if allows(reader, Permission.KEEP_PRIVILEGED, case) else (~AuditEvent.of_privileged(),)


def _origins(_labels: Labels, values: Sequence[Values]) -> Iterable[Values]:
    """`cli:operator` for what came from a shell."""
    return [[guard(str(json.loads(line).get("via", ""))) if '"via":' in line else "" for line in values[0]]]


ENTRIES: dict[str, Any] = {  # what the list of a case and the list of all have in common
    "noun": "entry", "sorts": {"seq": AuditEvent.seq}, "sort": "-seq", "key": AuditEvent.seq,
    "order": (AuditEvent.seq,),
    "columns": (
        plain("seq", AuditEvent.seq),
        instant("at", AuditEvent.at),
        label("actor", "actors", AuditEvent.case_ref, AuditEvent.actor),
        plain("act", AuditEvent.act),
        plain("case", AuditEvent.case_ref),
        plain("object", AuditEvent.obj),
        plain("outcome", AuditEvent.out),
        plain("leaf", AuditEvent.leaf),
        plain("cseq", AuditEvent.cseq),
        plain("actor_id", AuditEvent.actor),
        Column(("via",), (AuditEvent.line,), _origins),
    ),
}  # fmt: skip
OF_CASE = register(
    area, AuditEvent, "ledger", **ENTRIES, of=_of, shown=_shown, needs=Permission.READ_CASE_LEDGER,
    filter=LedgerFilter, template="ledger/case.html", endpoint="of_case", also=_read_case,
)  # fmt: skip
register(
    area, AuditEvent, "ledger", **ENTRIES, of=_of, in_zip=False, needs=Permission.READ_LEDGER,
    everywhere=lambda _auditor: sa.select(AuditEvent), filter=RegisterFilter, template="ledger/list.html",
    also=_read_all,
)  # fmt: skip
