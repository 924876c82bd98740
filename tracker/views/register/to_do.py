"""What waits for a reader over all her cases. Each item is asked of the policy; the statements are the same few."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import url_for
from sqlalchemy.orm import selectinload

from tracker.audit.entries import name_of
from tracker.base import db
from tracker.models.access.eliminations import Elimination
from tracker.models.case.assessed_claims import assessed_sha256, claims_in
from tracker.models.case.assessments import Assessment
from tracker.models.case.assignments import Assignment
from tracker.models.case.cases import Case
from tracker.models.case.independence import spellings_of, writers_of
from tracker.models.case.staffing import know_roles
from tracker.models.case.stages import ReviewWaiver, StageMove
from tracker.models.case.to_do import select_awaited, without_check
from tracker.models.case.words import Role, Stage
from tracker.models.findings.findings import Finding
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.findings.words import FindingState
from tracker.models.inquiry.custody import Disposal
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditEntry
from tracker.policy import Permission, allows

FIXED = "Unchanged since it was proposed."
SHOWN = "eliminations.show"
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
    if isinstance(thing, SubjectStatus):
        return {"number": thing.person.number, "part": thing.number}
    if isinstance(thing, Disposal):
        return {"number": thing.exhibit.number, "part": thing.number}
    return {} if isinstance(thing, Case) else {"number": thing.number}


def key_of(thing: Any) -> str:
    """By what an item of the queue is named in an address."""
    return ":".join(map(str, (thing.__tablename__, thing.case.reference, *_place(thing).values())))


def queue_of(account: Account) -> list[Item]:
    """What waits for the reader, the oldest first."""
    things = [thing for select in select_awaited(account) for thing in db.session().scalars(select).unique()]
    cases = _cases(account, {thing.case_id for thing in things})
    known = {case.id: case for case in cases}
    things = [thing for thing in things if thing.case_id in known]
    know_roles(db.session(), cases)
    workers = {one.account_id for case in cases for one in case.assignments}
    spellings_of(db.session(), {account.id, *workers, *(one for thing in things for one in writers_of(thing))})
    drafted = {thing.case_id for thing in things if isinstance(thing, Outcome)}
    decided = [case for case in cases if case.stage is Stage.REVIEW and allows(account, Permission.DRAFT_OUTCOME, case)]
    read, moments = _last_reads(account, things), _moments(decided)
    stale = _stale(account, things)
    found = [
        item for thing in [*things, *cases] if thing not in stale for item in _items(account, thing, read, moments)
    ]
    found += [_missing_draft(case, moments[case.id]) for case in decided if case.id not in drafted]
    return sorted(found, key=lambda item: (item.since, item.key))


def following(items: list[Item], key: str) -> Item | None:
    """The item after the named one; the oldest, where that one waits no longer."""
    at = next((place for place, item in enumerate(items) if item.key == key), -1)
    return items[at + 1] if at + 1 < len(items) else None


def _cases(account: Account, ids: set[int]) -> list[Case]:
    """The open ones among the cases that things wait in, and those whose check waits for counsel."""
    mine = Assignment.working().where(Assignment.account_id == account.id)
    decided = mine.join(Case).where(Assignment.role == Role.DECIDING_OFFICIAL, Case.stage == Stage.REVIEW)
    asked = sa.union_all(without_check(account), decided)
    some = sa.select(Case).where(Case.stage != Stage.CLOSED, Case.id.in_(ids) | Case.id.in_(asked))
    whole = some.options(selectinload(Case.assignments), selectinload(Case.protection_checks))
    return list(db.session().scalars(whole))


def _last_reads(account: Account, things: Iterable[Any]) -> dict[str, int]:
    """Of each thing that has revisions the one the reader last opened, as the audit log tells."""
    names = [name_of(thing) for thing in things if hasattr(thing, "revision")]
    mine = (AuditEntry.actor == account.uid, AuditEntry.action.endswith(".read"), AuditEntry.record.in_(names))
    newest = sa.select(sa.func.max(AuditEntry.seq)).where(*mine).group_by(AuditEntry.record)
    rows = db.session().execute(sa.select(AuditEntry.record, AuditEntry.line).where(AuditEntry.seq.in_(newest)))
    told = {str(name): json.loads(line)["d"].get("revision") for name, line in rows}
    return {name: revision for name, revision in told.items() if revision is not None}


@dataclass(frozen=True)
class Moments:
    """Since when a case stands in review, and since when its review is waived, where it is."""

    came: datetime
    waived: datetime | None


def _moments(cases: list[Case]) -> dict[int, Moments]:
    """Of the cases in review that the reader decides; whoever reviews a case asks nothing of this."""
    if not cases:
        return {}
    moved = (StageMove.case_id == Case.id, StageMove.to_stage == Stage.REVIEW)
    came = sa.select(sa.func.max(StageMove.at)).where(*moved).scalar_subquery()
    waived = sa.select(sa.func.max(ReviewWaiver.at)).where(ReviewWaiver.case_id == Case.id, ReviewWaiver.still_counts())
    asked = sa.select(Case.id, came, waived.scalar_subquery()).where(Case.id.in_([case.id for case in cases]))
    return {case_id: Moments(*both) for case_id, *both in db.session().execute(asked)}


def _stale(account: Account, things: Iterable[Any]) -> list[Assessment]:
    """The assessments she may review that count no longer, because a claim was changed since: the lead's turn."""
    hers = [one for one in things if isinstance(one, Assessment) and allows(account, Permission.REVIEW_ASSESSMENT, one)]
    claims = claims_in(db.session(), {one.case_id for one in hers}) if hers else {}
    return [one for one in hers if one.text_sha256 != assessed_sha256(one, claims[one.case_id])]


def _missing_draft(case: Case, moments: Moments) -> Item:
    """The outcome that nobody has drafted; it waits since the case came to its review."""
    return Item("Draft outcome", case, moments.came, "The case is in review.", "outcomes.new")


def _items(account: Account, thing: Any, read: dict[str, int], moments: dict[int, Moments]) -> Iterator[Item]:
    """What waits in one thing, if the reader may really do it."""
    for needs, what, since, endpoint in _asked_of(account, thing, moments):
        if allows(account, needs, thing):
            yield Item(what, thing, since, _change_words(thing, read), endpoint)


def _asked_of(
    account: Account, thing: Any, moments: dict[int, Moments]
) -> Iterator[tuple[Permission, str, datetime, str]]:
    """What may be asked for: the permission, the words, since when, and on which page."""
    if isinstance(thing, Finding):
        yield from _of_finding(account, thing)
    elif isinstance(thing, Outcome):
        known = moments.get(thing.case_id)
        yield from _of_outcome(thing, known.waived if known else None)
    elif isinstance(thing, Elimination) and thing.reviews:
        since = thing.reviews[-1].at
        yield Permission.PROPOSE_ELIMINATION, f"Revise or withdraw elimination {thing.number}", since, SHOWN
    elif isinstance(thing, Elimination):
        yield Permission.REVIEW_ELIMINATION, f"Review elimination {thing.number}", thing.at, "eliminations.review"
    elif isinstance(thing, Assessment):
        name = f"Review preliminary assessment {thing.number}"
        yield Permission.REVIEW_ASSESSMENT, name, thing.at, "assessments.review"
    elif isinstance(thing, SubjectStatus):
        yield Permission.SIGN_SUBJECT_STATUS, f"Sign subject status {thing.number}", thing.at, "subject_status.sign"
    elif isinstance(thing, Disposal):
        yield (
            Permission.CONFIRM_DISPOSAL,
            f"Confirm disposal of exhibit {thing.exhibit.number}",
            thing.at,
            "custody.confirm",
        )
    elif thing.protection_check is None:
        yield (
            Permission.RECORD_PROTECTION_CHECK,
            "Record protected-disclosure check",
            thing.opened,
            "protection_checks.answer",
        )


def _of_finding(account: Account, finding: Finding) -> Iterator[tuple[Permission, str, datetime, str]]:
    if finding.submitted_at is not None and finding.state is FindingState.SUBMITTED:
        yield Permission.REVIEW_FINDING, f"Review finding {finding.number}", finding.submitted_at, "findings.review"
    elif allows(account, Permission.SUBMIT_FINDING, finding) or account.id in writers_of(finding):
        since = finding.reviews[-1].at
        yield Permission.WRITE_FINDING, f"Revise returned finding {finding.number}", since, "findings.show"


def _of_outcome(outcome: Outcome, waived: datetime | None) -> Iterator[tuple[Permission, str, datetime, str]]:
    if outcome.case.stage is not Stage.REVIEW:
        return  # nothing is asked of it until the case is back in review
    if (last := outcome.returned) is not None:
        yield Permission.DRAFT_OUTCOME, "Revise returned outcome", last.at, "outcomes.show"
    elif waived is not None:
        since = max(waived, outcome.at)
        yield Permission.CLOSE_CASE, "Close case: review waived", since, "outcomes.close"
    elif (last := outcome.approval) is not None:
        yield Permission.CLOSE_CASE, "Close case: outcome approved", last.at, "outcomes.close"
    else:
        yield Permission.REVIEW_OUTCOME, "Review outcome", outcome.at, "outcomes.review"


def _change_words(thing: Any, read: dict[str, int]) -> str:
    """What changed since the reader last looked, in words."""
    if isinstance(thing, Case):
        return "The check is not done yet."
    if not hasattr(thing, "revision"):
        return UNSIGNED if isinstance(thing, SubjectStatus) else FIXED
    if (last := read.get(name_of(thing))) is None:
        return "You have not read it yet."
    if last == thing.revision:
        return f"Unchanged since you read it (revision {last})."
    return f"You read revision {last}; the current revision is {thing.revision}."
