"""Who finds what: the rules of reading once more, as SQL that is part of every search.

A search asks of however many texts in however many cases, so it cannot ask `allows` of each. A test holds this table
against the rules, for every combination of roles.
"""

from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from tracker.models.case.assignments import HELD, TEAM, Assignment, exists_for
from tracker.models.case.words import Role
from tracker.models.register.accounts import Account
from tracker.models.register.words import Kind
from tracker.models.searched import SEARCH_TEXT, Reading
from tracker.policy.permissions import Permission

NOBODY = frozenset[Role]()
EVERYBODY = frozenset(Role)
# by reading: the permission that its page asks for, the roles that have it, and those that take it away again
READERS: dict[Reading, tuple[Permission, frozenset[Role], frozenset[Role]]] = {
    Reading.CASE: (Permission.READ_CASE, EVERYBODY, NOBODY),
    Reading.NAMES: (Permission.READ_NAMES, frozenset({*TEAM, Role.COUNSEL}), NOBODY),
    Reading.STATEMENT: (Permission.READ_INTERVIEW, EVERYBODY, NOBODY),
    Reading.EVALUATION: (Permission.READ_EVALUATION, TEAM, NOBODY),
    Reading.PRIVILEGED: (Permission.KEEP_PRIVILEGED, frozenset({Role.COUNSEL}), TEAM),
}
LOGGED = (Permission.READ_CASE_AUDIT_LOG, frozenset({Role.LEAD, Role.COUNSEL}), NOBODY)


def readable_by(account: Account) -> sa.ColumnElement[bool]:
    """Whether a row of the index may be found by somebody: a role in its case, no recusal, and the right to read it."""
    return _readable_by(account.id, account.kind)


def holds(account: Account, case_id: Any, of: tuple[Permission, frozenset[Role], frozenset[Role]]) -> Any:
    """Whether somebody has such a permission in a case, as SQL; that the case exists for them is asked beside it."""
    _, roles, never = of
    has = _has_role(account.id, case_id, roles)
    return has & ~_has_role(account.id, case_id, never) if never else has


@lru_cache(512)  # composed once, like what exists for an account
def _readable_by(account_id: int, kind: Kind) -> sa.ColumnElement[bool]:
    text = SEARCH_TEXT.c
    account = Account(id=account_id, kind=kind)
    open_to_all = [reading for reading, (_, roles, _) in READERS.items() if roles == EVERYBODY]
    further = [
        (text.reading == reading) & holds(account, text.case_id, of)
        for reading, of in READERS.items()
        if reading not in open_to_all
    ]
    return exists_for(account, text.case_id) & sa.or_(text.reading.in_(open_to_all), *further)


def _has_role(account_id: int, case_id: Any, roles: frozenset[Role]) -> sa.ColumnElement[bool]:
    mine = (HELD.case_id == case_id, HELD.account_id == account_id, HELD.role.in_(sorted(roles)))
    return sa.exists().where(*mine, *Assignment.in_force(HELD))
