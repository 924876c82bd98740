"""What may wait for somebody in a case: of each kind what is not answered yet, with the people it is asked of."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, load_only, selectinload

from tracker.models.appraisals import Appraisal
from tracker.models.custody import Disposal
from tracker.models.designations import Designation
from tracker.models.exclusions import Exclusion
from tracker.models.exhibits import Exhibit
from tracker.models.findings import Finding
from tracker.models.outcomes import Outcome
from tracker.models.replies import Reply
from tracker.models.reviews import Review
from tracker.models.revisions import FindingRevision
from tracker.models.words.findings import FindingState
from tracker.models.words.reviews import Verdict


def awaited_in(mine: sa.Select[int]) -> Iterator[sa.Select[Any]]:
    """Things of these cases for which something may have to be done: a sieve, the policy is asked of each."""
    finding = (
        selectinload(Finding.reviews),
        joinedload(Finding.revisions).load_only(FindingRevision.by_id),
        joinedload(Finding.replies).load_only(Reply.by_id, Reply.responded_by_id),
        load_only(Finding.number, Finding.case_id, Finding.allegation, Finding.state, Finding.revision,
                  Finding.author_id, Finding.submitted_at),
    )  # fmt: skip
    waits = Finding.state.in_([FindingState.SUBMITTED, FindingState.RETURNED])
    yield sa.select(Finding).where(waits, Finding.case_id.in_(mine)).options(*finding)
    judged = sa.select(Review.exclusion_id).where(Review.exclusion_id.is_not(None))
    returned = Exclusion.id.not_in(judged.where(Review.verdict == Verdict.APPROVED)) & ~_said_anew()
    unsettled = (Exclusion.withdrawn_at.is_(None), Exclusion.id.not_in(judged) | returned, Exclusion.case_id.in_(mine))
    yield sa.select(Exclusion).where(*unsettled).options(joinedload(Exclusion.reviews))
    newest = sa.select(sa.func.max(Appraisal.id)).group_by(Appraisal.case_id)
    agreed = sa.select(Review.appraisal_id).where(Review.appraisal_id.is_not(None))
    open_ones = (Appraisal.id.in_(newest), Appraisal.id.not_in(agreed))
    yield sa.select(Appraisal).where(*open_ones, Appraisal.case_id.in_(mine))
    unsigned = (Designation.signed_at.is_(None), Designation.ended_at.is_(None))
    waiting = sa.select(Designation).where(*unsigned, Designation.case_id.in_(mine))
    yield waiting.options(joinedload(Designation.person))
    disposals = (Disposal.confirmed_at.is_(None), Disposal.declined_at.is_(None), Disposal.case_id.in_(mine))
    yield sa.select(Disposal).where(*disposals).options(joinedload(Disposal.exhibit).load_only(Exhibit.number))
    drafted = sa.select(Outcome).where(Outcome.closed_at.is_(None), Outcome.case_id.in_(mine))
    yield drafted.options(joinedload(Outcome.reviews))


def _said_anew() -> sa.ColumnElement[bool]:
    """Whether a later exclusion says why the same person is excluded for the same disclosure."""
    later = aliased(Exclusion)
    same = (later.person_id == Exclusion.person_id, later.disclosure_id == Exclusion.disclosure_id)
    return sa.exists().where(*same, later.id > Exclusion.id)
