"""Events: what has a time is one of them once, in its order, and found with whom it is about."""

import pytest
import sqlalchemy as sa

from tests import world
from tests.builders.build_access import access
from tracker.actions.answers.event_sources import EventKind
from tracker.actions.answers.events import Event
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.case.stages import StageMove
from tracker.models.disclosure.versions import Version
from tracker.models.findings.decisions import Decision
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.press_contacts import PressContact
from tracker.models.inquiry.words import InterviewState

pytestmark = pytest.mark.furnished


def events(**params):
    return db.session().scalars(Event.of(world.case()).params(**params).order_by(Event.place, Event.id)).all()


def standing(model, *where):
    """How many rows of a case count: a plain query beside the union."""
    here = sa.select(sa.func.count()).select_from(model).where(model.case_id == world.case().id, *where)
    return db.session().scalar(here)


def test_every_record_with_a_time_is_told_of_once(app):
    found = {kind: [one for one in events() if one.kind == kind.value] for kind in EventKind}
    uncorrected = (AccessRecord.uncorrected(), AccessRecord.counted())
    told = sum(one.records for kind in (EventKind.ACCESS, EventKind.MEETING) for one in found[kind])
    assert told == standing(AccessRecord, *uncorrected) > 0
    places = standing(Whereabouts, Whereabouts.uncorrected(), Whereabouts.counted())
    assert sum(one.records for one in found[EventKind.WHEREABOUTS]) == places
    assert len(found[EventKind.PRESS_CONTACT]) == standing(PressContact, PressContact.uncorrected()) > 0
    assert len(found[EventKind.INTERVIEW]) == standing(Interview, Interview.state != InterviewState.CANCELLED) > 0
    assert len(found[EventKind.DECISION]) == standing(Decision) > 0
    assert len(found[EventKind.VERSION]) == db.session().scalar(sa.select(sa.func.count()).select_from(Version).where(
        Version.case_id == world.case().id, Version.uncorrected())) > 0  # fmt: skip
    assert found[EventKind.PUBLICATION]
    assert len(found[EventKind.STAGE]) == standing(StageMove)
    assert len({one.id for one in events()}) == len(events())


def test_it_is_in_order_and_what_has_no_time_stands_last(app):
    access()
    found = events()
    assert [one.place for one in found] == sorted(one.place for one in found)
    assert found[-1].time.latest is None


def test_who_counts_as_a_person_is_found_with_them_and_nobody_else(app):
    one = db.session().scalars(Person.of(world.case()).order_by(Person.number)).first()
    assert one
    mine = events(event_person=one.number)
    assert mine
    assert all(event.people for event in mine)
    assert not events(event_person=9_999)
    assert not events(event_unit="No such unit")
    assert all(event.kind in {"version", "access", "meeting"} for event in events(event_material=1))
