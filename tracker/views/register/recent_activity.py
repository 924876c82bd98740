"""Recent activity: the newest changes of some cases, each with the record it concerns and who made it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from tracker.analysis.moments import from_sql_text
from tracker.base import db
from tracker.exports.records import label_of
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditDetail, AuditEntry, NamedRecord
from tracker.views.register.record_names import Named, name_record

ONE_SITTING = timedelta(hours=1)  # within it, the same change of the same record is told once
READ_FURTHER = 4  # so many entries are read for each that is shown
WHOLE = {
    "assignment.left": "Role given up",
    "lead.handed_over": "Lead role handed over",
    "lead.named": "New lead investigator named",
    "protection_check.recorded": "Protected-disclosure check done",
    "stage.moved": "Stage changed",
    "step.dated": "Date of a step recorded",
}
VERBS = {"changed": "edited", "closed_as_mistake": "closed as opened by mistake", "mistake_reopened": "reopened"}


@dataclass(frozen=True)
class Change:
    """One change of a case, from its audit log: when, who, which record, and what happened to it; never content."""

    at: datetime
    who: str
    what: str
    record: Named
    reference: str
    times: int = 1


def last_changes(references: list[str], most: int) -> list[Change]:
    """The newest changes of these cases, without exports. Recusals and privileged notes concern whoever keeps them."""
    if not references:
        return []
    newest = sa.union_all(*(sa.select(_changes_of(one, most * READ_FURTHER).subquery()) for one in references))
    of = newest.subquery()
    found = sa.select(of.c.at, of.c.action, of.c.case_ref, of.c.label, sa.func.coalesce(Account.name, of.c.actor))
    found = found.outerjoin(Account, Account.uid == of.c.actor).order_by(of.c.seq.desc()).limit(most * READ_FURTHER)
    told = (_change(from_sql_text(at), *rest) for at, *rest in db.session().execute(found))
    return _together(told)[:most]


def _changes_of(reference: str, most: int) -> Any:
    """The newest changes of one case, along its index: a change leaves a detail, a read does not."""
    entry, named = AuditEntry, NamedRecord
    label = sa.case((named.kind == "cases", "case"), else_=label_of(named.kind, named.record_id))
    told = sa.select(entry.seq, entry.at, entry.action, entry.case_ref, entry.actor, label.label("label"))
    told = told.join(AuditDetail, AuditDetail.seq == entry.seq)
    is_record = entry.record == named.kind + ":" + sa.cast(named.record_id, sa.String)
    told = told.outerjoin(named, (named.seq == entry.seq) & is_record)
    hidden = entry.action.startswith("recusal.") | entry.action.startswith("export.") | entry.of_privileged()
    return told.where(entry.case_ref == reference, ~hidden).order_by(entry.cseq.desc()).limit(most)


def _change(at: datetime, act: str, reference: str, shown: str | None, who: str) -> Change:
    """`finding.returned` of finding 2 is "Finding 2" "returned"; of another record the change is said in whole."""
    noun, _, verb = act.partition(".")
    record = name_record(shown, reference) if shown else Named("")
    if act in WHOLE or not shown or noun != shown.partition(":")[0]:
        return Change(at, who, "", Named(WHOLE.get(act) or act_words(act), record.url), reference)
    return Change(at, who, VERBS.get(verb, verb.replace("_", " ")), record, reference)


def _together(changes: Iterable[Change]) -> list[Change]:
    """Changes that repeat a later one within an hour, of the same record by the same person, are told as one."""
    told: list[Change] = []
    last: dict[Any, int] = {}  # where each was told last
    for one in changes:
        same = (one.who, one.what, one.record, one.reference)
        at = last.get(same)
        if at is not None and told[at].at - one.at <= ONE_SITTING:
            told[at] = replace(told[at], times=told[at].times + 1)
            continue
        last[same] = len(told)
        told.append(one)
    return told


def act_words(act: str) -> str:
    """`access_log.received` for a reader: `Access log received`."""
    words = act.replace(".", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
