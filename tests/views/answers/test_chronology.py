"""The chronology: what has a time stands in it once, in its order, and only what the filters leave."""

import csv
import io
import re

import pytest
import sqlalchemy as sa

from tests import world
from tests.build_access import access, utc
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
HERE = "/cases/LK-AAAA/chronology"


def events(**params):
    return db.session().scalars(Event.of(world.case()).params(**params).order_by(Event.place, Event.id)).all()


def standing(model, *where):
    """How many rows of a case count: a plain query beside the union."""
    here = sa.select(sa.func.count()).select_from(model).where(model.case_id == world.case().id, *where)
    return db.session().scalar(here)


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.text)))


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


def test_the_page_shows_each_kind_and_a_chip_narrows_it(browse):
    lena = browse("lena")
    page = lena.get(HERE).text
    for kind in EventKind:
        assert f"{kind.label} <b>" in page or not [one for one in events() if one.kind == kind.value]
    assert 'class="figure chronology"' in page
    some = lena.get(f"{HERE}?kind=decision,version").text
    assert {"Decision", "Version"} >= set(re.findall(r"<td>(Decision|Version|Access|Interview)</td>", some))
    assert "Kinds: versions, decisions" in some
    assert "No results match these filters" in lena.get(f"{HERE}?kind=nonsense").text


@pytest.mark.parametrize("asked", ["person=P-001", "since=2019-04-23", "until=2019-04-23", "recorded=2019-01-01"])
def test_the_file_has_what_the_filter_leaves(browse, asked):
    lena = browse("lena")
    every, some = rows_of(lena.get(f"{HERE}.csv")), rows_of(lena.get(f"{HERE}.csv?{asked}"))
    assert len(every) == len(events())
    assert all(row in every for row in some)
    if asked.startswith("person"):
        assert some
        assert all("P-001" in row["persons"] or row["people"] not in {"", "1"} for row in some)


def test_who_counts_as_a_person_is_found_with_them_and_nobody_else(app):
    one = db.session().scalars(Person.of(world.case()).order_by(Person.number)).first()
    assert one
    mine = events(event_person=one.number)
    assert mine
    assert all(event.people for event in mine)
    assert not events(event_person=9_999)
    assert not events(event_unit="No such unit")
    assert all(event.kind in {"version", "access", "meeting"} for event in events(event_material=1))


def test_what_is_recorded_after_it_was_marked_as_read_is_new(browse):
    lena = browse("lena")
    assert "New since" not in lena.get(HERE).text
    assert lena.post_form(f"{HERE}/read", at=HERE).location == HERE
    assert "No results match these filters" in lena.get(f"{HERE}?new=1").text
    record = access(since=utc("2019-04-23 09:00"))
    page = lena.get(f"{HERE}?new=1").text
    assert f"Record {record.number}" in page
    assert "1 entry" in page
    assert "New since" not in browse("ines").get(HERE).text


@pytest.mark.parametrize("asked", ["since=yesterdayish", "person=Smith", "until=3/4/2019"])
def test_a_filter_that_cannot_be_read_is_said_at_its_field(browse, asked):
    page = browse("lena").get(f"{HERE}?{asked}").text
    assert "error-summary" in page
    assert "<td>Decision</td>" not in page
