"""Independence: people are compared, not accounts, and history counts. Nobody reviews their own words."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, object_session
from sqlalchemy.orm.attributes import set_committed_value

from tracker.models.case.assignments import Assignment
from tracker.models.case.cases import Case
from tracker.models.case.words import Role
from tracker.models.findings.findings import Finding
from tracker.models.register.accounts import Account, Alias


def spellings_of(session: Any, ids: Iterable[int]) -> dict[int, set[str]]:
    """By what each account may be known: folded address, aliases and name. Asked once a transaction, for any number."""
    known: dict[int, set[str]] = session.info.setdefault("spellings", {})
    if missing := set(ids) - set(known):
        columns = sa.select(Account.id, Account.email_folded, Account.name_folded, Alias.value_folded)
        people = columns.outerjoin(Alias, Alias.account_id == Account.id).where(Account.id.in_(missing))
        for key, address, name, alias in session.execute(people):
            known.setdefault(key, {address, f"name:{name}"}).update([alias] if alias else [])
    return known


def know_spellings(session: Any, found: Iterable[tuple[Account, str | None]]) -> None:
    """The same of accounts that were read together with every alias of theirs: nothing need be asked."""
    read: dict[int, set[str]] = {}
    for account, alias in found:
        read.setdefault(account.id, {account.email_folded, f"name:{account.name_folded}"}).update(
            [alias] if alias else []
        )
    session.info.setdefault("spellings", {}).update(read)


def same_people(session: Any, account: Account, ids: Iterable[int]) -> set[int]:
    """Those of the accounts that belong to the same person as `account`: itself, a common address, alias or name."""
    asked = set(ids)  # which may be a result that can be read once
    others = asked - {account.id}
    known = spellings_of(session, {account.id, *others}) if others else {}
    return ({account.id} & asked) | {one for one in others if known[one] & known[account.id]}


def is_same(account: Account, other_id: int) -> bool:
    """Whether another account is the same person's."""
    session: Any = object_session(account)
    return bool(same_people(session, account, {other_id}))


def writers_of(thing: Any) -> set[int]:
    """Accounts that wrote a thing that can be reviewed: the author, every co-author, whoever edited last.

    Of a finding also those who put a passage of it to the person, or responded to the reply.
    """
    if isinstance(thing, Finding):
        told = {key for one in thing.replies for key in (one.by_id, one.responded_by_id) if key is not None}
        return {thing.author_id, *(one.by_id for one in thing.revisions), *told}
    return {thing.by_id}


def workers_of(case: Any, roles: Iterable[Role]) -> set[int]:
    """Accounts that ever took up one of these roles in the case."""
    held = case.assignments if "assignments" in vars(case) else assignments_of(case)
    return {one.account_id for one in held if one.role in roles and one.accepted_at is not None}


def assignments_of(case: Case) -> list[Assignment]:
    """Every role that was ever proposed, with its people and by what each may be known: one statement for all askers.

    The case's protected-disclosure checks come with it, because whoever asks for the roles asks for them next.
    """
    if "assignments" in vars(case) and all({"account", "by"} <= vars(one).keys() for one in case.assignments):
        return case.assignments
    session: Any = object_session(case)
    those = sa.select(Assignment, Alias.value_folded).outerjoin(Alias, Alias.account_id == Assignment.account_id)
    those = those.where(Assignment.case_id == case.id).order_by(Assignment.id)
    protection_checks = joinedload(Assignment.case).joinedload(Case.protection_checks)
    people = (joinedload(Assignment.account), joinedload(Assignment.by))
    rows = session.execute(those.options(*people, protection_checks)).unique().all()
    know_spellings(session, ((one.account, alias) for one, alias in rows))
    set_committed_value(case, "assignments", list(dict.fromkeys(one for one, _ in rows)))
    return case.assignments
