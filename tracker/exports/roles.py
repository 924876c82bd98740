"""What accounts stand for in an export: their role in the case, never their name."""

from typing import Any

import sqlalchemy as sa

from tracker.exports.lookups import Lookups, Names
from tracker.models.case.assignments import Assignment
from tracker.models.case.cases import Case
from tracker.models.case.words import Role
from tracker.models.register.accounts import Account


def _roles_of(labels: Lookups, *account: Any) -> dict[Any, list[tuple[Role, bool]]]:
    """The roles that each account ever took up, and whether each is still in force."""
    held = sa.select(Assignment.role, Assignment.ended_at, Assignment.inactive_since, *account)
    held = held.join(Case, Case.id == Assignment.case_id).join(Account, Account.id == Assignment.account_id)
    held = held.where(Assignment.accepted_at.is_not(None))
    if labels.case_id is not None:
        held = held.where(Assignment.case_id == labels.case_id)
    found: dict[Any, list[tuple[Role, bool]]] = {}
    for role, ended, inactive, *who in labels.connection.execute(held):
        found.setdefault(tuple(who), []).append((role, ended is None and inactive is None))
    return found


def accounts(labels: Lookups) -> Names:
    """The role of an account in the case; of one that never had any, what kind of account it is."""
    roles = {account: role_words(held) for (account,), held in _roles_of(labels, Account.id).items()}
    kinds = labels.connection.execute(sa.select(Account.id, Account.kind))
    return {account: roles.get(account, kind.value) for account, kind in kinds}


def actors(labels: Lookups) -> Names:
    """The same by what the audit log calls a case and an account."""
    roles = {who: role_words(held) for who, held in _roles_of(labels, Case.reference, Account.uid).items()}
    kinds = {uid: kind.value for uid, kind in labels.connection.execute(sa.select(Account.uid, Account.kind))}
    return _Actors(roles, kinds)


class _Actors(Names):
    """(case, account) -> role; without one the kind of the account; the program and strangers stand for themselves."""

    def __init__(self, roles: Names, kinds: Names) -> None:
        super().__init__(roles)
        self.kinds = kinds

    def get(self, key: Any, default: Any = None) -> Any:
        """The role or the kind."""
        kind = self.kinds.get(key[1], key[1])
        return super().get(key) or kind


def role_words(roles: list[tuple[Role, bool]]) -> str:
    """The roles of one account, those in force if there are any: `counsel; deciding official`."""
    held = {role for role, working in roles if working} or {role for role, _ in roles}
    return "; ".join(role.value for role in Role if role in held)
