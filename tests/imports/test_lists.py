"""Lists come in by the same door as logs: people, records of calls, whoever a material was sent to."""

import io

import pytest
import sqlalchemy as sa

from tests import world
from tests.builders import build_material
from tests.imports import logs
from tracker.actions.access import access_logs as actions
from tracker.analysis.moments import stated
from tracker.base import db
from tracker.imports.lists.calls import phone_key, read_minutes
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.words import Involvement, Level, LogKind, LogState
from tracker.models.case.assignments import RecusalMatch
from tracker.models.inquiry.press_contacts import PressContact

PEOPLE = b"""Name,Post,Department,Identifiers,Involvement
Paul Young,Clerk,Registry,email:p.young@tracker.example; badge:0042,Handler
Anna Berg,Adviser,,anna.berg,
"""
CALLS = b"""caller,called,start,duration in seconds
+49 30 1234567,The Paper,2018-03-20 17:31,61
+44 20 5555,0049 (30) 123-4567,2018-03-20 18:00,30
"""


def tried(content, kind, **how):
    """A log of this file whose dry run is done."""
    log = logs.received(content, kind, zone="UTC", **how)
    actions.ask_check(world.person("ines"), log)
    logs.work_off()
    return logs.log(log.number)


def imported(content, kind, **how):
    log = tried(content, kind, **how)
    assert (log.state, log.report.get("listed")) == (LogState.CHECKED, []), log.failure
    actions.start_import(world.person("ines"), log)
    logs.work_off()
    log = logs.log(log.number)
    assert log.state is LogState.VISIBLE, log.failure
    return log


def everybody():
    return [
        (one.pseudonym, one._name, one.post, one.unit, one.involvement.value,
         [f"{known.kind.value}:{known._value}" for known in one.identifiers])
        for one in db.session().scalars(Person.of(world.case()).order_by(Person.number))
    ]  # fmt: skip


def reasons(log):
    return [(line, reason) for line, _, _, reason in log.report["listed"]]


def test_each_line_of_a_list_of_people_is_one_person_with_every_identifier(app, entries):
    log = imported(PEOPLE, LogKind.PEOPLE)
    assert everybody() == [
        ("P-001", "Paul Young", "Clerk", "Registry", "handler", ["email:p.young@tracker.example", "badge:0042"]),
        ("P-002", "Anna Berg", "Adviser", "", "recipient", ["account:anna.berg"]),
    ]
    assert (log.rows, log.new_people, entries()[-1]["act"]) == (2, 2, "access_log.imported")
    again = tried(PEOPLE.replace(b"Clerk", b"Director"), LogKind.PEOPLE)
    assert (again.report["same"], again.report["new"], everybody()[0][2]) == (2, 0, "Clerk")


def test_what_cannot_be_a_person_of_the_list_is_told_by_its_line(app):
    build_material.person(("badge", "B-9"), name="Known")
    content = (
        PEOPLE
        + b"""Paul Young,,,0042,
Anna Berg,,,,
,,,shoe:42,
Max,Suspect,,max,
Eva,,,eva,boss
"""
    )
    assert reasons(tried(content, LogKind.PEOPLE)) == [
        (4, "Line 2 names the same person. Give each person one line."),
        (6, 'Write "shoe:42" as kind:value. The kinds are email, account, badge, phone, other.'),
        (7, 'Leave out "Suspect". Do not judge a person: access is opportunity, not guilt.'),
        (8, f'"boss" is not an involvement. Choose from {", ".join(Involvement)}.'),
    ]  # fmt: skip


def test_a_list_of_people_is_told_whom_it_would_recuse_and_recuses_them(app):
    log = tried(b"name,identifier\nOtto,otto@tracker.example\n", LogKind.PEOPLE)
    assert log.report["recused"] == [world.person("otto").name]
    assert db.session().scalar(sa.select(sa.func.count(RecusalMatch.id))) == 0
    actions.start_import(world.person("ines"), log)
    logs.work_off()
    assert db.session().scalar(sa.select(sa.func.count(RecusalMatch.id))) == 1


def test_a_line_that_is_left_out_adds_nobody(app):
    log = tried(PEOPLE, LogKind.PEOPLE)
    actions.leave_out_lines(world.person("ines"), log, lines=[2], why="Left the office before")
    actions.start_import(world.person("ines"), log)
    logs.work_off()
    assert [one[1] for one in everybody()] == ["Anna Berg"]


def test_a_call_is_a_press_contact_of_whichever_party_is_in_the_case(app, browse):
    build_material.person(("phone", "+49 30 1234567"), name="Paul")
    log = imported(CALLS, LogKind.PRESS_CONTACTS)
    found = db.session().scalars(PressContact.of(world.case()).order_by(PressContact.number)).all()
    assert [(one.person.pseudonym, one.with_whom, one.minutes, one.basis.value, one.origin) for one in found] == [
        ("P-001", "The Paper", 2, "log", "L1, line 2"), ("P-001", "+44 20 5555", 1, "log", "L1, line 3"),
    ]  # fmt: skip
    assert log.new_people == 0
    text = browse("ines").get("/cases/LK-AAAA/access-logs/1").text
    assert "The Paper" in text
    actions.revert_log(world.person("ines"), log, why="The wrong phone")
    assert list(db.session().scalars(PressContact.of(world.case()))) == []


def test_a_call_between_strangers_is_no_press_contact_and_one_between_two_people_names_nobody(app, browse):
    build_material.person(("phone", "100"), name="Paul")
    build_material.person(("phone", "200"), name="Anna")
    content = b"caller,called,start,minutes\n100,200,2018-03-20 17:31,1\n300,400,2018-03-20 17:31,1\n"
    log = tried(content + b"100,400,2018-03-20 17:31,x\n", LogKind.PRESS_CONTACTS)
    assert [line for line, _ in reasons(log)] == [3, 4]
    assert reasons(log)[0][1].startswith("Neither party is a person of this case.")
    assert log.report["first"][0][1:3] == ["100", "P-002"]
    ines = browse("ines")
    text = ines.get("/cases/LK-AAAA/access-logs/1").text
    assert "Its press contacts become 1 instead of 0." in text
    assert '<option selected value="with_whom">Contact with</option>' in ines.get(f"{logs.LOGS}/1/columns").text


@pytest.mark.parametrize(("text", "column", "minutes"), [
    ("", "duration", None), ("0:12:30", "duration", 13), ("1:00:00", "", 60), ("61", "Seconds", 2), ("60", "sec", 1),
    ("5", "minutes", 5), ("5,5", "Minutes", 6),
])  # fmt: skip
def test_a_length_is_whole_minutes_and_never_guessed(text, column, minutes):
    assert read_minutes(text, column) == minutes
    for unclear in ("61", "12:30", "long"):
        with pytest.raises(ValueError, match="Write the length"):
            read_minutes(unclear, "duration")


def test_a_telephone_number_is_the_same_however_it_is_written():
    assert len({phone_key(one) for one in ("+49 30 123-4567", "0049301234567", "+49 (30) 1234567")}) == 1
    assert phone_key("The Paper") == "The Paper"


@pytest.mark.parametrize(("what", "people"), [
    ({"lines": "Anna Berg <anna@x.example>; p.young@x.example\nMax\n"}, ["anna@x.example", "p.young@x.example", "Max"]),
    ({"file": (io.BytesIO(b"a@x.example,Anna\nb@x.example,Berta\n"), "list.csv")}, ["a@x.example", "b@x.example"]),
])  # fmt: skip
def test_a_distribution_list_is_imported_in_one_step(app, browse, what, people):
    build_material.version(build_material.material("CARDS"), "v1")
    ines = browse("ines")
    answer = ines.post_form("/cases/LK-AAAA/access/import-list", sent="1.1", level="E2", since="2018-03-19 17:20",
                            obtained_from="Mail service", **what)  # fmt: skip
    assert answer.status_code == 303, answer.text
    logs.work_off()
    assert logs.log().report["listed"] == []
    ines.post_form("/cases/LK-AAAA/access-logs/1/start", at="/cases/LK-AAAA/access-logs/1")
    logs.work_off()
    rows = db.session().scalars(AccessRecord.of(world.case()).order_by(AccessRecord.line)).all()
    assert {one.since for one in rows} == {stated("2018-03-19 17:20", "UTC")}
    assert {(one.material.identifier, one.version.label, one.level, one.channel.value) for one in rows} == {
        ("CARDS", "v1", Level.E2, "distribution_list")
    }
    assert [known._value for one in rows for known in one.person.identifiers] == people


def test_pasted_people_are_a_file_too_and_one_of_both_is_needed(app, browse):
    ines, url = browse("ines"), "/cases/LK-AAAA/people/import"
    assert "Paste the list, or choose a file." in ines.post_form(url, obtained_from="HR").text
    answer = ines.post_form(url, lines="Paul Young, Clerk, Registry, p.young@x.example", obtained_from="HR")
    logs.work_off()
    assert answer.status_code == 303
    assert (logs.log().name, logs.log().report["new"], logs.log().report["listed"]) == ("pasted.csv", 1, [])
    assert "Paul Young" in ines.get("/cases/LK-AAAA/access-logs/1").text


def test_lists_come_in_by_command_as_well(app, command, tmp_path):
    build_material.material("CARDS")
    file = tmp_path / "list.csv"
    file.write_bytes(b"a@x.example\nb@x.example\n")
    run = ("import", "list", "LK-AAAA", str(file), "--as", "ines@tracker.example", "--fixed", "material=CARDS")
    assert "2 records" in command(*run)[1]
    file.write_bytes(PEOPLE)
    code, said = command("import", "people", "LK-AAAA", str(file), "--as", "ines@tracker.example")
    assert (code, "2 new people" in said) == (0, True), said
    file.write_bytes(
        CALLS.replace(b"+49 30 1234567", b"anna.berg").replace(b"0049 (30) 123-4567", b"p.young@tracker.example")
    )
    code, said = command("import", "contacts", "LK-AAAA", str(file), "--as", "ines@tracker.example", "--zone", "UTC")
    assert (code, "2 records" in said) == (0, True), said


def test_the_rows_of_lists_are_in_the_proof(app, command):
    build_material.person(("phone", "+49 30 1234567"), name="Paul")
    imported(PEOPLE, LogKind.PEOPLE)
    imported(CALLS, LogKind.PRESS_CONTACTS)
    code, said = command("audit", "verify")
    assert code == 0, said
