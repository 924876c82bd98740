"""What waits for a reader: proposals, walls to settle, duties to wake, screens to answer; and what changed last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import url_for
from sqlalchemy.orm import joinedload, selectinload

from tracker import db
from tracker.analysis.moments import from_sql_text
from tracker.audit.cache import kept
from tracker.models.accounts import User
from tracker.models.audit import AuditDetail, AuditEvent
from tracker.models.cases import Case
from tracker.models.duties import Assignment, WallMatch
from tracker.models.screening import Screen
from tracker.models.staffing import able_in, headless, know_duties
from tracker.models.words.accounts import Kind
from tracker.models.words.duties import Duty, MatchState
from tracker.policy import Permission, allows

MOST = 50  # cases of which it is told that something waits; nobody reads further
TOLD = {
    "case.opened": "Case opened",
    "duty.lead_named": "New lead investigator named",
    "duty.lead_handed_over": "Lead role handed over",
    "screen.answered": "Protected-disclosure check done",
}


@dataclass(frozen=True)
class Waiting:
    """Something only the reader, or one like her, can do: what it is and where."""

    text: str
    url: str


@dataclass(frozen=True)
class Change:
    """One change of a case, from its ledger: when, who and what kind of thing; never content."""

    at: datetime
    who: str
    what: str
    reference: str


def proposals(user: User) -> list[Waiting]:
    """Duties the reader was offered."""
    mine = Assignment.visible_to(user).where(
        Assignment.user_id == user.id, Assignment.accepted_at.is_(None), Assignment.declined_at.is_(None)
    )
    offered = db.session().scalars(mine.where(Assignment.ended_at.is_(None)).options(joinedload(Assignment.case)))
    return [
        Waiting(
            f"{one.case.reference}: answer the offer of the role of {one.duty.label.lower()}.",
            url_for("proposals.answer", case=one.case.reference, number=one.id),
        )
        for one in offered
    ]


def in_cases(user: User, ids: Any) -> list[Waiting]:
    """What waits for the reader in these cases (a select of their ids, or a list): each asked of the policy.

    A closed case waits too: somebody must be able to read it, and its decider to reopen it.
    """
    wanted = sa.select(Case.id).where(Case.id.in_(ids), _something_waits(user))
    known = ids if isinstance(ids, sa.Select) else tuple(ids)
    few = kept(lambda: tuple(db.session().scalars(wanted.order_by(Case.id).limit(MOST))), "waits", user.id, known)
    if not few:
        return []
    people = selectinload(Case.assignments).joinedload(Assignment.user)
    some = sa.select(Case).where(Case.id.in_(few)).order_by(Case.id)
    cases = db.session().scalars(some.options(people, selectinload(Case.screens))).all()
    know_duties(db.session(), cases)
    open_walls = WallMatch.visible_to(user).where(
        WallMatch.state == MatchState.OPEN, WallMatch.case_id.in_([case.id for case in cases])
    )
    walls = db.session().scalars(open_walls.options(joinedload(WallMatch.user), joinedload(WallMatch.person))).all()
    return [item for case in cases for item in _in_case(user, case)] + _walls(user, walls)


def in_case(user: User, case: Case, walls: Iterable[WallMatch]) -> list[Waiting]:
    """What waits for the reader in a case whose page she looks at: its duties and its walls are read already."""
    others = [match for match in walls if match.state is MatchState.OPEN and match.user_id != user.id]
    return [*_in_case(user, case), *_walls(user, others)]


def _walls(user: User, walls: Iterable[WallMatch]) -> list[Waiting]:
    return [
        Waiting(
            f"{match.case.reference}: {match.user.name} may be {match.person.pseudonym}. Confirm or reject the match.",
            url_for("team.settle", case=match.case.reference, number=match.id),
        )
        for match in walls
        if allows(user, Permission.SETTLE_WALL, match)
    ]


def _something_waits(user: User) -> sa.ColumnElement[bool]:
    """Cases in which something may wait for the reader: no more than a sieve, so that few are looked at closely."""
    mine = Assignment.working().where(Assignment.user_id == user.id)
    unanswered = Case.id.not_in(sa.select(Screen.case_id)) & Case.id.in_(mine.where(Assignment.duty == Duty.COUNSEL))
    judging = Case.id.in_(mine.where(Assignment.duty.in_([Duty.COUNSEL, Duty.DECIDER])))
    asleep = sa.select(Assignment.case_id).where(Assignment.asleep_at.is_not(None), Assignment.ended_at.is_(None))
    walls = sa.select(WallMatch.case_id).where(WallMatch.state == MatchState.OPEN)
    return sa.or_(unanswered, judging & Case.id.not_in(able_in(Duty.LEAD)), Case.id.in_(asleep), Case.id.in_(walls))


def _in_case(user: User, case: Case) -> list[Waiting]:
    found = []
    if case.screen is None and not case.is_closed and allows(user, Permission.SCREEN_CASE, case):
        text = f"{case.reference}: record the protected-disclosure check."
        found.append(Waiting(text, url_for("screens.answer", case=case.reference)))
    if allows(user, Permission.NAME_LEAD, case):
        text = f"{case.reference}: no lead investigator can act. Name a new lead."
        found.append(Waiting(text, url_for("team.name_lead", case=case.reference)))
    for held in case.assignments:
        if held.asleep_at and not held.is_over and allows(user, Permission.WAKE_DUTY, held):
            text = f"{case.reference}: the role of {held.user.name} is inactive. Reactivate or end it."
            found.append(Waiting(text, url_for("team.listed", case=case.reference)))
    return found


def for_administrator(user: User) -> list[Waiting]:
    """Cases nobody can lead."""
    if user.kind is not Kind.ADMINISTRATOR:
        return []
    count = db.session().scalar(sa.select(sa.func.count()).select_from(headless().subquery())) or 0
    text = f"{count} {'case has' if count == 1 else 'cases have'} no lead who can act. Name a new lead."
    return [Waiting(text, url_for("accounts.leaderless"))] if count else []


def last_changes(references: list[str], most: int) -> list[Change]:
    """The newest changes of these cases. Walls and privileged notes are left out: they concern whoever keeps them."""
    if not references:
        return []
    newest = sa.union_all(*(sa.select(_changes_of(one, most).subquery()) for one in references)).subquery()
    found = sa.select(newest.c.at, newest.c.act, newest.c.case_ref, sa.func.coalesce(User.name, newest.c.actor))
    found = found.outerjoin(User, User.uid == newest.c.actor).order_by(newest.c.seq.desc()).limit(most)
    return [
        Change(from_sql_text(at), who, TOLD.get(act) or act_words(act), reference)
        for at, act, reference, who in db.session().execute(found)
    ]


def _changes_of(reference: str, most: int) -> sa.Select[int, str, str, str | None, str]:
    """The newest changes of one case, along its index: a change leaves a detail, a read does not."""
    told = sa.select(AuditEvent.seq, AuditEvent.at, AuditEvent.act, AuditEvent.case_ref, AuditEvent.actor)
    told = told.join(AuditDetail, AuditDetail.seq == AuditEvent.seq)
    hidden = AuditEvent.act.startswith("wall.") | AuditEvent.of_privileged()
    return told.where(AuditEvent.case_ref == reference, ~hidden).order_by(AuditEvent.cseq.desc()).limit(most)


def act_words(act: str) -> str:
    """`access_log.received` for a reader: `Access log received`."""
    words = act.replace(".", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def new_lead(case: Case, since: datetime) -> Assignment | None:
    """Who was named or made lead after `since`, if the case had a lead before; everybody on the case is told."""
    leads = [one for one in case.assignments if one.duty is Duty.LEAD and one.declined_at is None]
    return leads[-1] if len(leads) > 1 and leads[-1].proposed_at > since and not leads[-1].ended_at else None
