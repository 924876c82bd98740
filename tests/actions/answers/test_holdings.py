"""Who held what: each question of sets against a plain loop over the records."""

from itertools import product

import pytest

from tests import world
from tests.builders.build_access import access, disclosure, utc
from tests.builders.build_material import material, person, version
from tracker.actions.access.exposure import windows_of
from tracker.actions.access.person_merges import merge_person
from tracker.actions.answers import holdings
from tracker.analysis.exposure import Standing
from tracker.analysis.moments import stated
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.access.words import Level

HOURS = [None, "2019-04-01 10:00", "2019-04-01 12:00", "2019-04-01 14:00"]
NOON = stated("2019-04-01 13:00", "UTC")


@pytest.fixture
def held(world):
    """Nine people with every mix of two versions and of records that name none; the truth beside it."""
    case_material = material("CARDS")
    one, two = version(case_material, label="v1"), version(case_material, label="v2")
    truth = {}
    for first, second in product(HOURS[:3], HOURS[1:]):
        who = person()
        access(who, case_material, version=one, since=utc(first), level=Level.E3) if first else None
        access(who, case_material, version=two, since=utc(second), level=Level.E2)
        truth[who.number] = (first, second)
    unclear = person()
    access(unclear, case_material, since=utc(HOURS[1]), level=Level.E1)
    return one, two, truth, unclear.number


def numbers(*where):
    case = world.case()
    people = holdings.people_of(case).where(Person.id.in_(holdings.holders(case, *where)))
    return {one.number for one in db.session().scalars(people)}


def test_who_has_a_version_before_a_time(held):
    one, two, truth, unclear = held
    for may in (False, True):
        extra = {unclear} if may else set()
        assert numbers(holdings.is_of(one, may=may)) == {n for n, (first, _) in truth.items() if first} | extra
        before = numbers(holdings.is_of(two, may=may), holdings.is_before(NOON, may=may))
        assert before == {n for n, (_, second) in truth.items() if second < "2019-04-01 13"} | extra


def test_evidence_is_asked_for_by_class(held):
    _, _, truth, unclear = held
    confirmed = numbers(holdings.AccessRecord.level.in_(holdings.levels_of(Standing.CONFIRMED)))
    assert confirmed == {n for n, (first, _) in truth.items() if first}
    assert numbers(holdings.AccessRecord.level.in_(holdings.levels_of(Standing.DELIVERED))) == set(truth)
    assert numbers(holdings.AccessRecord.level.in_(holdings.levels_of(Standing.POSSIBLE))) == {*truth, unclear}


def test_a_cell_has_the_strongest_evidence_and_its_first_time(held):
    one, two, truth, unclear = held
    people = {who.number: who.id for who in db.session().scalars(holdings.people_of(world.case()))}
    cells = holdings.cells_of_versions(world.case(), list(people.values()), [one, two])
    for number, (first, second) in truth.items():
        assert ((people[number], one.id) in cells) is (first is not None)
        assert cells[people[number], two.id].first.earliest == utc(second).earliest
        assert not cells[people[number], two.id].unsure
    assert cells[people[unclear], one.id].unsure
    assert cells[people[unclear], one.id].level is Level.E1


def test_the_only_version_is_meant_by_a_record_that_names_none(world):
    only = version(material("BOOK"), label="as delivered")
    who = person()
    access(who, only.material)
    cell = holdings.cells_of_versions(world.case(), [who.id], [only])[who.id, only.id]
    assert (cell.unsure, bool(cell.first), cell.records) == (False, False, 1)
    assert numbers(holdings.is_of(only, may=False)) == {who.number}


def test_two_numbers_of_one_person_count_as_one(world):
    shared = version(material("CARDS"), label="v1")
    one, other = person(), person()
    access(other, shared.material, version=shared, level=Level.E4)
    merge_person(world.person("ines"), other, same_as=one, reason="The same badge")
    assert numbers(holdings.is_of(shared, may=False)) == {one.number}
    assert (one.id, shared.id) in holdings.cells_of_versions(world.case(), [one.id], [shared])


def test_the_window_of_a_disclosure_has_cells_too(held):
    published = disclosure(published=utc("2019-04-01 11:00"))
    windows = windows_of(published, published.claims)
    people = {who.number: who.id for who in db.session().scalars(holdings.people_of(world.case()))}
    cells = holdings.cells_of_windows(world.case(), list(people.values()), [windows])
    inside = {n for n, (first, second) in held[2].items() if "2019-04-01 10:00" in {first, second}} | {held[3]}
    assert {who for who, number in people.items() if (number, 0) in cells} == inside


def test_confirmed_holders_are_counted_both_ways(held):
    one, two, truth, _ = held
    access(person(), one.material, since=utc(HOURS[1]), level=Level.E4)
    people = holdings.people_of(world.case())
    sure = sum(first is not None for first, _ in truth.values())
    assert holdings.count_confirmed(world.case(), people, [one, two])[0] == {one.id: (sure, sure + 1), two.id: (0, 1)}
    assert holdings.count_confirmed(world.case(), people, []) == ({}, [])
    only = version(material("BOOK"), label="v1")
    access(person(), only.material, level=Level.E5)
    assert holdings.count_confirmed(world.case(), people, [only])[0] == {only.id: (1, 1)}
