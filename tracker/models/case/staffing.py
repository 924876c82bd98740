"""Who can act in which case: the roles in force, asked once for a page, and the cases that nobody leads."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, object_session

from tracker.models.case.assignments import HELD, Assignment, RecusalMatch
from tracker.models.case.cases import Case
from tracker.models.case.words import Role
from tracker.models.register.accounts import Account
from tracker.models.register.words import Kind


def lead_name() -> sa.Label[str | None]:
    """The name of whoever leads a case now, as a column `lead_name` for a select of cases."""
    leading = (HELD.case_id == Case.id, HELD.role == Role.LEAD, HELD.accepted_at.is_not(None), HELD.ended_at.is_(None))
    name = sa.select(Account.name).where(*leading, Account.id == HELD.account_id).order_by(HELD.id).limit(1)
    return name.correlate(Case).scalar_subquery().label("lead_name")


def roles_of(account: Account, case: Case) -> frozenset[Role]:
    """The roles in force of `account` in `case`: none behind a recusal. Asked once a transaction."""
    session = object_session(case)
    if session is None or account.kind is not Kind.MEMBER:
        return frozenset()
    known: dict[tuple[int, int], frozenset[Role]] = session.info.setdefault("roles", {})
    if (account.id, case.id) not in known:
        held = sa.select(Assignment.role).where(
            Assignment.account_id == account.id,
            Assignment.case_id == case.id,
            *Assignment.in_force(Assignment),
            ~RecusalMatch.recuses(Assignment.case_id, account.id),
        )
        known[account.id, case.id] = frozenset(session.scalars(held))
    return known[account.id, case.id]


def with_roles(session: Session, account: Account, select: sa.Select[Any]) -> Any:
    """The first thing of a select, or None; of a thing in a case, the roles of `account` are known with it."""
    model = select.column_descriptions[0]["entity"]
    case_id = model.id if model is Case else getattr(model, "case_id", None)
    if case_id is None or account.kind is not Kind.MEMBER:
        return session.scalar(select)
    held = (HELD.case_id == case_id, HELD.account_id == account.id, *Assignment.in_force(HELD))
    mine = sa.select(sa.func.aggregate_strings(HELD.role, ",")).where(
        *held, ~RecusalMatch.recuses(HELD.case_id, account.id)
    )
    if (found := session.execute(select.add_columns(case_id, mine.scalar_subquery())).first()) is None:
        return None
    thing, case, roles = found
    session.info.setdefault("roles", {})[account.id, case] = frozenset(
        map(Role, filter(None, (roles or "").split(",")))
    )
    return thing


def know_roles_from(session: Session, case: Case, held: Iterable[Assignment], recusals: Iterable[RecusalMatch]) -> None:
    """The roles in force of everybody in a case whose roles and standing recusals were read already, for `roles_of`."""
    recused, found = {match.account_id for match in recusals}, dict[int, set[Role]]()
    for one in held:
        works = one.is_working and one.account_id not in recused and one.account.kind is Kind.MEMBER
        found.setdefault(one.account_id, set()).update({one.role} if works else ())
    known = {(account_id, case.id): frozenset(roles) for account_id, roles in found.items()}
    session.info.setdefault("roles", {}).update(known)


def select_leaderless(administrator: Account) -> sa.Select[Case]:
    """The cases, closed or not, in which no lead, counsel or deciding official can act: an administrator names one.

    None behind a recusal.
    """
    able = able_in(Assignment, Role.LEAD, Role.COUNSEL, Role.DECIDING_OFFICIAL)
    return sa.select(Case).where(Case.id.not_in(able), ~RecusalMatch.recuses(Case.id, administrator.id))


def is_recused(account: Account, case: Case) -> bool:
    """Whether a recusal stands between the two."""
    session = object_session(case)
    recuses = RecusalMatch.recuses(sa.literal(case.id), account.id)
    return session is not None and bool(session.scalar(sa.select(recuses)))


def able_in(held: Any, *roles: Role) -> sa.Select[int]:
    """Ids of the cases in which somebody with one of these roles can act: it works, no recusal, may sign in.

    `held` is Assignment, or an alias of it.
    """
    able = sa.select(held.case_id).join(Account, Account.id == held.account_id)
    signs_in = (Account.disabled_at.is_(None), Account.password_hash.is_not(None))
    return able.where(*_able(held), held.role.in_(roles), *signs_in)


def _able(held: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """That a role works and no recusal stands before it."""
    return (*Assignment.in_force(held), ~RecusalMatch.recuses(held.case_id, held.account_id))
