"""The recusal wall: a user who is, or may be, a person of the case is shut out from the next request on.

Matching runs inside the action that adds a duty, a person, an identifier or an import; nobody can forget it.
"""

import sqlalchemy as sa

from tracker import db
from tracker.ledger import note, now
from tracker.models.accounts import Alias, User
from tracker.models.cases import Case
from tracker.models.duties import Assignment, WallMatch
from tracker.models.people import Identifier, Person


def match_case(case: Case) -> list[WallMatch]:
    """Match everybody with a duty in the case (proposed or accepted) against its people; add the new matches."""
    holders = sa.select(Assignment.user_id).where(Assignment.case_id == case.id, Assignment.ended_at.is_(None))
    return _add(_matches().where(Identifier.case_id == case.id, User.id.in_(holders)))


def match_user(user: User) -> list[WallMatch]:
    """Match one user against the people of every case in which she has a duty."""
    cases = sa.select(Assignment.case_id).where(Assignment.user_id == user.id, Assignment.ended_at.is_(None))
    return _add(_matches().where(Identifier.case_id.in_(cases), User.id == user.id))


def would_wall(case: Case, values: set[str]) -> list[User]:
    """Members on the case whom people with these folded identifiers would shut out; nothing is stored."""
    holders = sa.select(Assignment.user_id).where(Assignment.case_id == case.id, Assignment.ended_at.is_(None))
    users = db.session().scalars(sa.select(User).where(User.id.in_(holders)).options(sa.orm.selectinload(User.aliases)))
    return [user for user in users if {value for _, value in user.spellings()} & values]


def _matches() -> sa.Select[int, int, int, str]:
    """Users and people that share an identifier: the same e-mail, or the value of any alias."""
    same = sa.or_(
        User.email_folded == Identifier.value_folded,
        sa.exists().where(Alias.user_id == User.id, Alias.value_folded == Identifier.value_folded),
    )
    return (
        sa.select(Identifier.case_id, User.id, Identifier.person_id, sa.cast(Identifier.kind, sa.String))
        .join(Person, Person.id == Identifier.person_id)
        .join(User, same)
        .where(Person.real())
    )


def _add(matches: sa.Select[int, int, int, str]) -> list[WallMatch]:
    added: dict[tuple[int, int, int], WallMatch] = {}
    for case_id, user_id, person_id, kind in db.session().execute(matches).all():
        key = (case_id, user_id, person_id)
        known = sa.select(WallMatch.id).where(
            WallMatch.case_id == case_id, WallMatch.user_id == user_id, WallMatch.person_id == person_id
        )
        if key not in added and db.session().scalar(known) is None:
            added[key] = WallMatch(
                case_id=case_id, user_id=user_id, person_id=person_id, matched_on=kind, found_at=now()
            )
    db.session().add_all(added.values())
    if added:
        db.session().flush()  # whoever is shut out must be known before the action goes on
        note(walls=len(added))
    return list(added.values())
