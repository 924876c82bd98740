"""Where events come from: a select for each kind of thing with a time, all of one shape.

Access records and whereabouts of one log share a row for each hour, meetings one for each time, so that a log of a
million lines is read as what happened.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.base.db import EVER_AFTER, EVER_BEFORE, UTC, Bound
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import Channel
from tracker.models.case.stages import StageMove
from tracker.models.case.step_times import StepTime
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.official_releases import OfficialRelease
from tracker.models.disclosure.versions import Version
from tracker.models.findings.decisions import Decision
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.press_contacts import PressContact
from tracker.models.inquiry.words import InterviewState
from tracker.models.register.audit_log import AuditEntry, NamedRecord
from tracker.models.words import Word


class EventKind(Word):
    """What happened, in the order of the lanes of the picture."""

    VERSION = "version", "Versions"
    ACCESS = "access", "Access"
    MEETING = "meeting", "Meetings"
    WHEREABOUTS = "whereabouts", "Whereabouts"
    PRESS_CONTACT = "press_contact", "Press contacts"
    PUBLICATION = "publication", "Publications"
    OFFICIAL_RELEASE = "official_release", "Official releases"
    INTERVIEW = "interview", "Interviews"
    DECISION = "decision", "Decisions"
    STAGE = "stage", "Stages"

    @property
    def one(self) -> str:
        """The word for a single one."""
        return self.value.replace("_", " ").capitalize()


OF_CASE, OF_PERSON, OF_UNIT, OF_MATERIAL = (
    sa.bindparam(f"event_{name}", None, type_=kind)
    for name, kind in (("case", sa.Integer), ("person", sa.Integer), ("unit", sa.String), ("material", sa.Integer))
)
MEETING = (Channel.MEETING, Channel.BRIEFING)
KINDS = list(EventKind)
SHAPE: dict[str, Any] = {
    "number": sa.Integer(), "below": sa.Integer(), "words": sa.String(), "more": sa.String(), "source": sa.String(),
    "records": sa.Integer(), "people": sa.Integer(), "numbers": sa.String(), "until": UTC(),
}  # fmt: skip
"""The columns of a row beside its kind and time: the number of the thing within the case, or within the thing numbered
`below`; what it is called and what is said `more`; how many records and people it stands for, and the numbers of their
pseudonyms if they are few; the end of what lasted."""
FEW = 3


def _row(kind: EventKind, key: Any, time: Any, recorded: Any, *, thing: Any = None, **shape: Any) -> sa.Select[Any]:
    """A row of the union. `time`: earliest, latest, offset and precision. What the kind does not have is empty."""
    earliest, latest, offset, precision = (sa.type_coerce(one, sa.String()) for one in time)
    place = sa.case((earliest != EVER_BEFORE, earliest), else_=latest)
    return sa.select(
        (key * len(KINDS) + KINDS.index(kind)).label("id"),
        sa.literal(kind.value).label("kind"),
        (thing if thing is not None else key).label("thing_id"),
        sa.type_coerce(place, UTC()).label("place"),
        sa.type_coerce(earliest, Bound(EVER_BEFORE)).label("earliest"),
        sa.type_coerce(latest, Bound(EVER_AFTER)).label("latest"),
        offset.label("offset"),
        precision.label("precision"),
        sa.type_coerce(sa.type_coerce(recorded, sa.String()), UTC()).label("recorded"),
        *(_cell(shape.get(name), of).label(name) for name, of in SHAPE.items()),
    )


def _cell(value: Any, of: Any) -> Any:
    return sa.cast(sa.null(), of) if value is None else sa.type_coerce(value, of)


def _recorded(model: Any) -> Any:
    """When the first entry of the audit log told of it: for what does not say itself when it was recorded."""
    first = sa.select(sa.func.min(NamedRecord.seq))
    first = first.where(NamedRecord.kind == model.__tablename__, NamedRecord.record_id == model.id)
    return sa.select(AuditEntry.at).where(AuditEntry.seq == first.scalar_subquery()).correlate(model).scalar_subquery()


def _time(model: Any, name: str) -> tuple[Any, ...]:
    columns = model.__table__.c if hasattr(model, "__table__") else sa.inspect(model).selectable.c
    return tuple(columns[f"{name}_{part}"] for part in ("earliest", "latest", "offset", "precision"))


def _about(person_id: Any) -> sa.ColumnElement[bool]:
    """What is about the person asked for, or somebody who counts as them, and of the unit asked for."""
    main = aliased(Person)
    merged = sa.select(PersonMerge.person_id).join(main, main.id == PersonMerge.same_as_id)
    merged = merged.where(PersonMerge.in_force(), main.case_id == OF_CASE, main.number == OF_PERSON)
    those = sa.select(Person.id).where(Person.case_id == OF_CASE, Person.number == OF_PERSON)
    unit = sa.select(Person.id).where(Person.case_id == OF_CASE, Person.unit == OF_UNIT)
    return sa.and_(
        sa.or_(OF_PERSON.is_(None), person_id.in_(those), person_id.in_(merged)),
        sa.or_(OF_UNIT.is_(None), person_id.in_(unit)),
    )


def _of_material(material_id: Any) -> sa.ColumnElement[bool]:
    numbered = sa.select(Material.id).where(Material.case_id == OF_CASE, Material.number == OF_MATERIAL)
    return sa.or_(OF_MATERIAL.is_(None), material_id.in_(numbered))


_number = sa.cast(Person.number, sa.String)
NOBODY = sa.and_(OF_PERSON.is_(None), OF_UNIT.is_(None))  # what is about no person
NOTHING = OF_MATERIAL.is_(None)  # what is about no material


def _versions() -> Iterator[sa.Select[Any]]:
    words = Material.identifier + sa.literal(" ") + Version.label
    made = _row(
        EventKind.VERSION, Version.id, _time(Version, "made"), _recorded(Version), number=Version.number,
        below=Material.number, words=words, more=Version.changes, source=Version.author,
    )  # fmt: skip
    yield made.join_from(Version, Material).where(
        Material.case_id == OF_CASE, Version.uncorrected(), NOBODY, _of_material(Material.id)
    )


def _occurrences(model: Any, kind: EventKind, words: Any, *where: Any, by: Any) -> Iterator[sa.Select[Any]]:
    """Rows without a log one by one; those of a log together, by what `by` says."""
    here = (model.case_id == OF_CASE, model.uncorrected(), model.counted(), _about(model.person_id), *where)
    one = _row(
        kind, model.id, _time(model, "since"), model.at, number=model.number, words=words,
        source=model.source, records=1, people=1, numbers=_number, until=_known_end(model.until_latest),
    )  # fmt: skip
    yield one.join_from(model, Person, Person.id == model.person_id).where(*here, model.log_id.is_(None))
    first, last = (sa.type_coerce(column, sa.String()) for column in _time(model, "since")[:2])
    count = sa.func.count(model.person_id.distinct())
    together = _row(
        kind, sa.func.min(model.id) + 0,
        (sa.func.min(first), sa.func.min(last), sa.func.min(model.since_offset), sa.func.min(model.since_precision)),
        sa.func.min(sa.type_coerce(model.at, sa.String())), number=sa.func.min(model.number), below=AccessLog.number,
        words=sa.func.min(words), more=sa.func.max(words),
        records=sa.func.count(), people=count, source=sa.func.min(AccessLog.name),
        numbers=sa.case((count <= FEW, sa.func.aggregate_strings(_number, ","))),
        until=sa.func.max(sa.case((last != EVER_AFTER, last))),
    )  # fmt: skip
    together = together.join_from(model, AccessLog, AccessLog.id == model.log_id)
    together = together.join(Person, Person.id == model.person_id).where(*here)
    yield together.group_by(model.log_id, AccessLog.number, by(first))


def _known_end(latest: Any) -> Any:
    text = sa.type_coerce(latest, sa.String())
    return sa.case((text != EVER_AFTER, text))


def _access() -> Iterator[sa.Select[Any]]:
    hour, whole = (lambda first: sa.func.substr(first, 1, 13)), (lambda first: first)
    is_meeting = sa.func.coalesce(AccessRecord.channel.in_(MEETING), sa.false())
    words = sa.type_coerce(AccessRecord.level, sa.String())
    material = _of_material(AccessRecord.material_id)
    yield from _occurrences(AccessRecord, EventKind.ACCESS, words, ~is_meeting, material, by=hour)
    yield from _occurrences(AccessRecord, EventKind.MEETING, words, is_meeting, material, by=whole)
    yield from _occurrences(Whereabouts, EventKind.WHEREABOUTS, Whereabouts.place, NOTHING, by=hour)


def _press_contacts() -> Iterator[sa.Select[Any]]:
    contact = _row(
        EventKind.PRESS_CONTACT, PressContact.id, _time(PressContact, "at"), PressContact.recorded,
        number=PressContact.number, words=PressContact.with_whom, more=PressContact.channel, source=PressContact.source,
        records=PressContact.minutes, people=1, numbers=_number,
    )  # fmt: skip
    yield contact.join_from(PressContact, Person).where(
        PressContact.case_id == OF_CASE, PressContact.uncorrected(), _about(PressContact.person_id), NOTHING
    )


def _publications() -> Iterator[sa.Select[Any]]:
    here = (Disclosure.case_id == OF_CASE, NOBODY, NOTHING)
    for number, (name, words) in enumerate(
        (("published", ""), ("comment_requested", "Request for comment"), ("first_seen", "First seen"))
    ):
        time = _time(Disclosure, name)
        one = _row(
            EventKind.PUBLICATION, Disclosure.id * 3 + number, time, _recorded(Disclosure), thing=Disclosure.id,
            number=Disclosure.number, words=sa.literal(words), more=Disclosure.outlet, source=Disclosure.title,
        )  # fmt: skip
        yield one.where(*here, *() if name == "published" else (time[3] != "unknown",))


def _releases() -> Iterator[sa.Select[Any]]:
    release = OfficialRelease
    one = _row(
        EventKind.OFFICIAL_RELEASE, release.id, _time(release, "released"), _recorded(release), number=release.number,
        words=release.by, more=release.title,
    )  # fmt: skip
    yield one.where(release.case_id == OF_CASE, NOBODY, NOTHING)


def _interviews() -> Iterator[sa.Select[Any]]:
    planned = Interview.state == InterviewState.PLANNED
    state = sa.type_coerce(Interview.state, sa.String())
    for name, which in (("started", ~planned), ("planned_for", planned)):
        one = _row(
            EventKind.INTERVIEW, Interview.id, _time(Interview, name), Interview.at, number=Interview.number,
            words=state, more=Interview.place, people=1, numbers=_number,
            until=_known_end(Interview.__table__.c.ended_latest) if name == "started" else None,
        )  # fmt: skip
        one = one.join_from(Interview, Person).where(Interview.state != InterviewState.CANCELLED, which)
        yield one.where(Interview.case_id == OF_CASE, _about(Interview.person_id), NOTHING)


def _steps() -> Iterator[sa.Select[Any]]:
    """Decisions and moves, at the time that somebody gave them and else at which they were recorded."""
    for kind, model, step, words, more in (
        (EventKind.DECISION, Decision, "decision", Decision.what, Decision.reason),
        (EventKind.STAGE, StageMove, "move", StageMove.from_stage, StageMove.to_stage),
    ):
        later, at = aliased(StepTime), sa.type_coerce(model.at, sa.String())
        name = sa.literal(f"{step}:") + sa.cast(model.number, sa.String)
        newest = sa.select(sa.func.max(later.number)).where(later.case_id == OF_CASE, later.step == name)
        time = [sa.type_coerce(one, sa.String()) for one in _time(StepTime, "took_place")]
        plain = (at, at, sa.null(), sa.literal("exact"))
        given = tuple(sa.case((StepTime.id.is_not(None), one), else_=two) for one, two in zip(time, plain, strict=True))
        one = _row(kind, model.id, given, model.at, number=model.number,
                   words=sa.type_coerce(words, sa.String()), more=sa.type_coerce(more, sa.String()))  # fmt: skip
        about = sa.and_(StepTime.case_id == OF_CASE, StepTime.number == newest.scalar_subquery())
        yield one.join_from(model, StepTime, about, isouter=True).where(model.case_id == OF_CASE, NOBODY, NOTHING)


SOURCES = (_versions, _access, _press_contacts, _publications, _releases, _interviews, _steps)
