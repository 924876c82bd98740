"""The picture of a narrowing: a bar for each step, with the numbers of the table, for one person and for many."""

from xml.etree import ElementTree as ET

import pytest

from tracker.pictures.narrowing import RIGHT, Bar, draw_narrowing


def drawn(everybody, bars):
    """The elements of the picture by their class."""
    found = {}
    for element in ET.fromstring(draw_narrowing(everybody, bars)).iter():
        found.setdefault(element.get("class", ""), []).append(element)
    return found


def test_without_people_there_is_no_picture():
    assert draw_narrowing(0, []) == ""


@pytest.mark.parametrize("everybody", [1, 12, 300])
def test_each_step_has_a_bar_with_its_numbers_inside_the_picture(everybody):
    bars = [Bar("D1 <C1>", everybody, everybody // 2, everybody), Bar("E1", 0, 0, everybody - 1)]
    found = drawn(everybody, bars)
    assert [one.text for one in found["lane-label"]] == ["Everybody", "D1 <C1>", "E1"]
    assert [one.text for one in found["strong"]] == [
        str(everybody), f"{everybody // 2} to {everybody}", "0",
    ]  # fmt: skip
    assert len(found["window-imprecise"]) == 1
    for name in ("bar-left", "bar-strong", "window-imprecise"):
        for one in found[name]:
            assert float(one.get("x")) + float(one.get("width")) <= RIGHT + 0.2
