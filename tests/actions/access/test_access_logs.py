"""A log is received, tried, taken in as a whole or not at all, and reverted as a whole; each leaves its entry."""

from functools import partial

import pytest
import sqlalchemy as sa

from tests import world
from tests.builders.build_material import material, person
from tests.imports.logs import DOORS, NO_RELIABILITY, counts, doors, log, received, work_off
from tracker.actions.access import access_logs as actions
from tracker.actions.access.people import add_person
from tracker.analysis.logs.rows import Problem
from tracker.audit.doors import Denied, Refused, Stale
from tracker.base import db
from tracker.imports.report import Report
from tracker.imports.worker import save_report
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Identifier
from tracker.models.access.words import IdentifierKind, LogKind, LogState


@pytest.fixture
def rooms(app):
    return material(identifier="ROOMS")


def ines():
    return world.person("ines")


def checked(**how):
    """DOORS, tried."""
    actions.ask_check(ines(), doors(**how))
    work_off()
    return log()


def visible():
    """DOORS, taken in."""
    actions.start_import(ines(), checked())
    work_off()
    return log()


def test_a_received_log_is_numbered_and_named_by_its_hash(rooms, last_entry):
    entry = doors()
    assert (entry.number, entry.state, entry.receipt) == (1, LogState.RECEIVED, "LK-AAAA/L1")
    told = last_entry()
    assert (told["act"], told["obj"], told["case"]) == ("access_log.received", f"access_log:{entry.id}", "LK-AAAA")
    assert told["d"]["sha256"] == entry.sha256


def test_the_same_bytes_are_one_log_in_a_case_whatever_their_name(rooms, entries):
    doors()
    with pytest.raises(Refused, match="This file is already in the case as LK-AAAA/L1"):
        doors()
    assert len(entries("access_log.received")) == 1
    received(kind=LogKind.WHEREABOUTS, zone="UTC")
    assert received(case=world.case("LK-BBBB"), by="ivo", kind=LogKind.WHEREABOUTS, zone="UTC").number == 1


def test_only_the_team_imports(rooms):
    entry = doors()
    for who in ("rhea", "cora", "otto"):
        with pytest.raises(Denied):
            actions.ask_check(world.person(who), entry)
    with pytest.raises(Denied):
        actions.receive_log(
            world.person("ivo"), world.case(), kind=LogKind.ACCESS, name="x", sha256="0" * 64, size=1,
            plan=entry.mapping, **NO_RELIABILITY,
        )  # fmt: skip


def test_another_mapping_voids_the_dry_run(rooms, last_entry):
    entry = checked()
    actions.map_log(ines(), entry, plan=entry.mapping)
    assert (log().state, log().report) == (LogState.RECEIVED, {})
    assert last_entry()["act"] == "access_log.mapped"


def test_nothing_starts_without_a_dry_run(rooms):
    with pytest.raises(Refused, match="Check the file first"):
        actions.start_import(ines(), doors())


def test_an_import_sets_its_numbers_aside(rooms, entries):
    actions.start_import(ines(), checked())
    assert (log().first_number, world.case().accesses_numbered, log().state) == (1, 4, LogState.STAGING)
    assert entries("access_log.started")[0]["obj"] == f"access_log:{log().id}"


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (Report(), "No line of this file"),
        (Report(rows=1, problems=[Problem("time", "No date.", "x", 1, [7])]), "Line 7 has an error"),
        (Report(rows=1, problems=[Problem("time", "No date.", "x", 9, [7])]), "Line 7 and 8 more have an error"),
        (Report(rows=1, unsure=[("a", "b", "c", ["P-001"])]), "Settle the unsure matches"),
    ],
)
def test_what_is_not_whole_is_not_begun(rooms, report, sentence):
    actions.ask_check(ines(), doors())
    save_report(log(), report)
    with pytest.raises(Refused, match=sentence):
        actions.start_import(ines(), log())


def test_lines_with_errors_and_lines_that_are_named_are_left_out_with_a_reason(rooms, last_entry):
    entry = checked(content=DOORS + b"soon, anna001, Lobby\nsoon, berta001, Lobby\nlater, anna001, Lobby\n")
    causes = [one.cause for one in entry.problems]
    for wrong, sentence in (
        ({"why": " ", "problems": causes}, "Enter the reason"),
        ({"why": "Test lines"}, "numbers of the lines"),
        ({"why": "Test lines", "problems": [("a", "b", None)]}, "no such error any more"),
    ):
        with pytest.raises(Refused, match=sentence):
            actions.leave_out_lines(ines(), log(), **wrong)
    actions.leave_out_lines(ines(), log(), problems=causes[:1] * 2, lines=[3, 8, 3], why="Test lines")
    actions.leave_out_lines(ines(), log(), problems=causes[:1], lines=[8], why="Again")
    assert [one["lines"] for one in log().left_out] == [2, 2]
    assert last_entry()["act"] == "access_log.lines_left_out"
    actions.include_lines(ines(), log(), at=0)
    with pytest.raises(Refused, match="included already"):
        actions.include_lines(ines(), log(), at=7)
    with pytest.raises(Refused, match="Line 6 and 1 more have an error"):
        actions.start_import(ines(), log())
    actions.leave_out_lines(ines(), log(), problems=causes[:1], why="Test lines")
    actions.start_import(ines(), log())
    work_off()
    assert (log().state, log().rows) == (LogState.VISIBLE, 3)
    with pytest.raises(Refused, match="Check the file first"):
        actions.leave_out_lines(ines(), log(), lines=[3], why="Too late")


def test_whereabouts_have_numbers_of_their_own(app):
    entry = received(kind=LogKind.WHEREABOUTS, zone="UTC")
    actions.ask_check(ines(), entry, at_once=True)
    save_report(log(), Report(rows=4))
    actions.start_import(ines(), log(), at_once=True)
    case = world.case()
    assert (case.whereabouts_numbered, case.accesses_numbered) == (4, 0)
    assert log().begun is not None


def test_a_log_becomes_visible_with_one_entry_that_counts_it(rooms, entries):
    entry = visible()
    assert (entry.state, entry.rows, entry.repeats, entry.new_people) == (LogState.VISIBLE, 4, 1, 2)
    facts = entries("access_log.imported")[0]["d"]
    assert {name: facts[name] for name in ("rows", "repeats", "new_people", "faults", "left_out")} == {
        "rows": 4, "repeats": 1, "new_people": 2, "faults": 0, "left_out": 0,
    }  # fmt: skip


def test_only_a_staged_log_becomes_visible(rooms):
    with pytest.raises(Refused, match="stopped"):
        actions.receive_access_log(ines(), doors())


def test_somebody_recorded_meanwhile_under_an_identifier_of_the_file_stops_it(rooms, monkeypatch):
    actions.start_import(ines(), checked())

    def meanwhile(importer, entry):
        """After the rows were laid out, Lena adds one of the people by hand."""
        add_person(
            world.person("lena"), world.case(), name="", post="Aide", unit="", identifiers=[("badge", "anna001")]
        )
        return actions.receive_access_log(importer, entry)

    monkeypatch.setattr("tracker.imports.worker.receive_access_log", meanwhile)
    work_off()
    assert log().state is LogState.FAILED
    assert "was added meanwhile" in log().failure
    assert counts() == {"access_record": 0, "whereabouts": 0, "person": 1, "identifier": 1}


def test_who_is_named_in_a_log_is_shut_out_at_once(rooms):
    content = DOORS.replace(b"berta001", world.email("otto").encode())
    actions.start_import(ines(), checked(content=content))
    work_off()
    with pytest.raises(Denied):
        actions.read_log_file(world.person("otto"), log())


def test_an_unsure_person_can_be_said_to_be_somebody_of_the_case(rooms, last_entry):
    somebody = person(name="Anna")
    same = [(somebody, IdentifierKind.BADGE, "anna001"), (somebody, IdentifierKind.BADGE, "ANNA001")]
    actions.settle_people(ines(), doors(), answers={"anna001": somebody.pseudonym}, same=same)
    assert log().mapping["people"] == {"anna001": somebody.pseudonym}
    held = db.session().scalars(sa.select(Identifier).where(Identifier.person_id == somebody.id)).all()
    assert [(one.kind, one._value) for one in held] == [(IdentifierKind.BADGE, "anna001")]
    assert last_entry()["act"] == "access_log.people_settled"


def test_a_person_of_another_case_is_nobody_here(rooms):
    other = add_person(world.person("ivo"), world.case("LK-BBBB"), name="", post="Aide", unit="", identifiers=[])
    with pytest.raises(Refused, match="people in this case"):
        actions.settle_people(ines(), doors(), answers={}, same=[(other, IdentifierKind.BADGE, "x")])


def test_who_is_given_the_identifier_of_a_member_shuts_that_member_out(rooms):
    somebody = person(name="Rhea")
    same = [(somebody, IdentifierKind.EMAIL, world.email("rhea"))]
    actions.settle_people(ines(), doors(), answers={}, same=same)
    with pytest.raises(Denied):
        actions.read_log_file(world.person("rhea"), log())


def test_a_log_that_was_given_up_changes_no_more(rooms, last_entry):
    entry = doors()
    actions.drop_log(ines(), entry)
    assert (log().state, last_entry()["act"]) == (LogState.FAILED, "access_log.dropped")
    for verb in (actions.drop_log, actions.ask_check):
        with pytest.raises(Refused, match="This log is failed"):
            verb(ines(), log())


def test_the_reliability_of_a_log_is_changed_and_the_old_words_are_kept(rooms, last_entry):
    entry = doors()
    actions.edit_log(ines(), entry, lock_version=entry.lock_version, gaps="Night of 1 May")
    assert (log().gaps, log().clock_offset, log().lock_version) == ("Night of 1 May", "unknown", 2)
    assert "gaps" in last_entry()["d"]["fields"][f"access_log:{entry.id}"]
    with pytest.raises(Stale):
        actions.edit_log(ines(), log(), lock_version=1, gaps="None")


def test_an_reverted_log_keeps_its_rows_and_counts_nowhere(rooms, last_entry):
    actions.revert_log(world.person("lena"), visible(), why="Wrong zone")
    assert (log().reverted_by.name, log().reverted_why, log().state) == ("Lena", "Wrong zone", LogState.REVERTED)
    assert (last_entry()["act"], last_entry()["d"]["rows"]) == ("access_log.reverted", 4)
    assert counts()["access_record"] == 4
    assert db.session().scalars(AccessRecord.of(world.case())).all() == []
    with pytest.raises(Refused, match="Only an imported log"):
        actions.revert_log(ines(), log(), why="Again")


def test_reading_the_file_or_its_faults_is_recorded_and_asks_for_names(rooms, last_entry):
    entry = doors()
    for verb, act in (
        (actions.read_log_file, "access_log.file_read"),
        (actions.read_log_faults, "access_log.faults_read"),
        (partial(actions.read_log_lines, lines="3"), "access_log.lines_read"),
    ):
        verb(world.person("cora"), entry)
        assert (last_entry()["act"], last_entry()["actor"]) == (act, world.person("cora").uid)
        with pytest.raises(Denied):
            verb(world.person("otto"), entry)
