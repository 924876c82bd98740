"""The times of a file up to the record: what is open is asked by the command, and kept with the system."""

import time

import pytest

from tests import world
from tests.imports.logs import log
from tests.imports.test_cli_import import run  # noqa: F401 - a fixture
from tracker.analysis.logs.conditions import Condition
from tracker.analysis.logs.files.csv_file import sniff
from tracker.analysis.logs.mapping import Mapping
from tracker.analysis.logs.times.zone_words import zone_above
from tracker.base import db
from tracker.imports import times
from tracker.models.access.access_records import AccessRecord

ROOMS = ("--fixed", "material=ROOMS")


def moments():
    rows = db.session().scalars(AccessRecord.of(world.case()).order_by(AccessRecord.line))
    return [(row.since.words, row.until.words) for row in rows]


@pytest.mark.slow("four imports by the command")
def test_every_open_question_is_asked_at_once_and_the_answers_are_kept_for_the_system(run):  # noqa: F811
    first = b"When,User\n2020-01-10 09:15:30 EST,anna\n2020-01-10 09:15:30 CET,anna\nN/A,berta\n"
    error = run(first, *ROOMS)[2]
    assert "Which time zone does EST mean in this file? (1 line, for example line 2: 2020-01-10 09:15:30 EST)" in error
    assert '  --answer "zone:EST=-05:00": UTC-05:00, as in New York' in error
    assert ("zone:CET" in error, "none:words" in error) == (True, True)
    told = [f"--answer={one}" for one in ("zone:EST=-05:00", "zone:CET=+01:00", "none:words=none")]
    assert run(first, *ROOMS, *told, "--system", "Portal")[0] == 0
    assert moments() == [("10 Jan 2020, 14:15:30 UTC", "unknown"), ("10 Jan 2020, 08:15:30 UTC", "unknown"),
                         ("unknown", "unknown")]  # fmt: skip
    assert log().mapping["mapping"]["answers"] == {"zone:EST": "-05:00", "zone:CET": "+01:00", "none:words": "none"}
    assert run(b"When,User\n2020-02-10 09:15:30 EST,anna\n", *ROOMS, "--system", "Portal")[0] == 0


def test_the_zone_of_a_column_is_heeded_and_a_chosen_one_that_differs_is_asked(run):  # noqa: F811
    content = b"Date (UTC),User,Duration (min)\n2020-07-10 09:15:30,anna,95\n"
    assert '--answer "zone=Europe/Berlin"' in run(content, *ROOMS, zone="Europe/Berlin")[2]
    assert run(content, *ROOMS, zone="")[0] == 0
    assert moments() == [("10 Jul 2020, 09:15:30 UTC", "10 Jul 2020, 10:50:30 UTC")]


@pytest.mark.slow("five imports by the command")
def test_date_time_and_zone_stand_in_three_columns_or_the_date_in_none(run):  # noqa: F811
    content = b"User,Date,Time,TZ\nanna,2018-03-20,09:15:30,+01:00\nanna,2018-03-21,12:00:00,Europe/Berlin\n"
    assert run(content, *ROOMS)[0] == 0
    assert [since for since, _ in moments()] == ["20 Mar 2018, 08:15:30 UTC", "21 Mar 2018, 11:00:00 UTC"]
    clocks = b"User,Time\nberta,10:00\n"
    assert "only a time of day. Add the date column" in run(clocks, *ROOMS)[2]
    columns = ("--map", "identifier=User", "--map", "since=Time", "--fixed", "since=2018-03-20")
    assert "line 2: berta, ROOMS, 20 Mar 2018, 10:00 UTC" in run(clocks, *ROOMS, *columns, "--dry-run")[1]
    wrong = run(b"User,Date,Until,Duration\nanna,2018-03-20,2018-03-21,1 h\n", *ROOMS, "--map", "since=Date", "--map",
                "identifier=User", "--map", "until=Until", "--map", "duration=Duration")  # fmt: skip
    assert "Choose a column for the end or for the duration, not both." in wrong[2]
    columns = ("--map", "identifier=User", "--map", "since=Date", "--map", "duration=Long", "--dry-run")
    assert '"soon" is not a duration' in run(b"User,Date,Long\nanna,2018-03-20,soon\n", *ROOMS, *columns)[2]


def test_numbers_are_shown_as_each_format_reads_them(run):  # noqa: F811
    error = run(b"When,User\n43909.5,anna\n", *ROOMS)[2]
    assert "The dates could be read as serial 1900 or serial 1904. Choose the date format." in error
    assert '  --date-format "serial 1904": 43909.5 is 20 Mar 2024, 12:00:00' in error


@pytest.mark.slow("reads a column of 200,000 lines")
def test_a_line_far_down_decides_and_the_look_is_quick_and_remembered(tmp_path):
    file = tmp_path / "long.csv"
    file.write_text("When,User\n" + "1/2/2018 09:15,anna\n" * 200_000 + "1/13/2018 09:15,anna\n")
    rules = [Condition("User", "is", ("anna",)), Condition("Mood", "is", ("gone",))]
    how, mapping, began = sniff(file), Mapping("access", {"since": ["When"]}, where=rules), time.process_time()
    assert [one.name for one in times.look_at_times(file, how, mapping).formats] == ["m/d/y"]
    assert time.process_time() - began < 2
    assert times.look_at_times(file, how, mapping) is times.look_at_times(file, how, mapping)


REPORT = b"""Access Report
Date Range: 08/19/2021 00:00 -4 to 08/19/2021 23:59 -4
Time,User
08/19/2021 00:41:00,anna
"""


def test_a_zone_above_the_table_is_heeded_and_asked_about_where_another_was_chosen(run):  # noqa: F811
    assert "The lines above the table say that the time zone is -4." in run(REPORT, *ROOMS, "--dry-run", zone="")[1]
    error = run(REPORT, *ROOMS)[2]
    assert "The lines above the table say -4, and UTC was chosen for the file. Which is right? (1 line, " in error
    assert '  --answer "zone of the table=-04:00": -04:00, as the lines above the table say' in error
    told = [run(REPORT, *ROOMS, "--dry-run", "--answer", f"zone of the table={zone}")[1] for zone in ("-04:00", "UTC")]
    assert ["19 Aug 2021, 04:41" in told[0], "19 Aug 2021, 00:41" in told[1]] == [True, True]
    assert run(REPORT, *ROOMS, zone="")[0] == 0
    assert moments()[0][0].startswith("19 Aug 2021, 04:41")
    assert run(REPORT.replace(b"Time,", b"Time (UTC),"), *ROOMS, "--dry-run")[0] == 0


@pytest.mark.parametrize(
    ("lines", "zone"),
    [
        (["Time zone: -4"], "-4"), (["TimeZone,Europe/Berlin"], "Europe/Berlin"), (["Time Zone = EST"], "EST"),
        (["Time zone: (UTC+01:00) Amsterdam, Berlin"], "UTC+01:00"), (["From 2020-01-10T10:00:00+01:00"], "+01:00"),
        (["Begun 10:00 AM UTC", "Ended 11:00 UTC"], "UTC"), (["From 10:00 -4 to 11:00 -5"], ""),
        (["Open 10:00-12:00"], ""), (["From 10:00 - 12 rooms"], ""), (["Time zone: as set"], ""), (["Runtime 4"], ""),
    ],
)  # fmt: skip
def test_the_lines_above_a_table_say_a_zone_if_they_say_one_alone(lines, zone):
    assert zone_above([line.split(",") for line in lines]) == zone
