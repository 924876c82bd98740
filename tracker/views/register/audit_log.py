"""The audit log on screen: a case's own entries for its lead and counsel, all without contents for the auditor."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import Regexp

from tracker.actions.register import audit_log as actions
from tracker.analysis.cells import guard
from tracker.base import db
from tracker.exports.columns import Column, Values, instant, label, plain
from tracker.exports.labels import Labels
from tracker.exports.records import Name, Shown, id_of, name_pointers, names_in
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditDetail, AuditEntry
from tracker.policy import Permission, allows
from tracker.views.register.recent_activity import act_words
from tracker.views.register.record_names import Named, name_record, rows_of
from tracker.web.fields import ShortText
from tracker.web.forms import FilterForm
from tracker.web.guard import Area, me
from tracker.web.listing import Listing
from tracker.web.lists import register
from tracker.web.rendering import page

area = Area("audit_log", __name__)
area.add_app_template_filter(act_words)
DAY = Regexp(r"\d{4}-\d{2}-\d{2}$", message="Enter the day in the form 2018-03-21.")


class AuditLogFilter(FilterForm):
    """Narrow the audit log by who, what, on which record, when."""

    actor = ShortText("Account", description="Email address or name of an account, or “system”.")
    action = ShortText("Action", description="For example, “Claim changed”, or claim for everything about claims.")
    record = ShortText("Record", description="For example, claim:12 or claim.")
    since = ShortText("From day (UTC)", [DAY])
    until = ShortText("To day (UTC)", [DAY])

    def by_actor(self, select: Any, text: str) -> Any:
        """Entries of the accounts that match."""
        named = Account.email.icontains(text, autoescape=True) | Account.name.icontains(text, autoescape=True)
        return select.where(AuditEntry.actor.in_(sa.select(Account.uid).where(named)) | (AuditEntry.actor == text))

    def by_action(self, select: Any, text: str) -> Any:
        """One action, or every action on a kind of record."""
        if " " in text:  # as the page says it
            words = sa.func.replace(sa.func.replace(AuditEntry.action, ".", " "), "_", " ")
            return select.where(words == text.lower())
        every = AuditEntry.action.startswith(f"{text.lower()}.", autoescape=True)
        return select.where(AuditEntry.action == text if "." in text else every)

    def by_record(self, select: Any, text: str) -> Any:
        """One record, or every record of a kind."""
        every = AuditEntry.record.startswith(f"{text}:", autoescape=True)
        return select.where(AuditEntry.record == text if ":" in text else every)

    def by_since(self, select: Any, day: str) -> Any:
        """From the beginning of that day."""
        return select.where(AuditEntry.at >= day)

    def by_until(self, select: Any, day: str) -> Any:
        """To the end of that day."""
        return select.where(AuditEntry.at <= f"{day}T99")


class CaseFilter(AuditLogFilter):
    """A reader of the case names a record by its number there."""

    def by_record(self, select: Any, text: str) -> Any:
        """One record, or every record of a kind."""
        if ":" not in text and text != "case":
            return super().by_record(select, text)
        known = id_of(self.case, text)
        return select.where(sa.false() if known is None else AuditEntry.record.in_(known))


class RegisterFilter(AuditLogFilter):
    """The auditor may narrow to one case as well, and then name a record by its number there."""

    case = ShortText("Case", description="The reference, such as LK-7QX4.")

    def by_record(self, select: Any, text: str) -> Any:
        """One record, or every record of a kind."""
        case = db.session().scalar(sa.select(Case).where(Case.reference == (self["case"].data or "")))
        if case is None or (known := id_of(case, text)) is None:
            return super().by_record(select, text)
        return select.where(AuditEntry.record.in_(known))

    def by_case(self, select: Any, reference: str) -> Any:
        """Entries of one case."""
        return select.where(AuditEntry.case_ref == reference)


@area.route("/audit-log/<number:number>", needs=Permission.READ_AUDIT_LOG)
def entry(number: int) -> ResponseReturnValue:
    """One entry as it was sealed: its exact line."""
    actions.read_audit_log(me(), None)
    found = db.session().scalar(AuditEntry.visible_to(me()).where(AuditEntry.seq == number)) or abort(404)
    return page("register/audit_log/entry.html", entry=found, **_named_in([found]))


@area.route("/cases/<ref:case>/audit-log/<number:number>", needs=Permission.READ_CASE_AUDIT_LOG, of=AuditEntry)
def values(audit_entry: AuditEntry) -> ResponseReturnValue:
    """One entry of a case with its old and new values."""
    case = db.session().scalars(sa.select(Case).where(Case.reference == audit_entry.case_ref)).one()
    number = audit_entry.cseq or 0
    if db.session().scalar(OF_CASE.rows(case).where(AuditEntry.seq == audit_entry.seq)) is None:
        abort(404)
    actions.read_values(me(), case, cseq=number)
    detail = db.session().get(AuditDetail, audit_entry.seq)
    changed = name_pointers(json.loads(detail.values)) if detail else {}
    details = {name: [*map(Name, fact)] if name == "removed" else fact for name, fact in audit_entry.details.items()}
    shown = Shown(db.session(), [*names_in([changed, details]), audit_entry.record or ""])
    return page(
        "register/audit_log/values.html",
        entry=audit_entry,
        case=case,
        rows=rows_of(shown.told(changed), case.reference),
        details=_named(shown.told(details), case.reference),
        record=name_record(shown.of(audit_entry.record), case.reference) if audit_entry.record else None,
        actors=_actors([audit_entry]),
    )


def _named(details: dict[str, Any], reference: str) -> dict[str, Any]:
    """The details of an entry with its records by their names."""
    return {
        name: {name_record(key, reference).text: one for key, one in fact.items()} if isinstance(fact, dict) else fact
        for name, fact in details.items()
    }


def _actors(entries: list[Any]) -> dict[str, str]:
    uids = {entry.actor for entry in entries if entry is not None}
    return (
        dict(db.session().execute(sa.select(Account.uid, Account.name).where(Account.uid.in_(uids))).all())
        if uids
        else {}
    )


def _read_all(_case: None, listing: Listing) -> dict[str, Any]:
    actions.read_audit_log(me(), None)
    return _named_in(listing.rows)


def _named_in(entries: Sequence[AuditEntry]) -> dict[str, Any]:
    """Who did what is in these entries, and to which record, in words, with the way to all entries of that record."""
    shown = Shown(db.session(), [one.record for one in entries if one.record])
    return {"actors": _actors(list(entries)), "records": {one.seq: _name(one, shown) for one in entries if one.record}}


def _name(entry: AuditEntry, shown: Shown) -> Named:
    name, case = shown.of(entry.record or ""), entry.case_ref
    url = url_for("audit_log.list_page", case=case, record=name) if case else None
    return Named("Case" if name == "case" else name_record(name, case or "").text, url)


def _read_case(case: Case, listing: Listing) -> dict[str, Any]:
    actions.read_case_audit_log(me(), case)
    names = [entry.record for entry in listing.rows if entry.record is not None]
    shown = Shown(db.session(), names)
    records = {name: name_record(shown.of(name), case.reference) for name in names}
    return {"actors": _actors(listing.rows), "records": records}


def _of(case: Any) -> sa.Select[Any]:
    return sa.select(AuditEntry).where(AuditEntry.case_ref == case.reference)


def _conditions(reader: Account, case: Case) -> tuple[Any, ...]:
    """That there are privileged notes is told to nobody but counsel."""
    return () if allows(reader, Permission.KEEP_PRIVILEGED, case) else (~AuditEntry.of_privileged(),)


def _origins(_labels: Labels, values: Sequence[Values]) -> Iterable[Values]:
    """`cli:operator` for what came from a shell."""
    return [[guard(str(json.loads(line).get("via", ""))) if '"via":' in line else "" for line in values[0]]]


def _records(labels: Labels, values: Sequence[Values]) -> Iterable[Values]:
    """`claim:1/2` for whoever reads one case."""
    shown = Shown(labels.connection, filter(None, values[0]))
    return [[name and shown.of(name) for name in values[0]]]


def _columns(number: Any, record: Column) -> dict[str, Any]:
    """The columns of the file, which differ in how an entry and its record are numbered."""
    return {"columns": (
        plain("seq", number),
        instant("at", AuditEntry.at),
        label("actor", "actors", AuditEntry.case_ref, AuditEntry.actor),
        plain("action", AuditEntry.action),
        plain("case", AuditEntry.case_ref),
        record,
        plain("outcome", AuditEntry.outcome),
        plain("entry_hash", AuditEntry.entry_hash),
        "cseq",
        plain("actor_id", AuditEntry.actor),
        Column(("via",), (AuditEntry.line,), _origins),
    )}  # fmt: skip


ENTRIES: dict[str, Any] = {  # what the list of a case and the list of all have in common
    "noun": "entry", "sorts": {"seq": AuditEntry.seq}, "sort": "-seq", "key": AuditEntry.seq,
    "order": (AuditEntry.seq,),
}  # fmt: skip
OF_CASE = register(
    area, AuditEntry, "audit-log", **ENTRIES, of=_of, shown=_conditions, needs=Permission.READ_CASE_AUDIT_LOG,
    **_columns(AuditEntry.cseq, Column(("record",), (AuditEntry.record,), _records)),
    filter=CaseFilter, template="register/audit_log/case.html", endpoint="of_case", also=_read_case,
)  # fmt: skip
register(
    area, AuditEntry, "audit-log", **ENTRIES, **_columns(AuditEntry.seq, plain("record", AuditEntry.record)),
    of=_of, in_zip=False, needs=Permission.READ_AUDIT_LOG,
    everywhere=AuditEntry.visible_to, filter=RegisterFilter, template="register/audit_log/list.html",
    also=_read_all,
)  # fmt: skip
