"""Which roles one member may hold, or have held, in the same case."""

import sqlalchemy as sa

from tracker.analysis.moments import sql_text
from tracker.base import db
from tracker.models.case.assignments import TEAM
from tracker.models.case.cases import Case
from tracker.models.case.independence import same_people, workers_of
from tracker.models.case.staffing import roles_of
from tracker.models.case.words import Role
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditEntry
from tracker.policy.roles import OUTSIDE, incompatible_with

NEW_LINK = "Ask another administrator to reset the account, or choose somebody else."


def conflict(case: Case, account: Account, role: Role) -> str | None:
    """Why a member may not take up a role: the team does not review, screen or decide, and the reviewer not decide.

    History counts, and people are compared, not accounts: whoever investigated last year does not review today.
    """
    holders = {one.account_id for one in case.assignments if one.accepted_at}
    same = same_people(db.session(), account, holders)
    held = {one.role for one in case.assignments if one.account_id in same and one.accepted_at}
    if clashes := held & incompatible_with(role):
        had = min(clashes)
        return f"A current or past {had.label.lower()} cannot be {role.label.lower()} here. Choose somebody else."
    if role in OUTSIDE and has_key_from_team(case, account):
        return f"A team member created the link to this account, so it cannot be {role.label.lower()}. {NEW_LINK}"
    return None


def has_key_from_team(case: Case, account: Account) -> bool:
    """Whether a person of the team, with an administrator's account, made the newest link to the member's account.

    Whoever invites or resets holds the link, and could have set the password. Links from before the case was opened
    were not made for it, and a link made later by somebody else takes the account out of the team's hands.
    """
    link = sa.select(AuditEntry.actor).where(
        AuditEntry.action.in_(("account.invited", "account.reset")),
        AuditEntry.at >= sql_text(case.opened),
        AuditEntry.line.contains(f'"account":"{account.uid}"', autoescape=True),
    )
    newest = link.order_by(AuditEntry.seq.desc()).limit(1).scalar_subquery()
    maker = db.session().scalar(sa.select(Account).where(Account.uid == newest))
    return maker is not None and bool(same_people(db.session(), maker, workers_of(case, TEAM)))


def can_act(case: Case, roles: set[Role]) -> bool:
    """Whether somebody with one of the roles can act today: working, not recused, and able to sign in."""
    return any(one.account.is_active and roles & roles_of(one.account, case) for one in case.assignments)
