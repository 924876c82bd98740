"""What may wait for somebody in a case: of each kind what is not answered yet, with the people it is asked of."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, load_only, selectinload

from tracker.models.access.eliminations import Elimination
from tracker.models.case.assessments import Assessment
from tracker.models.case.assignments import Assignment, works_in
from tracker.models.case.protection_checks import ProtectionCheck
from tracker.models.case.words import Role
from tracker.models.findings.findings import Finding
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.replies import Reply
from tracker.models.findings.reviews import Review
from tracker.models.findings.revisions import FindingRevision
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.findings.words import FindingState, Verdict
from tracker.models.inquiry.custody import Disposal
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.register.accounts import Account


def select_awaited(account: Account) -> Iterator[sa.Select[Any]]:
    """Things of the account's cases for which something may have to be done: a sieve, the policy is asked of each.

    Each thing that waits is asked whether its case is one of these; never are the cases listed, for they may be many.
    """
    finding = (
        selectinload(Finding.reviews),
        joinedload(Finding.revisions).load_only(FindingRevision.by_id),
        joinedload(Finding.replies).load_only(Reply.by_id, Reply.responded_by_id),
        load_only(Finding.number, Finding.case_id, Finding.allegation, Finding.state, Finding.revision,
                  Finding.author_id, Finding.submitted_at),
    )  # fmt: skip
    waits = Finding.state.in_([FindingState.SUBMITTED, FindingState.RETURNED])
    yield sa.select(Finding).where(waits, works_in(account, Finding.case_id)).options(*finding)
    judged = sa.select(Review.elimination_id).where(Review.elimination_id.is_not(None))
    returned = Elimination.id.not_in(judged.where(Review.verdict == Verdict.APPROVED)) & ~_is_replaced()
    unsettled = (
        Elimination.withdrawn_at.is_(None),
        Elimination.id.not_in(judged) | returned,
        works_in(account, Elimination.case_id),
    )
    yield sa.select(Elimination).where(*unsettled).options(joinedload(Elimination.reviews))
    later = aliased(Assessment)
    is_newest = ~sa.exists().where(later.case_id == Assessment.case_id, later.id > Assessment.id)
    agreed = sa.select(Review.assessment_id).where(Review.assessment_id.is_not(None))
    open_ones = (is_newest, Assessment.id.not_in(agreed))
    yield sa.select(Assessment).where(*open_ones, works_in(account, Assessment.case_id))
    unsigned = (SubjectStatus.signed_at.is_(None), SubjectStatus.ended_at.is_(None))
    waiting = sa.select(SubjectStatus).where(*unsigned, works_in(account, SubjectStatus.case_id))
    yield waiting.options(joinedload(SubjectStatus.person))
    disposals = (Disposal.confirmed_at.is_(None), Disposal.declined_at.is_(None), works_in(account, Disposal.case_id))
    yield sa.select(Disposal).where(*disposals).options(joinedload(Disposal.exhibit).load_only(Exhibit.number))
    drafted = sa.select(Outcome).where(Outcome.closed_at.is_(None), works_in(account, Outcome.case_id))
    yield drafted.options(joinedload(Outcome.reviews))


def _is_replaced() -> sa.ColumnElement[bool]:
    """Whether a later elimination says why the same person is eliminated for the same disclosure."""
    later = aliased(Elimination)
    same = (later.person_id == Elimination.person_id, later.disclosure_id == Elimination.disclosure_id)
    return sa.exists().where(*same, later.id > Elimination.id)


def without_check(account: Account) -> sa.Select[int]:
    """Ids of the cases whose protected-disclosure check waits for this account as counsel."""
    mine = Assignment.working().where(Assignment.account_id == account.id, Assignment.role == Role.COUNSEL)
    return mine.where(~sa.exists().where(ProtectionCheck.case_id == Assignment.case_id))
