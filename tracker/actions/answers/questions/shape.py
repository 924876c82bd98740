"""The shape of a row that is a question, and what the selects of its sources share.

A question has a person and two sides. Each side is a record, with its number and time, or nothing. What may be true
with imprecise times taken the other way is no question: only what surely lies apart is asked about.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.actions.answers.questions.kinds import FORMS, Form, QuestionKind
from tracker.base.db import EVER_AFTER, EVER_BEFORE, Bound
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.access.words import Channel, Level
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import InterviewState

OF_CASE = sa.bindparam("question_case", None, type_=sa.Integer)
MEETINGS = (Channel.MEETING, Channel.BRIEFING)
STATED_WAY: dict[str, Any] = {"level": (Level.E6,)}
MEETING_WAYS = ({"channel": MEETINGS}, {"level": (Level.E5,)})
SECOND_HAND_WAYS = ({"channel": (Channel.TOLD_BY_ANOTHER,)}, {"level": (Level.E7,)})
CONFIRMED = (Level.E3, Level.E4, Level.E5, Level.E6)
RECORDED = (Level.E1, Level.E2, Level.E3, Level.E4, Level.E5)  # by something other than what somebody said
_NO_TIME = (sa.literal(EVER_BEFORE), sa.literal(EVER_AFTER), sa.cast(sa.null(), sa.String), sa.literal("unknown"))
_PARTS = ("earliest", "latest", "offset", "precision")
Side = tuple[str, Any, str]  # what it is, the record (a column with its number, if it has no time), its time
NOTHING: Side = ("", sa.cast(sa.null(), sa.Integer), "")


def question(
    kind: QuestionKind, form: Form, key: Any, who: Any, said: Side, beside: Side, **more: Any
) -> sa.Select[Any]:
    """A row of the union. `who` is of `people`; more: `other` (a number), `what` and `level`."""
    return sa.select(
        (key * len(FORMS) + FORMS.index(form)).label("id"),
        sa.literal(kind.value).label("kind"),
        sa.literal(form.value).label("form"),
        who.c.number.label("person"),
        sa.type_coerce(who.c.involvement, sa.String()).label("involvement"),
        who.c.unit.label("unit"),
        _or_null(more.get("other"), sa.Integer()).label("other"),
        _or_null(more.get("what"), sa.String()).label("what"),
        _or_null(more.get("level"), sa.String()).label("level"),
        *_side("said", *said),
        *_side("beside", *beside),
    )


def _side(name: str, kind: str, record: Any, time: str) -> list[Any]:
    times = [getattr(record, f"{time}_{part}") for part in _PARTS] if time else _NO_TIME
    texts = dict(zip(_PARTS, (sa.type_coerce(one, sa.String()) for one in times), strict=True))
    return [
        sa.literal(kind).label(f"{name}_kind"),
        (record.number if hasattr(record, "number") else record).label(f"{name}_number"),
        sa.type_coerce(texts["earliest"], Bound(EVER_BEFORE)).label(f"{name}_earliest"),
        sa.type_coerce(texts["latest"], Bound(EVER_AFTER)).label(f"{name}_latest"),
        texts["offset"].label(f"{name}_offset"),
        texts["precision"].label(f"{name}_precision"),
    ]


def _or_null(value: Any, of: Any) -> Any:
    return sa.cast(sa.null(), of) if value is None else sa.type_coerce(value, of)


def people(name: str) -> Any:
    """Everybody of the case: `id`, and of the person they count as `main` (the id), number, unit and involvement."""
    one, main, merge = aliased(Person), aliased(Person), aliased(PersonMerge)
    merged = sa.and_(merge.person_id == one.id, merge.in_force())
    found = sa.select(one.id, main.id.label("main"), main.number, main.unit, main.involvement).select_from(one)
    found = found.outerjoin(merge, merged).join(main, main.id == sa.func.coalesce(merge.same_as_id, one.id))
    return found.where(one.case_id == OF_CASE, one.counted()).subquery(name)


def is_of(person_id: Any, who: Any) -> sa.ColumnElement[bool]:
    """Whether something is about this person, under whichever of their numbers: one list, which an index follows."""
    merge = aliased(PersonMerge)
    others = sa.select(merge.person_id).where(merge.same_as_id == who.c.main, merge.in_force()).correlate(who)
    return person_id.in_(sa.select(who.c.main).correlate(who).union_all(others))


def counts(record: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """What makes a row of the case count."""
    return record.case_id == OF_CASE, record.counted(), record.uncorrected()


def first_of(record: Any, who: Any, *where: Any, beside: Any = ()) -> Any:
    """The id of the earliest record of somebody of which this holds; `beside` stand in the select around it."""
    found = sa.select(record.id).where(*counts(record), is_of(record.person_id, who), *where)
    return found.order_by(record.since_earliest, record.id).limit(1).correlate(who, *beside).scalar_subquery()


def has_one(record: Any, who: Any, *where: Any, beside: Any = ()) -> Any:
    """Whether there is any such record of them."""
    found = sa.select(sa.literal(1)).where(*counts(record), is_of(record.person_id, who), *where)
    return found.select_from(record).correlate(who, *beside).exists()


def was_interviewed(who: Any) -> Any:
    """Whether an interview of them was held."""
    held = aliased(Interview)
    unheld = [InterviewState.PLANNED, InterviewState.CANCELLED]
    found = sa.select(sa.literal(1)).where(
        held.case_id == OF_CASE, held.state.not_in(unheld), is_of(held.person_id, who)
    )
    return found.select_from(held).correlate(who).exists()


def is_meeting(record: Any) -> sa.ColumnElement[bool]:
    """Whether an access record is of a meeting or a briefing."""
    return sa.or_(record.channel.in_(MEETINGS), record.level == Level.E5)


def among(record: Any, *ways: dict[str, Any]) -> tuple[sa.ColumnElement[bool], ...]:
    """What makes a row of the case count that has one of these values in a column.

    Each way goes along an index of its own, which "or" would not; and the case is asked for there alone.
    """
    one = aliased(AccessRecord)
    ids = (
        sa.select(one.id).where(one.case_id == OF_CASE, *(getattr(one, name).in_(words) for name, words in way.items()))
        for way in ways
    )
    return record.id.in_(sa.union_all(*ids)), record.counted(), record.uncorrected()


def may_overlap(one: Any, other: Any) -> sa.ColumnElement[bool]:
    """Whether two records may have begun at the same time."""
    return sa.and_(one.since_earliest <= other.since_latest, one.since_latest >= other.since_earliest)


def may_be_the_same(one: Any, other: Any) -> sa.ColumnElement[bool]:
    """Whether two records are of one material, and may be of one version of it."""
    unnamed = sa.or_(one.version_id.is_(None), other.version_id.is_(None))
    return sa.and_(one.material_id == other.material_id, sa.or_(unnamed, one.version_id == other.version_id))


def material_of(record: Any) -> Any:
    """What an access record is of, in words: "CARDS-0320 Final"."""
    label = sa.func.coalesce(sa.literal(" ").concat(Version.label), "")
    named = sa.select(Material.identifier.concat(label)).select_from(Material)
    named = named.outerjoin(Version, Version.id == record.version_id).where(Material.id == record.material_id)
    return named.correlate(record).scalar_subquery()
