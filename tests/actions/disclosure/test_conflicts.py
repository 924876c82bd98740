"""Rival facts: recorded under a field, taken back without being removed, and used by nothing."""

import pytest

from tests import world as people
from tests.builders.build_material import material, person, version
from tracker.actions.disclosure import claims, conflicts, disclosures
from tracker.audit.doors import Denied, Refused
from tracker.base import db
from tracker.models.disclosure.conflict_fields import find_thing, name_of, things_of
from tracker.models.disclosure.conflicts import address_of, conflicts_of
from tracker.models.disclosure.words import Confidence


@pytest.fixture
def disclosure(world):
    return disclosures.record_disclosure(world.person("ines"), world.case(), outlet="A newspaper")


def differs(thing, field="published", value="21:55", *, who="ines", source="a web archive"):
    return conflicts.record_conflict(
        people.person(who), thing, field=field, value=value, source=source, confidence=Confidence.LOW
    )


def test_a_conflict_is_numbered_within_the_case_and_leaves_the_field_alone(disclosure, last_entry):
    fact = differs(disclosure)
    assert (fact.number, fact.thing, fact.thing_id, fact.by.name) == (1, "disclosure", disclosure.id, "Ines")
    assert disclosure.lock_version == 1
    entry = last_entry()
    assert (entry["act"], entry["case"], entry["obj"]) == ("conflict.recorded", "LK-AAAA", f"conflict:{fact.id}")
    assert differs(disclosure, "sourcing").number == 2


def test_things_of_every_kind_may_be_conflict_fields_and_found_by_their_address(world, disclosure):
    cards = material("CARDS")
    things = {
        "case": (world.case(), "question", "The case"),
        "disclosure:1": (disclosure, "url", "Disclosure 1"),
        "claim:1/1": (claims.record_claim(world.person("ines"), disclosure, quote="So"), "clearance", None),
        "material:1": (cards, "created", "Material 1"),
        "version:1/1": (version(cards), "made", "Version 1 of material 1"),
        "person:1": (person(), "post", "P-001"),
    }
    for address, (thing, field, name) in things.items():
        fact = differs(thing, field)
        assert address_of(thing) == address
        assert find_thing(world.person("otto"), world.case(), address) is thing
        assert find_thing(world.person("ivo"), world.case("LK-BBBB"), address) is not thing
        assert things_of([fact]) == {(fact.thing, thing.id): thing}
        assert name_of(thing) == (name or "Claim C1 of disclosure 1")


@pytest.mark.parametrize(
    "address", ["", "disclosure", "disclosure:2", "claim:1", "disclosure:1/1", "account:1", "x" * 99]
)
def test_an_address_that_names_nothing_finds_nothing(world, disclosure, address):
    assert find_thing(world.person("ines"), world.case(), address) is None


def test_all_facts_of_a_thing_and_its_parts_are_loaded_at_once(world, disclosure):
    claim = claims.record_claim(world.person("ines"), disclosure, quote="So")
    first, second, third = differs(disclosure), differs(disclosure, value="22:10"), differs(claim, "quote")
    facts = conflicts_of(disclosure, claim)
    assert facts.on("published") == [first, second]
    assert facts.on("title") == []
    assert facts.of(claim).on("quote") == [third]
    assert (facts.address, facts.of(claim).address) == ("disclosure:1", "claim:1/1")


def test_a_field_that_the_thing_has_not_is_refused(disclosure):
    with pytest.raises(Refused, match="Choose a field from the list"):
        differs(disclosure, "quote")


def test_names_of_people_are_not_conflict_fields_here(world):
    with pytest.raises(Refused, match="Choose a field from the list"):
        differs(person(), "name")


def test_the_same_words_of_the_same_source_are_refused_until_withdrawn(disclosure):
    fact = differs(disclosure)
    with pytest.raises(Refused, match="already recorded"):
        differs(disclosure)
    conflicts.withdraw_conflict(people.person("lena"), fact)
    assert differs(disclosure).number == 2


def test_a_withdrawn_fact_stays_and_stands_under_its_field_no_more(disclosure, last_entry):
    fact = differs(disclosure)
    conflicts.withdraw_conflict(people.person("ines"), fact)
    assert last_entry()["act"] == "conflict.withdrawn"
    assert db.session().get(type(fact), fact.id).withdrawn_at is not None
    assert conflicts_of(disclosure).on("published") == []


def test_a_fact_is_withdrawn_once(disclosure):
    fact = differs(disclosure)
    conflicts.withdraw_conflict(people.person("ines"), fact)
    with pytest.raises(Refused, match="already withdrawn"):
        conflicts.withdraw_conflict(people.person("lena"), fact)


@pytest.mark.parametrize("who", ["rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_team_records_and_withdraws(disclosure, who):
    fact = differs(disclosure)
    with pytest.raises(Denied):
        differs(disclosure, "title", who=who)
    with pytest.raises(Denied):
        conflicts.withdraw_conflict(people.person(who), fact)
