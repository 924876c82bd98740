"""Whereabouts: recorded with what is known, corrected by a new row, never edited."""

import pytest

from tests.builders.build_access import seen, utc
from tests.builders.build_material import NOWHEN
from tracker.actions.access import people, whereabouts
from tracker.audit.doors import Denied, Refused
from tracker.base import db
from tracker.models.access.whereabouts import Whereabouts


def correct(world, row, who="ines", **facts):
    about = {"person": row.person, "place": "Hall", "since": NOWHEN, "until": NOWHEN, **facts}
    return whereabouts.correct_whereabouts(world.person(who), row, why_corrected="Another door.", **about)


def test_recorded_whereabouts_have_the_next_number_and_leave_an_entry(world, last_entry):
    row = seen(since=utc("2018-03-20 11:00"), until=utc("2018-03-20 12:00"), source="Badge", note="")
    assert (row.number, row.place, row.origin) == (1, "Reading room", "Badge")
    entry = last_entry()
    assert (entry["act"], entry["case"], entry["obj"]) == ("whereabouts.recorded", "LK-AAAA", f"whereabouts:{row.id}")
    assert seen(row.person).number == 2


def test_people_of_another_case_are_refused(world):
    stranger = people.add_person(world.person("ivo"), world.case("LK-BBBB"), name="", post="", unit="", identifiers=[])
    with pytest.raises(Refused, match="of this case"):
        seen(stranger)


def test_nobody_leaves_before_coming(world):
    with pytest.raises(Refused, match="The end is before the start"):
        seen(since=utc("2018-03-20 11:00"), until=utc("2018-03-20 10:59"))


def test_a_correction_is_a_new_row_that_names_the_old_one(world, last_entry):
    old = seen()
    new = correct(world, old)
    assert (new.number, new.corrects, old.corrected_by, new.place, old.place) == (2, old, new, "Hall", "Reading room")
    assert last_entry()["act"] == "whereabouts.corrected"
    assert list(db.session().scalars(Whereabouts.of(world.case()).where(Whereabouts.uncorrected()))) == [new]
    with pytest.raises(Refused, match="Record 2 corrects record 1"):
        correct(world, old)


def test_who_only_reads_neither_records_nor_corrects(world):
    old = seen()
    for who in ("otto", "rhea"):
        with pytest.raises(Denied):
            seen(old.person, by=who)
        with pytest.raises(Denied):
            correct(world, old, who)
