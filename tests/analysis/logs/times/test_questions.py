"""What the times of a file leave open is asked once; no answer is a fault of the lines, never a guess."""

import pytest

from tracker.analysis.logs.times.column import Column
from tracker.analysis.logs.times.dates import format_choices, format_named, reading_words
from tracker.analysis.logs.times.durations import duration_reader, end_of
from tracker.analysis.logs.times.fields import field_reader, zone_of, zone_said
from tracker.analysis.logs.times.questions import time_questions
from tracker.analysis.logs.times.readers import UNKNOWN
from tracker.analysis.logs.times.unsettled import Unsettled
from tracker.analysis.logs.times.zone_words import candidates, read_zone, without_zone, zone_of_header
from tracker.analysis.zones import MomentFault


def column(*texts):
    found = Column()
    for line, text in enumerate(texts, 2):
        found.see(line, text)
    return found


def ask(*texts, dates="iso", headers=("When",), zone="UTC", **answers):
    known = format_named(dates).told({key.replace("_", ":", 1): value for key, value in answers.items()})
    return time_questions(known, zone, [(headers, column(*texts))])


def test_each_short_zone_is_asked_once_with_what_it_can_mean():
    est, ist = ask("2020-01-10 09:15:30 EST", "2020-01-11 09:15:30 EST", "2020-01-10 09:15:30 IST", "2020-01-10 09:15Z")
    assert (est.key, est.seen.lines, est.seen.line) == ("zone:EST", 2, 2)
    assert [value for value, _ in est.choices] == ["-05:00", "+10:00"]
    assert {value for value, _ in ist.choices} == {"+02:00", "+05:30", "+01:00"}
    read = field_reader(format_named("iso").told({"zone:EST": "-05:00"}), ["When"], "UTC")
    assert read("2020-01-10 09:15:30 EST")[0] == "2020-01-10T14:15:30.000000Z"
    with pytest.raises(Unsettled, match="can mean several time zones"):
        read("2020-01-10 09:15:30 IST")


def test_the_century_of_two_digits_is_asked_and_the_pivot_is_shown():
    (asked,) = ask("15/04/24 09:15", "15/04/71 09:15", dates="d/m/y")
    assert (asked.key, asked.seen.lines) == ("century", 2)
    assert "69 to 99 as 1969 to 1999" in dict(asked.choices)["pivot"]
    years = {century: [format_named("d/m/y").told({"century": century}).read(f"15/4/{year}").local.year
                       for year in ("68", "69")] for century in dict(asked.choices)}  # fmt: skip
    assert years == {"20yy": [2068, 2069], "19yy": [1968, 1969], "pivot": [2068, 1969]}


ZEROS = ["1899-12-30", "1900-01-01", "0001-01-01 00:00:00", "9999-12-31 23:59:59", "1970-01-01 00:00",
         "2120-03-10 09:15", "0018-03-20 09:15", "1601-01-01T00:00:00Z"]  # fmt: skip


def test_a_date_that_stands_for_no_time_is_asked_and_then_unknown_or_real():
    found = ask(*ZEROS, "1969-07-20 20:17:40", "1970-01-01 09:00", "2018-03-20")
    assert [one.key for one in found] == [
        "none:1899-12-30", "none:1900-01-01", "none:0001-01-01", "none:9999-12-31", "none:1970-01-01", "none:far",
        "none:old", "none:1601-01-01",
    ]  # fmt: skip
    for answer, unknown in (("none", True), ("real", False)):
        read = field_reader(format_named("iso").told({one.key: answer for one in found}), ["When"], "UTC")
        assert [read(text) == UNKNOWN for text in ZEROS] == [unknown] * len(ZEROS)
    with pytest.raises(Unsettled, match="may stand for “no time”"):
        field_reader(format_named("iso"), ["When"], "UTC")(ZEROS[0])


def test_second_zero_is_found_on_any_clocks():
    (asked,) = ask("1969-12-31 19:00:00", "1969-12-31 20:00:00", zone="America/New_York")
    assert (asked.key, asked.seen.lines) == ("none:1970-01-01", 2)
    assert [one.key for one in ask("0", "1521587704", dates="epoch s")] == ["none:1970-01-01"]
    read = field_reader(format_named("iso").told({"none:1970-01-01": "none"}), ["When"], "America/New_York")
    assert read("1969-12-31 19:00:00") == UNKNOWN
    assert read("1969-12-31 20:00:00")[0] == "1970-01-01T01:00:00.000000Z"


def test_empty_words_are_asked_once_for_all_of_them():
    (asked,) = ask("N/A", "-", "NULL", "0000-00-00 00:00:00", "2018-03-20", "soon")
    assert (asked.key, asked.seen.lines) == ("none:words", 4)
    read = field_reader(format_named("iso").told({"none:words": "none"}), ["When"], "UTC")
    assert read("n/a") == UNKNOWN
    with pytest.raises(MomentFault, match="not a date or time"):
        field_reader(format_named("iso").told({"none:words": "error"}), ["When"], "UTC")("n/a")


def test_the_zone_in_the_name_of_a_column_is_heeded_and_a_contradiction_asked():
    assert [zone_of_header(name) for name in ("Date (UTC)", "Date [UTC]", "Time (Europe/Berlin)", "Timestamp UTC",
            "At (EST)", "At (UTC+01:00)", "Name (PDF)", "since_utc")] == [
        "UTC", "UTC", "Europe/Berlin", "UTC", "EST", "UTC+01:00", "", ""]  # fmt: skip
    assert [without_zone(name) for name in ("Date (UTC)", "Date UTC", "Name (PDF)")] == ["Date", "Date", "Name (PDF)"]
    assert (zone_said(["Date (UTC)"]), zone_said(["At (EST)"]), zone_said(["Date"])) == ("UTC", "", "")
    assert zone_of(["Date (UTC)"], "Etc/UTC", {}) == "UTC"
    (asked,) = ask("2018-03-20 19:15", headers=["Date (UTC)"], zone="Europe/Berlin")
    assert (asked.key, [value for value, _ in asked.choices]) == ("zone", ["UTC", "Europe/Berlin"])
    assert zone_of(["Date (UTC)"], "Europe/Berlin", {"zone": "Europe/Berlin"}) == "Europe/Berlin"
    assert [one.key for one in ask("2018-03-20 19:15", headers=["At (EST)"], zone="-05:00")] == ["zone:EST"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("UT", "+00:00"), ("(UTC)", "UTC"), ("UTC+1", "+01:00"), ("GMT +0100", "+01:00"),
     ("EUROPE/BERLIN", "Europe/Berlin"), ("+01:00[Europe/Berlin]", "Europe/Berlin"), ("-0400 EDT", "-04:00"),
     ("W. Europe Standard Time", "Europe/Berlin"),
     ("GMT+0100 (Central European Standard Time)", "+01:00")],
)  # fmt: skip
def test_a_zone_is_read_however_it_is_written(text, name):
    assert read_zone(text, {})[0] == name


def test_a_windows_name_that_means_something_else_in_english_is_asked():
    assert [value for value, _ in candidates("Eastern Standard Time")] == ["America/New_York", "-05:00"]
    assert not candidates("UTC")


def test_a_zone_that_contradicts_the_offset_beside_it_is_a_fault():
    with pytest.raises(MomentFault, match="contradicts itself"):
        field_reader(format_named("iso"), [], "UTC")("2018-03-20 19:15:04+05:00[Europe/Berlin]")
    with pytest.raises(MomentFault, match="has a zone that is not known"):
        field_reader(format_named("iso"), [], "UTC")("2018-03-20 19:15:04 Mars/Olympus")


def test_date_time_and_zone_of_three_columns_and_a_date_for_every_line():
    read = field_reader(format_named("iso"), ["Date", "Time", "TZ"], "UTC")
    assert read("2018-03-21 12:00:00 Europe/Berlin")[::2] == ("2018-03-21T11:00:00.000000Z", "Europe/Berlin")
    assert read("2018-10-28 02:30 Europe/Berlin")[3] == "between"  # twice
    assert read("2018-10-28 02:30 +01:00")[3] == "minute"
    assert read("20/Mar/2018:19:15:04 +0100")[::2] == ("2018-03-20T18:15:04.000000Z", "+01:00")
    assert read("2018-03-20 09:15 +01:00")[0] == "2018-03-20T08:15:00.000000Z"
    assert field_reader(format_named("iso"), ["Time"], "UTC", "2018-03-20")("10:00")[0] == "2018-03-20T10:00:00.000000Z"
    assert field_reader(format_named("iso"), [], "UTC", "2018-03-20")("2018-03-20 10:00")[3] == "minute"


@pytest.mark.parametrize(
    ("header", "text", "seconds"),
    [("duration", "00:05:00", 300), ("duration", "1.02:03:04", 93784), ("duration", "95 min", 5700),
     ("duration", "1 h 35 min", 5700), ("duration", "2 days", 172800), ("duration", "PT1H35M", 5700),
     ("Duration (min)", "95", 5700), ("duration_ms", "1500", 1.5), ("Length in hours", "1,5", 5400)],
)  # fmt: skip
def test_a_duration_is_read_however_it_is_written(header, text, seconds):
    assert duration_reader([header], {})(text).total_seconds() == seconds


def test_the_end_is_the_start_and_the_duration():
    read = field_reader(format_named("iso"), [], "UTC")
    assert end_of(read("2020-03-10 09:15:30"), duration_reader([], {})("00:05:00")) == read("2020-03-10 09:20:30")
    assert end_of(read("2020-03-10 09:15"), duration_reader([], {})("5 min")) == read("2020-03-10 09:20")
    assert end_of(read("2020-03-10 09:15"), duration_reader([], {})("30 s"))[3] == "between"
    assert end_of(read("2020-03-10"), duration_reader([], {})("-")) == UNKNOWN == end_of(UNKNOWN, None)
    with pytest.raises(MomentFault, match="after the year 9999"):
        end_of(read("2020-03-10"), duration_reader([], {})("9999999 days"))
    for endless in ("9" * 40 + " days", "9" * 100):
        with pytest.raises(MomentFault, match="too long"):
            duration_reader([], {"duration": "d"})(endless)
    with pytest.raises(MomentFault, match="not a duration"):
        duration_reader([], {})("95 minutes or so")


def test_what_a_number_or_two_parts_of_a_duration_mean_is_asked():
    durations = ["duration"], column("95", "1:35")
    asked = time_questions(format_named("iso"), "UTC", [], durations)
    assert [one.key for one in asked] == ["duration", "duration:two"]
    read = duration_reader(["duration"], {"duration": "min", "duration:two": "m:ss"})
    assert [read(text).total_seconds() for text in ("95", "1:35")] == [5700, 95]


def test_a_column_keeps_one_cell_of_each_shape_and_the_ends_of_numbers():
    found = column(
        "2018-03-20 09:15:04", "2018-03-20 10:59:00", "2018-03-20 9:15 AM", "1521587704", "1421587704", "1621587704"
    )
    assert [(cell.line, cell.text) for cell in found.cells()] == [
        (2, "2018-03-20 09:15:04"), (4, "2018-03-20 9:15 AM"), (6, "1421587704"), (7, "1621587704"),
    ]  # fmt: skip


def test_the_found_and_the_chosen_format_come_first_in_the_list():
    day_first = format_named("d/m/y")
    choices = format_choices([(day_first, reading_words(day_first, "3/4/2018 9:15"))], "d mon y, German")
    assert choices[0] == ("d/m/y", "d/m/y: 3/4/2018 9:15 is 3 Apr 2018, 09:15:00")
    assert reading_words(day_first, "soon") == "such as 20/3/2018 19:15"
    assert format_choices([], "y-d-m")[0][0] == "iso"
    names = [name for name, _ in choices]
    assert names[:3] == ["d/m/y", "d mon y, German", "iso"]
    assert names.count("d mon y, German") == 1
    assert "d mon y, French" in names
