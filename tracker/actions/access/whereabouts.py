"""Whereabouts: where somebody was at a moment that matters, written down, and corrected by a new row."""

from typing import Any

from tracker.actions.checks import must_be_correctable, must_belong, must_last
from tracker.analysis.moments import Moment
from tracker.audit.doors import action, now
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.RECORD_ACCESS, "whereabouts.recorded")
def record_whereabouts(investigator: Account, case: Case, *, person: Person, place: str, **facts: Any) -> Whereabouts:
    """Write down where a person was; facts: since, until, source, note."""
    return _add(investigator, case, person=person, place=place, **facts)


@action(Permission.RECORD_ACCESS, "whereabouts.corrected")
def correct_whereabouts(
    investigator: Account, whereabouts: Whereabouts, *, why_corrected: str, **facts: Any
) -> Whereabouts:
    """Say it anew in a row that names this one, with the reason; this one stays readable, struck through."""
    must_be_correctable(whereabouts, why_corrected)
    return _add(investigator, whereabouts.case, corrects=whereabouts, why_corrected=why_corrected, **facts)


def _add(
    investigator: Account, case: Case, *, person: Person, since: Moment, until: Moment, **about: Any
) -> Whereabouts:
    must_belong(case, person)
    must_last(since, until)
    case.whereabouts_numbered += 1
    row = Whereabouts(
        case=case, number=case.whereabouts_numbered, person=person, since=since, until=until,
        by=investigator, at=now(), **about,
    )  # fmt: skip
    db.session().add(row)
    return row
