"""Lines that are left out by rule or with a reason, values with a meaning, and the way back to the line of a file."""

import re
from pathlib import Path

import pytest

from tests import world
from tests.builders.build_material import material
from tests.imports.logs import DOORS, LOGS, bring, log, work_off
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.words import LogState
from tracker.views.access.imports.value_tables import value_name

ONE = f"{LOGS}/1"
SAMPLES = Path(__file__).parents[2] / "imports" / "systems" / "samples"


@pytest.fixture
def ines(app, browse):
    """Ines, and a material for the rooms."""
    material(identifier="ROOMS")
    return browse("ines")


FAULTY = {
    "a row too long": (DOORS + b"2016-05-31 10:00, anna001, x, y\n", "This line has 4 cells and the header has 3"),
    "no person": (DOORS + b"2016-05-31 10:00,, Lobby\n", "must not be empty"),
    "no time": (DOORS + b"soon, anna001, Lobby\n", "is not a date or time"),
}


@pytest.mark.parametrize("what", FAULTY)
def test_a_bad_line_is_shown_with_its_number_and_reason_and_can_be_left_out(ines, what):
    content, reason = FAULTY[what]
    bring(ines, content, material="ROOMS", level="E3")
    work_off()
    assert log().faults == 1
    faults = ines.get(f"{ONE}/faults.csv")
    assert faults.text.splitlines()[0] == "line,column,value,reason"
    assert faults.text.splitlines()[1].startswith("6,")
    assert reason in faults.text.replace('""', '"')
    page = ines.get(ONE).text
    assert ("1 line cannot be read" in page, "Import 4 records" in page) == (True, False)
    refused = ines.post(f"{ONE}/start", data=ines.tokens())
    assert (refused.status_code, "Line 6 has an error" in refused.text) == (409, True)
    assert ines.post_form(f"{ONE}/left-out?problem=1").status_code == 422
    assert ines.post_form(f"{ONE}/left-out?problem=1", why="A test of the system").location == ONE
    page = ines.get(ONE).text
    assert ("Import 4 records" in page, "A test of the system" in page) == (True, True)
    ines.post_form(f"{ONE}/start", at=ONE)
    work_off()
    assert (log().state, log().rows, log().left_out[0]["lines"]) == (LogState.VISIBLE, 4, 1)
    assert "A test of the system" in ines.get(ONE).text


def test_a_line_can_be_left_out_by_naming_it_and_included_again(ines):
    bring(ines, material="ROOMS", level="E3")
    work_off()
    wrong = ines.post_form(f"{ONE}/left-out", lines="six, 3", why="Seen by nobody")
    assert (wrong.status_code, "is not a line number" in wrong.text) == (409, True)
    ines.post_form(f"{ONE}/left-out", lines="2", why="Seen by nobody")
    assert "Import 3 records" in ines.get(ONE).text
    ines.post_form(f"{ONE}/include", at=ONE)
    assert "Import 4 records" in ines.get(ONE).text
    ines.post_form(f"{ONE}/left-out", lines="3, 4", why="Seen by nobody")
    ines.post_form(f"{ONE}/start", at=ONE)
    work_off()
    assert [row.line for row in db.session().scalars(AccessRecord.of(world.case()).order_by(AccessRecord.line))] == [
        2,
        5,
    ]
    assert log().rows == 2


def test_values_that_break_one_rule_are_one_problem_and_can_be_left_out_one_by_one_or_all_at_once(ines, monkeypatch):
    monkeypatch.setattr("tracker.imports.report.LISTED", 2)
    others = b"".join(b"2016-05-31 08:00,anna001,Other %d\n" % (number % 3) for number in range(7))
    bring(ines, b"when,who,document\n2016-05-31 08:00,anna001,ROOMS\n" + others, level="E3")
    work_off()
    page = ines.get(ONE).text
    assert ("1 problem<" in page, "3 values" in page, "<code>Other 1</code>: 2 lines" in page) == (True, True, True)
    every = ines.get(f"{ONE}/faults.csv").text.splitlines()
    assert (len(every), every[-1][:18]) == (8, "9,document,Other 0")
    first = ines.get(f"{ONE}/left-out?problem=1.1").text
    assert ("3 lines will not be imported" in first, "<code>Other 0</code>" in first) == (True, True)
    ines.post_form(f"{ONE}/left-out?problem=1.1", why="Another document")
    assert "4 lines cannot be read" in ines.get(ONE).text
    assert "7 lines will not be imported" in ines.get(f"{ONE}/left-out?problem=1").text
    ines.post_form(f"{ONE}/left-out?problem=1", why="Other documents")
    assert [(one["value"], one["lines"]) for one in log().left_out] == [("Other 0", 3), (None, 4)]
    assert "Import 1 record" in ines.get(ONE).text
    assert "Line numbers" in ines.get(f"{ONE}/left-out?problem=9").text


PORTAL = b"""When,Who,Action,Result
2016-05-31 08:00,anna001,view,ok
2016-05-31 08:10,anna001,print,ok
2016-05-31 08:20,berta001,view,denied
2016-05-31 08:30,berta001,brew,ok
"""


def test_values_are_proposed_and_asked_and_lines_left_out_can_be_read_again(ines, last_entry):
    assert bring(ines, PORTAL, material="ROOMS", system="Portal").location == f"{ONE}/columns"
    page = ines.get(f"{ONE}/columns")
    assert ("Values of Action" in page.text, "Cannot be read" in page.text) == (True, True)  # nobody knows "brew"
    asked = ines.post_form(f"{ONE}/columns")
    assert asked.status_code == 409
    assert "Choose what these values mean. Action: brew (1 line)." in asked.text
    brew = next(name for name in value_fields(page.text) if name.endswith(value_name("level", "brew")))
    looked = ines.post_form(f"{ONE}/columns", {brew: "-"}, add="3=ok")
    assert looked.status_code == 200
    assert "Left out: Result is not ok" in looked.text
    assert log().state is LogState.RECEIVED
    where = {"where_0_column": "Result", "where_0_test": "is", "where_0_values": "ok"}
    assert ines.post_form(f"{ONE}/columns", {brew: "-", **where}).location == ONE
    work_off()
    assert log().report["left_out"] == {"Result is not ok": 1, "Action is brew": 1}
    assert "Import 2 records" in ines.get(ONE).text
    ines.post_form(f"{ONE}/start", at=ONE)
    work_off()
    lines = ines.get(f"{ONE}/lines?rule=Action+is+brew").text
    assert ("berta001" in lines, "denied" in lines) == (True, False)
    assert ines.get(f"{ONE}/lines.csv").text.splitlines() == [
        "line,left out because,When,Who,Action,Result",
        "4,Result is not ok,2016-05-31 08:20,berta001,view,denied",
        "5,Action is brew,2016-05-31 08:30,berta001,brew,ok",
    ]
    assert "Show line 3 of the file" in ines.get("/cases/LK-AAAA/access/2").text
    line = ines.get(f"{ONE}/line?line=3").text
    assert ("Result is ok" in line, "print" in line, ">E4<" in line) == (True, True, True)
    assert last_entry()["act"] == "access_log.lines_read"
    assert "No line of the table begins" in ines.get(f"{ONE}/line?line=99").text


def test_a_value_that_is_met_far_down_is_asked_about_after_the_check(ines, monkeypatch):
    monkeypatch.setattr("tracker.imports.lines.look.LOOKED_AT", 3)
    bring(ines, PORTAL, material="ROOMS")
    assert ines.post_form(f"{ONE}/columns").location == ONE
    work_off()
    page = ines.get(ONE).text
    assert ("1 line cannot be read" in page, "<code>brew</code>" in page) == (True, True)
    assert "further down" in ines.get(f"{ONE}/columns").text
    ines.post_form(f"{ONE}/columns", {value_name("level", "brew"): "-"})
    work_off()
    assert "Import 3 records" in ines.get(ONE).text


def test_a_file_of_a_known_system_takes_three_steps_from_its_choice_to_who_had_access(ines):
    material(identifier="Plan.docx")
    sample = (SAMPLES / "papercut.csv").read_bytes()
    steps = [bring(ines, sample, zone="Europe/Oslo")]  # 1: choose the file; nothing is asked
    work_off()
    assert (steps[0].location, log().system) == (ONE, "PaperCut print log")
    steps.append(ines.post_form(f"{ONE}/start", at=ONE))  # 2: import
    work_off()
    steps.append(ines.get("/cases/LK-AAAA/who-had-access", follow_redirects=True))  # 3: open the page
    assert [step.status_code for step in steps] == [303, 303, 200]
    assert (log().state, log().rows) == (LogState.VISIBLE, 2)


def value_fields(text):
    return re.findall(r'name="(value_[a-z]+_[0-9a-f]+)"', text)
