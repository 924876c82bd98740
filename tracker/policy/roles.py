"""Roles that exclude each other, on one table: read by offer, acceptance, waking, independence and the page."""

from typing import Any

from sqlalchemy.orm import object_session

from tracker.models.accounts import User
from tracker.models.duties import TEAM
from tracker.models.independence import same_people, workers_of, writers_of
from tracker.models.words.duties import Duty

# Nobody has a role on one side who has, or ever had, under any account, one on the other side of the same line.
EXCLUDE_EACH_OTHER = (
    (TEAM, frozenset({Duty.REVIEWER, Duty.COUNSEL, Duty.DECIDER})),
    (frozenset({Duty.REVIEWER}), frozenset({Duty.DECIDER})),
)


def excluded_by(role: Duty) -> frozenset[Duty]:
    """The roles that nobody with this one may have, or have had, in the same case."""
    sides = [pair for one, other in EXCLUDE_EACH_OTHER for pair in ((one, other), (other, one))]
    return frozenset[Duty]().union(*(other for one, other in sides if role in one))


OUTSIDE = excluded_by(Duty.LEAD)  # they judge what the team does, one person each


def stands_apart(user: User, case: Any, role: Duty) -> bool:
    """Whether no account of this person ever took up a role in the case that excludes this one."""
    return not same_people(object_session(case), user, workers_of(case, excluded_by(role)))


def is_independent(user: User, thing: Any) -> bool:
    """Whether no account of this person wrote the thing, or ever led, investigated or decided its case.

    Who writes an outcome are its deciders, one after the other: of that text none is kept but the newest.
    """
    others = writers_of(thing) | workers_of(thing.case, excluded_by(Duty.REVIEWER))
    return not same_people(object_session(thing), user, others)
