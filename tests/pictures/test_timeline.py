"""The picture of the course of a case: what is drawn, where labels find room, and what is too little for a picture."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

from tracker.pictures.axis import Bounds
from tracker.pictures.timeline import WIDTH, Course, draw_timeline

DAY = datetime(2018, 3, 19, 17, 20, tzinfo=UTC)
NOTHING = Course(None, None, None, "", [], None)


def at(days, until=None):
    return Bounds(DAY + timedelta(days=days), DAY + timedelta(days=days if until is None else until))


def drawn(course):
    """The texts of the picture, and how many elements there are of each class."""
    root = ET.fromstring(draw_timeline(course))
    names = [one.get("class", "").split(" ")[0] for one in root.iter()]
    return [one.text for one in root.iter() if one.tag.endswith("text")], names.count


def test_the_window_the_publication_the_interviews_and_the_last_review_are_drawn():
    course = Course(
        at(0), at(0.9, 1.05), at(1.1), "Published 20 Mar 2018, 19:15", [at(3), at(4)], ("Finding 2 returned", at(7))
    )
    texts, count = drawn(course)
    assert {"Window", "Published 20 Mar 2018, 19:15", "2 interviews", "Finding 2 returned"} <= set(texts)
    names = ("window-sure", "window-imprecise", "published", "mark-confirmed", "mark-last")
    assert [count(name) for name in names] == [1, 1, 1, 2, 1]


def test_labels_never_lie_upon_each_other_and_none_leaves_the_picture():
    course = Course(at(0), at(1), at(1), "Published 20 Mar 2018, 19:15", [at(1)] * 300, ("Finding 2 returned", at(1)))
    root = ET.fromstring(draw_timeline(course))
    labels = [one for one in root.iter() if one.tag.endswith("text") and float(one.get("y")) < 38]
    rows = {}
    for one in labels:
        half = len(one.text) * 7 / 2
        rows.setdefault(one.get("y"), []).append((float(one.get("x")) - half, float(one.get("x")) + half))
    for spans in map(sorted, rows.values()):
        assert all(left[1] <= right[0] for left, right in pairwise(spans))
        assert all(a > -1 and b < WIDTH + 1 for a, b in spans)
    assert 0 < len(labels) < 4


def test_of_ticks_with_a_clock_those_have_words_that_have_room():
    day, evening = at(0.28, 1.277), at(1.16, 1.2)  # from a midnight to the next
    root = ET.fromstring(draw_timeline(Course(day, evening, evening, "Published", [], None)))
    ticks = [one for one in root.iter() if one.tag.endswith("text") and float(one.get("y")) > 70]
    spans = []
    for one in ticks:
        x, length = float(one.get("x")), len(one.text) * 6
        left = x - {"start": 0, "middle": length / 2, "end": length}[one.get("text-anchor")]
        spans.append((left, left + length))
    assert all(left[1] < right[0] for left, right in pairwise(spans))
    assert len(spans) > 2


def test_a_picture_needs_two_times():
    assert draw_timeline(NOTHING) == ""
    assert draw_timeline(Course(None, None, at(1), "Published", [], None)) == ""
    assert drawn(Course(None, None, at(1), "Published", [at(3)], None))[1]("window-sure") == 0
