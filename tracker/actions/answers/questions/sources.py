"""Where questions come from: a select for each form, all of one shape. Nothing is weighed, and nothing concluded."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, join

from tracker.actions.answers.questions.kinds import Form, QuestionKind
from tracker.actions.answers.questions.shape import (
    CONFIRMED,
    MEETING_WAYS,
    MEETINGS,
    NOTHING,
    OF_CASE,
    RECORDED,
    SECOND_HAND_WAYS,
    STATED_WAY,
    Side,
    among,
    counts,
    first_of,
    has_one,
    is_meeting,
    is_of,
    material_of,
    may_be_the_same,
    may_overlap,
    people,
    question,
    was_interviewed,
)
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.eliminations import Elimination
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import Level
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.materials import Material
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import InterviewState

# ids of eliminations with those of the records beside them; and of these records alone, which an index finds
AGAINST: Any = sa.bindparam("questions_against", value=(), expanding=True)
RECORDS = sa.bindparam("questions_records", value=(), expanding=True, type_=sa.Integer)
ACCESS, INTERVIEW = "access_record", "interview"
Selects = Iterator[sa.Select[Any]]


def _access(record: Any) -> Side:
    return ACCESS, record, "since"


def _learned() -> Selects:
    """What somebody said of when they first learned of it, against the records and the first publication."""
    who, earlier, beside = people("who"), aliased(AccessRecord), aliased(AccessRecord)
    said, any_one = (INTERVIEW, Interview, "learned"), aliased(AccessRecord)
    here = (Interview.case_id == OF_CASE, Interview.was_held())
    first = first_of(
        earlier, who, earlier.level.in_(RECORDED), earlier.since_latest < Interview.learned_earliest,  # type: ignore[attr-defined]
        beside=(Interview,),
    )  # fmt: skip
    apart = question(
        QuestionKind.LEARNED, Form.RECORD_BEFORE_LEARNING, Interview.id, who, said, _access(beside),
        what=material_of(beside), level=beside.level,
    )  # fmt: skip
    of = join(Interview, who, who.c.id == Interview.person_id)
    yield apart.select_from(of.join(beside, sa.true())).where(*here, beside.id == first)
    latest: Any = Interview.learned_latest  # type: ignore[attr-defined]
    early = question(
        QuestionKind.LEARNED, Form.LEARNED_BEFORE_PUBLICATION, Interview.id, who, said,
        ("disclosure", Disclosure, "published"), what=Disclosure.outlet,
    )  # fmt: skip
    unrecorded = ~has_one(
        any_one, who, any_one.level.in_(RECORDED), any_one.since_earliest <= latest, beside=(Interview,)
    )
    yield early.select_from(of.join(Disclosure, sa.true())).where(
        *here, Disclosure.id == _first_publication(), latest < Disclosure.published_earliest, unrecorded  # type: ignore[attr-defined]
    )  # fmt: skip


def _first_publication() -> Any:
    one: Any = aliased(Disclosure)
    found = sa.select(one.id).where(one.case_id == OF_CASE, one.published_precision != "unknown")
    return found.order_by(one.published_latest, one.id).limit(1).correlate(None).scalar_subquery()


def _stated_later() -> Selects:
    """Records of a material that began before the time that somebody stated for it."""
    who, stated, beside, earlier = people("who"), *(aliased(AccessRecord) for _ in range(3))
    first = first_of(
        earlier, who, earlier.level.in_(RECORDED), earlier.since_latest < stated.since_earliest,
        may_be_the_same(earlier, stated), beside=(stated,),
    )  # fmt: skip
    apart = question(
        QuestionKind.LEARNED, Form.RECORD_BEFORE_STATED, stated.id, who, _access(stated), _access(beside),
        what=material_of(beside), level=beside.level,
    )  # fmt: skip
    of = join(stated, who, who.c.id == stated.person_id).join(beside, sa.true())
    yield apart.select_from(of).where(*among(stated, STATED_WAY), beside.id == first)


def _stated_alone() -> Selects:
    """What somebody stated, a meeting or a material, and nothing else shows."""
    for kind, form, is_kind in (
        (QuestionKind.MEETING, Form.MEETING_NOT_RECORDED, True),
        (QuestionKind.DOCUMENT, Form.DOCUMENT_NOT_RECORDED, False),
    ):
        who, stated, other = people("who"), aliased(AccessRecord), aliased(AccessRecord)
        of_meeting = sa.func.coalesce(stated.channel.in_(MEETINGS), sa.false())
        same = (is_meeting(other), may_overlap(other, stated)) if is_kind else (may_be_the_same(other, stated),)
        alone = ~has_one(other, who, other.level.in_(RECORDED), *same, beside=(stated,))
        row = question(kind, form, stated.id, who, _access(stated), NOTHING, what=material_of(stated))
        yield row.select_from(join(stated, who, who.c.id == stated.person_id)).where(
            *among(stated, STATED_WAY), of_meeting if is_kind else ~of_meeting, alone
        )


def _recorded_alone() -> Selects:
    """What is recorded of somebody who stated their access, and is not among what they stated."""
    who, record, same = people("who"), aliased(AccessRecord), aliased(AccessRecord)
    unstated = ~has_one(
        same, who, same.level == Level.E6, is_meeting(same), may_overlap(same, record), beside=(record,)
    )
    row = question(
        QuestionKind.MEETING, Form.MEETING_NOT_STATED, record.id, who, NOTHING, _access(record),
        what=material_of(record), level=record.level,
    )  # fmt: skip
    yield row.select_from(join(record, who, who.c.id == record.person_id)).where(
        *among(record, *MEETING_WAYS), record.level != Level.E6, _has_stated(who), unstated
    )
    earlier, strong = aliased(AccessRecord), (Level.E3, Level.E4)
    of_it = (earlier.level.in_(strong), earlier.material_id == Material.id)
    unstated = ~has_one(same, who, same.level == Level.E6, same.material_id == Material.id, beside=(Material,))
    row = question(
        QuestionKind.DOCUMENT, Form.DOCUMENT_NOT_STATED, record.id, who, NOTHING, _access(record),
        what=material_of(record), level=record.level,
    )  # fmt: skip
    of = join(who, Material, Material.case_id == OF_CASE).join(record, sa.true())
    yield row.select_from(of).where(
        who.c.id == who.c.main, _has_stated(who), record.id == first_of(earlier, who, *of_it, beside=(Material,)),
        unstated,
    )  # fmt: skip


def _has_stated(who: Any) -> sa.ColumnElement[bool]:
    """Whether any access rests on what they stated."""
    stated, one = aliased(AccessRecord), people("one")
    found = sa.select(one.c.main).select_from(join(stated, one, one.c.id == stated.person_id))
    return who.c.main.in_(found.where(*among(stated, STATED_WAY)).correlate(None))


def _places() -> Selects:
    """Somebody at a meeting who is recorded at one place, while others who were there are recorded at another."""
    who, other = people("who"), people("other")
    meeting, beside, place, elsewhere = (
        aliased(AccessRecord), aliased(AccessRecord), aliased(Whereabouts), aliased(Whereabouts)
    )  # fmt: skip
    shown: Any = aliased(Whereabouts)
    at_once = sa.and_(beside.since_earliest == meeting.since_earliest, beside.since_latest == meeting.since_latest)
    others = sa.select(sa.literal(1)).select_from(join(beside, other, other.c.id == beside.person_id))
    others = others.join(elsewhere, sa.true()).where(
        *counts(beside), is_meeting(beside), at_once, other.c.main != who.c.main, *counts(elsewhere),
        is_of(elsewhere.person_id, other), _covers(elsewhere, beside),
        sa.func.lower(elsewhere.place) != sa.func.lower(place.place),
    )  # fmt: skip
    differs = others.correlate(who, meeting, place).exists()
    first = first_of(place, who, _covers(place, meeting), differs, beside=(meeting,))
    row = question(
        QuestionKind.WHEREABOUTS, Form.SEVERAL_PLACES, meeting.id, who, _access(meeting),
        ("whereabouts", shown, "since"), what=shown.place,
    )  # fmt: skip
    of = join(meeting, who, who.c.id == meeting.person_id).join(shown, sa.true())
    yield row.select_from(of).where(*among(meeting, *MEETING_WAYS), shown.id == first)


def _covers(place: Any, record: Any) -> sa.ColumnElement[bool]:
    return sa.and_(place.since_latest <= record.since_earliest, place.until_earliest >= record.since_latest)


def _eliminations() -> Selects:
    """Eliminations beside the first record that may speak against each: which these are was found out before."""
    who, record = people("who"), aliased(AccessRecord)
    row = question(
        QuestionKind.ELIMINATION, Form.RECORD_AGAINST_ELIMINATION, Elimination.id, who,
        ("elimination", Elimination.number, ""), _access(record), what=material_of(record), level=record.level,
    )  # fmt: skip
    of = join(Elimination, who, who.c.id == Elimination.person_id).join(record, sa.true())
    named = sa.tuple_(Elimination.id, record.id, types=[sa.Integer, sa.Integer]).in_(AGAINST)
    yield row.select_from(of).where(Elimination.case_id == OF_CASE, record.id.in_(RECORDS), named)


def _not_interviewed() -> Selects:
    """Everybody with confirmed access of whom no interview was held."""
    who, first, beside, planned = people("who"), aliased(AccessRecord), aliased(AccessRecord), aliased(Interview)
    is_planned = (planned.case_id == OF_CASE, planned.state == InterviewState.PLANNED, is_of(planned.person_id, who))
    number = sa.select(sa.func.min(planned.number)).where(*is_planned).correlate(who).scalar_subquery()
    row = question(
        QuestionKind.NOT_INTERVIEWED, Form.NOT_INTERVIEWED, who.c.main, who, (INTERVIEW, number, ""), _access(beside),
        what=material_of(beside), level=beside.level,
    )  # fmt: skip
    confirmed = beside.id == first_of(first, who, first.level.in_(CONFIRMED))
    of = join(who, beside, sa.true())
    yield row.select_from(of).where(who.c.id == who.c.main, confirmed, ~was_interviewed(who))


def _second_hand() -> Selects:
    """Who was told by whom: nobody is named, who is named has no record before, or was not interviewed."""
    for form in (Form.TELLER_UNKNOWN, Form.TELLER_WITHOUT_RECORD, Form.TELLER_NOT_INTERVIEWED):
        who, teller, told, earlier = people("who"), people("teller"), aliased(AccessRecord), aliased(AccessRecord)
        is_known = form is not Form.TELLER_UNKNOWN
        row = question(
            QuestionKind.SECOND_HAND, form, told.id, who, NOTHING, _access(told), what=material_of(told),
            level=told.level, other=teller.c.number if is_known else None,
        )  # fmt: skip
        of = join(told, who, who.c.id == told.person_id)
        row = row.select_from(of.join(teller, teller.c.id == told.told_by_id) if is_known else of)
        before = has_one(
            earlier, teller, earlier.level != Level.E0, earlier.since_earliest <= told.since_latest, beside=(told,)
        )
        asks = {
            Form.TELLER_UNKNOWN: told.told_by_id.is_(None),
            Form.TELLER_WITHOUT_RECORD: ~before,
            Form.TELLER_NOT_INTERVIEWED: ~was_interviewed(teller),
        }
        yield row.where(*among(told, *SECOND_HAND_WAYS), asks[form])


SOURCES = (
    _learned, _stated_later, _stated_alone, _recorded_alone, _places, _eliminations, _not_interviewed, _second_hand,
)  # fmt: skip
