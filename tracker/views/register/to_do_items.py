"""What waits for a reader: proposals, recusals to settle, roles to wake, screens to answer; and what changed last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import url_for
from sqlalchemy.orm import aliased, joinedload, selectinload

from tracker.analysis.moments import from_sql_text
from tracker.audit.cache import remember
from tracker.base import db
from tracker.models.case.assignments import Assignment, RecusalMatch
from tracker.models.case.cases import Case
from tracker.models.case.staffing import able_in, know_roles, select_leaderless
from tracker.models.case.to_do import without_check
from tracker.models.case.words import MatchState, Role
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditDetail, AuditEntry
from tracker.models.register.words import Kind
from tracker.policy import Permission, allows

MOST = 50  # cases of which it is told that something waits; nobody reads further
TOLD = {
    "case.opened": "Case opened",
    "lead.named": "New lead investigator named",
    "lead.handed_over": "Lead role handed over",
    "protection_check.recorded": "Protected-disclosure check done",
}


@dataclass(frozen=True)
class Waiting:
    """Something only the reader, or one like her, can do: what it is and where."""

    text: str
    url: str


@dataclass(frozen=True)
class Change:
    """One change of a case, from its audit log: when, who and what kind of thing; never content."""

    at: datetime
    who: str
    what: str
    reference: str


def proposals(account: Account) -> list[Waiting]:
    """Roles the reader was offered."""
    mine = Assignment.visible_to(account).where(
        Assignment.account_id == account.id, Assignment.accepted_at.is_(None), Assignment.declined_at.is_(None)
    )
    offered = db.session().scalars(mine.where(Assignment.ended_at.is_(None)).options(joinedload(Assignment.case)))
    return [
        Waiting(
            f"{one.case.reference}: answer the offer of the role of {one.role.label.lower()}.",
            url_for("role_offers.answer", case=one.case.reference, number=one.number),
        )
        for one in offered
    ]


def in_cases(account: Account) -> list[Waiting]:
    """What waits for the reader in the cases that exist for them: each asked of the policy.

    A closed case waits too: somebody must be able to read it, and its deciding official to reopen it.
    """
    wanted = sa.select(Case.id).where(Case.id.in_(_something_waits(account)), Case.exists_for(account, Case.id))
    few = remember(lambda: tuple(db.session().scalars(wanted.order_by(Case.id).limit(MOST))), "waits", account.id)
    if not few:
        return []
    people = selectinload(Case.assignments).joinedload(Assignment.account)
    some = sa.select(Case).where(Case.id.in_(few)).order_by(Case.id)
    cases = db.session().scalars(some.options(people, selectinload(Case.protection_checks))).all()
    know_roles(db.session(), cases)
    open_recusals = RecusalMatch.visible_to(account).where(
        RecusalMatch.state == MatchState.OPEN, RecusalMatch.case_id.in_([case.id for case in cases])
    )
    recusals = (
        db.session()
        .scalars(open_recusals.options(joinedload(RecusalMatch.account), joinedload(RecusalMatch.person)))
        .all()
    )
    return [item for case in cases for item in _in_case(account, case)] + _recusals(account, recusals)


def in_case(account: Account, case: Case, recusals: Iterable[RecusalMatch]) -> list[Waiting]:
    """What waits for the reader in a case whose page she looks at: its roles and its recusals are read already."""
    others = [match for match in recusals if match.state is MatchState.OPEN and match.account_id != account.id]
    return [*_in_case(account, case), *_recusals(account, others)]


def _recusals(account: Account, recusals: Iterable[RecusalMatch]) -> list[Waiting]:
    return [
        Waiting(
            f"{match.case.reference}: {match.account.name} may be {match.person.pseudonym}. "
            "Confirm or reject the match.",
            url_for("team.settle", case=match.case.reference, number=match.number),
        )
        for match in recusals
        if allows(account, Permission.SETTLE_RECUSAL, match)
    ]


def _something_waits(account: Account) -> Any:
    """Ids of cases in which something may wait for the reader, and of some that are not theirs: no more than a sieve.

    It goes by what waits, which is little, and never through all cases of the reader.
    """
    judging = Assignment.working().where(
        Assignment.account_id == account.id, Assignment.role.in_([Role.COUNSEL, Role.DECIDING_OFFICIAL])
    )
    led = aliased(Assignment)
    able = able_in(led, Role.LEAD).where(led.case_id == Assignment.case_id)
    inactive = sa.select(Assignment.case_id).where(
        Assignment.inactive_since.is_not(None), Assignment.ended_at.is_(None)
    )
    recusals = sa.select(RecusalMatch.case_id).where(RecusalMatch.state == MatchState.OPEN)
    return sa.union_all(without_check(account), judging.where(~able.exists()), inactive, recusals)


def _in_case(account: Account, case: Case) -> list[Waiting]:
    found = []
    if (
        case.protection_check is None
        and not case.is_closed
        and allows(account, Permission.RECORD_PROTECTION_CHECK, case)
    ):
        text = f"{case.reference}: record the protected-disclosure check."
        found.append(Waiting(text, url_for("protection_checks.answer", case=case.reference)))
    if allows(account, Permission.NAME_LEAD, case):
        text = f"{case.reference}: no lead investigator can act. Name a new lead."
        found.append(Waiting(text, url_for("team.name_lead", case=case.reference)))
    for held in case.assignments:
        if held.inactive_since and not held.is_over and allows(account, Permission.REACTIVATE_ROLE, held):
            text = f"{case.reference}: the role of {held.account.name} is inactive. Reactivate or end it."
            found.append(Waiting(text, url_for("team.list_page", case=case.reference)))
    return found


def for_administrator(account: Account) -> list[Waiting]:
    """Cases nobody can lead."""
    if account.kind is not Kind.ADMINISTRATOR:
        return []
    count = db.session().scalar(sa.select(sa.func.count()).select_from(select_leaderless(account).subquery())) or 0
    text = f"{count} {'case has' if count == 1 else 'cases have'} no lead who can act. Name a new lead."
    return [Waiting(text, url_for("accounts.leaderless"))] if count else []


def last_changes(references: list[str], most: int) -> list[Change]:
    """The newest changes of these cases. Walls and privileged notes are left out: they concern whoever keeps them."""
    if not references:
        return []
    newest = sa.union_all(*(sa.select(_changes_of(one, most).subquery()) for one in references)).subquery()
    found = sa.select(newest.c.at, newest.c.action, newest.c.case_ref, sa.func.coalesce(Account.name, newest.c.actor))
    found = found.outerjoin(Account, Account.uid == newest.c.actor).order_by(newest.c.seq.desc()).limit(most)
    return [
        Change(from_sql_text(at), who, TOLD.get(act) or act_words(act), reference)
        for at, act, reference, who in db.session().execute(found)
    ]


def _changes_of(reference: str, most: int) -> sa.Select[int, str, str, str | None, str]:
    """The newest changes of one case, along its index: a change leaves a detail, a read does not."""
    told = sa.select(AuditEntry.seq, AuditEntry.at, AuditEntry.action, AuditEntry.case_ref, AuditEntry.actor)
    told = told.join(AuditDetail, AuditDetail.seq == AuditEntry.seq)
    hidden = AuditEntry.action.startswith("recusal.") | AuditEntry.of_privileged()
    return told.where(AuditEntry.case_ref == reference, ~hidden).order_by(AuditEntry.cseq.desc()).limit(most)


def act_words(act: str) -> str:
    """`access_log.received` for a reader: `Access log received`."""
    words = act.replace(".", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def new_lead(case: Case, since: datetime) -> Assignment | None:
    """Who was named or made lead after `since`, if the case had a lead before; everybody on the case is told."""
    leads = [one for one in case.assignments if one.role is Role.LEAD and one.declined_at is None]
    return leads[-1] if len(leads) > 1 and leads[-1].proposed_at > since and not leads[-1].ended_at else None
