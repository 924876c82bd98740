"""Times as people type them: read without a guess, written so that they read back, and refused in one sentence."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.analysis.test_moments import moments, utc
from tracker.analysis.moments import Moment, MomentFault, Precision, stated
from tracker.analysis.typed.pieces import DateOrder, TwoReadings
from tracker.analysis.typed.reading import Typing, read_day, read_time
from tracker.analysis.typed.writing import say_reading, write_time, zone_label

NEW_YORK = "America/New_York"
NOW = datetime(2018, 3, 21, 3, tzinfo=UTC)  # in New York it is still 20 March
ASKS, DAY_FIRST, MONTH_FIRST = (Typing(NEW_YORK, order, NOW) for order in (None, *DateOrder))
WORDS = "before between and from to at noon midnight today Mar March Tue 20 3 04 03 18 2018 17:20 5:20 pm am Z".split()


def in_new_york(text, precision=None, latest=None):
    return stated(text, NEW_YORK, precision, latest)


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("19/03/2018 5:20 pm", "2018-03-19 17:20"), ("03/19/2018 5.20 PM", "2018-03-19 17:20"),
        ("19 Mar 2018 17:20", "2018-03-19 17:20"), ("19 March 2018, 17.20", "2018-03-19 17:20"),
        ("Mon 19 Mar 2018 at 17:20", "2018-03-19 17:20"), ("March 19th, 2018, 5:20 p.m.", "2018-03-19 17:20"),
        ("5:20 pm on 19 Mar 2018", "2018-03-19 17:20"), ("19-mar-2018 17:20", "2018-03-19 17:20"),
        ("2018-03-19T17:20Z", "2018-03-19T17:20Z"), ("2018-03-19T17:20:04Z", "2018-03-19T17:20:04Z"),
        ("19 Mar 2018, 17:20 (UTC-4)", "2018-03-19 17:20-04:00"), ("19 Mar 2018 17:20 -0400", "2018-03-19 17:20-04:00"),
        ("19.3.2018 17:20 Europe/London", "2018-03-19 17:20[Europe/London]"),
        ("19 Mar 2018 17:20:04", "2018-03-19 17:20:04"), ("19 Mar 2018 17:20:04.5", "2018-03-19 17:20:04.5"),
        ("yesterday 14:00", "2018-03-19 14:00"), ("14:00 yesterday", "2018-03-19 14:00"), ("today", "2018-03-20"),
        ("now", "2018-03-20 23:00"), ("19 Mar 2018", "2018-03-19"), ("19/3/2018", "2018-03-19"),
        ("5/5/2018", "2018-05-05"), ("19 Mar 2018 5 pm", "2018-03-19 17"), ("20 Mar 2018 noon", "2018-03-20 12:00"),
        ("19 Mar 2018 12:10 am", "2018-03-19 00:10"),
    ],
)  # fmt: skip
def test_what_people_type_is_read(text, same_as):
    assert read_time(text, ASKS) == in_new_york(same_as)


def test_less_than_exact_is_typed_or_chosen():
    noon = in_new_york("2018-03-20 12:00", "before")
    assert read_time("before 20 March 2018, noon", ASKS) == read_time("20 Mar 2018 12:00", ASKS, "before") == noon
    both = in_new_york("2018-03-20 15:00", "between", "2018-03-20 18:30")
    for text in ("between 15:00 and 18:30, 20 Mar 2018", "from 20 Mar 2018 15:00 to 6:30 pm"):
        assert read_time(text, ASKS) == both
    assert read_time("20 Mar 2018 15:00", ASKS, "between", "6:30 pm") == both
    march = in_new_york("2018-03-01", "between", "2018-03-31")
    assert read_time("March 2018", ASKS) == read_time("03/2018", ASKS) == read_time("2018-03", ASKS) == march
    assert read_time("20 Mar 2018 17:20", ASKS, "hour") == in_new_york("2018-03-20 17:20", "hour")
    for text in ("about 20 Mar 2018 17:20", "Around 5 pm on 20 Mar 2018", "ca. 20 Mar 2018 17:00"):
        assert read_time(text, ASKS) == in_new_york("2018-03-20 17:20", "hour")
    assert read_time("20 Mar 2018 17:20", ASKS, "day") == in_new_york("2018-03-20")
    assert read_time("", ASKS) == read_time("", ASKS, "unknown") == read_time("unknown", ASKS) == Moment.of()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tuesday evening", "Enter a date with a year"), ("17:20", "Enter a date with a year"),
        ("19 Mar 17:20", "Enter a date with a year"), ("about 5 pm", "Enter a date with a year"),
        ("19 Mar 2018 17", "Enter hours and minutes"), ("19 Mar 2018 17:20 pm", "hours from 1 to 12"),
        ("31/04/2018", "real date"), ("19 Mar 2018 24:00", "real date"), ("32 Mar 2018", "real date"),
        ("20/3/18", "year with four digits"), ("18-03-19", "year with four digits"),
        ("Mon 20 Mar 2018", "20 Mar 2018 is a Tuesday"), ("20 Mar 2018 midnight", "start or the end"),
        ("20 Mar 2018 17:20 EST", "EST can mean several zones"), ("20 Mar 2018 09:00-11:00", "Write UTC-11:00"),
        ("20 Mar 2018 17:20 UTC+15", "real offset"), ("20 Mar 2018 17:20 Mars/Olympus", "not a time zone"),
        ("11 Mar 2018 02:30", "02:30 does not exist on 11 Mar 2018 in New York"),
        ("4 Nov 2018 01:30", "Add UTC-4 or UTC-5 to the time. 01:30 came twice on 4 Nov 2018 in New York"),
        ("4 Nov 2018 01:30 -06:00[America/New_York]", "had another offset then"),
        ("March 2018 17:20", "Enter the day"), ("between 21 Mar 2018 and 20 Mar 2018", "Swap the two times"),
        ("before before 2018-03-20", "Enter a date"), ("1" * 200, "at most 120 characters"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_sentence(text, says):
    with pytest.raises(MomentFault, match=says) as fault:
        read_time(text, ASKS)
    assert str(fault.value).endswith(".")


@pytest.mark.parametrize(
    ("text", "precision", "latest", "says"),
    [
        ("before 20 Mar 2018", "hour", "", "differ"),
        ("about 20 Mar 2018", "day", "", "differ"), ("between 1 Mar 2018 and 2 Mar 2018", "day", "", "differ"),
        ("20 Mar 2018", "hour", "", "Add hours and minutes"), ("March 2018", "day", "", "Enter the day"),
        ("20 Mar 2018", "unknown", "", "Leave the time empty"), ("", "day", "", "Enter the time"),
        ("20 Mar 2018", "between", "", "Enter the latest time"), ("20 Mar 2018", "", "21 Mar 2018", "Choose “Between”"),
        ("20 Mar 2018", "roughly", "", "from the list"),
    ],
)  # fmt: skip
def test_text_and_choice_that_differ_are_refused(text, precision, latest, says):
    with pytest.raises(MomentFault, match=says):
        read_time(text, ASKS, precision, latest)


def test_a_date_with_two_readings_is_asked_back_unless_the_order_is_settled():
    with pytest.raises(TwoReadings, match=r"Choose the date\. 04/03/2018 can be read in two ways") as two:
        read_time("04/03/2018 17:20", ASKS)
    assert list(two.value.days.values()) == [date(2018, 3, 4), date(2018, 4, 3)]
    assert read_time("04/03/2018 17:20", DAY_FIRST) == in_new_york("2018-03-04 17:20")
    assert read_time("04/03/2018 17:20", MONTH_FIRST) == in_new_york("2018-04-03 17:20")
    assert read_time("before 20/3/18 noon", DAY_FIRST) == in_new_york("2018-03-20 12:00", "before")


@given(
    st.dates(date(1000, 1, 1), date(9999, 1, 1)),
    st.sampled_from("/.-"),
    st.sampled_from(["", " 17:20", " 5 pm"]),
    st.booleans(),
)
def test_no_date_in_numbers_is_swapped_in_silence(day, mark, clock, month_first):
    text = (
        f"{day:%m{mark}%d}{mark}{day.year:04}{clock}" if month_first else f"{day:%d{mark}%m}{mark}{day.year:04}{clock}"
    )
    try:
        found = read_day(text, ASKS) if not clock else read_time(text, ASKS)
    except TwoReadings as two:
        both = two.days.values()
        settled = read_time(text, MONTH_FIRST if month_first else DAY_FIRST)
        found = settled if day in both else None
    assert found == read_time(f"{day.isoformat()}{clock}", ASKS)


@given(
    st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join) | st.text(max_size=40), st.sampled_from(["", *Precision])
)
def test_whatever_is_typed_is_a_time_or_a_sentence(text, precision):
    found = _read_or_sentence(text, precision)
    assert found.endswith(".") if isinstance(found, str) else read_time(*_again(found)) == found


def _read_or_sentence(text, precision):
    try:
        return read_time(text, ASKS, precision)
    except MomentFault as fault:
        return str(fault)


def _again(moment, zone="UTC"):
    text, name = write_time(moment, zone)
    return text, Typing(name, None, NOW)


@given(moments())
@example(Moment(utc(2018, 11, 4, 6, 30), utc(2018, 11, 4, 6, 30, 59, 999999), NEW_YORK, Precision.MINUTE))
@example(Moment(utc(9999, 12, 31, 23), utc(9999, 12, 31, 23, 30), "+14:00", Precision.DAY))
def test_what_the_box_shows_reads_back_with_the_same_bounds(moment):
    found = read_time(*_again(moment))
    assert (found.earliest, found.latest) == (moment.earliest, moment.latest)


@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
    st.sampled_from([NEW_YORK, "Europe/London", "Asia/Kolkata", "-04:00", "UTC"]),
    st.sampled_from(["day", "hour", "minute", "exact", "before"]),
)
def test_what_is_shown_as_the_reading_reads_back(local, zone, precision):
    try:
        moment = stated(local.isoformat(" "), zone, precision)
    except MomentFault:
        return
    assert read_time(*_again(moment)) == moment
    said = say_reading(moment, zone)[0].removesuffix(", time not recorded")
    found = read_time(said, Typing(zone, None, NOW))
    assert (found.earliest, found.latest) == (moment.earliest, moment.latest)


def test_a_reading_says_the_local_time_and_utc():
    assert say_reading(read_time("19/03/2018 5:20 pm", ASKS), NEW_YORK) == ("19 Mar 2018, 17:20 (UTC-4)", ", 21:20 UTC")
    assert say_reading(read_time("19 Mar 2018 23:30", ASKS), NEW_YORK)[1] == ", 20 Mar 2018, 03:30 UTC"
    assert say_reading(read_time("20 Mar 2018", ASKS), NEW_YORK)[0] == "20 Mar 2018, time not recorded"
    assert say_reading(read_time("March 2018", ASKS), NEW_YORK)[0] == "between 1 Mar 2018 and 31 Mar 2018"
    over_change = read_time("between 10 Mar 2018 15:00 and 12 Mar 2018 18:30", ASKS)
    assert say_reading(over_change, NEW_YORK)[0] == "between 10 Mar 2018, 15:00 (UTC-5) and 12 Mar 2018, 18:30 (UTC-4)"


def test_a_zone_is_listed_with_its_offset_at_that_time():
    winter = NOW - timedelta(days=30)
    assert [zone_label(NEW_YORK, NOW), zone_label(NEW_YORK, winter)] == ["UTC-4, New York", "UTC-5, New York"]
    assert [zone_label(name, NOW) for name in ("UTC", "+05:30", "Asia/Kolkata")] == [
        "UTC",
        "UTC+5:30",
        "UTC+5:30, Kolkata",
    ]


def test_a_plain_date_has_no_time():
    assert read_day("1/4/2018", DAY_FIRST) == in_new_york("2018-04-01")
    for text in ("1 Apr 2018 17:20", "April 2018", "before 1 Apr 2018", "unknown"):
        with pytest.raises(MomentFault, match="Enter a date without a time"):
            read_day(text, ASKS)
