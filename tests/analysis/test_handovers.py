"""Handovers in order, however roughly their times are known."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.handovers import Order, order, orders
from tracker.analysis.moments import Moment, stated

FIRST = datetime(2018, 3, 20, tzinfo=UTC)
instants = st.integers(0, 500).map(lambda hours: FIRST + timedelta(hours=hours))
spans = st.tuples(instants, instants).map(lambda two: Moment.of(min(two), max(two), None, "between"))
moments = st.one_of(spans, instants.map(lambda one: Moment.of(None, one, None, "before")), st.just(Moment.of()))


def at(text, precision=None):
    return stated(text, "UTC", precision) if text else Moment.of()


@pytest.mark.parametrize(
    ("before", "then", "told"),
    [
        ([], "", Order.CERTAIN),
        (["2018-03-20 10:00:00"], "2018-03-20 10:00:00", Order.CERTAIN),
        (["2018-03-20"], "2018-03-21 00:00:00", Order.CERTAIN),
        (["2018-03-20"], "2018-03-20 10:00", Order.POSSIBLE),
        (["2018-03-20 10:00"], "2018-03-20", Order.POSSIBLE),
        (["2018-03-20 10:00"], "", Order.POSSIBLE),
        (["2018-03-20 10:00", ""], "2018-03-20 11:00", Order.POSSIBLE),
        (["2018-03-20 10:00"], "2018-03-20 09:59", Order.IMPOSSIBLE),
        (["2018-03-20 10:00"], "2018-03-19", Order.IMPOSSIBLE),
        (["2018-03-20 10:00", ""], "2018-03-20 09:00", Order.IMPOSSIBLE),
        (["2018-03-20 10:00", "2018-03-20"], "2018-03-20 09:00", Order.IMPOSSIBLE),
    ],
)
def test_a_time_is_compared_by_its_bounds(before, then, told):
    assert order([at(text) for text in before], at(then)) is told


def test_before_is_compared_by_its_end():
    earlier = [at("2018-03-20 10:00")]
    assert order(earlier, at("2018-03-20 09:00", "before")) is Order.IMPOSSIBLE
    assert order(earlier, at("2018-03-20 11:00", "before")) is Order.POSSIBLE


@given(st.lists(moments, max_size=8))
def test_where_none_is_impossible_there_are_instants_that_stand_in_order(chain):
    now, found = FIRST - timedelta(days=1), []
    for one in chain:
        now = max(now, one.earliest or now)
        found.append(one.latest is None or now <= one.latest)
    told = orders(chain)
    assert all(found) is (Order.IMPOSSIBLE not in told)


@given(st.lists(moments, min_size=1, max_size=8))
def test_what_is_certain_comes_after_every_one_before_it(chain):
    for place, told in enumerate(orders(chain)):
        if told is Order.CERTAIN:
            assert all(one.latest <= chain[place].earliest for one in chain[:place])
