"""What was written in a named format is read back as itself, and no format reads one text in two ways."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analysis.logs.times.column import detect
from tracker.analysis.logs.times.counts import COUNTS
from tracker.analysis.logs.times.dates import DateFault, format_named, read_anyhow
from tracker.analysis.logs.times.languages import words_of
from tracker.analysis.logs.times.readers import text_reader
from tracker.analysis.logs.times.shapes import plain, shapes_of
from tracker.analysis.logs.times.unsettled import Unsettled

TIMES = st.datetimes(datetime(1990, 1, 2), datetime(2068, 12, 31)).map(lambda at: at.replace(microsecond=0))  # noqa: DTZ001
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DATES = {
    "iso": ["{at:%Y-%m-%d}", "{at:%Y%m%d}"],
    "y/m/d": ["{at:%Y/%m/%d}", "{at:%Y.%m.%d}", "{at.year}年{at.month}月{at.day}日"],
    "mon d y": ["{mon} {at.day} {at.year}", "Tuesday, {mon} {at.day}, {at.year}"],
    "d mon y": ["{at.day} {mon} {at.year}", "{at:%d}-{mon}-{at:%y}", "{at.year} {mon} {at.day}"],
    "m/d/y": ["{at.month}/{at.day}/{at.year}", "{at:%m-%d-%Y}", "{at:%m/%d/%y}"],
    "d/m/y": ["{at.day}.{at.month}.{at.year}", "{at:%d/%m/%y}", "{at.day}. {at.month}. {at.year}"],
}
CLOCKS = ["{at:%H:%M:%S}", "{at:%H.%M.%S}", "{at:%I:%M:%S %p}", "{at:%I:%M:%S} {dotted}", "{at:%H:%M:%S}.000",
          "{at:%H:%M:%S}:000", "{at:%Hh%M:%S}"]  # fmt: skip
OFFSETS = ["{offset}", " {offset}", " UTC{offset}", " GMT{tight}", "{offset}[{zone}]", " {zone}", " ({zone})"]
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"]
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def write(shape: str, at: datetime, **more: str) -> str:
    """A time in a shape, with the words that strftime has not."""
    dotted = "a. m." if at.hour < 12 else "p. m."
    return shape.format(at=at, mon=MONTHS[at.month - 1], dotted=dotted, **more)


@given(TIMES, st.sampled_from(sorted(DATES)), st.data())
@settings(max_examples=300)
def test_a_time_in_any_shape_is_read_as_itself(at, name, data):
    date, clock = data.draw(st.sampled_from(DATES[name])), data.draw(st.sampled_from(CLOCKS))
    text = f"{write(date, at)} {write(clock, at)}"
    century = {"century": "19yy" if at.year < 2000 else "20yy"}
    for spelled in (text, text.translate(ARABIC)):
        known = format_named(name).told(century)
        assert known.read(spelled)[::2] == (at, None), spelled
        assert text_reader(known, "UTC")(spelled)[0] == f"{at.isoformat()}.000000Z", spelled  # the quick way too


@given(TIMES, st.sampled_from(ZONES), st.sampled_from(OFFSETS))
@settings(max_examples=200)
def test_an_instant_with_its_zone_is_read_as_itself(at, zone, shape):
    local = at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    tight = f"{local:%z}"
    if local.replace(fold=1).utcoffset() == local.replace(fold=0).utcoffset():
        text = f"{local:%Y-%m-%d %H:%M:%S}" + shape.format(zone=zone, tight=tight, offset=f"{tight[:3]}:{tight[3:5]}")
        assert text_reader(format_named("iso"), "Asia/Tokyo")(text)[0] == f"{at.isoformat()}.000000Z", text


@given(TIMES, st.sampled_from(sorted(COUNTS)))
@settings(max_examples=200)
def test_a_time_counted_in_any_unit_is_read_as_itself(at, name):
    count = COUNTS[name]
    passed = (at - count.start.replace(tzinfo=None)) // timedelta(seconds=1)
    text = f"{passed / 86400:.10f}" if count.is_serial else f"{passed * 10**6 / count.micro:f}".partition(".")[0]
    assert format_named(name).read(text).local == at
    assert name in {one.name for one in detect([text])} or count.is_serial


@pytest.mark.slow("looks into every language of the library once")
@pytest.mark.parametrize(
    "language", ["German", "French", "Spanish", "Polish", "Russian", "Greek", "Hungarian", "Turkish"]
)
def test_each_month_of_a_language_is_read_and_the_language_is_found(language):
    months = words_of(language).months
    texts = [f"3. {name} 2018 19:15" for name in months]
    known = format_named(f"d mon y, {language}")
    assert [known.read(text).local.month for text in texts] == list(months.values())
    (found,) = detect(texts)
    assert [read_anyhow(found, text) for text in texts] == [read_anyhow(known, text) for text in texts]


def test_a_word_that_is_two_months_is_asked_for():
    assert [one.name for one in detect(["3 srp 2018"])] == ["d mon y, Czech", "d mon y, Croatian"]
    assert detect(["3. März 2018", "3 août 2018"]) == []


SIGNS = "0123456789 :./-,TZapmAPMhMar+(UTC)年月日'"


@given(st.text(st.sampled_from(SIGNS), min_size=6, max_size=24)
       | st.from_regex(r"\d\d?[./-]\d\d?[./-]\d\d(\d\d)?[ T:-]\d\d?[:.h-]\d\d([:.-]\d\d)?", fullmatch=True)
       | st.from_regex(r"\d\d?[:.]\d\d([:.]\d\d)?,? \d\d?[./-]\d\d?[./-](\d\d){1,2}", fullmatch=True)
       | st.from_regex(r"\d{4}-?\d\d-?\d\d[ T:-]?\d\d[:.-]?\d\d([:.-]?\d\d)?([+-]\d\d(:?\d\d)?|Z)?", fullmatch=True),
       st.sampled_from(["m/d/y", "d/m/y", "y/m/d", "iso"]))  # fmt: skip
@settings(max_examples=400)
def test_no_format_reads_a_text_in_two_ways(text, name):
    known, text = format_named(name).told({"century": "20yy"}), plain(text)
    meanings = set()
    for family, parts in shapes_of(text, known.language):
        try:
            meanings.add(known._value(text, family, parts))
        except (DateFault, Unsettled):
            continue
    assert len(meanings) <= 1
