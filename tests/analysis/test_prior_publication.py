"""How long before: both bounds where a time is not exact, and unknown where it is not known."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.moments import Moment, Precision, stated
from tracker.analysis.prior_publication import gap, minutes

PUBLISHED = stated("2018-03-20 19:15", "-04:00")
UTC_TIMES = st.datetimes(timezones=st.just(PUBLISHED.earliest.tzinfo)).filter(lambda time: 1990 < time.year < 2100)


def at(text, precision=None, later=None):
    return stated(text, "-04:00", precision, later)


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (at("2018-03-20 18:04"), "71 minutes before"),
        (at("2018-03-20 18:04", "hour"), "between 16 and 75 minutes before"),
        (at("2018-03-20 19:14"), "1 minute before"),
        (at("2018-03-20 20:17"), "62 minutes after"),
        (at("2018-03-20 20:17", "hour"), "between 45 and 104 minutes after"),
        (at("2018-03-20 19:15"), "within the same minute; which came first is unknown"),
        (at("2018-03-20 18:00", "before"), "at least 75 minutes before"),
        (at("2018-03-20 18:00", "between", "2018-03-20 18:30"), "between 45 and 75 minutes before"),
        (at("2018-03-20 19:30", "before"), "unknown whether before: any time before or up to 15 minutes after"),
        (
            at("2018-03-20"),
            (
                "unknown whether before: up to 1,155 minutes (19 hours, 15 minutes) before"
                " or up to 284 minutes (4 hours, 44 minutes) after"
            ),
        ),
        (Moment.of(), "unknown"),
    ],
)
def test_a_time_against_the_minute_of_publication(thing, words):
    assert gap(thing, PUBLISHED).words == words


def test_a_publication_known_only_by_its_latest_time_gives_a_most_and_no_least():
    published = at("2018-03-20 19:15", "before")
    assert gap(at("2018-03-20 20:15"), published).words == "at least 60 minutes after"
    either = gap(at("2018-03-20 18:15"), published)
    assert (either.least, either.most, either.order) == (None, 60, "open")
    assert either.words == "unknown whether before: up to 60 minutes before or any time after"


def test_a_publication_that_is_unknown_leaves_everything_unknown():
    assert gap(PUBLISHED, Moment.of()).words == "unknown"


def test_exact_times_are_subtracted_to_the_second():
    first, later = at("2018-03-20 18:04:59"), at("2018-03-20 18:05:01")
    assert gap(first, later).words == "less than a minute before"
    assert gap(later, first).words == "less than a minute after"
    assert gap(first, first).words == "at the same time"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "less than a minute"),
        (119, "119 minutes"),
        (120, "120 minutes (2 hours)"),
        (1545, "1,545 minutes (1 day, 1 hour, 45 minutes)"),
    ],
)
def test_many_minutes_are_said_in_days_and_hours_too(number, words):
    assert minutes(number) == words


@pytest.mark.gate("many examples, each weighed row by row")
@given(
    UTC_TIMES, UTC_TIMES, st.timedeltas(timedelta(), timedelta(days=3)), st.timedeltas(timedelta(), timedelta(days=3))
)
def test_the_true_length_always_lies_between_the_bounds(first, second, width, other):
    thing = Moment.of(first, first + width, "UTC", Precision.BETWEEN)
    reference = Moment.of(second, second + other, "UTC", Precision.BETWEEN)
    found = gap(thing, reference)
    assert found.least <= found.most
    for true in (second - first, second + other - first, second - first - width, second + other - first - width):
        assert found.least - 1 <= true / timedelta(minutes=1) <= found.most + 1
    if found.order == "before":
        assert first + width < second
