"""The recusal: an account whose owner is, or may be, a person of the case is shut out from the next request on.

Matching runs inside the action that adds a role, a person, an identifier or an import; nobody can forget it. It
asks everybody with a role in the case, and every account that sees cases without one: auditors and administrators.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from tracker.actions.checks import next_number
from tracker.audit.doors import note, now
from tracker.base import db
from tracker.models.access.people import Identifier, Person
from tracker.models.case.assignments import Assignment, RecusalMatch
from tracker.models.case.cases import Case
from tracker.models.case.words import MatchState
from tracker.models.register.accounts import Account
from tracker.models.register.words import Kind

Found = dict[tuple[int, int, int], set[str]]  # case, account, person: what they have in common


def match_case(case: Case) -> list[RecusalMatch]:
    """Match whoever may see something of the case against its people; the recusals that rise."""
    common = [_in_common(account, [case.id]) for account in _holders(case)]
    return _raise({place: marks for found in common for place, marks in found.items()})


def match_account(account: Account) -> list[RecusalMatch]:
    """Match one account against the people of every case of which it may see something; the recusals that rise."""
    held = sa.select(Assignment.case_id).where(Assignment.account_id == account.id, Assignment.ended_at.is_(None))
    return _raise(_in_common(account, held if account.kind is Kind.MEMBER else sa.select(Case.id)))


def would_recuse(case: Case, values: set[str]) -> list[Account]:
    """Accounts whom people with these folded identifiers would shut out; nothing is stored."""
    return [account for account in _holders(case) if {value for _, value in account.spellings()} & values]


def _holders(case: Case) -> Iterable[Account]:
    held = sa.select(Assignment.account_id).where(Assignment.case_id == case.id, Assignment.ended_at.is_(None))
    return (
        db.session()
        .scalars(
            sa.select(Account)
            .where(sa.or_(Account.id.in_(held), Account.kind != Kind.MEMBER))
            .options(selectinload(Account.aliases))
        )
        .all()
    )


def _in_common(account: Account, cases: Any) -> Found:
    """People of these cases with an identifier of the account: the same e-mail, or the value of any alias."""
    found: Found = defaultdict(set)
    same = (
        sa.select(Identifier.case_id, Identifier.person_id, Identifier.kind, Identifier._value_folded)
        .join(Person, Person.id == Identifier.person_id)
        .where(Identifier.case_id.in_(cases), Identifier._value_folded.in_({value for _, value in account.spellings()}))
        .where(Person.counted())
    )
    for case_id, person_id, kind, value in db.session().execute(same):
        found[case_id, account.id, person_id].add(f"{kind}:{hashlib.sha256(value.encode()).hexdigest()[:16]}")
    return found


def _raise(found: Found) -> list[RecusalMatch]:
    """A recusal for each new match; one that was rejected rises again when more is in common than was known then."""
    raised = []
    for (case_id, account_id, person_id), marks in found.items():
        place = {"case_id": case_id, "account_id": account_id, "person_id": person_id}
        match = db.session().scalar(sa.select(RecusalMatch).filter_by(**place))
        known = set(match.matched_on.split()) if match is not None else set()
        if marks <= known:
            continue
        if match is None:
            held = sa.select(Case.id).where(Case.id == case_id).with_for_update()  # one number is given out once
            db.session().execute(held)
            number = next_number(RecusalMatch, case_id=case_id)
            match = RecusalMatch(**place, number=number, found_at=now())
            db.session().add(match)
        if match.state is not MatchState.CONFIRMED:
            match.state, match.settled_at, match.settled_by = MatchState.OPEN, None, None
            raised.append(match)
        match.matched_on = " ".join(sorted(known | marks))
    if raised:
        db.session().flush()  # whoever is shut out must be known before the action goes on
        note(recusals=len(raised))
    return raised
