"""What waits for a reader over all her cases. Each item is asked of the policy; the statements are the same few."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import url_for
from sqlalchemy.orm import joinedload, load_only, selectinload

from tracker import db
from tracker.entries import name_of
from tracker.models.accounts import User
from tracker.models.appraisals import Appraisal
from tracker.models.audit import AuditEvent
from tracker.models.cases import Case
from tracker.models.designations import Designation
from tracker.models.duties import Assignment
from tracker.models.exclusions import Exclusion
from tracker.models.findings import Finding
from tracker.models.independence import spellings_of, writers_of
from tracker.models.outcomes import Outcome
from tracker.models.reviews import Review
from tracker.models.revisions import FindingRevision
from tracker.models.screening import Screen
from tracker.models.staffing import know_duties
from tracker.models.stages import ForgoneReview
from tracker.models.words.cases import Stage
from tracker.models.words.duties import Duty
from tracker.models.words.findings import FindingState
from tracker.policy import Permission, allows

FIXED = "Its words are fixed since it was proposed."


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
    return {} if isinstance(thing, Case) else {"number": thing.number}


def key_of(thing: Any) -> str:
    """By what an item of the queue is named in an address."""
    return f"{thing.__tablename__}:{thing.case.reference}:{getattr(thing, 'number', 0)}"


def queue_of(user: User) -> list[Item]:
    """What waits for the reader, the oldest first."""
    mine = Assignment.working().where(Assignment.user_id == user.id)
    things = [thing for select in _waiting(mine) for thing in db.session().scalars(select).unique()]
    cases = _cases(mine, {thing.case_id for thing in things})
    known = {case.id: case for case in cases}
    things = [thing for thing in things if thing.case_id in known]
    know_duties(db.session(), cases)
    workers = {one.user_id for case in cases for one in case.assignments}
    spellings_of(db.session(), {user.id, *workers, *(one for thing in things for one in writers_of(thing))})
    drafted = {thing.case_id for thing in things if isinstance(thing, Outcome)}
    read, since = _last_reads(user, things), _forgone(mine) if drafted else {}
    found = [item for thing in [*things, *cases] for item in _items(user, thing, read, since)]
    found += [item for case in cases if case.id not in drafted for item in _undrafted(user, case)]
    return sorted(found, key=lambda item: (item.since, item.key))


def following(items: list[Item], key: str) -> Item | None:
    """The item after the named one; the oldest, where that one waits no longer."""
    at = next((place for place, item in enumerate(items) if item.key == key), -1)
    return items[at + 1] if at + 1 < len(items) else None


def _waiting(mine: sa.Select[int]) -> Iterator[sa.Select[Any]]:
    """Things of these cases for which something may have to be done: a sieve, the policy is asked of each."""
    finding = (
        selectinload(Finding.reviews),
        joinedload(Finding.revisions).load_only(FindingRevision.by_id),
        load_only(Finding.number, Finding.case_id, Finding.allegation, Finding.state, Finding.revision,
                  Finding.author_id, Finding.submitted_at),
    )  # fmt: skip
    waits = Finding.state.in_([FindingState.SUBMITTED, FindingState.RETURNED])
    yield sa.select(Finding).where(waits, Finding.case_id.in_(mine)).options(*finding)
    judged = sa.select(Review.exclusion_id).where(Review.exclusion_id.is_not(None))
    proposed = (Exclusion.withdrawn_at.is_(None), Exclusion.id.not_in(judged))
    yield sa.select(Exclusion).where(*proposed, Exclusion.case_id.in_(mine))
    newest = sa.select(sa.func.max(Appraisal.id)).group_by(Appraisal.case_id)
    agreed = sa.select(Review.appraisal_id).where(Review.appraisal_id.is_not(None))
    open_ones = (Appraisal.id.in_(newest), Appraisal.id.not_in(agreed))
    yield sa.select(Appraisal).where(*open_ones, Appraisal.case_id.in_(mine))
    unsigned = (Designation.signed_at.is_(None), Designation.ended_at.is_(None))
    waiting = sa.select(Designation).where(*unsigned, Designation.case_id.in_(mine))
    yield waiting.options(joinedload(Designation.person))
    drafted = sa.select(Outcome).where(Outcome.closed_at.is_(None), Outcome.case_id.in_(mine))
    yield drafted.options(joinedload(Outcome.reviews))


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


def _forgone(mine: sa.Select[int]) -> dict[int, datetime]:
    """Of each case whose review was forgone, and no reviewer accepted after it, since when."""
    later = (Assignment.duty == Duty.REVIEWER, Assignment.accepted_at >= ForgoneReview.at)
    accepted = sa.exists().where(Assignment.case_id == ForgoneReview.case_id, *later)
    those = sa.select(ForgoneReview.case_id, ForgoneReview.at).where(ForgoneReview.case_id.in_(mine), ~accepted)
    return {row.case_id: row.at for row in db.session().execute(those.order_by(ForgoneReview.at))}


def _undrafted(user: User, case: Case) -> Iterator[Item]:
    """The outcome of a case in review that nobody has drafted."""
    if case.stage is Stage.REVIEW and allows(user, Permission.DRAFT_OUTCOME, case):
        yield Item("Draft the outcome", case, case.opened, "The case stands in review.", "outcomes.new")


def _items(user: User, thing: Any, read: dict[str, int], forgone: dict[int, datetime]) -> Iterator[Item]:
    """What waits in one thing, if the reader may really do it."""
    for needs, what, since, endpoint in _asked_of(user, thing, forgone):
        if allows(user, needs, thing):
            yield Item(what, thing, since, _changed(thing, read), endpoint)


def _asked_of(user: User, thing: Any, forgone: dict[int, datetime]) -> Iterator[tuple[Permission, str, datetime, str]]:
    """What may be asked for: the permission, the words, since when, and on which page."""
    name = f"{type(thing).__name__} {getattr(thing, 'number', '')}"
    if isinstance(thing, Finding):
        yield from _of_finding(user, thing)
    elif isinstance(thing, Outcome):
        yield from _of_outcome(thing, forgone.get(thing.case_id))
    elif isinstance(thing, Exclusion):
        yield Permission.REVIEW_EXCLUSION, f"{name}: confirm it or return it", thing.at, "exclusions.review"
    elif isinstance(thing, Appraisal):
        yield Permission.REVIEW_APPRAISAL, f"{name}: agree to it or return it", thing.at, "appraisals.review"
    elif isinstance(thing, Designation):
        yield Permission.SIGN_DESIGNATION, f"{name}: sign it", thing.at, "designations.sign"
    elif thing.screen is None:
        yield Permission.SCREEN_CASE, "Protected-disclosure screen: answer it", thing.opened, "screens.answer"


def _of_finding(user: User, finding: Finding) -> Iterator[tuple[Permission, str, datetime, str]]:
    words = f"Finding {finding.number}"
    if finding.submitted_at is not None and finding.state is FindingState.SUBMITTED:
        yield Permission.REVIEW_FINDING, f"{words}: approve it or return it", finding.submitted_at, "findings.review"
    elif allows(user, Permission.SUBMIT_FINDING, finding) or user.id in writers_of(finding):
        since = finding.reviews[-1].at
        yield Permission.WRITE_FINDING, f"{words}: returned with reasons, revise it", since, "findings.show"


def _of_outcome(outcome: Outcome, forgone: datetime | None) -> Iterator[tuple[Permission, str, datetime, str]]:
    if forgone is not None and outcome.case.stage is Stage.REVIEW:
        since = max(forgone, outcome.at)
        yield Permission.CLOSE_CASE, "Outcome: its review was forgone, close the case", since, "outcomes.close"
        return
    last = outcome.reviews[-1] if outcome.reviews else None
    if last is None or last.revision != outcome.revision:
        yield Permission.REVIEW_OUTCOME, "Outcome: approve it or return it", outcome.at, "outcomes.review"
    elif not last.is_approval:
        yield Permission.DRAFT_OUTCOME, "Outcome: returned with reasons, revise it", last.at, "outcomes.show"
    elif outcome.case.stage is Stage.REVIEW:
        yield Permission.CLOSE_CASE, "Outcome: approved, close the case", last.at, "outcomes.close"


def _changed(thing: Any, read: dict[str, int]) -> str:
    """What changed since the reader last looked, in words."""
    if isinstance(thing, Case):
        return "Nobody has answered it yet."
    if not hasattr(thing, "revision"):
        return FIXED
    if (last := read.get(name_of(thing))) is None:
        return "You have not read it yet."
    if last == thing.revision:
        return f"Unchanged since you read it (revision {last})."
    return f"You read revision {last}; it is revision {thing.revision} now."
