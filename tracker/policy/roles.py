"""Roles that cannot be combined, in one table: read by offer, acceptance, waking, independence and the page."""

from typing import Any

from sqlalchemy.orm import object_session

from tracker.models.case.assignments import TEAM
from tracker.models.case.independence import same_people, workers_of, writers_of
from tracker.models.case.words import Role
from tracker.models.register.accounts import Account

# Nobody has a role on one side who has, or ever had, under any account, one on the other side of the same line.
INCOMPATIBLE = (
    (TEAM, frozenset({Role.REVIEWER, Role.COUNSEL, Role.DECIDING_OFFICIAL})),
    (frozenset({Role.REVIEWER}), frozenset({Role.DECIDING_OFFICIAL})),
)


def incompatible_with(role: Role) -> frozenset[Role]:
    """The roles that nobody with this one may have, or have had, in the same case."""
    sides = [pair for one, other in INCOMPATIBLE for pair in ((one, other), (other, one))]
    return frozenset[Role]().union(*(other for one, other in sides if role in one))


OUTSIDE = incompatible_with(Role.LEAD)  # they judge what the team does, one person each


def stands_apart(account: Account, case: Any, role: Role) -> bool:
    """Whether no account of this person ever took up a role in the case that cannot be combined with this one."""
    return not same_people(object_session(case), account, workers_of(case, incompatible_with(role)))


def is_independent(account: Account, thing: Any) -> bool:
    """Whether no account of this person wrote the thing, or ever led, investigated or decided its case.

    Who writes an outcome are its deciding officials, one after the other: of that text none is kept but the newest.
    """
    others = writers_of(thing) | workers_of(thing.case, incompatible_with(Role.REVIEWER))
    return not same_people(object_session(thing), account, others)
