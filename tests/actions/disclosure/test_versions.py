"""Versions: their words change, what is kept of them does not; nothing above the operator's marking is kept at all."""

import hashlib
import io
from dataclasses import replace

import pytest

from tests.builders.build_material import NOWHEN, material, version
from tracker.actions.disclosure import materials, versions
from tracker.actions.disclosure.versions import Content, may_store
from tracker.audit.doors import Denied, Refused, Stale
from tracker.models.disclosure.words import CopyForm, HoldersKnown, Point

CARD = "DO NOT CONGRATULATE"
KEPT = Content(text=CARD, reason="The wording decides which version came out.")
WORDS = {"made": NOWHEN, "author": "Desk", "changes": "", "identifier": ""}


def hash_of(text):
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def stored(app):
    return app.extensions["files"].put(io.BytesIO(b"%PDF card"))


def test_a_recorded_version_has_a_number_and_leaves_an_entry(world, last_entry):
    card = material()
    assert [version(card, "v1").number, version(card, "v2").number] == [1, 2]
    assert (last_entry()["act"], last_entry()["obj"]) == ("version.recorded", f"version:{card.versions[1].id}")


def test_a_kept_text_has_its_hash_and_its_size_and_is_not_quoted_in_the_audit_log(world, entries):
    kept = version(material(), content=KEPT)
    assert (kept.text, kept.text_sha256, kept.text_size, kept.has_text) == (CARD, hash_of(CARD), len(CARD), True)
    assert CARD not in str(entries("version.recorded"))


def test_a_hash_is_recorded_without_the_text(world):
    known = version(material(), content=Content(text_sha256=hash_of(CARD).upper(), file_sha256="b" * 64))
    assert (known.text, known.text_sha256, known.file_sha256) == ("", hash_of(CARD), "b" * 64)
    assert not known.has_text
    assert not known.has_file


def test_a_text_is_not_kept_without_a_reason(world):
    with pytest.raises(Refused, match=r"^Enter the reason for storing the text or file"):
        version(material(), content=Content(text=CARD))


@pytest.mark.parametrize("marking", ["secret", "", "cosmic"])
def test_nothing_of_a_material_above_the_marking_is_kept(world, marking):
    with pytest.raises(Refused, match=r"^Nothing above official-sensitive can be stored here"):
        version(material(marking=marking), content=KEPT)


def test_a_file_above_the_marking_is_not_kept_either(world, stored):
    with pytest.raises(Refused, match="Enter the SHA-256"):
        version(material(marking="secret"), content=Content(file=stored, file_name="card.pdf", reason="R"))


@pytest.mark.parametrize(("limit", "marking", "may"), [("public", "internal", False), ("secret", "secret", True)])
def test_the_operator_sets_the_marking(world, settings, limit, marking, may):
    assert may_store(material(marking=marking), replace(settings, store_text_up_to=limit)) is may


def test_a_file_is_kept_by_its_hash(world, stored):
    kept = version(material(), content=Content(file=stored, file_name="card.pdf", reason="R"))
    assert (kept.file_sha256, kept.file_size, kept.file_name) == (stored.sha256, 9, "card.pdf")


@pytest.mark.parametrize("what", ["text", "file"])
def test_a_hash_that_is_not_that_of_what_is_kept_is_refused(world, stored, what):
    given = {"text": {"text": CARD}, "file": {"file": stored}}[what]
    with pytest.raises(Refused, match=f"The SHA-256 does not fit this {what}"):
        version(material(), content=Content(reason="R", **given, **{f"{what}_sha256": "a" * 64}))


def test_two_versions_that_stand_side_by_side_have_two_labels(world):
    card = material()
    version(card, "v1")
    with pytest.raises(Refused, match="Version 1 of this material is called v1"):
        version(card, "v1")
    with pytest.raises(Refused, match="called v1"):
        version(card, " V1")
    with pytest.raises(Refused, match="called v1"):
        versions.edit_version(world.person("ines"), version(card, "v2"), lock_version=1, label="v1", **WORDS)


def test_the_words_about_a_version_are_changed(world, last_entry):
    draft = version(material())
    about = {"holders_known": HoldersKnown.UNKNOWN_SMALL, "holders": None}
    versions.edit_version(world.person("ines"), draft, lock_version=1, label="v1", **WORDS, **about)
    assert (draft.author, draft.holders_words, draft.lock_version) == ("Desk", "unknown (small)", 2)
    assert last_entry()["act"] == "version.changed"
    with pytest.raises(Stale):
        versions.edit_version(world.person("ines"), draft, lock_version=1, label="v1", **WORDS)


def test_a_reviewer_does_not_record_versions(world):
    card = material()
    with pytest.raises(Denied):
        version(card, who="rhea")


def corrected(world, settings, old, **content):
    content = Content(**{"reason": "R", **content})
    return versions.correct_version(
        world.person("ines"), old, content=content, settings=settings, why_corrected="Mistyped."
    )


def test_a_correction_is_a_new_row_and_the_old_one_stays(world, settings, last_entry):
    old = version(material(), content=KEPT, holders_known=HoldersKnown.ABOUT, holders=5)
    new = corrected(world, settings, old, text=f"{CARD}!")
    assert (old.text, old.corrected_by, new.text, new.number) == (CARD, new, f"{CARD}!", 2)
    assert (new.label, new.holders, new.why_corrected, old.current) == ("v1", 5, "Mistyped.", new)
    assert (last_entry()["act"], last_entry()["obj"]) == ("version.corrected", f"version:{new.id}")


def test_copies_and_ways_of_spreading_move_to_the_correction(world, settings):
    old = version(material(), content=KEPT)
    facts = {"form": CopyForm.PAPER, "holder": "", "label": "", "mark": ""}
    copy = materials.record_copy(world.person("ines"), old.material, version=old, **facts)
    way = materials.record_coverage(world.person("ines"), old, point=Point.COURIER, note="")
    new = corrected(world, settings, old, text="Other")
    assert (copy.version, way.version, new.unresolved) == (new, new, [way])


def test_a_row_is_corrected_once_and_then_only_read(world, settings):
    old = version(material(), content=KEPT)
    corrected(world, settings, old, text="Other")
    with pytest.raises(Refused, match="Version 2 corrects this version"):
        corrected(world, settings, old, text="Third")
    with pytest.raises(Refused, match="Version 2 corrects this version"):
        versions.edit_version(world.person("ines"), old, lock_version=1, label="v1", **WORDS)


def test_a_kept_file_is_kept_on_when_its_hash_is_given_again(world, settings, stored):
    old = version(material(), content=Content(file=stored, file_name="card.pdf", reason="R"))
    new = corrected(world, settings, old, text="Typed from the file", file_sha256=stored.sha256)
    assert (new.has_file, new.file_name, new.text) == (True, "card.pdf", "Typed from the file")


def test_a_correction_may_let_go_of_the_file(world, settings, stored):
    old = version(material(), content=Content(file=stored, file_name="card.pdf", reason="R"))
    new = corrected(world, settings, old, text="Only this")
    assert (new.file_sha256, new.has_file, old.has_file) == (None, False, True)


def test_a_file_is_not_kept_on_when_the_marking_has_risen(world, settings, stored):
    old = version(material(), content=Content(file=stored, file_name="card.pdf", reason="R"))
    materials.edit_material(world.person("ines"), old.material, lock_version=1, identifier="CARDS", marking="secret")
    new = corrected(world, settings, old, file_sha256=stored.sha256)
    assert (new.file_sha256, new.has_file) == (stored.sha256, False)


def test_reading_what_is_kept_is_recorded(world, last_entry):
    kept = version(material(), content=KEPT)
    versions.read_version(world.person("otto"), kept, what="text")
    entry = last_entry()
    assert (entry["act"], entry["obj"], entry["d"]["what"]) == ("version.read", f"version:{kept.id}", "text")


def test_somebody_without_a_role_reads_nothing(world):
    kept = version(material(), content=KEPT)
    with pytest.raises(Denied):
        versions.read_version(world.person("nora"), kept, what="text")
