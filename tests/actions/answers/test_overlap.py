"""Overlap over the record: observed beside chance, by function apart, and across cases only where it may be asked."""

import pytest
import sqlalchemy as sa

from tests import world
from tests.builders.build_access import access, disclosure, person_level, utc
from tests.builders.build_material import NOWHEN, material, person
from tracker.actions.access import access_records, people
from tracker.actions.answers.narrowing.overlap import gather, read_overlap
from tracker.actions.case import cases, roles
from tracker.actions.disclosure import disclosures, materials
from tracker.analysis.narrowing.overlap import chance_of
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.models.access.words import Involvement, Level
from tracker.models.case.words import ProtectionResult, Role

FIRST, SECOND = utc("2018-03-10 12:00"), utc("2018-03-20 12:00")
EARLY, LATE = utc("2018-03-09 12:00"), utc("2018-03-15 12:00")


@pytest.fixture
def two(world):
    """Two disclosures of one material and eight people: four before both, of whom one handles it and one is by post."""
    card = material()
    who = [person(involvement=Involvement.HANDLER), *(person(("badge", f"B-{n}")) for n in range(2, 9))]
    for number, one in enumerate(who):
        if number < 6:
            access(one, card, since=EARLY if number < 4 else LATE, level=Level.E0 if number == 1 else Level.E3)
    disclosure(published=FIRST)
    disclosure(published=SECOND)
    person_level()
    return who


def numbers(some):
    return {number for _, number in some}


def test_observed_stands_beside_chance_and_by_function_apart(two):
    gathered = gather([world.case()])
    (row,) = gathered.compare(gathered.groups)
    assert [len(group.people) for group in row.groups] == [4, 6]
    assert numbers(row.by_function) == {1, 2}
    assert numbers(row.others) == {3, 4}
    assert row.observed == 4
    assert row.chance == chance_of(6, [2, 4])
    assert "total unknown" in gathered.groups[0].coverage[0]
    assert list(gathered.compare(gathered.groups[:1])) == []
    plain = """SELECT count(*) FROM (SELECT person_id FROM access_record GROUP BY person_id
        HAVING min(since_earliest) < '2018-03-10 12') AS early"""
    assert db.session().scalar(sa.text(plain)) == row.observed


def test_three_disclosures_are_compared_in_pairs_too(two):
    disclosure(published=utc("2018-03-09 11:00"))
    gathered = gather([world.case()])
    rows = list(gathered.compare(gathered.groups))
    assert [len(row.groups) for row in rows] == [3, 2, 2, 2]
    assert rows[0].observed == 0
    (alone,) = gathered.compare(rows[1].groups)
    assert rows[1] == alone, "two disclosures have the same in common whatever else is compared"


@pytest.fixture
def another(two):
    """LK-BBBB with a person of LK-AAAA, known by an equal badge, and Lena among those who may read it."""
    ivo, case = world.person("ivo"), world.case("LK-BBBB")
    for who, role in (("lena", Role.OBSERVER), ("cora", Role.COUNSEL)):
        offer = roles.offer_role(ivo, case, email=world.email(who), role=role)
        roles.accept_role(world.person(who), offer, declaration="I have no conflict of interest.")
    facts = {"name": "", "post": "Aide", "unit": ""}
    same = people.add_person(ivo, case, identifiers=[("badge", "b-4")], **facts)
    people.add_person(ivo, case, identifiers=[("account", "b-5")], **facts)  # another kind is another identifier
    book = materials.register_material(ivo, case, identifier="BOOK", title="Book", marking="internal", created=NOWHEN)
    access_records.record_access(ivo, case, person=same, material=book, level=Level.E3, since=EARLY, until=NOWHEN)
    disclosures.record_disclosure(ivo, case, outlet="Another daily", published=SECOND)
    return case


def test_one_person_of_two_cases_is_matched_by_an_equal_identifier_alone(another):
    gathered = gather([world.case(), another])
    row = next(gathered.compare([gathered.groups[0], gathered.groups[-1]]))
    assert row.others == {(world.case().id, 4)}
    assert len(gathered.everybody) == 9


def test_another_case_is_compared_only_when_its_reader_may_and_its_check_is_done(another, browse, entries):
    here, lena = "/cases/LK-AAAA/overlap", browse("lena")
    assert "LK-BBBB: " in lena.get(f"{here}?cases=LK-BBBB").text
    assert lena.get(f"{here}.csv?cases=LK-BBBB").status_code == 422
    assert "You have no access to a case LK-BBBB." in browse("ines").get(f"{here}?cases=LK-BBBB").text
    with pytest.raises(Refused):
        read_overlap(world.person("lena"), world.case("LK-BBBB"))
    cases.record_protection_check(world.person("cora"), world.case("LK-BBBB"), result=ProtectionResult.PROCEED,
                                  answered_on="2018-03-21", reason="Nothing points there.")  # fmt: skip
    text = lena.get(f"{here}?cases=lk-bbbb").text
    assert "LK-BBBB P-001" in text
    assert "LK-BBBB D1" in text
    assert [one["case"] for one in entries("overlap.read")][-2:] == ["LK-BBBB", "LK-AAAA"]
    filed = lena.get(f"{here}.csv?cases=LK-BBBB&off=d2").text
    assert "P-004 = LK-BBBB P-001" in filed
    assert '"D1, LK-BBBB D1"' in filed
