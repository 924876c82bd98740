"""The wizard: a file comes in, is tried, and is taken in as a whole or not at all."""

import pytest
import sqlalchemy as sa

from tests import world
from tests.builders.build_material import material, person
from tests.imports.logs import DOORS, LOGS, bring, counts, log, work_off
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Identifier, Person
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import LogState
from tracker.views.access.imports.mapping_form import slug

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


def test_what_the_times_leave_open_is_asked_on_the_page_and_the_answer_is_kept(ines):
    unclear = b"When,User,Note\n2016-05-31 08:00 EST,anna001,x\n-,berta001,y\n"
    assert bring(ines, unclear, material="ROOMS").location == f"{ONE}/columns"
    page = ines.get(f"{ONE}/columns").text
    assert "Which time zone does EST mean in this file?" in page
    answers = {f"answer_{slug('zone:EST')}": "-05:00", f"answer_{slug('none:words')}": "none"}
    answer = ines.post_form(f"{ONE}/columns")
    assert (answer.status_code, "Which time zone does EST mean" in answer.text) == (409, True)
    assert ines.post_form(f"{ONE}/columns", answers).location == ONE
    work_off()
    assert (log().state, log().rows, log().faults) == (LogState.CHECKED, 2, 0)
    assert log().mapping["mapping"]["answers"] == {"zone:EST": "-05:00", "none:words": "none"}


def test_a_date_for_every_line_stands_beside_a_column_of_times_of_day(ines):
    assert bring(ines, b"Time,User\n08:00,anna001\n", material="ROOMS").location == f"{ONE}/columns"
    assert "Enter a date if the column has only times of day" in ines.get(f"{ONE}/columns").text
    assert ines.post_form(f"{ONE}/columns", fixed_since="2016-05-31").location == ONE
    work_off()
    assert "31 May 2016, 08:00 UTC" in ines.get(ONE).text


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
