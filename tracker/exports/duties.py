"""What accounts stand for in an export: their duty in the case, never their name."""

from typing import Any

import sqlalchemy as sa

from tracker.exports.lookups import Lookups, Names
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.duties import Assignment
from tracker.models.words.duties import Duty


def _held(labels: Lookups, *account: Any) -> dict[Any, list[tuple[Duty, bool]]]:
    """The duties that each account ever took up, and whether each is still in force."""
    held = sa.select(Assignment.duty, Assignment.ended_at, Assignment.asleep_at, *account)
    held = held.join(Case, Case.id == Assignment.case_id).join(User, User.id == Assignment.user_id)
    held = held.where(Assignment.accepted_at.is_not(None))
    if labels.case_id is not None:
        held = held.where(Assignment.case_id == labels.case_id)
    found: dict[Any, list[tuple[Duty, bool]]] = {}
    for duty, ended, asleep, *who in labels.connection.execute(held):
        found.setdefault(tuple(who), []).append((duty, ended is None and asleep is None))
    return found


def accounts(labels: Lookups) -> Names:
    """The duty of an account in the case; of one that never had any, what kind of account it is."""
    duties = {user: duty_words(held) for (user,), held in _held(labels, User.id).items()}
    kinds = labels.connection.execute(sa.select(User.id, User.kind))
    return {user: duties.get(user, kind.value) for user, kind in kinds}


def actors(labels: Lookups) -> Names:
    """The same by what the ledger calls a case and an account."""
    duties = {who: duty_words(held) for who, held in _held(labels, Case.reference, User.uid).items()}
    kinds = {uid: kind.value for uid, kind in labels.connection.execute(sa.select(User.uid, User.kind))}
    return _Actors(duties, kinds)


class _Actors(Names):
    """(case, account) -> duty; without one the kind of the account; the program and strangers stand for themselves."""

    def __init__(self, duties: Names, kinds: Names) -> None:
        super().__init__(duties)
        self.kinds = kinds

    def get(self, key: Any, default: Any = None) -> Any:
        """The duty or the kind."""
        kind = self.kinds.get(key[1], key[1])
        return super().get(key) or kind


def duty_words(duties: list[tuple[Duty, bool]]) -> str:
    """The duties of one account, those in force if there are any: `counsel; decider`."""
    held = {duty for duty, working in duties if working} or {duty for duty, _ in duties}
    return "; ".join(duty.value for duty in Duty if duty in held)
