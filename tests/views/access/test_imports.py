"""The wizard: a file comes in, is tried, and is taken in as a whole or not at all."""

import re

import pytest
import sqlalchemy as sa

from tests import world
from tests.build_material import material, person
from tests.imports.logs import DOORS, LOGS, bring, counts, log, work_off
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Identifier, Person
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import LogState
from tracker.views.access.imports.value_tables import value_name

ONE = f"{LOGS}/1"


@pytest.fixture
def ines(app, browse):
    """Ines, and a material for the rooms."""
    material(identifier="ROOMS")
    return browse("ines")


def test_a_file_whose_columns_are_plain_comes_in_by_two_pages(ines, entries):
    plain = DOORS.replace(b"zone", b"note")
    answer = bring(ines, plain, material="ROOMS", level="E3")
    assert (answer.status_code, answer.location) == (303, ONE)
    page = ines.get(ONE)
    assert page.headers["Refresh"] == "2"
    assert work_off() == 1
    page = ines.get(ONE)
    assert "Refresh" not in page.headers
    assert "Import 4 records" in page.text
    assert counts()["access_record"] == 0
    assert ines.post_form(f"{ONE}/start", at=ONE).location == ONE
    assert "Importing the file" in ines.get(ONE).text
    assert work_off() == 1
    assert "Imported as LK-AAAA/L1" in ines.get(ONE).text
    rows = db.session().scalars(AccessRecord.of(world.case()).order_by(AccessRecord.line)).all()
    assert [(row.line, row.repeat_of, row.person.number, row.note) for row in rows] == [
        (2, None, 1, "Lobby"), (3, None, 2, "Server Room"), (4, 3, 2, "Server Room"), (5, None, 1, "Server Room"),
    ]  # fmt: skip
    assert [row.identifier._value for row in rows] == ["anna001", "berta001", "berta001", "anna001"]
    facts = entries("access_log.imported")[0]["d"]
    assert (facts["rows"], facts["repeats"], facts["new_people"], facts["sha256"]) == (4, 1, 2, log().sha256)


def test_columns_that_are_not_plain_are_asked_for_and_remembered_for_the_system(ines):
    assert bring(ines, material="ROOMS", level="E3", system="Doors").location == ONE
    assert work_off() == 1
    ines.post_form(f"{ONE}/columns", column_2="note")
    assert work_off() == 1
    ines.post_form(f"{ONE}/start", at=ONE)
    assert work_off() == 1
    assert db.session().scalars(AccessRecord.of(world.case())).first().note == "Lobby"
    lines = [b";".join(part.strip() for part in line.split(b",")) for line in DOORS.splitlines()[1:]]
    lines = [b";".join([line.split(b";")[2], line.split(b";")[0], line.split(b";")[1]]) for line in lines]
    drifted = b"Zone;TIMESTAMP;PROX-ID\n" + b"\n".join(lines)
    assert bring(ines, drifted, system=" doors ").location == f"{LOGS}/2"
    assert work_off() == 1
    assert log(2).state is LogState.CHECKED
    assert log(2).mapping["mapping"]["columns"]["note"] == ["Zone"]
    assert (log(2).rows, log(2).faults, log(2).new_people) == (4, 0, 0)


def test_dates_that_can_be_read_two_ways_are_asked_for(ines):
    unclear = DOORS.replace(b"2016-05-31", b"4/5/2016")
    assert bring(ines, unclear, material="ROOMS").location == f"{ONE}/columns"
    page = ines.get(f"{ONE}/columns").text
    assert "Choose the format" in page
    assert "Columns to choose" in ines.get(ONE).text
    answer = ines.post_form(f"{ONE}/columns")
    assert answer.status_code == 409
    assert "in two ways" in answer.text
    assert ines.post_form(f"{ONE}/columns", dates="d/m/y").location == ONE
    assert work_off() == 1
    ines.post_form(f"{ONE}/start", at=ONE)
    work_off()
    assert db.session().scalars(AccessRecord.of(world.case())).first().since.words == "4 May 2016, 08:00 UTC"


def test_an_encoding_that_nobody_can_tell_is_asked_for(ines):
    old = DOORS.replace(b"anna001", "änna001".encode("cp1252"))
    assert bring(ines, old, material="ROOMS").location == f"{ONE}/reading"
    assert "änna001" in ines.get(f"{ONE}/reading").text
    assert ines.post_form(f"{ONE}/reading", encoding="utf-8").status_code == 409
    assert ines.post_form(f"{ONE}/reading", encoding="cp1252").location == f"{ONE}/columns"
    assert ines.post_form(f"{ONE}/columns").location == ONE
    work_off()
    assert "änna001" in ines.get(ONE).text


BAD = {
    "a picture": b"\x89PNG\r\n" + DOORS,
    "an unclosed quote": DOORS.replace(b"Lobby", b'"Lobby'),
    "no row": b"timestamp,prox-id\n",
    "nothing": b"",
    "a large cell": DOORS.replace(b"Lobby", b"x" * 200_000),
    "many columns": b",".join([b"a"] * 100_000) + b"\n1\n",
    "a NUL": DOORS.replace(b"Lobby", b"Lob\0by"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_stored(ines, app, what):
    answer = bring(ines, BAD[what], material="ROOMS")
    assert answer.status_code == 409
    assert "There is a problem" in answer.text
    assert not any(counts().values())
    assert ines.get(LOGS).text.count("doors.csv") == 0
    assert not list(app.extensions["files"].root.glob("??/*"))


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
    assert ines.get(f"{ONE}/line?line=99").status_code == 404


def test_a_file_of_a_known_mapping_takes_three_steps_from_its_choice_to_who_had_access(ines):
    bring(ines, DOORS, material="ROOMS", level="E3", system="Doors")
    work_off()
    steps = [bring(ines, DOORS.replace(b"09:30", b"09:31"), system="Doors")]  # 1: choose the file
    work_off()
    steps.append(ines.post_form(f"{LOGS}/2/start", at=f"{LOGS}/2"))  # 2: import
    work_off()
    steps.append(ines.get("/cases/LK-AAAA/who-had-access", follow_redirects=True))  # 3: open the page
    assert [step.status_code for step in steps] == [303, 303, 200]
    assert log(2).rows == 4


def value_fields(text):
    return re.findall(r'name="(value_[a-z]+_[0-9a-f]+)"', text)


def test_a_material_that_the_case_does_not_have_is_told_once_with_the_way_to_register_it(ines):
    bring(ines, DOORS.replace(b"zone", b"material"), level="E3")
    work_off()
    page = ines.get(ONE).text
    assert "The case does not have these materials:</strong> Lobby, Server Room" in page
    assert "No line of this file can be imported" in page
    assert log().faults == 4


def test_without_a_zone_the_columns_are_asked_for(ines):
    assert bring(ines, zone="", material="ROOMS").location == f"{ONE}/columns"
    answer = ines.post_form(f"{ONE}/columns")
    assert (answer.status_code, "has no time zone" in answer.text) == (409, True)
    answer = ines.post_form(f"{ONE}/columns", zone="Mars/Olympus")
    assert (answer.status_code, "is not a time zone" in answer.text) == (409, True)


def test_whereabouts_come_in_too(ines):
    answer = bring(ines, url="/cases/LK-AAAA/whereabouts/import")
    assert answer.location == ONE
    work_off()
    ines.post_form(f"{ONE}/start", at=ONE)
    work_off()
    rows = db.session().scalars(Whereabouts.of(world.case()).order_by(Whereabouts.line)).all()
    assert [row.place for row in rows] == ["Lobby", "Server Room", "Server Room", "Server Room"]
    assert "Lobby" in ines.get(ONE).text


def test_a_log_of_going_in_and_out_gives_intervals(ines):
    content = b"""time,badge,door,type
2016-05-31 08:00,anna001,Vault,IN
2016-05-31 08:20,anna001,Vault,OUT
2016-05-31 09:00,anna001,Vault,OUT
2016-05-31 09:30,anna001,Vault,ALARM
2016-05-31 10:00,anna001,Vault,IN
"""
    bring(ines, content, url="/cases/LK-AAAA/whereabouts/import")
    work_off()
    assert "Values of type" in ines.get(f"{ONE}/columns").text  # in and out are proposed by themselves
    ines.post_form(f"{ONE}/columns", column_2="place")
    work_off()
    report = log().report
    assert (report["rows"], report["faults"], report["left_out"], report["open"]) == (2, 1, {"type is ALARM": 1}, 1)
    ines.post_form(f"{ONE}/left-out?problem=1", why="The door was held open")
    ines.post_form(f"{ONE}/start", at=ONE)
    work_off()
    rows = db.session().scalars(Whereabouts.of(world.case()).order_by(Whereabouts.line)).all()
    assert [(row.line, row.until.words, row.source) for row in rows] == [
        (2, "31 May 2016, 08:20 UTC", "left: line 3"), (6, "unknown", ""),
    ]  # fmt: skip


def test_somebody_unsure_is_asked_about_and_the_answer_is_kept(ines, entries):
    person(name="Anna Ang")
    content = b"time,id,name,note\n2016-05-31 08:00,anna001,Anna Ang,x\n2016-05-31 08:00,berta001,Berta Bo,x\n"
    bring(ines, content, material="ROOMS", level="E3")
    work_off()
    assert "Settle unsure matches (1)" in ines.get(ONE).text
    assert ines.post(f"{ONE}/start", data=ines.tokens()).status_code == 409
    assert ines.post_form(f"{ONE}/people").status_code == 409
    assert ines.post_form(f"{ONE}/people", who_0="P-001").location == ONE
    work_off()
    assert (log().report["unsure"], log().report["same"], log().new_people) == ([], 1, 1)
    ines.post_form(f"{ONE}/start", at=ONE)
    work_off()
    held = sa.select(Identifier._value).join(Person).where(Person.number == 1)
    assert db.session().scalars(held).all() == ["anna001"]
    assert entries("access_log.people_settled")[0]["out"] == "ok"
    assert ines.get(f"{ONE}/people").status_code == 404


def test_those_left_open_can_be_settled_together(ines):
    person(name="Anna Ang")
    content = b"time,id,name,note\n2016-05-31 08:00,anna001,Anna Ang,x\n"
    bring(ines, content, material="ROOMS", level="E3")
    work_off()
    ines.post_form(f"{ONE}/people", rest="new")
    work_off()
    assert (log().report["unsure"], log().new_people) == ([], 1)


def test_an_export_of_ours_is_known_by_its_columns(ines):
    content = (
        b"person,name,material,since_utc,since_local,since_precision\nP-014,Anna,ROOMS,2016-05-31T08:00:00Z,,exact\n"
    )
    bring(ines, content, zone="")
    page = ines.get(f"{ONE}/columns").text
    assert "since_local" in page
    work_off()
    ines.post_form(f"{ONE}/start", at=ONE)
    work_off()
    row = db.session().scalars(AccessRecord.of(world.case())).one()
    assert (row.person.pseudonym, row.person._name, row.level.value) == ("P-014", "Anna", "E0")
