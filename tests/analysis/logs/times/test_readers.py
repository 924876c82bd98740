"""The quick reading of a log's times gives what the careful one gives, above all where clocks change."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analysis.logs.times import sentinels
from tracker.analysis.logs.times.dates import format_named
from tracker.analysis.logs.times.readers import text_reader
from tracker.analysis.moments import MomentFault, sql_text, stated

ZONES = ["UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "Africa/Monrovia", "+05:45"]
CHANGES = [
    ("America/New_York", (2018, 3, 11)),
    ("America/New_York", (2018, 11, 4)),
    ("Australia/Lord_Howe", (2018, 4, 1)),
    ("Australia/Lord_Howe", (2018, 10, 7)),
    ("Pacific/Apia", (2011, 12, 30)),
    ("Africa/Monrovia", (1972, 1, 7)),
]


@st.composite
def clocks(draw):
    """A zone and what its clocks may have shown; mostly near a change of them."""
    if draw(st.booleans()):
        return draw(st.sampled_from(ZONES)), draw(st.datetimes())
    zone, day = draw(st.sampled_from(CHANGES))
    hour, minute, second = draw(st.integers(0, 3)), draw(st.integers(0, 59)), draw(st.integers(0, 59))
    return zone, datetime(*day, hour, minute, second)  # noqa: DTZ001


REAL = {
    f"none:{key}": "real" for key in ("old", "far", "1970-01-01", "1904-01-01", "1980-01-01", *sentinels.WHOLE_DAYS)
}
READERS = {zone: text_reader(format_named("m/d/y").told(REAL), zone) for zone in ZONES}


def stored(text, zone):
    moment = stated(text, zone)
    return sql_text(moment.earliest), sql_text(moment.latest), moment.offset, moment.precision.value


@pytest.mark.slow("many examples of every way to write a time")
@given(clocks(), st.sampled_from("T "), st.sampled_from(["minutes", "seconds", "auto", "day"]),
       st.sampled_from(["", "", "", "Z", "-04:00", "+05:30"]))  # fmt: skip
@settings(max_examples=1000, deadline=None)
def test_a_time_is_read_as_if_a_person_had_typed_it(clock, between, unit, offset):
    zone, local = clock
    text = str(local.date()) if unit == "day" else local.isoformat(between, unit) + offset
    try:
        found = READERS[zone](text)
    except MomentFault:
        found = "refused"
    try:
        assert found == stored(text, zone)
    except MomentFault as fault:
        assert found == "refused" or ("happened twice" in str(fault) and found[3] == "between")  # noqa: PT017


@given(clocks())
@settings(deadline=None)
def test_other_shapes_are_placed_as_the_plain_one_is(clock):
    zone, local = clock
    shapes = [local.isoformat(" ", "minutes"), f"{local.month}/{local.day}/{local.year:04} {local:%H:%M}"]
    found = []
    for text in shapes:
        try:
            found.append(READERS[zone](text))
        except MomentFault:
            found.append("refused")
    assert found[0] == found[1]
