"""Texts of versions are read once and kept, what cannot be compared says why, and comparing leaves one entry."""

import io

import pytest
from flask import current_app

from tests import world as people
from tests.builders.build_access import person_level
from tests.builders.build_material import material, person, version
from tracker.actions.answers.comparison import corpus
from tracker.actions.answers.comparison.copies import copies_against
from tracker.actions.answers.comparison.corpus import corpus_of, text_of_file
from tracker.actions.answers.comparison.readings import NAMED, read_comparison
from tracker.actions.disclosure import materials, versions
from tracker.actions.disclosure.versions import Content
from tracker.analysis.comparison.texts import read
from tracker.analysis.documents.reading import DocumentFault
from tracker.audit.doors import Denied
from tracker.models.disclosure.words import CopyForm

CARD = "Do not congratulate on the election win. Condemn the attack."


def kept(text):
    return Content(text=text, reason="Needed to compare.")


def filed(name, data):
    stored = current_app.extensions["files"].put(io.BytesIO(data))
    return Content(file=stored, file_name=name, reason="Needed to compare.")


@pytest.fixture
def files(app):
    corpus._files.clear()
    corpus._indexes.clear()
    return app.extensions["files"]


@pytest.fixture
def cards(world, files):
    return material("CARDS")


def compared(files):
    found = corpus_of(people.case(), files)
    return [one.heading for one in found.versions], {one.heading: why for one, why in found.without}


def test_the_text_of_each_version_is_taken_or_its_lack_is_told(cards, files, monkeypatch):
    version(cards, "v1", content=kept(CARD))
    version(cards, "v2", content=filed("v2.txt", CARD.encode()))
    version(cards, "v3")
    version(cards, "v4", content=filed("v4.png", b"picture"))
    lost = filed("v5.txt", b"lost")
    version(cards, "v5", content=lost)
    files.path(lost.file.sha256).unlink()
    corrected = version(cards, "v6", content=kept("Wrong"))
    versions.correct_version(people.person("ines"), corrected, content=kept(CARD + " Twice."), why_corrected="Misread",
                             settings=current_app.config["SETTINGS"])  # fmt: skip
    heads, without = compared(files)
    assert heads == ["CARDS v1", "CARDS v2", "CARDS v6"]
    assert without["CARDS v3"] == corpus.NOTHING
    assert "TXT, HTML, DOCX and PDF" in without["CARDS v4"]
    assert without["CARDS v5"] == corpus.DAMAGED
    assert compared(files) == (heads, without)
    assert len(corpus._indexes) == 1
    monkeypatch.setattr(corpus, "LARGEST", 3)
    with pytest.raises(DocumentFault, match="larger than"):
        text_of_file("a.txt", "0" * 64, 4, files)


def test_what_is_too_much_for_one_page_is_left_for_the_next(cards, files, monkeypatch):
    for number in range(3):
        version(cards, f"v{number}", content=filed(f"{number}.txt", f"{CARD} Copy {number}".encode()))
    monkeypatch.setattr(corpus, "MOST_FILES", 2)
    assert compared(files) == (["CARDS v0", "CARDS v1"], {"CARDS v2": corpus.LATER})
    assert compared(files)[1] == {}
    monkeypatch.setattr(corpus, "MOST_WORDS", 25)
    monkeypatch.setattr(corpus, "MOST_CHARACTERS", 1)
    assert len(compared(files)[0]) == 3  # as it was indexed before
    version(cards, "v9", content=kept(CARD))
    assert compared(files) == (["CARDS v0", "CARDS v1"], {"CARDS v2": corpus.TOO_MUCH, "CARDS v9": corpus.TOO_MUCH})
    assert len(corpus._indexes) == 1
    text_of_file("x.txt", files.put(io.BytesIO(b"one more text")).sha256, 13, files)
    assert len(corpus._files) == 1


def test_versions_are_those_of_the_case_alone(cards, files):
    version(cards, "v1", content=kept(CARD))
    assert [one.key for one in corpus_of(people.case(), files).versions] == ["1.1"]
    assert corpus_of(people.case("LK-BBBB"), files).versions == ()


def test_comparing_leaves_one_entry_with_a_hash_and_lengths(world, last_entry):
    otto, case = world.person("otto"), world.case()
    read_comparison(otto, case, text="0" * 32, characters=7, versions=["1.1", "1.2"])
    entry = last_entry()
    assert entry["act"] == "comparison.read"
    assert entry["d"] == {"text": "0" * 32, "characters": 7, "versions": 2, "compared_with": "1.1, 1.2"}
    read_comparison(otto, case, text="0" * 32, characters=7, versions=["1.1"] * (NAMED + 1))
    assert last_entry()["d"] == {"text": "0" * 32, "characters": 7, "versions": NAMED + 1}
    with pytest.raises(Denied):
        read_comparison(world.person("nora"), case, text="", characters=0, versions=[])


def test_copies_that_name_a_holder_wait_for_the_protected_disclosure_check(cards, files):
    ines, one = people.person("ines"), version(cards, "v1", content=kept(CARD + " It names three crates."))
    about = {"form": CopyForm.PAPER, "version": one}
    materials.record_copy(ines, cards, holder="", label="", mark="old quay; grey van", **about)
    materials.record_copy(ines, cards, holder=person().pseudonym, label="", mark="red boat; three crates", **about)
    materials.record_copy(ines, cards, holder="", label="", mark="", **about)
    text = read("The old quay, a grey van and a red boat with three crates.")
    found = copies_against(people.case(), text, corpus_of(people.case(), files))
    assert [(copy.number, marked.is_consistent) for copy, marked in found.shown] == [(1, True)]
    assert "until counsel has done the protected-disclosure check" in found.withheld
    person_level()
    found = copies_against(people.case(), text, corpus_of(people.case(), files))
    assert [(copy.number, marked.found) for copy, marked in found.shown] == [
        (1, ("old quay", "grey van")), (2, ("red boat",)),
    ]  # fmt: skip
    assert found.withheld == ""


def test_the_version_that_one_copy_alone_has_may_hold_its_mark(cards, files):
    ines = people.person("ines")
    for number, mark in enumerate(("old quay; grey van", "red boat; three crates"), 1):
        own = version(cards, f"v{number}", content=kept(f"{CARD} It names {mark}."))
        materials.record_copy(ines, cards, form=CopyForm.PAPER, holder="", label="", mark=mark, version=own)
    found = copies_against(people.case(), read("The old quay and a grey van."), corpus_of(people.case(), files))
    assert [marked.is_consistent for _, marked in found.shown] == [True, False]
    assert found.withheld == ""
