"""The worker: what it does is seen whole or not at all, whatever happens to it in the midst."""

import fcntl
import io
from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests import world
from tests.builders.build_material import material, person
from tests.imports.logs import DOORS, counts, doors, log, received, work_off
from tests.machinery.damage import flip_bit
from tracker.actions.access import access_logs as actions
from tracker.actions.access import people
from tracker.actions.case import roles
from tracker.base import db
from tracker.imports import staging, worker
from tracker.imports.plan import Plan
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Identifier, Person
from tracker.models.access.words import IdentifierKind, LogKind, LogState
from tracker.models.case.assignments import Assignment

NOTHING = {"access_record": 0, "whereabouts": 0, "person": 0, "identifier": 0}


@pytest.fixture
def rooms(app):
    return material(identifier="ROOMS")


def ines():
    return world.person("ines")


def staged(**how):
    """A log that was tried and is to be taken in."""
    actions.ask_check(ines(), doors(**how))
    work_off()
    actions.start_import(ines(), log())
    return log()


def of_the_future(number, crash):
    """A function that crashes when it is called for the `number`th time."""
    calls = iter(range(1, number + 1))

    def called(*arguments, **details):
        if next(calls) == number:
            raise KeyboardInterrupt
        return crash(*arguments, **details)

    return called


def crash_at(monkeypatch, number):
    monkeypatch.setattr(staging, "BATCH", 1)
    monkeypatch.setattr(staging._Batches, "lay", of_the_future(number, staging._Batches.lay))


@pytest.mark.parametrize("batch", [1, 3, 4])
def test_a_crash_of_the_program_leaves_nothing(rooms, monkeypatch, batch, entries):
    staged()
    crash_at(monkeypatch, batch)
    with pytest.raises(KeyboardInterrupt):
        work_off()
    assert counts() == NOTHING
    assert (log().state, log().failure) == (LogState.FAILED, worker.OUR_FAULT)
    assert entries("access_log.imported") == []
    assert entries("access_log.failed")[0]["obj"] == f"access_log:{log().id}"


@pytest.mark.parametrize("later", ["sweep", "work_off"])
def test_what_a_dead_process_left_half_way_is_taken_away(app, rooms, monkeypatch, later):
    staged()
    crash_at(monkeypatch, 3)
    monkeypatch.setattr(worker, "_fail", lambda *_: None)  # a killed process cleans up nothing
    with pytest.raises(KeyboardInterrupt):
        work_off()
    monkeypatch.undo()
    assert (counts()["access_record"], counts()["person"]) == (2, 2)
    assert db.session().scalars(AccessRecord.of(world.case())).all() == []
    assert db.session().scalars(Person.of(world.case())).all() == []
    getattr(worker, later)(app)
    assert counts() == NOTHING
    assert (log().state, log().failure) == (LogState.FAILED, worker.LEFT)
    again = staged_again()
    assert (again.state, again.rows) == (LogState.VISIBLE, 4)


def staged_again():
    actions.ask_check(ines(), doors())
    work_off()
    actions.start_import(ines(), log(2))
    work_off()
    return log(2)


def test_a_dry_run_that_was_left_half_way_has_failed(app, rooms):
    actions.ask_check(ines(), doors(), at_once=True)
    worker.sweep(app)
    assert (log().state, log().failure) == (LogState.FAILED, worker.LEFT)


def test_a_log_that_waits_for_a_worker_is_not_swept(app, rooms):
    actions.ask_check(ines(), doors())
    worker.sweep(app)
    assert log().state is LogState.CHECKING
    assert work_off() == 1


def test_only_one_process_is_at_work(app, settings, rooms):
    actions.ask_check(ines(), doors())
    with (settings.instance / "imports.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert work_off() == 0
        worker.sweep(app)
    with worker.turn(settings, wait=True) as mine:
        assert mine


def test_files_that_no_row_names_are_removed_at_the_start(app, rooms, entries):
    files = app.extensions["files"]
    kept = doors()
    orphan = files.put(io.BytesIO(b"left by an upload that was never told of"))
    worker.sweep(app)
    assert kept.sha256 in files
    assert orphan.sha256 not in files
    assert entries("files.swept")[0]["d"] == {"files": 1}


def test_whoever_lost_her_role_meanwhile_imports_nothing(rooms):
    staged()
    held = sa.select(Assignment).where(Assignment.account_id == ines().id)
    roles.end_assignment(world.person("lena"), db.session().scalars(held).one(), reason="Leaves")
    work_off()
    assert (log().state, counts()) == (LogState.FAILED, NOTHING)
    assert log().failure == "You do not have permission to import or revert an access log."


def test_whoever_was_shut_out_meanwhile_imports_nothing(rooms):
    staged()
    person(("email", world.email("ines")), who="lena")
    work_off()
    assert (log().state, counts()["access_record"]) == (LogState.FAILED, 0)


def test_a_file_that_was_changed_where_it_lies_is_not_imported(app, rooms):
    flip_bit(app.extensions["files"].path(staged().sha256), -1)
    work_off()
    assert (log().state, log().failure) == (LogState.FAILED, worker.DAMAGED)


def test_a_file_that_is_not_as_its_plan_says_fails_in_the_dry_run(rooms):
    plan = Plan.of(doors())
    other = replace(plan, reading=replace(plan.reading, header_line=9))
    actions.map_log(ines(), log(), plan=other.as_json())
    actions.ask_check(ines(), log())
    work_off()
    assert log().state is LogState.FAILED
    assert log().failure.startswith("Line 9: The file has no header here")


def test_a_material_taken_away_between_dry_run_and_import_stops_it(rooms, monkeypatch):
    staged()
    monkeypatch.setattr(staging, "Materials", lambda *_: Nowhere())
    work_off()
    assert (log().state, counts()) == (LogState.FAILED, NOTHING)
    assert "Line 2 can no longer be imported" in log().failure


class Nowhere(dict):
    def __missing__(self, named):
        from tracker.imports.materials import Missing

        return Missing("material", named[0], "There is no such material in this case.")


def test_a_person_recorded_between_dry_run_and_import_is_the_same(rooms):
    staged()
    anna = person(("badge", "anna001"))
    work_off()
    assert log().state is LogState.VISIBLE
    assert db.session().scalars(AccessRecord.of(world.case()).where(AccessRecord.line == 2)).one().person_id == anna.id
    assert log().new_people == 1


def test_somebody_who_became_unsure_stops_it(rooms):
    columns = {"since": ["time"], "identifier": ["id"], "name": ["name"]}
    content = b"time,id,name\n2016-05-31 08:00,anna001,Anna Ang\n"
    staged(content=content, columns=columns)
    person(name="Anna Ang")
    work_off()
    assert log().failure == "A person in this file became an unsure match after the check. Check the file again."


def test_a_file_that_reads_otherwise_than_it_was_tried_is_not_imported(rooms):
    entry = staged()
    with worker.staging(entry):
        entry.report = {**entry.report, "rows": 5}
    work_off()
    assert log().failure.startswith("4 records can be imported now. The check found 5")


def test_pseudonyms_of_an_export_are_kept_where_they_are_free(app):
    person(name="")
    content = (b"person,name,place,since_utc,since_local,since_precision\n"
               b"P-014,Anna,Hall,2016-05-31T08:00:00Z,2016-05-31T08:00:00+00:00,exact\n"
               b"P-002,Berta,Hall,2016-05-31T08:00:00Z,2016-05-31T08:00:00+00:00,exact\n")  # fmt: skip
    actions.ask_check(ines(), received(content, LogKind.WHEREABOUTS))
    work_off()
    actions.start_import(ines(), log())
    work_off()
    people_of = db.session().scalars(Person.of(world.case()).order_by(Person.number)).all()
    assert [(one.pseudonym, one._name) for one in people_of] == [("P-001", ""), ("P-002", "Berta"), ("P-014", "Anna")]
    assert db.session().scalars(sa.select(Identifier)).all() == []


def test_two_cards_of_one_person_are_hers(rooms, app):
    anna = person(("badge", "anna001"))
    people.add_identifier(ines(), anna, kind=IdentifierKind.BADGE, value="anna002")
    entry = staged(content=DOORS.replace(b"berta001", b"anna002"))
    work_off()
    rows = db.session().scalars(AccessRecord.of(world.case()).order_by(AccessRecord.line)).all()
    assert [(row.person_id, row.identifier._value) for row in rows] == [
        (anna.id, "anna001"), (anna.id, "anna002"), (anna.id, "anna002"), (anna.id, "anna001"),
    ]  # fmt: skip
    assert log(entry.number).new_people == 0


def test_the_thread_of_the_program_does_the_work(app, rooms):
    actions.ask_check(ines(), doors())
    with app.app_context():
        worker._work_in_context(app, worker.work_off)
    assert log().state is LogState.CHECKED
