"""Dates as files write them: read to what they say, refused with a reason, and never guessed."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.logs.times.column import detect
from tracker.analysis.logs.times.dates import FORMATS, DateFault, DateFormat, format_named
from tracker.analysis.logs.times.unsettled import Unsettled
from tracker.analysis.moments import Precision

US = format_named("m/d/y")
EU = format_named("d/m/y")
FOREIGN = {"mars": "French", "März": "German", "下午": "Chinese"}
SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def aware(written):
    """The time with its own zone, and its precision."""
    return written.local.replace(tzinfo=written.zone[1] if written.zone else None), written.precision


def names(samples):
    return [known.name for known in detect(samples)]


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_every_format_reads_its_own_example(known: DateFormat):
    assert known.read(known.example).local.strftime("%Y-%m-%d") == "2018-03-20"
    assert known in detect([known.example])


@pytest.mark.parametrize(
    ("text", "local", "precision"),
    [
        ("2018-03-20", "2018-03-20T00:00:00", "day"),
        ("2018-03-20 9:15", "2018-03-20T09:15:00", "minute"),
        ("2018-03-20T19:15:04.123456789Z", "2018-03-20T19:15:04.123456+00:00", "exact"),
        ("20180320", "2018-03-20T00:00:00", "day"),
        ("20180320T191504Z", "2018-03-20T19:15:04+00:00", "exact"),
        ("20180320191504", "2018-03-20T19:15:04", "exact"),
        ("2018/03/20 19:15", "2018-03-20T19:15:00", "minute"),
        ("2018.3.20", "2018-03-20T00:00:00", "day"),
        ("20/3/2018 19:15", "2018-03-20T19:15:00", "minute"),
        ("20.03.2018", "2018-03-20T00:00:00", "day"),
        ("Mar 20, 2018 7:15 PM", "2018-03-20T19:15:00", "minute"),
        ("March 20 2018  12:15AM", "2018-03-20T00:15:00", "minute"),
        ("20-Mar-2018 12:15:09 p.m.", "2018-03-20T12:15:09", "exact"),
        ("Tue, 20 Mar 2018 19:15:04 +0000", "2018-03-20T19:15:04+00:00", "exact"),
        ("20/Mar/2018:19:15:04 +0000", "2018-03-20T19:15:04+00:00", "exact"),
        ("Tue Mar 20 19:15:04 2018", "2018-03-20T19:15:04", "exact"),
        ("2018-03-20\u202f7:15\u202fPM", "2018-03-20T19:15:00", "minute"),
        ("2018-03-20 7:15:30 p. m.", "2018-03-20T19:15:30", "exact"),
        ("2018-03-20 19:15:04:007", "2018-03-20T19:15:04.007000", "exact"),
        ("2018-03-20T19-15-04+00:00", "2018-03-20T19:15:04+00:00", "exact"),
        ("2018-03-20-19.15.04.007", "2018-03-20T19:15:04.007000", "exact"),
        ("20.03.2018, 19:15 Uhr", "2018-03-20T19:15:00", "minute"),
        ("20.03.2018 19h15", "2018-03-20T19:15:00", "minute"),
        ("2018-03-20 24:00", "2018-03-21T00:00:00", "minute"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00", "exact"),
        ("2018-03-20+01:00", "2018-03-20T00:00:00+01:00", "day"),
        ("2018-03-20 19:15:04 -0400 EDT", "2018-03-20T19:15:04-04:00", "exact"),
        ("Tue Mar 20 2018 19:15:04 GMT+0100 (Central European Standard Time)", "2018-03-20T19:15:04+01:00", "exact"),
        ("19:15:04 2018-03-20", "2018-03-20T19:15:04", "exact"),
        ("٢٠١٨-٠٣-٢٠ ١٩:١٥", "2018-03-20T19:15:00", "minute"),
        ("20 mars 2018 à 19h15", "2018-03-20T19:15:00", "minute"),
        ("20. März 2018 7:15 nachm.", "2018-03-20T19:15:00", "minute"),
        ("2018年3月20日 下午7:15", "2018-03-20T19:15:00", "minute"),
    ],
)
def test_a_text_is_read_to_what_it_says_and_no_further(text, local, precision):
    language = next((name for word, name in FOREIGN.items() if word in text), "")
    known = format_named(f"d/m/y, {language}") if language else EU
    assert aware(known.read(text)) == (datetime.fromisoformat(local), Precision(precision))


def test_an_offset_that_is_written_is_kept():
    assert aware(EU.read("2018-03-20 19:15 -0400"))[0].utcoffset() == timedelta(hours=-4)


def test_serial_days_of_both_systems_of_a_spreadsheet():
    noon = datetime(2018, 3, 20, 12)  # noqa: DTZ001
    assert format_named("serial 1900").read("43179.5") == (noon, Precision.EXACT, None)
    assert format_named("serial 1904").read("41717,5").local == noon
    assert format_named("serial 1900").read("43179 0.5").local == noon  # a column of dates and one of times
    assert format_named("serial 1900").read("43179").precision is Precision.DAY
    assert format_named("serial 1900").read("59").local == datetime(1900, 2, 28)  # noqa: DTZ001
    for wrong in ("60", "-1", "0.5", "9999999"):
        with pytest.raises(DateFault):
            format_named("serial 1900").read(wrong)


def test_seconds_and_milliseconds_since_1970_are_exact():
    at = datetime(2018, 3, 20, 23, 15, 4, tzinfo=UTC)
    assert aware(format_named("epoch s").read("1521587704")) == (at, Precision.EXACT)
    assert aware(format_named("epoch s").read("1521587704.25")) == (at.replace(microsecond=250000), Precision.EXACT)
    assert aware(format_named("epoch ms").read("1521587704007")) == (at.replace(microsecond=7000), Precision.EXACT)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("NA", '"NA" is not a date or time.'),
        ("", "is not a date or time"),
        ("09:15:30", "only a time of day"),
        ("1.52159E+12", "lost digits in a spreadsheet"),
        ("3/20/2018", "read as d/m/y"),
        ("29.2.2019", "not a real date or time"),
        ("Brumaire 20 2018", "not a month in English"),
        ("2018-03-20 24:01", "not a real date or time"),
        ("2018-03-20 23:58:60", "not a real date or time"),
        ("0000-01-01", "not a real date or time"),
        ("2018-03-20 19:15 +1500", "not a real offset"),
        ("Mar 20 2018 13:15PM", "12-hour clock"),
        ("Mar 20 2018 0:15AM", "12-hour clock"),
        ("1521587704", "only a number"),
        ("2018-03-20" + " " * 300 + "19:15", "too long"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text, says):
    with pytest.raises(DateFault, match=re.escape(says)):
        EU.read(text)


def test_the_order_of_day_and_month_must_have_been_chosen():
    with pytest.raises(DateFault, match="Choose the date format"):
        format_named("iso").read("1/10/2022 10:59")


def test_every_format_is_in_the_document():
    document = (Path(__file__).parents[4] / "docs/times.md").read_text()
    assert [known.name for known in FORMATS if f"`{known.name}`" not in document] == []


def test_an_unknown_format_is_refused():
    with pytest.raises(DateFault, match="not a date format"):
        format_named("y-d-m")


@pytest.mark.parametrize(
    ("samples", "found"),
    [
        (["2018-03-20 19:15", "2018-03-21", ""], ["iso"]),
        (["Mar 20 2018 7:15PM"], ["mon d y"]),
        (["20 Mar 2018", "21 Mar 2018", "2018-03-20"], ["d mon y"]),
        (["1/10/2022 10:59", "2/3/2022"], ["m/d/y", "d/m/y"]),
        (["1/10/2022 10:59", "1/13/2022"], ["m/d/y"]),
        (["1/10/2022 10:59", "13/1/2022"], ["d/m/y"]),
        (["Apr 10 2022  1:25PM", "1/10/2022 10:59"], ["m/d/y", "d/m/y"]),
        (["Apr 10 2022  1:25PM", "1/30/2022 10:59"], ["m/d/y"]),
        (["1/30/2022", "30/1/2022"], []),
        (["1521587704", "1521587705"], ["epoch s"]),
        (["1521587704000"], ["epoch ms"]),
        (["43909.5", "43911"], ["serial 1900", "serial 1904"]),
        (["-86400", "999999"], ["epoch s", "epoch ms", "epoch us", "epoch ns"]),
        (["133699486343493450"], ["filetime"]),
        (["1723474994349345"], ["epoch us"]),
        (["15/04/24 09:15", "26/06/24 10:00:30"], ["d/m/y", "y/m/d"]),
        (["20 févr. 2018", "20 août 2018"], ["d mon y, French"]),
        (["20.03.2018 7:15 nachm."], ["d/m/y, German"]),
        (["2018-03-20", "NA"], ["iso"]),
        (["NA", "x"], []),
        ([], []),
    ],
)
def test_the_order_is_found_where_it_is_certain_and_asked_where_not(samples, found):
    assert sorted(names(samples)) == sorted(found)


# A reader of its own for the fifteen shapes of one real register, one rule each, for the parser to be held against.
_RULES = [
    *(rf"([A-Z][a-z]{{2}}) {day} (\d{{4}}) {gap}{hour}:(\d\d)([AP])M" for day in (r"(\d\d)", r" (\d)")
      for gap, hour in ((" ", r"(\d)"), ("", r"(\d\d)"))),
    *(rf"({month})/({day})/(\d{{4}}) ({hour}):(\d\d)" for month in (r"\d", r"\d\d") for day in (r"\d", r"\d\d")
      for hour in (r"\d", r"\d\d")),
    *(rf"({month})/({day})/(\d{{4}})" for month, day in ((r"\d", r"\d"), (r"\d", r"\d\d"))),
    r"NA",
]  # fmt: skip


def reference(text):
    """Year to minute, year to day, or None; by the one rule that fits."""
    (parts,) = [match.groups() for rule in _RULES if (match := re.fullmatch(rule, text))]
    if len(parts) == 6:
        hour = int(parts[3]) % 12 + (12 if parts[5] == "P" else 0)
        return int(parts[2]), SHORT.index(parts[0]) + 1, int(parts[1]), hour, int(parts[4])
    numbers = [int(part) for part in parts]
    return (numbers[2], numbers[0], numbers[1], *numbers[3:]) if numbers else None


REGISTER = [
    *(f"Sep {day} 2022 {clock}" for day in (" 9", "29") for clock in (" 9:49PM", " 9:59AM", "11:56AM", "12:58PM")),
    "Apr 10 2022 12:00AM", "Apr 10 2022 12:00PM", "9/30/2022 21:49", "12/30/2021 14:19", "9/30/2022 8:53",
    "9/9/2021 17:56", "12/9/2022 20:28", "12/29/2021 9:45", "9/9/2021 9:59", "12/9/2021 9:46", "5/25/2022",
    "5/6/2022", "1/1/2022 0:00", "NA",
]  # fmt: skip


def test_the_fifteen_shapes_of_a_register_are_read_as_the_reference_reads_them():
    assert {re.sub(r"\d", "9", re.sub(r"[A-Z][a-z]{2} ", "Mmm ", text)) for text in REGISTER} >= {
        "Mmm 99 9999  9:99PM", "Mmm  9 9999 99:99AM", "99/99/9999 9:99", "9/99/9999", "9/9/9999", "NA",
    }  # fmt: skip
    assert names(REGISTER) == ["m/d/y"]
    for text in REGISTER:
        assert _fields(text) == reference(text)


def _fields(text):
    try:
        at, precision, _ = US.read(text)
    except DateFault:
        return None
    return (at.year, at.month, at.day, at.hour, at.minute)[: 5 if precision is Precision.MINUTE else 3]


@given(st.datetimes(), st.sampled_from(["{m}/{d}/{y} {h}:{i:02}", "{b} {d:2} {y} {h12:2}:{i:02}{ap}", "{m}/{d}/{y}"]))
def test_every_time_in_these_shapes_is_read_as_the_reference_reads_it(at, shape):
    text = shape.format(m=at.month, d=at.day, y=f"{at.year:04}", h=at.hour, i=at.minute, b=SHORT[at.month - 1],
                        h12=at.hour % 12 or 12, ap="AM" if at.hour < 12 else "PM")  # fmt: skip
    fields = (at.year, at.month, at.day, at.hour, at.minute)
    assert _fields(text) == (fields if ":" in text else fields[:3])
    if "{m}" not in shape or at.month < 10 or ":" in text:
        assert reference(text) == _fields(text)


@given(st.text() | st.from_regex(r"[\d/:. APM-]{1,25}", fullmatch=True), st.sampled_from(FORMATS))
def test_whatever_stands_there_is_a_date_or_a_fault(text, known):
    try:
        at, precision, _ = known.read(text)
    except (DateFault, Unsettled):
        return
    assert precision in {Precision.DAY, Precision.MINUTE, Precision.EXACT}
    assert 1 <= at.year <= 9999


@given(st.lists(st.dates().map(lambda day: f"{day.day}/{day.month}/{day.year:04}"), min_size=1))
def test_the_right_order_is_always_among_those_found(samples):
    assert "d/m/y" in names(samples)
