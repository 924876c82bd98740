"""The picture of a chronology: a mark for each event, hatched where the time is imprecise."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from tracker.pictures.axis import Bounds
from tracker.pictures.chronology import LEFT, RIGHT, Lane, Mark, draw_chronology

DAY = datetime(2018, 3, 19, tzinfo=UTC)
NO_WINDOW = (None, None)


def at(hours, until=None):
    return Bounds(DAY + timedelta(hours=hours), DAY + timedelta(hours=hours if until is None else until))


def classes(picture):
    return [element.get("class") for element in ET.fromstring(picture).iter() if element.get("class")]


def test_without_a_known_time_there_is_no_picture():
    assert draw_chronology([], NO_WINDOW) == ""
    assert draw_chronology([Lane("access", "Access", [], is_point=False)], NO_WINDOW) == ""


def test_points_bars_and_imprecise_times_are_told_apart():
    lanes = [
        Lane("version", "Versions", [Mark(at(1), label="<Draft> & more")], is_point=True),
        Lane(
            "access",
            "Access",
            [Mark(at(2)), Mark(at(3, 9)), Mark(at(4), until=DAY + timedelta(hours=6))],
            is_point=False,
        ),
    ]
    found = classes(draw_chronology(lanes, (at(1), at(8))))
    assert found.count("at-version") == 1
    assert found.count("at-access") == 2
    assert found.count("window-imprecise") == 1
    assert found.count("window-sure") == 1
    assert found.count("edge") == 2


def test_the_first_day_after_a_cut_stands_beside_it_and_a_label_beside_what_is_drawn():
    marks = [Mark(at(0)), Mark(at(30)), Mark(at(10_000, 10_000.5), label="A label"), Mark(at(10_100))]
    root = ET.fromstring(draw_chronology([Lane("access", "Access", marks, is_point=False)], NO_WINDOW))
    cut = max(float(one.get("d")[1:].split()[0]) + 6 for one in root.iter() if "cut" in one.get("class", ""))
    days = [one for one in root.iter() if one.get("class") == "strong"]
    after = [one for one in days if float(one.get("x")) > cut and one.get("text-anchor") == "middle"]
    assert days
    assert all(float(one.get("x")) - len(one.text) * 7 / 2 > cut for one in after)
    box = next(one for one in root.iter() if one.get("class") == "window-imprecise" and one.tag.endswith("rect"))
    label = next(one for one in root.iter() if one.text == "A label")
    assert float(label.get("x")) - float(box.get("x")) - float(box.get("width")) >= 5


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**4)), min_size=1, max_size=40))
def test_whatever_happened_every_mark_lies_in_the_picture(spans):
    marks = [Mark(at(start, start + length), label="A label") for start, length in spans]
    picture = ET.fromstring(draw_chronology([Lane("access", "Access", marks, is_point=False)], NO_WINDOW))
    boxes = [one for one in picture.iter() if one.get("class") in {"at-access", "window-imprecise"}]
    assert len(boxes) == len(marks)
    assert all(LEFT - 2 <= float(box.get("x")) <= RIGHT for box in boxes)
