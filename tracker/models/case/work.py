"""The kinds of work that wait for somebody, each as SQL: what its rule in the policy says of one thing, said of all.

A test compares the two. Every select takes `me`, the id of the account, and the moment `now`.
"""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.base.db import UTC
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.eliminations import Elimination
from tracker.models.access.people import Person
from tracker.models.access.recusal_questions import RecusalQuestion
from tracker.models.case.assessments import Assessment
from tracker.models.case.assignments import HELD, TEAM, Assignment, RecusalMatch
from tracker.models.case.cases import Case
from tracker.models.case.protection_checks import ProtectionCheck
from tracker.models.case.staffing import able_in
from tracker.models.case.stages import ReviewWaiver, StageMove
from tracker.models.case.words import MatchState, Role, Stage
from tracker.models.case.work_conditions import (
    ME,
    OUTSIDE,
    advises,
    decides,
    holds,
    is_mine,
    reviews,
    settles,
    settles_match,
)
from tracker.models.findings.findings import Finding
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.replies import Reply
from tracker.models.findings.reviews import Review
from tracker.models.findings.revisions import FindingRevision
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.findings.words import FindingState, Verdict
from tracker.models.inquiry.custody import Disposal
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.lines_of_inquiry import LineOfInquiry
from tracker.models.register.accounts import Account

LONGEST = 200  # characters of a text that a row quotes
NOW = sa.literal_column(":now", UTC)
PUTS_REPLIES = (*TEAM, Role.COUNSEL)


def _rows(
    kind: str, model: Any, *conditions: Any, since: Any, number: Any = None, part: Any = None, person: Any = None,
    words: Any = None, who: Any = None, days: Any = None, zone: Any = None, also_closed: bool = False,
) -> sa.Select[Any]:  # fmt: skip
    """The things of a model for which these conditions hold, in the open cases that are not closed to the account."""
    case_id = Case.id if model is Case else model.case_id
    wanted = sa.select(
        model.id.label("id"), sa.literal(kind).label("kind"), Case.reference.label("reference"),
        Case.title.label("title"), _number(number).label("number"), _number(part).label("part"),
        _number(person).label("person"), _text(words).label("words"), _text(who).label("who"),
        sa.type_coerce(since, UTC).label("since"), _number(days).label("days"), _text(zone).label("zone"),
    )  # fmt: skip
    if model is not Case:
        wanted = wanted.select_from(model).join(Case, Case.id == case_id)
    wanted = wanted.where(*conditions, ~RecusalMatch.recuses(case_id, ME))
    return wanted if also_closed else wanted.where(Case.stage != Stage.CLOSED)


def _is_open(model: Any) -> Any:
    """The condition of the index of a model's few open rows, word for word: else SQLite would not use the index."""
    index = next(one for one in model.__table__.indexes if one.name == f"ix_{model.__tablename__}_open")
    return index.dialect_options["sqlite"]["where"]


def _number(value: Any) -> sa.ColumnElement[int]:
    return sa.cast(sa.null() if value is None else value, sa.Integer)


def _text(value: Any) -> sa.ColumnElement[str]:
    return sa.cast(sa.null(), sa.Text) if value is None else sa.func.substr(sa.cast(value, sa.Text), 1, LONGEST)


def _overdue() -> Iterator[sa.Select[Any]]:
    """Lines of inquiry, for their owner and the lead."""
    line = LineOfInquiry
    mine = (holds(line.case_id, *TEAM), (line.owner_id == ME) | holds(line.case_id, Role.LEAD))
    due, zone = line.__table__.c.due_latest, line.__table__.c.due_offset
    late = (_is_open(line), due < NOW)
    yield _rows("line_of_inquiry", line, *late, *mine, since=due, zone=zone, number=line.number, words=line.question)


def _replies() -> Iterator[sa.Select[Any]]:
    """Replies that are awaited, or answered without a response, for whoever put the passage and the lead."""
    put: Any = Reply.__table__.c.put_at_latest
    unanswered = (Reply.answer == "") & Reply.no_response_at.is_(None)
    mine = (holds(Reply.case_id, *PUTS_REPLIES), (Reply.by_id == ME) | holds(Reply.case_id, Role.LEAD))
    number = sa.select(Finding.number).where(Finding.id == Reply.finding_id).scalar_subquery()
    place: dict[str, Any] = {"number": number, "part": Reply.number, "words": Reply.passage}
    yield _rows("reply", Reply, _is_open(Reply), unanswered, *mine, since=put, days=Reply.days, zone=Case.zone, **place)
    yield _rows("response", Reply, _is_open(Reply), ~unanswered, *mine, since=Reply.came_at, **place)


def _offers() -> Iterator[sa.Select[Any]]:
    """Roles that the account was offered."""
    one = Assignment
    unanswered = (one.accepted_at.is_(None), one.declined_at.is_(None), one.ended_at.is_(None))
    mine = (one.account_id == ME, *unanswered, one.inactive_since.is_(None))
    who = sa.select(Account.name).where(Account.id == one.by_id).scalar_subquery()
    yield _rows("offer", one, *mine, since=one.proposed_at, number=one.number, words=one.role, who=who,
                also_closed=True)  # fmt: skip


def _findings() -> Iterator[sa.Select[Any]]:
    """Findings to review; those returned, for the lead and whoever wrote them; and drafts of the account."""
    revised = sa.exists().where(FindingRevision.finding_id == Finding.id, is_mine(FindingRevision.by_id))
    wrote = is_mine(Finding.author_id) | revised
    about: dict[str, Any] = {"number": Finding.number, "words": Finding.allegation}
    heard = is_mine(Reply.by_id) | is_mine(Reply.responded_by_id)
    told = sa.exists().where(Reply.finding_id == Finding.id, heard)
    submitted = (_is_open(Finding), Finding.state == FindingState.SUBMITTED, *reviews(Finding), ~wrote, ~told)
    yield _rows("finding_review", Finding, *submitted, since=Finding.submitted_at, **about)
    team = holds(Finding.case_id, *TEAM)
    reviewed = sa.select(sa.func.max(Review.at)).where(Review.finding_id == Finding.id).scalar_subquery()
    back = (_is_open(Finding), Finding.state == FindingState.RETURNED, team, wrote | holds(Finding.case_id, Role.LEAD))
    yield _rows("finding_returned", Finding, *back, since=reviewed, **about)
    mine = (_is_open(Finding), Finding.state == FindingState.DRAFT, team, Finding.author_id == ME)
    yield _rows("finding_draft", Finding, *mine, since=Finding.at, **about)


def _eliminations() -> Iterator[sa.Select[Any]]:
    """Eliminations to confirm, and those returned, for the team until they are withdrawn or said anew."""
    one, later, review = Elimination, aliased(Elimination), aliased(Review)
    who = sa.select(Person.number).where(Person.id == one.person_id).scalar_subquery()
    about: dict[str, Any] = {"number": one.number, "person": who, "words": one.ground}
    of = review.elimination_id == one.id
    stands = one.withdrawn_at.is_(None)
    to_review = (stands, ~sa.exists().where(of), *reviews(one), ~is_mine(one.by_id))
    yield _rows("elimination_review", one, *to_review, since=one.at, **about)
    same = (later.person_id == one.person_id, later.disclosure_id == one.disclosure_id, later.id > one.id)
    returned = sa.text("review.verdict = 'returned' AND review.elimination_id IS NOT NULL")  # as its index says
    back = (
        stands,
        one.id.in_(sa.select(Review.elimination_id).where(returned)),
        ~sa.exists().where(of, review.verdict == Verdict.APPROVED),
        ~sa.exists().where(*same),
    )
    since = sa.select(sa.func.max(review.at)).where(of).scalar_subquery()
    yield _rows("elimination_returned", one, *back, holds(one.case_id, *TEAM), since=since, **about)


def _assessments() -> Iterator[sa.Select[Any]]:
    """The newest assessment of each case, until it is reviewed."""
    one, later = Assessment, aliased(Assessment)
    newest = ~sa.exists().where(later.case_id == one.case_id, later.id > one.id)
    unanswered = ~sa.exists().where(Review.assessment_id == one.id)
    mine = (*reviews(one), ~is_mine(one.by_id))
    yield _rows("assessment_review", one, newest, unanswered, *mine, since=one.at, number=one.number)


def _outcomes() -> Iterator[sa.Select[Any]]:
    """Outcomes of cases in their review: to draft, to review, to revise, to close on."""
    one, review, any_review = Outcome, aliased(Review), aliased(Review)
    open_one = _is_open(one)
    newest = sa.select(sa.func.max(any_review.id)).where(any_review.outcome_id == one.id).scalar_subquery()
    last = sa.exists().where(review.id == newest, review.revision == one.revision)
    waived = sa.exists().where(ReviewWaiver.case_id == one.case_id, ReviewWaiver.still_counts())
    returned = sa.exists().where(
        review.id == newest, review.revision == one.revision, review.verdict == Verdict.RETURNED
    )
    about: dict[str, Any] = {"number": one.number}
    since = sa.select(sa.func.max(review.at)).where(review.outcome_id == one.id).scalar_subquery()
    at_review = Case.stage == Stage.REVIEW
    waits, submitted = (open_one, at_review, ~last, ~waived), one.submitted_at.is_not(None)
    yield _rows("outcome_review", one, *waits, submitted, *reviews(one), ~is_mine(one.by_id), since=one.submitted_at,
                **about)  # fmt: skip
    yield _rows("outcome_unsubmitted", one, *waits, ~submitted, *decides(one.case_id), since=one.at, **about)
    yield _rows("outcome_returned", one, open_one, returned, *decides(one.case_id), since=since, **about)
    reviewed = sa.func.coalesce(since, one.at)
    may_close = (open_one, ~returned, last | waived)
    yield _rows("outcome_close", one, *may_close, *decides(one.case_id), since=reviewed, **about)
    came = sa.select(sa.func.max(StageMove.at)).where(StageMove.case_id == Case.id, StageMove.to_stage == Stage.REVIEW)
    undrafted = ~sa.exists().where(one.case_id == Case.id, one.closed_at.is_(None))
    mine = Case.id.in_(sa.select(HELD.case_id).where(HELD.account_id == ME, HELD.role == Role.DECIDING_OFFICIAL))
    yield _rows("outcome_draft", Case, mine, undrafted, *decides(Case.id), since=came.scalar_subquery())


def _signatures() -> Iterator[sa.Select[Any]]:
    """Subject status for counsel to sign, and the disposal of exhibits that somebody else proposed."""
    one, disposal = SubjectStatus, Disposal
    who = sa.select(Person.number).where(Person.id == one.person_id).scalar_subquery()
    unsigned = (_is_open(one), *advises(one.case_id), ~is_mine(one.by_id))
    yield _rows("subject_status", one, *unsigned, since=one.at, number=who, part=one.number, person=who)
    exhibit = sa.select(Exhibit.number).where(Exhibit.id == disposal.exhibit_id).scalar_subquery()
    disposes = holds(disposal.case_id, *TEAM, *OUTSIDE)
    waits = (_is_open(disposal), disposes, ~is_mine(disposal.by_id))
    yield _rows("disposal", disposal, *waits, since=disposal.at, number=exhibit, part=disposal.number,
                words=disposal.reason)  # fmt: skip


def _checks() -> Iterator[sa.Select[Any]]:
    """The protected-disclosure check, matches with people of a case, inactive roles, and cases that nobody leads."""
    counsel = sa.select(HELD.case_id).where(HELD.account_id == ME, HELD.role == Role.COUNSEL)
    unchecked = ~sa.exists().where(ProtectionCheck.case_id == Case.id)
    yield _rows("protection_check", Case, Case.id.in_(counsel), unchecked, *advises(Case.id), since=Case.opened)
    one, held = RecusalMatch, Assignment
    who = sa.select(Person.number).where(Person.id == one.person_id).scalar_subquery()
    name = sa.select(Account.name).where(Account.id == one.account_id).scalar_subquery()
    open_ones = (one.state == MatchState.OPEN, one.account_id != ME, one.of_holders())
    about: dict[str, Any] = {"since": one.found_at, "number": one.number, "person": who, "who": name}
    yield _rows("recusal", one, *open_ones, settles_match(one), **about, also_closed=True)
    told = (one.near_only(), holds(one.case_id, Role.LEAD, *OUTSIDE), ~settles_match(one))
    yield _rows("recusal_told", one, *open_ones, *told, **about, also_closed=True)
    asked, answerer = RecusalQuestion, holds(RecusalQuestion.case_id, *Role)
    of_others = asked.log_id.in_(sa.select(asked.log_id).where(is_mine(asked.account_id)))
    waits = (asked.state == MatchState.OPEN, asked.log_id.is_not(None), answerer, ~is_mine(asked.by_id), ~of_others)
    yield _rows("recusal_question", asked, *waits, since=asked.asked_at, number=asked.number, also_closed=True)
    name = sa.select(Account.name).where(Account.id == held.account_id).scalar_subquery()
    inactive = (held.inactive_since.is_not(None), held.ended_at.is_(None), held.declined_at.is_(None), settles(held))
    yield _rows("inactive", held, *inactive, since=held.inactive_since, number=held.number, who=name, words=held.role,
                also_closed=True)  # fmt: skip
    led = aliased(Assignment)
    judged = sa.select(HELD.case_id).where(HELD.account_id == ME, HELD.role.in_(OUTSIDE))
    leaderless = ~able_in(led, Role.LEAD).where(led.case_id == Case.id).exists()
    yield _rows("lead", Case, Case.id.in_(judged), leaderless, holds(Case.id, *OUTSIDE), since=Case.changed,
                also_closed=True)  # fmt: skip


def _select_begun() -> Iterator[sa.Select[Any]]:
    """Interviews and access logs that the account has begun and not finished."""
    interview, log = Interview, AccessLog
    who = sa.select(Person.number).where(Person.id == interview.person_id).scalar_subquery()
    mine = (holds(interview.case_id, *TEAM), interview.by_id == ME)
    yield _rows("interview", interview, _is_open(interview), *mine, since=interview.at, number=interview.number,
                person=who, words=interview.state)  # fmt: skip
    uploaded = (holds(log.case_id, *TEAM), log.imported_by_id == ME)
    yield _rows("access_log", log, _is_open(log), *uploaded, since=log.imported, number=log.number, words=log.name)


KINDS: tuple[Callable[[], Iterator[sa.Select[Any]]], ...] = (
    _overdue, _replies, _offers, _findings, _eliminations, _assessments, _outcomes, _signatures, _checks, _select_begun,
)  # fmt: skip
