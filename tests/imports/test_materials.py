"""A row names a material, a version, a copy of the case; what the case does not have is a fault, never made up."""

import pytest

from tests import world
from tests.builders.build_material import material, version
from tracker.actions.disclosure import aliases, materials
from tracker.analysis.logs.mapping import Mapping
from tracker.audit.doors import Refused
from tracker.imports.materials import Ids, Materials, Missing
from tracker.imports.plan import Plan
from tracker.models.disclosure.words import AliasKind, CopyForm


def copy(of, label="", **facts):
    """A paper copy of a material."""
    return materials.record_copy(
        world.person("ines"), of, form=CopyForm.PAPER, holder="", label=label, mark="", **{"version": None, **facts}
    )


def found_in(reference="LK-AAAA", **named):
    """The materials of a case for a file of which this was said: name -> identifier."""
    return Materials(world.case(reference), Plan(None, Mapping(values={"material": named})))


def test_a_material_is_found_however_its_identifier_is_written(app):
    cards = material("NET-1")
    assert found_in()[" net-1", "", ""] == Ids(cards.id, None, None)


def test_a_version_and_a_copy_are_those_of_the_material(app):
    cards, other = material("NET-1"), material("NET-2")
    first, named = version(cards, "v1"), copy(cards, label="Desk copy")
    things = found_in()
    assert things["NET-1", "V1", "1"] == Ids(cards.id, first.id, named.id)
    assert things["NET-1", "", "desk copy"] == Ids(cards.id, None, named.id)
    assert things["NET-2", "v1", ""] == Missing(
        "version", "v1", 'The material "NET-2" has no such version. Add it first.'
    )
    assert things["NET-2", "", "1"].field == "copy"
    assert other.id != cards.id


def test_a_material_of_another_case_is_none_here(app):
    material("NET-1")
    found = found_in("LK-BBBB")["NET-1", "", ""]
    assert (found.field, found.reason) == (
        "material",
        "This case has no such material. Add it, or add this name as an alias.",
    )


def test_a_copy_that_is_called_like_another_is_a_fault_and_not_a_guess(app):
    cards = material("NET-1")
    first, second = copy(cards, label="2"), copy(cards, label="Desk copy")
    third = copy(cards, label="desk COPY")
    things = found_in()
    assert things["NET-1", "", "1"] == Ids(cards.id, None, first.id)
    for name in ("2", "Desk copy"):
        assert things["NET-1", "", name] == Missing(
            "copy", name, 'Two copies of "NET-1" have this label. Change one label first.'
        )
    assert things["NET-1", "", "3"] == Ids(cards.id, None, third.id)
    assert second.id != third.id


@pytest.mark.parametrize(("kind", "alias", "names"), [
    ("path", r"S:\Briefing\cards final.docx", (
        "s:/briefing/cards%20final.docx", r"\briefing\CARDS final.docx ", "file:///S:/Briefing/cards final.docx",
    )),
    ("file_name", "cards.docx", ("Cards.docx", r"C:\Work\cards.docx", "https://x.example/a%20b/cards.docx")),
    ("url", "https://x.example/a/cards.docx", ("HTTPS://x.example/a/cards.docx", "https://x.example//a/cards.docx")),
    ("subject", "Cards for the call", ("cards for the call ",)),
])  # fmt: skip
def test_an_alias_is_matched_however_systems_write_it(app, kind, alias, names):
    cards, other = material("NET-1"), material("NET-2")
    made = aliases.add_alias(world.person("ines"), cards, kind=AliasKind(kind), value=alias)
    things = found_in()
    assert {things[name, "", ""] for name in (alias, *names)} == {Ids(cards.id, None, None)}
    assert isinstance(things["other.docx", "", ""], Missing)
    aliases.remove_alias(world.person("ines"), made, why="Of another draft")
    assert isinstance(found_in()[alias, "", ""], Missing)
    assert other.id != cards.id


def test_a_whole_path_says_more_than_the_name_of_a_file(app):
    cards, draft = material("NET-1"), material("NET-2")
    aliases.add_alias(world.person("ines"), cards, kind=AliasKind.FILE_NAME, value="cards.docx")
    aliases.add_alias(world.person("ines"), draft, kind=AliasKind.PATH, value="/drafts/cards.docx")
    assert found_in()["/drafts/cards.docx", "", ""].material == draft.id
    assert found_in()["/final/cards.docx", "", ""].material == cards.id


def test_what_was_said_for_this_file_holds_for_every_spelling_and_never_against_an_alias(app):
    cards, _ = material("NET-1"), material("NET-2")
    for spelling in ("cards.docx ", "https://x.example/a/cards.docx"):
        assert found_in(**{"Cards.docx": "NET-1"})[spelling, "", ""].material == cards.id
    aliases.add_alias(world.person("ines"), cards, kind=AliasKind.FILE_NAME, value="cards.docx")
    with pytest.raises(Refused, match=r"Cards.docx is an alias of another material"):
        found_in(**{"Cards.docx": "NET-2"})
