"""The pages of materials, versions, copies and coverage."""

import pytest

from tests.builders.build_material import material, person, version
from tracker.actions.disclosure import materials
from tracker.actions.disclosure.versions import Content
from tracker.base import db
from tracker.models.disclosure.copies import Copy
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Coverage
from tracker.models.disclosure.words import CopyForm, HoldersKnown, Point

HERE = "/cases/LK-AAAA/materials"
CARD = "DO NOT CONGRATULATE"
KEPT = Content(text=CARD, reason="The wording decides.")


def only(model):
    db.session().expire_all()
    (found,) = db.session().scalars(db.sa.select(model))
    return found


def test_a_case_without_materials_says_what_to_do(browse):
    ines, otto = browse("ines").get(HERE), browse("otto").get(HERE)
    assert "Add material" in ines.text
    assert "No materials yet" in otto.text
    assert "/materials/new" not in otto.text


def test_a_material_is_registered_on_its_form(browse):
    answer = browse("ines").post_form(
        f"{HERE}/new", {"created": "2018-03-19", "created-zone": "-04:00"}, identifier="CARDS", title="Notecards"
    )
    assert (answer.status_code, answer.location) == (303, f"{HERE}/1")
    card = only(Material)
    assert (card.identifier, card.marking, card.created.words) == ("CARDS", "internal", "19 Mar 2018 (day)")


@pytest.mark.parametrize("missing", ["identifier", "title"])
def test_what_is_missing_is_asked_for(browse, missing):
    fields = {"identifier": "CARDS", "title": "Notecards", missing: ""}
    answer = browse("ines").post_form(f"{HERE}/new", **fields)
    assert answer.status_code == 422
    assert f'href="#{missing}"' in answer.text


def test_an_identifier_in_use_is_refused_on_the_form_and_nothing_typed_is_lost(browse):
    material("CARDS")
    answer = browse("ines").post_form(f"{HERE}/new", identifier="CARDS", title="Other cards")
    assert answer.status_code == 409
    assert "has the identifier CARDS" in answer.text
    assert "Other cards" in answer.text


def test_the_list_is_filtered_and_sorted(browse):
    material("NET-2", title="Briefing book", custodian="Registry")
    material("NET-1", title="Notecards", marking="secret")
    otto = browse("otto")
    assert otto.get(HERE).text.index("NET-1") < otto.get(HERE).text.index("NET-2")
    assert otto.get(f"{HERE}?sort=-identifier").text.index("NET-2") < otto.get(f"{HERE}?sort=-identifier").text.index(
        "NET-1"
    )
    assert "Notecards" not in otto.get(f"{HERE}?q=regis").text
    assert "Briefing book" not in otto.get(f"{HERE}?marking=secret").text
    assert otto.get(f"{HERE}?marking=nonsense").status_code == 200


def test_a_change_made_meanwhile_is_shown_beside_what_was_typed(browse, world):
    card = material("CARDS")
    page = browse("ines")
    materials.edit_material(
        world.person("lena"), card, lock_version=1, identifier="CARDS", title="Cue cards", retention=""
    )
    answer = page.post_form(f"{HERE}/1/edit", lock_version="1", title="Other cards")
    assert answer.status_code == 409
    assert "Cue cards" in answer.text
    assert 'value="Other cards"' in answer.text
    assert browse("ines").post_form(f"{HERE}/1/edit", title="Other cards").status_code == 303


def test_a_marking_that_is_no_longer_configured_can_be_kept(browse, world):
    material("CARDS", marking="cosmic")
    assert browse("ines").post_form(f"{HERE}/1/edit", title="Cards").status_code == 303
    assert only(Material).marking == "cosmic"


def test_a_marking_raised_above_what_is_kept_is_said(browse):
    version(material("CARDS"), content=KEPT)
    ines = browse("ines")
    assert ines.post_form(f"{HERE}/1/edit", marking="secret").status_code == 303
    assert "The text or file of v1 is stored here" in ines.get(f"{HERE}/1").text


def test_the_page_of_a_material_shows_versions_and_copies(browse, world):
    card = material("CARDS")
    version(card, content=KEPT, holders_known=HoldersKnown.UNKNOWN_SMALL)
    aide = person(name="P. Young")
    facts = {"form": CopyForm.PAPER, "version": card.versions[0], "label": "3 of 4", "mark": "dot"}
    materials.record_copy(world.person("ines"), card, holder=aide.pseudonym, **facts)
    shown = browse("otto").get(f"{HERE}/1").text
    assert "unknown (small)" in shown
    assert "3 of 4" in shown
    assert "P-001" in shown
    assert "P. Young" not in shown
    assert "/edit" not in shown


def test_a_copy_is_recorded_and_changed(browse):
    version(material("CARDS"))
    person()
    ines = browse("ines")
    assert ines.post_form(f"{HERE}/1/copies/new", form="paper", version="1", holder="P-001").status_code == 303
    assert only(Copy).holder_person.pseudonym == "P-001"
    assert ines.post_form(f"{HERE}/1/copies/1/edit", holder="Registry", version="").status_code == 303
    copy = only(Copy)
    assert (copy.holder, copy.holder_person, copy.version, copy.lock_version) == ("Registry", None, None, 2)
    answer = ines.post_form(f"{HERE}/1/copies/1/edit", lock_version="1", mark="dot")
    assert answer.status_code == 409


def test_a_copy_held_by_nobody_of_the_case_is_refused(browse):
    material("CARDS")
    answer = browse("ines").post_form(f"{HERE}/1/copies/new", form="paper", holder="P-009")
    assert answer.status_code == 409
    assert "There is no P-009 in this case" in answer.text


def test_a_way_of_spreading_is_recorded_changed_resolved_and_reopened(browse):
    version(material("CARDS"))
    ines, here = browse("ines"), f"{HERE}/1/versions/1"
    assert ines.post_form(f"{here}/coverage/new", point="unlogged_printer").location == f"{here}#coverage"
    assert ines.post_form(f"{HERE}/1/coverage/1/edit", note="Room 4").status_code == 303
    assert "1 channel" in ines.get(f"{HERE}/1").text
    assert ines.post_form(f"{HERE}/1/coverage/1/resolve", resolution="Its log was found.").status_code == 303
    assert "Its log was found." in ines.get(here).text
    assert ines.post_form(f"{HERE}/1/coverage/1/resolve", resolution="Again").status_code == 409
    assert ines.post_form(f"{HERE}/1/coverage/1/reopen", at=here).status_code == 303
    way = only(Coverage)
    assert (way.point, way.note, way.resolved_at) == (Point.UNLOGGED_PRINTER, "Room 4", None)


@pytest.mark.parametrize("url", ["", "/1", "/1/versions/1", "/1/versions/1/text"])
def test_materials_do_not_exist_for_who_has_no_role(browse, url):
    version(material("CARDS"), content=KEPT)
    assert browse("ivo").get(HERE + url).status_code == 404
