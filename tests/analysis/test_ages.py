"""How long something has waited, in words."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.ages import age


@pytest.mark.parametrize(("waited", "words"), [
    ({"minutes": 59}, "less than an hour"), ({"minutes": -5}, "less than an hour"), ({"hours": 1}, "1 hour"),
    ({"hours": 47}, "47 hours"), ({"days": 2}, "2 days"), ({"days": 62}, "62 days"), ({"days": 63}, "9 weeks"),
])  # fmt: skip
def test_the_largest_unit_that_still_tells_something(waited, words):
    assert age(timedelta(**waited)) == words


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=9999)))
def test_nothing_is_said_to_have_waited_longer_than_it_has(waited):
    count, _, unit = age(waited).partition(" ")
    if count != "less":
        least = timedelta(**{unit if unit.endswith("s") else f"{unit}s": int(count)})
        assert least <= waited < least + timedelta(weeks=1)
