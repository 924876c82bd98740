"""Lists of people and of calls, reverted: what came with them is gone, unless something else rests on it."""

import pytest

from tests import world
from tests.builders import build_material
from tests.imports import logs
from tracker.actions.access import access_logs as actions
from tracker.actions.access import access_records
from tracker.analysis.moments import Moment, stated
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.access.words import Level, LogKind, LogState
from tracker.models.inquiry.press_contacts import PressContact

PEOPLE = b"name,identifier\nPaul Young,phone:100\nAnna Berg,anna.berg\n"
CALLS = b"caller,called,start,minutes\n100,The Paper,2018-03-20 17:31,2\n"


def imported(content, kind):
    log = logs.received(content, kind, zone="UTC")
    actions.ask_check(world.person("ines"), log)
    logs.work_off()
    actions.start_import(world.person("ines"), logs.log(log.number))
    logs.work_off()
    log = logs.log(log.number)
    assert log.state is LogState.VISIBLE, log.failure
    return log


def pseudonyms():
    return [one.pseudonym for one in db.session().scalars(Person.of(world.case()).order_by(Person.number))]


def test_contacts_of_a_reverted_file_are_gone(app):
    imported(PEOPLE, LogKind.PEOPLE)
    log = imported(CALLS, LogKind.PRESS_CONTACTS)
    assert (log.first_number, world.case().press_contacts_numbered) == (1, 1)
    actions.revert_log(world.person("ines"), log, why="The wrong phone")
    assert list(db.session().scalars(PressContact.of(world.case()))) == []


def test_people_of_a_reverted_list_are_gone_unless_something_names_them(app):
    log = imported(PEOPLE, LogKind.PEOPLE)
    ines, cards = world.person("ines"), build_material.material("CARDS")
    named = db.session().scalars(Person.of(world.case())).first()
    access_records.record_access(
        ines, world.case(), person=named, material=cards, level=Level.E3, channel=None,
        since=stated("2018-01-01", "UTC"), until=Moment.of(), source="", note="",
    )  # fmt: skip
    with pytest.raises(Refused, match=r"P-001 is named by other records"):
        actions.revert_log(ines, log, why="The wrong list")
    other = imported(b"name,badge\nEva,B-1\n", LogKind.PEOPLE)
    actions.revert_log(ines, other, why="The wrong list")
    assert pseudonyms() == ["P-001", "P-002"]
    build_material.person(("badge", "B-1"), name="Eva")  # whose identifier is free again
