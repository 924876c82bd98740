"""The picture of a window: what is drawn where, and that it stands whatever it is given."""

from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.exposure import Standing
from tracker.pictures.axis import Bounds
from tracker.pictures.window import MANY, RIGHT, Mark, draw_window

DAY = datetime(2018, 3, 19, tzinfo=UTC)


def at(hours, until=None):
    return Bounds(DAY + timedelta(hours=hours), DAY + timedelta(hours=hours if until is None else until))


def marks(count, standing=Standing.CONFIRMED):
    return [Mark(standing, at(2 + n / 100)) for n in range(count)]


def drawn(*asked):
    """The elements of the picture by their class."""
    found = {}
    for element in ET.fromstring(draw_window(*asked)).iter():
        found.setdefault(element.get("class", "").split(" ")[0], []).append(element)
    return found


def test_without_any_end_there_is_no_picture():
    assert draw_window(None, None, [], marks(3)) == ""


def test_an_exact_end_is_a_line_and_an_imprecise_one_is_hatched():
    assert "window-imprecise" not in drawn(at(1), at(20), [], [])
    found = drawn(at(1), at(18, 20), [at(23)], [])
    assert len(found["window-imprecise"]) == len(found["published"]) == len(found["edge"]) == 1


@pytest.mark.parametrize(
    ("standing", "name"),
    [("confirmed", "mark-confirmed"), ("delivered", "mark-delivered"), ("possible", "mark-possible")],
)
def test_every_person_has_one_mark_of_their_class(standing, name):
    assert len(drawn(at(1), at(20), [], marks(12, Standing(standing)))[name]) == 12


def test_marks_of_one_moment_pile_up_and_do_not_hide_each_other():
    found = drawn(at(1), at(20), [], [Mark(Standing.CONFIRMED, at(3))] * 4)["mark-confirmed"]
    assert len({element.get("cy") for element in found}) == 4


def test_a_time_that_is_known_only_within_bounds_has_a_tail():
    assert "tail" in drawn(at(1), at(20), [], [Mark(Standing.POSSIBLE, at(2, 9))])


def test_of_many_people_there_are_columns_with_the_highest_count():
    found = drawn(at(1), at(20), [], [Mark(Standing.CONFIRMED, at(3))] * (MANY + 260))
    assert len(found["mark-confirmed"]) == 1
    assert "300" in [element.text for element in found["quiet"]]


def test_what_lies_years_before_is_cut_off_and_the_rest_keeps_its_width():
    near, far = [at(0), at(20)], at(-24 * 900)
    some = [Mark(Standing.CONFIRMED, at(hour)) for hour in (4, 9, 15)]
    assert "cut" not in draw_window(*near, [at(23)], some)
    text = draw_window(far, at(20), [at(23)], [*some, Mark(Standing.DELIVERED, far)])
    assert text.count('class="axis cut"') == 2
    places = [float(one.get("cx")) for one in ET.fromstring(text).iter() if one.get("class") == "mark-confirmed"]
    assert max(places) - min(places) > RIGHT / 4
    assert "Oct 2015" in text or "Sep 2015" in text
    assert "19 Mar 2018" in text


def test_the_clocks_are_those_of_the_times():
    local = timezone(timedelta(hours=-4))
    window = [Bounds(one.earliest.astimezone(local), one.latest.astimezone(local)) for one in (at(4), at(18))]
    text = draw_window(*window, [], [])
    assert "00:00 (UTC-4)" in text
    assert "14:00 (UTC-4)" in text


@given(
    st.lists(st.tuples(st.integers(-9_000, 9_000), st.integers(0, 500)), min_size=1, max_size=60),
    st.tuples(st.integers(-9_000, 9_000), st.integers(0, 5_000)),
    st.booleans(),
)
def test_everything_stays_inside_the_picture(times, window, has_start):
    some = [Mark(Standing.POSSIBLE, at(hours, hours + more)) for hours, more in times]
    start, end = at(window[0]), at(window[0] + window[1], window[0] + window[1] + 3)
    for elements in drawn(start if has_start else None, end, [end], some).values():
        for element in elements:
            assert all(-1 <= float(element.get(name, 0)) <= RIGHT + 12 for name in ("x", "x1", "x2", "cx"))
