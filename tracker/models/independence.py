"""Independence: people are compared, not accounts, and history counts. Nobody reviews her own words."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import object_session

from tracker.models.accounts import Alias, User, folded
from tracker.models.findings import Finding
from tracker.models.words.duties import Duty


def spellings_of(session: Any, ids: Iterable[int]) -> dict[int, set[str]]:
    """By what each account may be known: folded address, aliases and name. Asked once a transaction, for any number."""
    known: dict[int, set[str]] = session.info.setdefault("spellings", {})
    if missing := set(ids) - set(known):
        columns = sa.select(User.id, User.email_folded, User.name, Alias.value_folded)
        people = columns.outerjoin(Alias, Alias.user_id == User.id).where(User.id.in_(missing))
        for key, address, name, alias in session.execute(people):
            known.setdefault(key, {address, f"name:{folded(name)}"}).update([alias] if alias else [])
    return known


def know_spellings(session: Any, found: Iterable[tuple[User, str | None]]) -> None:
    """The same of accounts that were read together with every alias of theirs: nothing need be asked."""
    read: dict[int, set[str]] = {}
    for user, alias in found:
        read.setdefault(user.id, {user.email_folded, f"name:{folded(user.name)}"}).update([alias] if alias else [])
    session.info.setdefault("spellings", {}).update(read)


def same_people(session: Any, user: User, ids: Iterable[int]) -> set[int]:
    """Those of the accounts that belong to the same person as `user`: herself, a common address, alias or name."""
    asked = set(ids)  # which may be a result that can be read once
    others = asked - {user.id}
    known = spellings_of(session, {user.id, *others}) if others else {}
    return ({user.id} & asked) | {one for one in others if known[one] & known[user.id]}


def is_same(user: User, other_id: int) -> bool:
    """Whether another account is the same person's."""
    session: Any = object_session(user)
    return bool(same_people(session, user, {other_id}))


def writers_of(thing: Any) -> set[int]:
    """Accounts that wrote a thing that can be reviewed: the author, every co-author, whoever edited last.

    Of a finding also those who put a passage of it to the person, or said something to her reply.
    """
    if isinstance(thing, Finding):
        told = {key for one in thing.replies for key in (one.by_id, one.responded_by_id) if key is not None}
        return {thing.author_id, *(one.by_id for one in thing.revisions), *told}
    return {thing.by_id}


def workers_of(case: Any, duties: Iterable[Duty]) -> set[int]:
    """Accounts that ever took up one of these duties in the case."""
    return {one.user_id for one in case.assignments if one.duty in duties and one.accepted_at is not None}
