"""The recusal wall: a user who is, or may be, a person of the case is shut out from the next request on.

Matching runs inside the action that adds a duty, a person, an identifier or an import; nobody can forget it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from tracker import db
from tracker.audit.doors import note, now
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.duties import Assignment, WallMatch
from tracker.models.people import Identifier, Person
from tracker.models.words.duties import MatchState

Found = dict[tuple[int, int, int], set[str]]  # case, user, person: what they have in common


def match_case(case: Case) -> list[WallMatch]:
    """Match everybody with a duty in the case (proposed or accepted) against its people; the walls that rise."""
    common = [_in_common(user, [case.id]) for user in _holders(case)]
    return _raise({place: marks for found in common for place, marks in found.items()})


def match_user(user: User) -> list[WallMatch]:
    """Match one user against the people of every case in which she has a duty; the walls that rise."""
    held = sa.select(Assignment.case_id).where(Assignment.user_id == user.id, Assignment.ended_at.is_(None))
    return _raise(_in_common(user, held))


def would_wall(case: Case, values: set[str]) -> list[User]:
    """Members on the case whom people with these folded identifiers would shut out; nothing is stored."""
    return [user for user in _holders(case) if {value for _, value in user.spellings()} & values]


def _holders(case: Case) -> Iterable[User]:
    held = sa.select(Assignment.user_id).where(Assignment.case_id == case.id, Assignment.ended_at.is_(None))
    return db.session().scalars(sa.select(User).where(User.id.in_(held)).options(selectinload(User.aliases))).all()


def _in_common(user: User, cases: Any) -> Found:
    """People of these cases with an identifier of the user: the same e-mail, or the value of any alias."""
    found: Found = defaultdict(set)
    same = (
        sa.select(Identifier.case_id, Identifier.person_id, Identifier.kind, Identifier._value_folded)
        .join(Person, Person.id == Identifier.person_id)
        .where(Identifier.case_id.in_(cases), Identifier._value_folded.in_({value for _, value in user.spellings()}))
        .where(Person.real())
    )
    for case_id, person_id, kind, value in db.session().execute(same):
        found[case_id, user.id, person_id].add(f"{kind}:{hashlib.sha256(value.encode()).hexdigest()[:16]}")
    return found


def _raise(found: Found) -> list[WallMatch]:
    """A wall for each new match; one that was rejected rises again when there is more in common than was known then."""
    raised = []
    for (case_id, user_id, person_id), marks in found.items():
        place = {"case_id": case_id, "user_id": user_id, "person_id": person_id}
        match = db.session().scalar(sa.select(WallMatch).filter_by(**place))
        known = set(match.matched_on.split()) if match is not None else set()
        if marks <= known:
            continue
        if match is None:
            match = WallMatch(**place, found_at=now())
            db.session().add(match)
        if match.state is not MatchState.CONFIRMED:
            match.state, match.settled_at, match.settled_by = MatchState.OPEN, None, None
            raised.append(match)
        match.matched_on = " ".join(sorted(known | marks))
    if raised:
        db.session().flush()  # whoever is shut out must be known before the action goes on
        note(walls=len(raised))
    return raised
