"""The chronology: what has a time stands in it once, in its order, and only what the filters leave."""

import csv
import io
import re

import pytest

from tests import world
from tests.builders.build_access import access, utc
from tracker.actions.answers.event_sources import EventKind
from tracker.actions.answers.events import Event
from tracker.base import db

pytestmark = pytest.mark.furnished
HERE = "/cases/LK-AAAA/chronology"


def events(**params):
    return db.session().scalars(Event.of(world.case()).params(**params).order_by(Event.place, Event.id)).all()


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.text)))


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
