"""Of what somebody has to do: what the policy says of an account and its roles in a case, as SQL about many cases.

Every condition takes `me`, the id of the account.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.models.access.people import Identifier, Person
from tracker.models.case.assignments import HELD, TEAM, Assignment
from tracker.models.case.cases import Case
from tracker.models.case.words import Role, Stage
from tracker.models.register.accounts import Account, Alias

ME = sa.literal_column(":me", sa.Integer)
OUTSIDE = (Role.COUNSEL, Role.DECIDING_OFFICIAL)
_ALL: Any = Account.__table__.alias("any_account").c  # under names of their own, so that they stand inside any select
_ME: Any = Account.__table__.alias("this_account").c
_ALIASES: Any = Alias.__table__.alias("any_alias").c
_MINE: Any = sa.union(
    sa.select(_ME.email_folded).where(_ME.id == ME), sa.select(_ALIASES.value_folded).where(_ALIASES.account_id == ME)
).cte("my_spellings")
_HAS_MY_ALIAS = sa.exists().where(_ALIASES.account_id == _ALL.id, _ALIASES.value_folded.in_(sa.select(_MINE.c[0])))
_MY_NAME = sa.select(_ME.name_folded).where(_ME.id == ME).scalar_subquery()
SAME: Any = (  # the accounts of the same person, as `same_people` compares them
    sa.select(_ALL.id)
    .where((_ALL.name_folded == _MY_NAME) | _ALL.email_folded.in_(sa.select(_MINE.c[0])) | _HAS_MY_ALIAS)
    .cte("same_person")
)
Conditions = tuple[sa.ColumnElement[bool], ...]


def _cases_of(role: Role) -> sa.Select[Any]:
    """Ids of the cases in which the account has a role in force: the way to things that no index tells are open."""
    mine = (HELD.account_id == ME, HELD.role == role, *Assignment.in_force(HELD))
    return sa.select(HELD.case_id).where(*mine)


def holds(case_id: Any, *roles: Role) -> sa.ColumnElement[bool]:
    """Whether the account has one of these roles in force in the case."""
    mine = (HELD.case_id == case_id, HELD.account_id == ME, HELD.role.in_(roles), *Assignment.in_force(HELD))
    return sa.exists().where(*mine)


def is_mine(account_id: Any) -> sa.ColumnElement[bool]:
    """Whether an account belongs to the person who asks."""
    found: sa.ColumnElement[bool] = account_id.in_(sa.select(SAME.c.id))
    return found


def stood_apart(case_id: Any, *roles: Role) -> sa.ColumnElement[bool]:
    """Whether the person never took up one of these roles in the case."""
    return ~sa.exists().where(
        HELD.case_id == case_id, is_mine(HELD.account_id), HELD.role.in_(roles), HELD.accepted_at.is_not(None)
    )


def reviews(model: Any) -> Conditions:
    """The account reviews the case, and never led, investigated or decided it. Who reviews does so in few cases."""
    case_id = model.case_id
    return case_id.in_(_cases_of(Role.REVIEWER)), stood_apart(case_id, *TEAM, Role.DECIDING_OFFICIAL)


def decides(case_id: Any) -> Conditions:
    """The account decides the case, and never led, investigated or reviewed it; the case is in its review."""
    apart = stood_apart(case_id, *TEAM, Role.REVIEWER)
    return holds(case_id, Role.DECIDING_OFFICIAL), apart, Case.stage == Stage.REVIEW


def advises(case_id: Any) -> Conditions:
    """The account is counsel and works outside the team."""
    return holds(case_id, Role.COUNSEL), ~holds(case_id, *TEAM)


def settles(thing: Any) -> sa.ColumnElement[bool]:
    """The lead settles what concerns others, counsel or the deciding official what concerns the lead."""
    led = aliased(Assignment)
    leads = (led.case_id == thing.case_id, led.role == Role.LEAD, led.ended_at.is_(None))
    concerns_lead = sa.exists().where(*leads, led.account_id == thing.account_id)
    for_lead, for_others = holds(thing.case_id, Role.LEAD), holds(thing.case_id, *OUTSIDE)
    return (for_lead & ~concerns_lead) | (for_others & concerns_lead & (thing.account_id != ME))


def settles_match(match: Any) -> sa.ColumnElement[bool]:
    """The same of a recusal: not by whoever recorded the person; what the lead recorded is for the others."""
    led = aliased(Assignment)
    leads = (led.case_id == match.case_id, led.role == Role.LEAD, led.ended_at.is_(None))
    concerns_lead = sa.exists().where(*leads, led.account_id == match.account_id)
    for_lead, for_others = holds(match.case_id, Role.LEAD), holds(match.case_id, *OUTSIDE)
    passed_on = concerns_lead | sa.exists().where(*leads, _recorded(match.person_id, lambda by: by == led.account_id))
    able = (for_lead & ~concerns_lead) | (for_others & passed_on & (match.account_id != ME))
    return able & ~_recorded(match.person_id, is_mine)


def _recorded(person_id: Any, is_one: Callable[[Any], sa.ColumnElement[bool]]) -> sa.ColumnElement[bool]:
    """Whether one of these accounts recorded a person, or what systems call the person."""
    person, known = aliased(Person), aliased(Identifier)
    return sa.or_(
        sa.exists().where(person.id == person_id, is_one(person.by_id)),
        sa.exists().where(known.person_id == person_id, is_one(known.by_id)),
    )
