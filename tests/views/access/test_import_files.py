"""The page of how a file is written: what was found is said with the first lines, and each of it can be changed."""

import pytest

from tests.analysis.logs.files.building import EVERY_KIND, archive, workbook
from tests.builders.build_material import material
from tests.imports.logs import DOORS, LOGS, bring, log, work_off
from tracker.imports.plan import Plan
from tracker.models.access.words import LogState

ONE = f"{LOGS}/1"
REPORT = b"Door report\n1. Doors\nzone,count\nLobby,2\n2. Events\n" + DOORS + b"Total: 4\n"


@pytest.fixture
def ines(app, browse):
    """Ines, and a material for the rooms."""
    material(identifier="ROOMS")
    return browse("ines")


def reading():
    return Plan.of(log()).reading


def test_a_report_is_imported_as_it_is_and_another_table_of_it_can_be_chosen(ines):
    bring(ines, REPORT, material="ROOMS", level="E3")
    work_off()
    page = ines.get(f"{ONE}/reading").text
    assert "Header in line 6; left out: 5 lines before and 1 line after the table." in page
    assert ("The file has 2 tables. Table 2 is read." in page, '<th scope="row" class="num">7</th>' in page) == (
        True,
        True,
    )
    ines.post_form(f"{ONE}/reading", table="1")
    assert (reading().header, reading().chosen) == (("zone", "count"), ("table",))
    ines.post_form(f"{ONE}/reading", separator=" ")
    assert reading().chosen == ("separator", "table")
    assert ines.post_form(f"{ONE}/reading", header_line="99").status_code == 409
    ines.post_form(f"{ONE}/reading", separator=",", header_line="6", last_line="8")
    assert (reading().header[0], reading().lines, reading().last_line) == ("timestamp", 4, 8)
    ines.post_form(f"{ONE}/columns")
    work_off()
    assert (log().state, log().report["rows"]) == (LogState.CHECKED, 2)


def test_a_sheet_a_member_and_a_pattern_can_be_chosen(ines):
    rows = [["time", "account"], ["2016-05-31 08:00", "anna001"], ["2016-05-31 08:10", "berta001"]]
    book = workbook(("About", [["key", "value"], ["by", "x"]]), ("Log", rows))
    bring(ines, archive({"readme.txt": "who,when\na,b\n", "doors.xlsx": book}), material="ROOMS", level="E3")
    work_off()
    assert log().report["rows"] == 2
    page = ines.get(f"{ONE}/reading").text
    assert ("The sheet &#34;Log&#34; is read" in page, "File in the archive" in page) == (True, True)
    ines.post_form(f"{ONE}/reading", sheet="About")
    assert reading().header == ("key", "value")
    ines.post_form(f"{ONE}/reading", member="readme.txt")
    assert (reading().kind, reading().header, reading().chosen) == ("csv", ("who", "when"), ("member",))
    bring(ines, EVERY_KIND["syslog"], material="ROOMS", level="E3")
    work_off()
    two = f"{LOGS}/2/reading"
    assert "{month} {day} {clock}" in ines.get(two).text
    ines.post_form(two, own_pattern="{time:x} {rest}")
    assert Plan.of(log(2)).reading.header == ("time:x", "rest")
    ines.post_form(two, pattern="")
    assert (Plan.of(log(2)).reading.kind, Plan.of(log(2)).reading.pattern) == ("csv", "")
