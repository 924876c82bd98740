"""The page of a log: its receipt, its reliability, its rows, the file itself, and the way back."""

import pytest

from tests import world
from tests.builders.build_material import material
from tests.imports.logs import DOORS, LOGS, bring, log, work_off
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person

ONE = f"{LOGS}/1"


@pytest.fixture
def ines(app, browse):
    """Ines, and a material for the rooms."""
    material(identifier="ROOMS")
    return browse("ines")


def test_the_same_bytes_are_recognised_until_they_are_reverted(ines):
    bring(ines, material="ROOMS", level="E3")
    answer = bring(ines, material="ROOMS", level="E3")
    assert answer.status_code == 409
    assert "This file is already in the case as LK-AAAA/L1" in answer.text
    work_off()
    ines.post_form(f"{ONE}/start", at=ONE)
    work_off()
    assert bring(ines, material="ROOMS", level="E3").status_code == 409
    assert ines.post_form(f"{ONE}/revert").status_code == 422
    assert ines.post_form(f"{ONE}/revert", reason="Wrong zone").location == ONE
    page = ines.get(ONE).text
    assert "Wrong zone" in page
    assert page.count('class="struck"') == 4
    assert db.session().scalars(AccessRecord.of(world.case())).all() == []
    assert bring(ines, material="ROOMS", level="E3").location == f"{LOGS}/2"
    work_off()
    assert (log(2).new_people, log(2).report["same"]) == (0, 2)


def test_the_reliability_of_a_log_can_be_changed(ines):
    bring(ines, material="ROOMS", clock_offset="2 minutes fast")
    assert ines.post_form(f"{ONE}/edit", gaps="Night of 1 May").location == ONE
    page = ines.get(ONE).text
    assert "Night of 1 May" in page
    assert "2 minutes fast" in page
    assert ines.post_form(f"{ONE}/edit", lock_version="1").status_code == 409


def test_a_file_can_be_given_up(ines):
    bring(ines, material="ROOMS")
    work_off()
    ines.post_form(f"{ONE}/drop", at=ONE)
    assert "The import was cancelled. Nothing was imported." in ines.get(ONE).text
    assert bring(ines, material="ROOMS").location == f"{LOGS}/2"


def test_the_file_itself_comes_back_byte_for_byte_and_the_reading_is_recorded(ines, browse, last_entry):
    bring(ines, material="ROOMS")
    assert ines.get(f"{ONE}/file").data == DOORS
    assert last_entry()["act"] == "access_log.file_read"
    assert browse("otto").get(f"{ONE}/file").status_code == 403


def test_an_observer_sees_no_key_of_anybody(ines, browse):
    bring(ines, DOORS + b"soon, anna001, Lobby\n", material="ROOMS")
    work_off()
    page = browse("otto").get(ONE)
    assert page.status_code == 200
    assert "anna001" not in page.text
    assert "Take in" not in page.text


def test_the_list_of_logs_says_what_is_there_and_can_be_narrowed(ines):
    assert "No access logs yet" in ines.get(LOGS).text
    bring(ines, material="ROOMS", system="Doors")
    assert "doors.csv" in ines.get(f"{LOGS}?q=door&kind=access&state=checking").text
    assert "No results match" in ines.get(f"{LOGS}?state=visible").text


def test_people_of_an_import_exist_only_once_it_is_done(ines):
    bring(ines, material="ROOMS", level="E3")
    work_off()
    assert db.session().scalars(Person.of(world.case())).all() == []


def test_the_dry_run_says_whom_of_the_team_it_would_shut_out(ines, browse):
    content = DOORS.replace(b"berta001", world.email("rhea").encode())
    bring(ines, content, material="ROOMS", level="E3")
    work_off()
    assert "1 account holder will be recused:</strong> Rhea" in ines.get(ONE).text
    assert browse("rhea").get(ONE).status_code == 200
    ines.post_form(f"{ONE}/start", at=ONE)
    work_off()
    assert browse("rhea").get(ONE).status_code == 404


def test_a_file_can_be_tried_again(ines):
    bring(ines, DOORS.replace(b"zone", b"material"), level="E3")
    work_off()
    assert log().rows == 0
    material(identifier="Lobby")
    ines.post_form(f"{ONE}/check", at=ONE)
    work_off()
    assert (log().rows, log().report["materials"]) == (1, ["Server Room"])
