"""Materials, copies and coverage: what is recorded, what is refused, and who may not."""

import pytest

from tests.builders.build_material import NOWHEN, material, person, version
from tracker.actions.disclosure import materials
from tracker.actions.disclosure.versions import Content, correct_version
from tracker.analysis.moments import stated
from tracker.audit.doors import Denied, Refused, Stale
from tracker.models.disclosure.words import CopyForm, HoldersKnown, Point


def copied(world, of, **facts):
    given = {"form": CopyForm.PAPER, "holder": "", "version": None, "label": "1/4", "mark": "", **facts}
    return materials.record_copy(world.person("ines"), of, **given)


def test_a_registered_material_has_a_number_and_leaves_an_entry(world, last_entry):
    card = material("NET-1", created=stated("2018-03-19 20:00", "-04:00"))
    assert (card.number, card.identifier, card.created.precision) == (1, "NET-1", "minute")
    entry = last_entry()
    assert (entry["act"], entry["case"], entry["obj"]) == ("material.registered", "LK-AAAA", f"material:{card.id}")


def test_two_materials_of_a_case_cannot_share_an_identifier(world):
    material("NET-1")
    with pytest.raises(Refused, match=r"Material 1 of this case has the identifier NET-1"):
        material("NET-1")


@pytest.mark.parametrize("twin", ["net-1", "ＮＥＴ-1", "NET-\u200b1"])
def test_two_materials_cannot_have_identifiers_that_an_import_takes_for_one(world, twin):
    material("NET-1")
    with pytest.raises(Refused, match=r"Material 1 of this case has the identifier NET-1"):
        material(twin)


def test_a_material_of_another_case_may_have_the_same_identifier(world):
    material("NET-1")
    other = materials.register_material(
        world.person("ivo"), world.case("LK-BBBB"), identifier="NET-1", title="T", marking="internal", created=NOWHEN
    )
    assert other.number == 1


def test_a_changed_material_keeps_its_identifier_and_says_what_changed(world, last_entry):
    card = material("NET-1")
    materials.edit_material(world.person("ines"), card, lock_version=1, identifier="NET-1", title="Cue cards")
    assert (card.title, card.lock_version) == ("Cue cards", 2)
    assert last_entry()["act"] == "material.changed"
    assert last_entry()["d"]["fields"] == {f"material:{card.id}": ["lock_version", "title"]}


def test_a_material_cannot_take_the_identifier_of_another(world):
    material("NET-1")
    with pytest.raises(Refused, match="NET-1"):
        materials.edit_material(world.person("ines"), material("NET-2"), lock_version=1, identifier="NET-1")


def test_a_material_saved_meanwhile_is_not_overwritten(world):
    card = material("NET-1")
    materials.edit_material(world.person("ines"), card, lock_version=1, identifier="NET-1", title="Cue cards")
    with pytest.raises(Stale):
        materials.edit_material(world.person("lena"), card, lock_version=1, identifier="NET-1", title="Cards")


def test_a_reviewer_does_not_record_materials(world):
    with pytest.raises(Denied):
        material("NET-1", who="rhea")


def test_a_copy_is_held_by_a_person_of_the_case(world, last_entry):
    aide = person()
    copy = copied(world, material(), holder="p-1")
    assert (copy.number, copy.holder, copy.holder_person) == (1, "P-001", aide)
    assert (last_entry()["act"], last_entry()["obj"]) == ("copy.recorded", f"copy:{copy.id}")


def test_a_copy_may_be_held_by_a_post_in_words(world):
    copy = copied(world, material(), holder="Registry, second floor")
    assert (copy.holder, copy.holder_person) == ("Registry, second floor", None)


def test_a_copy_is_not_held_by_somebody_who_is_not_there(world):
    with pytest.raises(Refused, match=r"There is no P-099 in this case"):
        copied(world, material(), holder="P-099")


def test_a_copy_is_of_a_version_of_its_own_material(world):
    foreign = material("NET-2")
    draft = version(foreign)
    assert copied(world, foreign, version=draft).version is draft
    with pytest.raises(Refused, match=r"Choose a version of this material\."):
        copied(world, material(), version=draft)


def test_a_changed_copy_keeps_its_number(world, last_entry):
    copy = copied(world, material())
    facts = {"form": CopyForm.PHOTO, "holder": "Press office", "version": None, "label": "1/4", "mark": "dot"}
    materials.edit_copy(world.person("ines"), copy, lock_version=1, **facts)
    assert (copy.number, copy.form, copy.mark, copy.lock_version) == (1, CopyForm.PHOTO, "dot", 2)
    assert last_entry()["act"] == "copy.changed"
    with pytest.raises(Stale):
        materials.edit_copy(world.person("ines"), copy, lock_version=1, **facts)


@pytest.fixture
def way(world):
    draft = version(material(), holders_known=HoldersKnown.ABOUT, holders=95)
    return materials.record_coverage(world.person("ines"), draft, point=Point.UNLOGGED_PRINTER, note="Room 4")


def test_an_unresolved_way_of_spreading_counts_in_every_result(world, way, last_entry):
    assert way.version.coverage_line(82) == "Based on 82 of about 95 holders; 1 channel unresolved."
    assert (last_entry()["act"], last_entry()["obj"]) == ("coverage.recorded", f"coverage:{way.id}")


def test_a_resolved_one_counts_no_longer(world, way, last_entry):
    materials.resolve_coverage(world.person("ines"), way, resolution="The printer's own log was found.")
    assert way.version.coverage_line(82) == "Based on 82 of about 95 holders; no unresolved channels are recorded."
    assert last_entry()["act"] == "coverage.resolved"
    with pytest.raises(Refused, match="already resolved"):
        materials.resolve_coverage(world.person("ines"), way, resolution="Again")


def test_what_was_resolved_can_be_reopened_once(world, way, last_entry):
    materials.resolve_coverage(world.person("ines"), way, resolution="The printer's own log was found.")
    materials.reopen_coverage(world.person("lena"), way)
    assert way.version.unresolved == [way]
    assert last_entry()["act"] == "coverage.reopened"
    with pytest.raises(Refused, match="not resolved"):
        materials.reopen_coverage(world.person("lena"), way)


def test_the_words_about_a_way_of_spreading_can_be_changed(world, way, last_entry):
    materials.edit_coverage(world.person("ines"), way, lock_version=1, point=Point.COURIER, note="Evening round")
    assert (way.point, way.note) == (Point.COURIER, "Evening round")
    assert last_entry()["act"] == "coverage.changed"
    with pytest.raises(Stale):
        materials.edit_coverage(world.person("ines"), way, lock_version=1, point=Point.COURIER, note="Other")


def test_a_corrected_version_takes_no_further_ways_of_spreading(world, way, settings):
    old, better = way.version, Content(text_sha256="a" * 64)
    correct_version(world.person("ines"), old, content=better, settings=settings, why_corrected="Another text")
    assert way.version is old.corrected_by
    with pytest.raises(Refused, match="the version that corrects it"):
        materials.record_coverage(world.person("ines"), old, point=Point.COURIER, note="")
