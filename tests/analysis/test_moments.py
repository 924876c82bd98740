"""Times: what the record keeps of them, how they read, and how they come back from a file."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.analysis.moments import Moment, MomentFault, Precision, from_csv, from_sql_text, sql_text, stated, to_csv

NEW_YORK = "America/New_York"
ZONES = [None, "UTC", NEW_YORK, "Asia/Kolkata", "Pacific/Kiritimati", "Africa/Monrovia", "+14:00", "-12:00", "-04:00"]
INSTANTS = st.datetimes(timezones=st.just(UTC))


@st.composite
def moments(draw):
    precision, offset = draw(st.sampled_from(Precision)), draw(st.sampled_from(ZONES))
    first, last = sorted([draw(INSTANTS), draw(INSTANTS)])
    if precision is Precision.UNKNOWN:
        return Moment(None, None, offset, precision)
    return Moment(None if precision is Precision.BEFORE else first, last, offset, precision)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "cells"),
    [
        (stated("2018-03-20 19:15", NEW_YORK), ("2018-03-20T23:15:00Z", f"2018-03-20T19:15:00-04:00[{NEW_YORK}]",
                                                "minute")),
        (stated("2018-03-20 19:15:04.25", "-04:00"), ("2018-03-20T23:15:04.250000Z", "2018-03-20T19:15:04.250000-04:00",
                                                      "exact")),
        (stated("2018-03-20", NEW_YORK), ("2018-03-20T04:00:00Z", f"2018-03-20[{NEW_YORK}]", "day")),
        (stated("2018-03-20", "-04:00"), ("2018-03-20T04:00:00Z", "2018-03-20-04:00", "day")),
        (stated("2018-03-20 10:00", "Z", "before"), ("2018-03-20T10:00:00Z", "2018-03-20T10:00:00+00:00", "before")),
        (stated("2018-03-20 10:00:00", "Z", "between", "2018-03-20 11:00:00"),
         ("2018-03-20T10:00:00Z/2018-03-20T11:00:00Z", "2018-03-20T10:00:00+00:00/2018-03-20T11:00:00+00:00",
          "between")),
        (Moment.of(), ("", "", "unknown")),
    ],
)  # fmt: skip
def test_three_cells_say_the_moment(moment, cells):
    assert to_csv(moment) == cells
    assert from_csv(*cells) == moment


@given(moments())
@example(Moment(utc(9999, 12, 31, 23), utc(9999, 12, 31, 23, 30), "+14:00", Precision.DAY))
@example(Moment(utc(1, 1, 1), utc(1, 1, 1), "-12:00", Precision.EXACT))
def test_three_cells_come_back_as_the_same_moment(moment):
    assert from_csv(*to_csv(moment)) == moment


@given(st.sampled_from(ZONES[1:]), st.datetimes(), st.sampled_from(["day", "hour", "minute", "exact", "before"]))
def test_a_typed_time_survives_the_three_cells(zone, local, precision):
    try:
        moment = stated(local.isoformat(" "), zone, precision)
    except MomentFault:
        return
    cells = to_csv(moment)
    assert "/" not in cells[0]
    assert from_csv(*cells) == moment


@pytest.mark.parametrize(
    ("cells", "same_as"),
    [
        (("2018-03-20T23:15:04Z", "", ""), stated("2018-03-20 23:15:04", "UTC")),
        (("", "2018-03-20T19:15-04:00", ""), stated("2018-03-20 19:15", "-04:00")),
        (("2018-03-20T19:15:04-04:00", "", "exact"), stated("2018-03-20 23:15:04", "UTC")),
        (("2018-03-20T23:15:04Z", "", "minute"), stated("2018-03-20 23:15", "UTC")),
        (
            ("2018-03-20T23:15:00Z", "2018-03-20[Asia/Kolkata]", "hour"),
            stated("2018-03-21 04:00", "Asia/Kolkata", "hour"),
        ),
        (("2018-03-20T23:15:04Z", f"2018-03-20[{NEW_YORK}]", "day"), stated("2018-03-20", NEW_YORK)),
        (("2018-03-20", "", ""), stated("2018-03-20", "UTC")),
    ],
)
def test_cells_edited_by_hand_are_read_where_they_are_clear(cells, same_as):
    moment = from_csv(*cells)
    assert (moment.earliest, moment.latest, moment.precision) == (same_as.earliest, same_as.latest, same_as.precision)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (("yesterday", "", "exact"), "is not a time in UTC"),
        (("2018-03-20T23:15:04Z", "", "sharp"), "is not the precision"),
        (("2018-03-20T23:15:04Z", "", "unknown"), "is not the precision"),
        (("2018-03-20T23:15:04Z", "2018[Mars/Olympus]", "exact"), "is not a time zone"),
        (("2018-03-21T00:00:00Z/2018-03-20T00:00:00Z", "", "between"), "the earlier time, a slash"),
        (("2018-03-21T00:00:00Z", "", "between"), "the earlier time, a slash"),
        (("9999-12-31T23:00:00Z", "9999-12-31+14:00", "day"), "outside the years"),
        (("0001-01-01T00:00:00+14:00", "", "exact"), "outside the years"),
        (("", "", "exact"), "is not a date or time"),
        (("2018-03-20T23:15:04Z", "[" * 100_000, "exact"), "too long"),
        (("", "2018-03-20 19:15", ""), "Enter the time zone"),
    ],
)
def test_cells_that_contradict_are_refused(cells, says):
    with pytest.raises(MomentFault, match=says):
        from_csv(*cells)


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["", *Precision]) | st.text())
def test_whatever_three_cells_hold_is_a_moment_or_a_fault(first, local, precision):
    try:
        moment = from_csv(first, local, precision)
    except MomentFault:
        return
    assert from_csv(*to_csv(moment)) == moment


@pytest.mark.parametrize(
    ("moment", "words", "local_words"),
    [
        (stated("2018-03-20 19:15", NEW_YORK), "20 Mar 2018, 23:15 UTC", "20 Mar 2018, 19:15 UTC-04:00"),
        (stated("2018-03-20 19:15:00", NEW_YORK), "20 Mar 2018, 23:15:00 UTC", "20 Mar 2018, 19:15:00 UTC-04:00"),
        (stated("2018-03-20 19:15", "Asia/Kolkata", "hour"), "20 Mar 2018, 13:30 UTC (hour)",
         "20 Mar 2018, 19:00 UTC+05:30 (hour)"),
        (stated("2018-03-20", NEW_YORK), "20 Mar 2018 (day)", "20 Mar 2018, UTC-04:00"),
        (stated("2018-03-20 10:00", "UTC"), "20 Mar 2018, 10:00 UTC", ""),
        (stated("2018-03-20 10:00", "-04:00", "before"), "before 20 Mar 2018, 14:00 UTC",
         "before 20 Mar 2018, 10:00 UTC-04:00"),
        (stated("2018-03-20 10:00", "UTC", "between", "2018-03-20 11:00"),
         "between 20 Mar 2018, 10:00 UTC and 20 Mar 2018, 11:00 UTC", ""),
        (Moment.of(), "unknown", ""),
        (Moment.of(utc(9999, 12, 31, 23), utc(9999, 12, 31, 23), "+14:00"), "31 Dec 9999, 23:00:00 UTC", ""),
        (Moment.of(utc(2018, 1, 1), utc(2018, 1, 1), "No/Where"), "1 Jan 2018, 00:00:00 UTC", ""),
    ],
)  # fmt: skip
def test_a_moment_reads_as_words(moment, words, local_words):
    assert (moment.words, moment.local_words) == (words, local_words)


@given(moments())
def test_every_moment_has_words(moment):
    assert moment.words
    assert isinstance(moment.local_words, str)
    assert bool(moment) == (moment.words != "unknown")


@given(moments())
def test_four_columns_come_back_as_the_same_moment(moment):
    columns = moment.__composite_values__()
    assert Moment.of(*columns) == (moment or Moment.of())
    assert type(columns[3]) is str


def test_empty_columns_are_an_unknown_moment():
    assert Moment.of(None, None, None, None) == Moment.of() == Moment.of(None, None, "-04:00", "unknown")
    assert not Moment.of()


def test_the_end_of_time_may_stand_for_a_bound():
    assert Moment.of(None, utc(2018, 1, 1), None, "day").earliest == utc(1, 1, 1)
    assert Moment.of(utc(2018, 1, 1), None, None, "day").latest == utc(9999, 12, 31, 23, 59, 59, 999999)


def test_a_moment_without_a_precision_gets_the_one_its_bounds_tell():
    day = utc(2018, 1, 1)
    assert Moment.of(day, day).precision is Precision.EXACT
    assert Moment.of(None, day).precision is Precision.BEFORE
    assert Moment.of(day, day + timedelta(1)).precision is Precision.BETWEEN


@pytest.mark.parametrize(
    "columns",
    [
        (datetime(2018, 1, 1), datetime(2018, 1, 1), None, Precision.EXACT),  # noqa: DTZ001
        (utc(2018, 1, 2), utc(2018, 1, 1), None, Precision.BETWEEN),
        (utc(2018, 1, 1), None, None, Precision.EXACT),
        (utc(2018, 1, 1), utc(2018, 1, 1), None, Precision.UNKNOWN),
        (utc(2018, 1, 1), utc(2018, 1, 1), None, Precision.BEFORE),
        (None, None, None, Precision.DAY),
    ],
)
def test_bounds_that_contradict_the_precision_are_a_mistake_of_ours(columns):
    with pytest.raises(ValueError, match="time"):
        Moment(*columns)


@given(INSTANTS)
def test_stored_text_comes_back_as_the_same_instant(when):
    assert from_sql_text(sql_text(when)) == when
    assert len(sql_text(when)) == 27


@given(st.lists(INSTANTS))
def test_stored_text_sorts_like_time(instants):
    assert all(sql_text(a) <= sql_text(b) for a, b in pairwise(sorted(instants)))


def test_what_is_stored_is_aware():
    assert sql_text(datetime(2018, 3, 20, 19, tzinfo=timezone(timedelta(hours=-4)))) == "2018-03-20T23:00:00.000000Z"
    with pytest.raises(ValueError, match="without a zone"):
        sql_text(datetime(2018, 3, 20))  # noqa: DTZ001
