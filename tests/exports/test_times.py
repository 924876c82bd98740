"""The quick writing of times says exactly what the careful one says of the same moment."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.analysis.moments import Moment, Precision, sql_text, to_csv
from tracker.analysis.times import LENGTH
from tracker.base.db import EVER_AFTER, EVER_BEFORE, Bound
from tracker.exports.times import KEPT, Times

ZONES = [
    None, "UTC", "+00:00", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe",
    "Africa/Monrovia", "Europe/Amsterdam", "+14:00", "-12:00", "-03:30", "+05:53", "Nowhere/Unknown",
]  # fmt: skip
INSTANTS = st.one_of(
    st.datetimes(timezones=st.just(UTC)),
    st.integers(0, 31_536_000).map(lambda seconds: datetime(2018, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)),
).flatmap(lambda at: st.sampled_from([at, at.replace(microsecond=0), at.replace(second=0, microsecond=0)]))


@st.composite
def moments(draw):
    precision, offset, first = draw(st.sampled_from(Precision)), draw(st.sampled_from(ZONES)), draw(INSTANTS)
    if precision is Precision.UNKNOWN:
        return Moment(None, None, offset, precision)
    lengths = [timedelta(), LENGTH.get(precision, timedelta(days=1)), timedelta(seconds=90)]
    length = draw(st.sampled_from(lengths))
    last = min(first, datetime.max.replace(tzinfo=UTC) - length) + length
    return Moment(None if precision is Precision.BEFORE else first, max(first, last), offset, precision)


def exactly(at, zone):
    return Moment(at, at, zone, Precision.EXACT)


def stored(moment):
    """What the database holds of a moment."""
    bounds = [(moment.earliest, EVER_BEFORE), (moment.latest, EVER_AFTER)]
    first, last = (sql_text(bound) if bound else unknown for bound, unknown in bounds)
    return first, last, moment.offset, moment.precision.value


def read_back(moment):
    """The moment as the record gives it again."""
    first, last, offset, precision = stored(moment)
    bounds = (Bound(unknown).process_result_value(text, None)
              for text, unknown in ((first, EVER_BEFORE), (last, EVER_AFTER)))  # fmt: skip
    return Moment.of(*bounds, offset, precision)


@given(st.lists(moments(), min_size=1, max_size=5))
@example([exactly(datetime(2018, 3, 11, 7, tzinfo=UTC), "America/New_York")])
@example([exactly(datetime.min.replace(tzinfo=UTC), "-05:00")])
@example([exactly(datetime.max.replace(tzinfo=UTC), "+05:30")])
def test_the_quick_way_says_what_the_careful_one_says(some):
    cells = zip(*Times().cells(list(zip(*map(stored, some), strict=True))), strict=True)
    assert list(cells) == [to_csv(read_back(moment)) for moment in some]


@given(st.lists(st.none() | INSTANTS, max_size=5))
def test_a_moment_of_the_record_is_exact_and_in_utc(some):
    cells = zip(*Times().instants([at and sql_text(at) for at in some]), strict=True)
    told = [("", "", "") if at is None else to_csv(Moment(at, at, "+00:00", Precision.EXACT)) for at in some]
    assert [tuple(cell or "" for cell in row) for row in cells] == told


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "-05:00"])
def test_what_is_remembered_stays_short_however_long_the_log(zone):
    times, begun = Times(), datetime(1990, 1, 1, tzinfo=UTC)
    texts = [sql_text(begun + timedelta(hours=number)) for number in range(KEPT + 50)]
    for text in texts:
        times.cells([[text], [text], [zone], ["exact"]])
    remembered = times._zones[zone]
    assert max(len(one) for one in (remembered.hours, *remembered.parts)) <= KEPT + 1
    assert times.cells([[texts[0]], [texts[0]], ["-05:00"], ["exact"]])[1] == ["1989-12-31T19:00:00-05:00"]
