"""A row names a material, a version, a copy of the case; what the case does not have is a fault, never made up."""

from tests import world
from tests.build_material import material, version
from tracker.actions.disclosure import materials
from tracker.imports.materials import Ids, Materials, Missing
from tracker.models.disclosure.words import CopyForm


def copy(of, label="", **facts):
    """A paper copy of a material."""
    return materials.record_copy(
        world.person("ines"), of, form=CopyForm.PAPER, holder="", label=label, mark="", **{"version": None, **facts}
    )


def test_a_material_is_found_however_its_identifier_is_written(app):
    cards = material("NET-1")
    assert Materials(world.case())[" net-1", "", ""] == Ids(cards.id, None, None)


def test_a_version_and_a_copy_are_those_of_the_material(app):
    cards, other = material("NET-1"), material("NET-2")
    first, named = version(cards, "v1"), copy(cards, label="Desk copy")
    things = Materials(world.case())
    assert things["NET-1", "V1", "1"] == Ids(cards.id, first.id, named.id)
    assert things["NET-1", "", "desk copy"] == Ids(cards.id, None, named.id)
    assert things["NET-2", "v1", ""] == Missing(
        "version", "v1", 'The material "NET-2" has no such version. Add it first.'
    )
    assert things["NET-2", "", "1"].field == "copy"
    assert other.id != cards.id


def test_a_material_of_another_case_is_none_here(app):
    material("NET-1")
    found = Materials(world.case("LK-BBBB"))["NET-1", "", ""]
    assert (found.field, found.reason) == ("material", "This case has no such material. Add the material first.")


def test_a_copy_that_is_called_like_another_is_a_fault_and_not_a_guess(app):
    cards = material("NET-1")
    first, second = copy(cards, label="2"), copy(cards, label="Desk copy")
    third = copy(cards, label="desk COPY")
    things = Materials(world.case())
    assert things["NET-1", "", "1"] == Ids(cards.id, None, first.id)
    for name in ("2", "Desk copy"):
        assert things["NET-1", "", name] == Missing(
            "copy", name, 'Two copies of "NET-1" have this label. Change one label first.'
        )
    assert things["NET-1", "", "3"] == Ids(cards.id, None, third.id)
    assert second.id != third.id
