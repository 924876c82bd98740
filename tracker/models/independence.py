"""Independence: people are compared, not accounts, and history counts. Nobody reviews her own words."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import object_session

from tracker.models.accounts import Alias, User, folded
from tracker.models.duties import TEAM, Assignment
from tracker.models.findings import Finding, FindingRevision
from tracker.models.words import Duty


def spellings_of(session: Any, ids: Iterable[int]) -> dict[int, set[str]]:
    """By what each account may be known: folded address, aliases and name. One statement for any number of them."""
    wanted = sa.select(User.id, User.email_folded, User.name, Alias.value_folded).where(User.id.in_(set(ids)))
    found: dict[int, set[str]] = {}
    for key, address, name, alias in session.execute(wanted.outerjoin(Alias, Alias.user_id == User.id)):
        found.setdefault(key, {address, f"name:{folded(name)}"}).update({alias} - {None})
    return found


def same_people(session: Any, user: User, ids: Iterable[int]) -> set[int]:
    """Those of the accounts that belong to the same person as `user`: herself, a common address, alias or name."""
    others = set(ids) - {user.id}
    known = spellings_of(session, {user.id, *others}) if others else {}
    return ({user.id} & set(ids)) | {one for one in others if known[one] & known[user.id]}


def is_same(user: User, other_id: int) -> bool:
    """Whether another account is the same person's."""
    session: Any = object_session(user)
    return bool(same_people(session, user, {other_id}))


def writers_of(thing: Any) -> set[int]:
    """Accounts that wrote a thing that can be reviewed: the author, every co-author, whoever edited last."""
    session: Any = object_session(thing)
    if isinstance(thing, Finding):
        edited = sa.select(FindingRevision.by_id).where(FindingRevision.finding_id == thing.id)
        return {thing.author_id, *session.scalars(edited)}
    return {thing.by_id}


def is_independent(user: User, thing: Any) -> bool:
    """Whether no account of this person wrote the thing, or ever led or investigated its case."""
    session: Any = object_session(thing)
    worked = sa.select(Assignment.user_id).where(
        Assignment.case_id == thing.case_id, Assignment.duty.in_(TEAM), Assignment.accepted_at.is_not(None)
    )
    return not same_people(session, user, {*writers_of(thing), *session.scalars(worked)})


def never_reviewed(user: User, case: Any) -> bool:
    """Whether no account of this person ever investigated or reviewed the case: only such a person decides it."""
    session: Any = object_session(case)
    worked = sa.select(Assignment.user_id).where(
        Assignment.case_id == case.id, Assignment.duty.in_([*TEAM, Duty.REVIEWER]), Assignment.accepted_at.is_not(None)
    )
    return not same_people(session, user, session.scalars(worked))
