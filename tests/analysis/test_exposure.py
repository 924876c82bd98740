"""Exposure holds its promises for any rows and any window."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.exposure import SHOWN, Exposure, Row, Standing, Window, first_of, place_people
from tracker.analysis.moments import Moment, Precision

NOON = datetime(2018, 3, 20, 12, tzinfo=UTC)
UNKNOWN = Moment.of()
PEOPLE = range(1, 6)
RANK = (*SHOWN, Standing.UNKNOWN)


def hour(low, high=None):
    """Between two hours after noon; exactly at the one."""
    first, last = NOON + timedelta(hours=low), NOON + timedelta(hours=low if high is None else high)
    return Moment.of(first, last, None, Precision.EXACT if first == last else Precision.BETWEEN)


def ranges():
    return st.tuples(st.integers(-9, 9), st.integers(0, 6)).map(lambda pair: hour(pair[0], sum(pair)))


def bounds():
    before = st.integers(-9, 9).map(lambda at: Moment.of(None, NOON + timedelta(hours=at), None, Precision.BEFORE))
    return st.one_of(st.just(UNKNOWN), before, ranges())


def some_rows(fewest=0, times=None):
    return st.lists(
        st.builds(
            Row,
            person=st.integers(1, 7),
            level=st.sampled_from([f"E{n}" for n in range(8)]),
            since=bounds() if times is None else times,
            until=bounds() if times is None else times,
            material=st.integers(1, 2),
            version=st.sampled_from([None, 11, 12, 21]),
        ),
        min_size=fewest,
        max_size=8,
    )


def windows(times=None):
    whose = st.sampled_from([(1, None), (1, frozenset({11})), (1, frozenset({11, 12})), (None, None)])
    return st.builds(
        lambda start, end, what: Window(start, end, *what),
        bounds() if times is None else times,
        bounds() if times is None else times,
        whose,
    )


def one(row, window, number=1):
    return place_people([number], [row], [window])[0]


def summed_up(placed):
    return Exposure.of_people((each.person, each.standing, each.otherwise) for each in placed)


@given(some_rows(), st.lists(windows(), max_size=2), st.sets(st.integers(1, 5), max_size=2))
def test_everybody_is_in_exactly_one_class_and_nobody_is_invented(rows, spans, eliminated):
    placed = place_people(PEOPLE, rows, spans, eliminated)
    found = summed_up(placed)
    assert [each.person for each in placed] == list(PEOPLE)
    assert sum(len(found.of(standing)) for standing in Standing) == len(PEOPLE)
    for count in zip(*(found.counts(standing) for standing in Standing), strict=True):
        assert sum(count) == len(PEOPLE)
    assert set(found.of(Standing.ELIMINATED)) == eliminated
    assert found.shown == sum(len(found.of(standing)) for standing in SHOWN)


@given(some_rows(), windows(ranges()), st.integers(0, 5), st.integers(0, 5))
def test_exposure_grows_with_the_window(rows, window, earlier, later):
    wider = replace(window, start=_moved(window.start, -earlier), end=_moved(window.end, later))
    before, after = place_people(PEOPLE, rows, [window]), place_people(PEOPLE, rows, [wider])
    for narrow, wide in zip(before, after, strict=True):
        assert RANK.index(wide.standing) <= RANK.index(narrow.standing)
        assert RANK.index(wide.otherwise) <= RANK.index(narrow.otherwise)


def _moved(moment, hours):
    return Moment.of(
        moment.earliest + timedelta(hours=hours), moment.latest + timedelta(hours=hours), None, Precision.BETWEEN
    )


@given(some_rows(1, ranges()), windows(), st.data())
def test_a_time_that_is_known_less_precisely_never_moves_somebody_up(rows, window, data):
    at = data.draw(st.integers(0, len(rows) - 1))
    name = data.draw(st.sampled_from(["since", "until"]))
    known = getattr(rows[at], name)
    low, high = data.draw(st.integers(0, 5)), data.draw(st.integers(0, 5))
    vague = Moment.of(known.earliest - timedelta(hours=low), known.latest + timedelta(hours=high), None, "between")
    blurred = [*rows[:at], replace(rows[at], **{name: vague}), *rows[at + 1 :]]
    sharp, dull = place_people(PEOPLE, rows, [window]), place_people(PEOPLE, blurred, [window])
    for precise, imprecise in zip(sharp, dull, strict=True):
        if precise.standing is not Standing.UNKNOWN:
            assert RANK.index(imprecise.standing) >= RANK.index(precise.standing)
        if precise.standing is Standing.POSSIBLE:
            assert imprecise.standing is not Standing.CONFIRMED


@given(some_rows(), windows())
def test_taking_imprecise_times_the_other_way_never_takes_evidence_away(rows, window):
    for placed in place_people(PEOPLE, rows, [window]):
        assert RANK.index(placed.otherwise) <= RANK.index(placed.standing)


@given(some_rows(), windows())
def test_more_rows_never_show_less(rows, window):
    for fewer, more in zip(place_people(PEOPLE, rows[1:], [window]), place_people(PEOPLE, rows, [window]), strict=True):
        assert RANK.index(more.standing) <= RANK.index(fewer.standing)


WINDOW = Window(hour(0), hour(5), material=1, versions=frozenset({11}))


@pytest.mark.parametrize(
    ("level", "standing"),
    [
        ("E0", "possible"), ("E1", "possible"), ("E2", "delivered"), ("E3", "confirmed"),
        ("E4", "confirmed"), ("E5", "confirmed"), ("E6", "confirmed"), ("E7", "possible"),
    ],
)  # fmt: skip
def test_a_row_inside_the_window_shows_what_its_level_says(level, standing):
    placed = one(Row(1, level, hour(1), material=1, version=11), WINDOW)
    assert (placed.standing, placed.otherwise, placed.levels, placed.first) == (standing, standing, (level,), hour(1))


@pytest.mark.parametrize(
    ("since", "until", "standing", "otherwise"),
    [
        (hour(6), UNKNOWN, "unknown", "unknown"),  # after it was out
        (hour(5), UNKNOWN, "confirmed", "confirmed"),  # at the very moment
        (hour(4, 6), UNKNOWN, "possible", "confirmed"),  # perhaps after
        (UNKNOWN, UNKNOWN, "possible", "confirmed"),  # nobody knows when
        (hour(-3), UNKNOWN, "confirmed", "confirmed"),  # began earlier, and nothing says that it ended
        (hour(-3), hour(-1), "unknown", "unknown"),  # ended before the version was there
        (hour(-3), hour(-1, 1), "possible", "confirmed"),  # perhaps ended before
        (hour(-3), hour(0), "confirmed", "confirmed"),
    ],
)
def test_a_row_counts_by_where_its_times_lie(since, until, standing, otherwise):
    placed = one(Row(1, "E3", since, until, 1, 11), WINDOW)
    assert (placed.standing, placed.otherwise) == (standing, otherwise)


def test_without_an_end_nobody_is_confirmed_and_without_a_start_the_past_counts():
    row = Row(1, "E3", hour(-3), hour(-1), 1, 11)
    assert one(row, replace(WINDOW, end=UNKNOWN, start=UNKNOWN)).standing == "possible"
    assert one(row, replace(WINDOW, start=UNKNOWN)).standing == "confirmed"


def test_a_row_that_names_no_version_is_possible_for_each_that_existed_then():
    early, late = Row(1, "E4", hour(-1), material=1), Row(1, "E4", hour(2), material=1)
    assert one(early, WINDOW).standing == "unknown"
    assert (one(late, WINDOW).standing, one(late, WINDOW).otherwise) == ("possible", "possible")
    assert one(late, replace(WINDOW, versions=None)).standing == "confirmed"  # the material's only version


def test_rows_of_another_version_or_material_show_nothing():
    assert one(Row(1, "E3", hour(1), material=1, version=12), WINDOW).standing == "unknown"
    assert one(Row(1, "E3", hour(1), material=2), WINDOW).standing == "unknown"


def test_who_has_rows_outside_the_window_only_is_unknown_and_the_page_can_say_since_when():
    placed = one(Row(1, "E3", hour(7), material=1, version=11), WINDOW)
    assert (placed.standing, placed.levels, placed.first) == ("unknown", ("E3",), hour(7))
    assert place_people([2], [], [WINDOW])[0].first is None


def test_both_counts_are_said():
    rows = [Row(1, "E3", hour(1), material=1, version=11), Row(2, "E3", hour(4, 6), material=1, version=11)]
    found = summed_up(place_people([1, 2, 3], rows, [WINDOW]))
    assert found.words(Standing.CONFIRMED) == "at least 1, at most 2 confirmed"


@given(st.lists(bounds(), max_size=5))
def test_the_first_of_several_is_no_later_than_any(moments):
    first = first_of(moments)
    for moment in moments:
        if moment.latest is not None:
            assert first.latest is not None
            assert first.latest <= moment.latest
        if first.earliest is not None:
            assert moment.earliest is None or first.earliest <= moment.earliest
    if any(moment.earliest is None for moment in moments):
        assert first.earliest is None
