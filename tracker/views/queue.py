"""What waits for a reader over all her cases. Each item is asked of the policy; the statements are the same few."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import url_for
from sqlalchemy.orm import selectinload

from tracker import db
from tracker.audit.entries import name_of
from tracker.models.accounts import User
from tracker.models.appraisals import Appraisal
from tracker.models.appraised import appraised_sha256, claims_in
from tracker.models.audit import AuditEvent
from tracker.models.awaited import awaited_in
from tracker.models.cases import Case
from tracker.models.custody import Disposal
from tracker.models.designations import Designation
from tracker.models.duties import Assignment
from tracker.models.exclusions import Exclusion
from tracker.models.findings import Finding
from tracker.models.independence import spellings_of, writers_of
from tracker.models.outcomes import Outcome
from tracker.models.screening import Screen
from tracker.models.staffing import know_duties
from tracker.models.stages import ForgoneReview, StageMove
from tracker.models.words.cases import Stage
from tracker.models.words.duties import Duty
from tracker.models.words.findings import FindingState
from tracker.policy import Permission, allows

FIXED = "Unchanged since it was proposed."
SHOWN = "exclusions.show"
UNSIGNED = "Unchanged since it was proposed. Its citations can change until it is signed."


@dataclass(frozen=True)
class Item:
    """One thing that waits: what is asked for, since when, and what changed since the reader last looked."""

    what: str
    thing: Any
    since: datetime
    changed: str
    endpoint: str

    @property
    def case(self) -> Case:
        """The case it belongs to."""
        return self.thing.case

    @property
    def key(self) -> str:
        """`finding:LK-7QX4:3`: tells it from all others, and gives nothing away that its address does not."""
        return key_of(self.thing)

    @property
    def url(self) -> str:
        """Where it is done."""
        place: dict[str, Any] = _place(self.thing)
        return url_for(self.endpoint, case=self.case.reference, **place)


def _place(thing: Any) -> dict[str, int]:
    """Where a thing lies within its case."""
    if isinstance(thing, Designation):
        return {"number": thing.person.number, "part": thing.number}
    if isinstance(thing, Disposal):
        return {"number": thing.exhibit.number, "part": thing.number}
    return {} if isinstance(thing, Case) else {"number": thing.number}


def key_of(thing: Any) -> str:
    """By what an item of the queue is named in an address."""
    return ":".join(map(str, (thing.__tablename__, thing.case.reference, *_place(thing).values())))


def queue_of(user: User) -> list[Item]:
    """What waits for the reader, the oldest first."""
    mine = Assignment.working().where(Assignment.user_id == user.id)
    things = [thing for select in awaited_in(mine) for thing in db.session().scalars(select).unique()]
    cases = _cases(mine, {thing.case_id for thing in things})
    known = {case.id: case for case in cases}
    things = [thing for thing in things if thing.case_id in known]
    know_duties(db.session(), cases)
    workers = {one.user_id for case in cases for one in case.assignments}
    spellings_of(db.session(), {user.id, *workers, *(one for thing in things for one in writers_of(thing))})
    drafted = {thing.case_id for thing in things if isinstance(thing, Outcome)}
    decided = [case for case in cases if case.stage is Stage.REVIEW and allows(user, Permission.DRAFT_OUTCOME, case)]
    read, moments = _last_reads(user, things), _moments(decided)
    stale = _stale(user, things)
    found = [item for thing in [*things, *cases] if thing not in stale for item in _items(user, thing, read, moments)]
    found += [_undrafted(case, moments[case.id]) for case in decided if case.id not in drafted]
    return sorted(found, key=lambda item: (item.since, item.key))


def following(items: list[Item], key: str) -> Item | None:
    """The item after the named one; the oldest, where that one waits no longer."""
    at = next((place for place, item in enumerate(items) if item.key == key), -1)
    return items[at + 1] if at + 1 < len(items) else None


def _cases(mine: sa.Select[int], ids: set[int]) -> list[Case]:
    """The open ones among the cases that things wait in, and those whose screen waits for counsel."""
    unanswered = Case.id.in_(mine.where(Assignment.duty == Duty.COUNSEL)) & Case.id.not_in(sa.select(Screen.case_id))
    decided = Case.id.in_(mine.where(Assignment.duty == Duty.DECIDER)) & (Case.stage == Stage.REVIEW)
    some = sa.select(Case).where(Case.id.in_(mine), Case.stage != Stage.CLOSED, Case.id.in_(ids) | unanswered | decided)
    whole = some.options(selectinload(Case.assignments), selectinload(Case.screens))
    return list(db.session().scalars(whole))


def _last_reads(user: User, things: Iterable[Any]) -> dict[str, int]:
    """Of each thing that has revisions the one the reader last opened, as the ledger tells."""
    names = [name_of(thing) for thing in things if hasattr(thing, "revision")]
    mine = (AuditEvent.actor == user.uid, AuditEvent.act.endswith(".read"), AuditEvent.obj.in_(names))
    newest = sa.select(sa.func.max(AuditEvent.seq)).where(*mine).group_by(AuditEvent.obj)
    rows = db.session().execute(sa.select(AuditEvent.obj, AuditEvent.line).where(AuditEvent.seq.in_(newest)))
    told = {str(name): json.loads(line)["d"].get("revision") for name, line in rows}
    return {name: revision for name, revision in told.items() if revision is not None}


@dataclass(frozen=True)
class Moments:
    """Since when a case stands in review, and since when its review is forgone, where it is."""

    came: datetime
    forgone: datetime | None


def _moments(cases: list[Case]) -> dict[int, Moments]:
    """Of the cases in review that the reader decides; whoever reviews a case asks nothing of this."""
    if not cases:
        return {}
    moved = (StageMove.case_id == Case.id, StageMove.to_stage == Stage.REVIEW)
    came = sa.select(sa.func.max(StageMove.at)).where(*moved).scalar_subquery()
    forgone = sa.select(sa.func.max(ForgoneReview.at)).where(ForgoneReview.case_id == Case.id, ForgoneReview.standing())
    asked = sa.select(Case.id, came, forgone.scalar_subquery()).where(Case.id.in_([case.id for case in cases]))
    return {case_id: Moments(*both) for case_id, *both in db.session().execute(asked)}


def _stale(user: User, things: Iterable[Any]) -> list[Appraisal]:
    """The appraisals she may review that count no longer, because a claim was changed since: the lead's turn."""
    hers = [one for one in things if isinstance(one, Appraisal) and allows(user, Permission.REVIEW_APPRAISAL, one)]
    claims = claims_in(db.session(), {one.case_id for one in hers}) if hers else {}
    return [one for one in hers if one.text_sha256 != appraised_sha256(one, claims[one.case_id])]


def _undrafted(case: Case, moments: Moments) -> Item:
    """The outcome that nobody has drafted; it waits since the case came to its review."""
    return Item("Draft outcome", case, moments.came, "The case is in review.", "outcomes.new")


def _items(user: User, thing: Any, read: dict[str, int], moments: dict[int, Moments]) -> Iterator[Item]:
    """What waits in one thing, if the reader may really do it."""
    for needs, what, since, endpoint in _asked_of(user, thing, moments):
        if allows(user, needs, thing):
            yield Item(what, thing, since, _changed(thing, read), endpoint)


def _asked_of(user: User, thing: Any, moments: dict[int, Moments]) -> Iterator[tuple[Permission, str, datetime, str]]:
    """What may be asked for: the permission, the words, since when, and on which page."""
    if isinstance(thing, Finding):
        yield from _of_finding(user, thing)
    elif isinstance(thing, Outcome):
        known = moments.get(thing.case_id)
        yield from _of_outcome(thing, known.forgone if known else None)
    elif isinstance(thing, Exclusion) and thing.reviews:
        since = thing.reviews[-1].at
        yield Permission.PROPOSE_EXCLUSION, f"Revise or withdraw elimination {thing.number}", since, SHOWN
    elif isinstance(thing, Exclusion):
        yield Permission.REVIEW_EXCLUSION, f"Review elimination {thing.number}", thing.at, "exclusions.review"
    elif isinstance(thing, Appraisal):
        name = f"Review preliminary assessment {thing.number}"
        yield Permission.REVIEW_APPRAISAL, name, thing.at, "appraisals.review"
    elif isinstance(thing, Designation):
        yield Permission.SIGN_DESIGNATION, f"Sign subject status {thing.number}", thing.at, "designations.sign"
    elif isinstance(thing, Disposal):
        yield (
            Permission.CONFIRM_DISPOSAL,
            f"Confirm disposal of exhibit {thing.exhibit.number}",
            thing.at,
            "custody.confirm",
        )
    elif thing.screen is None:
        yield Permission.SCREEN_CASE, "Record protected-disclosure check", thing.opened, "screens.answer"


def _of_finding(user: User, finding: Finding) -> Iterator[tuple[Permission, str, datetime, str]]:
    if finding.submitted_at is not None and finding.state is FindingState.SUBMITTED:
        yield Permission.REVIEW_FINDING, f"Review finding {finding.number}", finding.submitted_at, "findings.review"
    elif allows(user, Permission.SUBMIT_FINDING, finding) or user.id in writers_of(finding):
        since = finding.reviews[-1].at
        yield Permission.WRITE_FINDING, f"Revise returned finding {finding.number}", since, "findings.show"


def _of_outcome(outcome: Outcome, forgone: datetime | None) -> Iterator[tuple[Permission, str, datetime, str]]:
    if outcome.case.stage is not Stage.REVIEW:
        return  # nothing is asked of it until the case is back in review
    if (last := outcome.returned) is not None:
        yield Permission.DRAFT_OUTCOME, "Revise returned outcome", last.at, "outcomes.show"
    elif forgone is not None:
        since = max(forgone, outcome.at)
        yield Permission.CLOSE_CASE, "Close case: review waived", since, "outcomes.close"
    elif (last := outcome.approval) is not None:
        yield Permission.CLOSE_CASE, "Close case: outcome approved", last.at, "outcomes.close"
    else:
        yield Permission.REVIEW_OUTCOME, "Review outcome", outcome.at, "outcomes.review"


def _changed(thing: Any, read: dict[str, int]) -> str:
    """What changed since the reader last looked, in words."""
    if isinstance(thing, Case):
        return "The check is not done yet."
    if not hasattr(thing, "revision"):
        return UNSIGNED if isinstance(thing, Designation) else FIXED
    if (last := read.get(name_of(thing))) is None:
        return "You have not read it yet."
    if last == thing.revision:
        return f"Unchanged since you read it (revision {last})."
    return f"You read revision {last}; the current revision is {thing.revision}."
