"""What people type: read to the bounds of what it says, or refused with a sentence."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.moments import Moment, MomentFault, Precision, stated

NEW_YORK = "America/New_York"
ZONES = [None, "UTC", NEW_YORK, "Asia/Kolkata", "Pacific/Kiritimati", "Africa/Monrovia", "+14:00", "-12:00", "-04:00"]


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone", "earliest", "latest", "offset", "precision"),
    [
        ("2018-03-20 19:15", NEW_YORK, utc(2018, 3, 20, 23, 15), utc(2018, 3, 20, 23, 15, 59, 999999), NEW_YORK,
         "minute"),
        ("2018-03-20T19:15", "-4", utc(2018, 3, 20, 23, 15), utc(2018, 3, 20, 23, 15, 59, 999999), "-04:00", "minute"),
        ("2018-03-20T23:15:04Z", NEW_YORK, utc(2018, 3, 20, 23, 15, 4), utc(2018, 3, 20, 23, 15, 4), "+00:00", "exact"),
        ("2018-03-20 23:15:04.5", "UTC", utc(2018, 3, 20, 23, 15, 4, 500000), utc(2018, 3, 20, 23, 15, 4, 500000),
         "UTC", "exact"),
        ("2018-03-20", NEW_YORK, utc(2018, 3, 20, 4), utc(2018, 3, 21, 3, 59, 59, 999999), NEW_YORK, "day"),
        ("2020-02-29", "+14:00", utc(2020, 2, 28, 10), utc(2020, 2, 29, 9, 59, 59, 999999), "+14:00", "day"),
        ("2018-03-11", NEW_YORK, utc(2018, 3, 11, 5), utc(2018, 3, 12, 3, 59, 59, 999999), NEW_YORK, "day"),
        ("2018-11-04 01:30-04:00", NEW_YORK, utc(2018, 11, 4, 5, 30), utc(2018, 11, 4, 5, 30, 59, 999999), "-04:00",
         "minute"),
        (f"2018-11-04 01:30-05:00[{NEW_YORK}]", None, utc(2018, 11, 4, 6, 30), utc(2018, 11, 4, 6, 30, 59, 999999),
         NEW_YORK, "minute"),
        ("9999-12-31", "UTC", utc(9999, 12, 31), utc(9999, 12, 31, 23, 59, 59, 999999), "UTC", "day"),
        ("0001-01-01 00:00", "UTC", utc(1, 1, 1), utc(1, 1, 1, 0, 0, 59, 999999), "UTC", "minute"),
    ],
)  # fmt: skip
def test_a_typed_time_becomes_the_bounds_of_what_it_says(text, zone, earliest, latest, offset, precision):
    assert stated(text, zone) == Moment(earliest, latest, offset, Precision(precision))


def test_a_day_on_which_the_clocks_go_forward_is_an_hour_shorter():
    day = stated("2018-03-11", NEW_YORK)
    assert day.latest - day.earliest == timedelta(hours=23) - timedelta(microseconds=1)


def test_the_precision_can_be_told():
    assert stated("2018-03-20 19:45", "Asia/Kolkata", "hour").earliest == utc(2018, 3, 20, 13, 30)
    assert stated("2018-03-20 19:45", "Asia/Kolkata", "day") == stated("2018-03-20", "Asia/Kolkata")
    assert stated("2018-03-20 19:45", "UTC", "exact").latest == utc(2018, 3, 20, 19, 45)
    assert stated("2018-03-20", NEW_YORK, "before") == Moment(None, utc(2018, 3, 20, 4), NEW_YORK, Precision.BEFORE)
    assert stated("", None, "unknown") == Moment.of()


def test_between_runs_from_the_start_of_the_first_to_the_end_of_the_second():
    moment = stated("2018-03-20", "UTC", "between", "2018-03-21 09:00")
    assert (moment.earliest, moment.latest) == (utc(2018, 3, 20), utc(2018, 3, 21, 9, 0, 59, 999999))
    assert moment.precision is Precision.BETWEEN


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("2018-03-11 02:30", NEW_YORK), "does not exist in America/New_York"),
        (("2018-11-04 01:30", NEW_YORK), "happened twice in America/New_York. Add the offset from UTC, such as -04:00"),
        (("2018-11-04 01:30-06:00[America/New_York]", None), "contradicts itself"),
        (("2011-12-30", "Pacific/Apia"), "does not exist in Pacific/Apia"),
        (("2018-02-29", "UTC"), "not a real date or time"),
        (("2018-03-20 24:00", "UTC"), "not a real date or time"),
        (("2018-03-20 23:59:60", "UTC"), "not a real date or time"),
        (("0000-01-01", "UTC"), "not a real date or time"),
        (("0001-01-01", "+14:00"), "outside the years 1 to 9999"),
        (("9999-12-31 23:00", "-04:00"), "outside the years 1 to 9999"),
        (("9999-12-31", NEW_YORK), "outside the years 1 to 9999"),
        (("9999-12-31 23:45", "-00:30", "hour"), "outside the years 1 to 9999"),
        (("2018-03-20 10:00", "Mars/Olympus"), "is not a time zone"),
        (("2018-03-20 10:00", "../etc/passwd"), "is not a time zone"),
        (("2018-03-20 10:00+15:00", None), "from -12:00 to +14:00"),
        (("2018-03-20 10:00", None), "Enter the time zone"),
        (("20/03/2018", "UTC"), "is not a date or time. Write"),
        (("", "UTC"), "is not a date or time"),
        (("2018-03-20", "UTC", "hour"), "Add hours and minutes"),
        (("2018-03-20", "UTC", "exact"), "Add hours and minutes"),
        (("2018-03-20", "UTC", "roughly"), "is not a precision"),
        (("2018-03-20", "UTC", "unknown"), "Leave the time empty"),
        (("2018-03-20", "UTC", "between"), "needs two times"),
        (("2018-03-20", "UTC", "day", "2018-03-21"), "is only for the precision"),
        (("2018-03-21", "UTC", "between", "2018-03-20"), "Swap the two times"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(arguments, says):
    with pytest.raises(MomentFault) as fault:
        stated(*arguments)
    assert says in str(fault.value)
    assert str(fault.value).endswith(".")


@given(st.text() | st.from_regex(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d", fullmatch=True), st.sampled_from(ZONES) | st.text())
def test_whatever_is_typed_is_a_moment_or_a_fault(text, zone):
    try:
        moment = stated(text, zone)
    except MomentFault:
        return
    assert moment.earliest <= moment.latest
