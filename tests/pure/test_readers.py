"""The quick reading of a log's times gives what the careful one gives, above all where clocks change."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analysis.dates import format_named
from tracker.analysis.moments import MomentFault, sql_text, stated
from tracker.analysis.readers import text_reader

ZONES = ["UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "Africa/Monrovia", "+05:45"]
NEAR_CHANGES = [(2018, 3, 11), (2018, 11, 4), (2018, 4, 1), (2018, 10, 7), (2011, 12, 30), (1972, 1, 7)]
LOCAL = st.datetimes() | st.builds(
    lambda day, hour, minute, second: datetime(*day, hour, minute, second),  # noqa: DTZ001
    st.sampled_from(NEAR_CHANGES),
    st.integers(0, 4),
    st.integers(0, 59),
    st.integers(0, 59),
)
READERS = {zone: text_reader(format_named("m/d/y"), zone) for zone in ZONES}


def stored(text, zone):
    moment = stated(text, zone)
    return sql_text(moment.earliest), sql_text(moment.latest), moment.offset, moment.precision.value


@given(LOCAL, st.sampled_from(ZONES), st.sampled_from("T "), st.sampled_from(["minutes", "seconds", "auto", "day"]),
       st.sampled_from(["", "", "Z", "-04:00", "+05:30"]))  # fmt: skip
@settings(max_examples=1000, deadline=None)
def test_a_time_is_read_as_if_a_person_had_typed_it(local, zone, between, unit, offset):
    text = str(local.date()) if unit == "day" else local.isoformat(between, unit) + offset
    try:
        found = READERS[zone](text)
    except MomentFault:
        found = "refused"
    try:
        assert found == stored(text, zone)
    except MomentFault as fault:
        assert found == "refused" or ("happened twice" in str(fault) and found[3] == "between")  # noqa: PT017


@given(LOCAL, st.sampled_from(ZONES))
@settings(deadline=None)
def test_other_shapes_are_placed_as_the_plain_one_is(local, zone):
    shapes = [local.isoformat(" ", "minutes"), f"{local.month}/{local.day}/{local.year:04} {local:%H:%M}"]
    found = []
    for text in shapes:
        try:
            found.append(READERS[zone](text))
        except MomentFault:
            found.append("refused")
    assert found[0] == found[1]
