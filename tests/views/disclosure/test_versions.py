"""The pages of versions: what is said of one, what is kept of it, and that reading what is kept is recorded."""

import hashlib
import io

import pytest

from tests.builders.build_material import material, version
from tracker.actions.disclosure import versions
from tracker.actions.disclosure.versions import Content
from tracker.base import db
from tracker.models.disclosure.versions import Version

HERE = "/cases/LK-AAAA/materials"
CARD = "DO NOT CONGRATULATE"
KEPT = Content(text=CARD, reason="The wording decides.")


def test_a_version_is_recorded_with_a_text_and_its_reason(browse):
    material("CARDS")
    answer = browse("ines").post_form(
        f"{HERE}/1/versions/new", label="card 1", text=CARD, store_reason="The wording decides.",
        holders_known="about", holders="95",
    )  # fmt: skip
    assert (answer.status_code, answer.location) == (303, f"{HERE}/1/versions/1")
    (kept,) = db.session().scalars(db.sa.select(Version))
    assert (kept.text, kept.text_sha256, kept.holders) == (CARD, hashlib.sha256(CARD.encode()).hexdigest(), 95)
    assert "about 95" in browse("otto").get(f"{HERE}/1/versions/1").text


def test_a_text_without_a_reason_is_refused_and_still_there(browse):
    material("CARDS")
    answer = browse("ines").post_form(f"{HERE}/1/versions/new", label="card 1", text=CARD)
    assert answer.status_code == 409
    assert '<a href="#store_reason">Enter the reason for storing the text or file' in answer.text
    assert CARD in answer.text


def test_above_the_marking_the_form_asks_for_hashes_only_and_what_is_sent_is_refused(browse, app):
    material("CARDS", marking="secret")
    ines = browse("ines")
    page = ines.get(f"{HERE}/1/versions/new").text
    assert 'name="text"' not in page
    assert 'name="text_sha256"' in page
    before = sorted(app.extensions["files"].root.rglob("*"))
    sent = {"label": "card 1", "holders_known": "unknown", "store_reason": "I want to", **ines.tokens()}
    for content in ({"text": CARD}, {"file": (io.BytesIO(b"%PDF"), "card.pdf")}):
        answer = ines.post(f"{HERE}/1/versions/new", data=sent | ines.tokens() | content)
        assert answer.status_code == 409
        assert "Nothing above official-sensitive can be stored here" in answer.text
    assert sorted(app.extensions["files"].root.rglob("*")) == before


def test_a_file_is_kept_and_comes_back_as_a_recorded_download(browse, last_entry):
    material("CARDS")
    answer = browse("ines").post_form(
        f"{HERE}/1/versions/new", label="card 1", file=(io.BytesIO(b"%PDF card"), "card.pdf"), store_reason="Compare."
    )
    assert answer.status_code == 303
    got = browse("otto").get(f"{HERE}/1/versions/1/file")
    assert (got.data, got.headers["Content-Type"]) == (b"%PDF card", "application/octet-stream")
    assert "LK-AAAA-material-1-version-1-card.pdf" in got.headers["Content-Disposition"]
    assert (last_entry()["act"], last_entry()["d"]["what"]) == ("version.read", "file")


def test_reading_the_text_is_recorded_and_looking_at_the_version_is_not(browse, entries):
    version(material("CARDS"), content=KEPT)
    otto = browse("otto")
    assert CARD not in otto.get(f"{HERE}/1").text
    assert CARD not in otto.get(f"{HERE}/1/versions/1").text
    assert entries("version.read") == []
    assert CARD in otto.get(f"{HERE}/1/versions/1/text").text
    (entry,) = entries("version.read")
    assert (entry["actor"], entry["d"]["what"]) == (entry["actor"], "text")


@pytest.mark.parametrize("what", ["text", "file"])
def test_what_is_not_kept_cannot_be_read(browse, entries, what):
    version(material("CARDS"), content=Content(text_sha256="a" * 64))
    assert browse("otto").get(f"{HERE}/1/versions/1/{what}").status_code == 404
    assert entries("version.read") == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"label": ""}, "Enter a label"),
        ({"holders_known": "about"}, "Enter the number of holders, or choose “Unknown”."),
        ({"holders": "5"}, "Leave the number empty if unknown, or choose"),
        ({"holders_known": "about", "holders": "-5"}, "Enter a whole number in digits"),
        ({"holders_known": "about", "holders": "5000000"}, "Enter at most 1,000,000 holders."),
        ({"text_sha256": "abc"}, "Enter a SHA-256 of 64 characters"),
        ({"text_sha256": "a" * 64 + "b"}, "Enter a SHA-256 of 64 characters"),
    ],
)
def test_a_version_form_says_what_is_wrong(browse, fields, sentence):
    material("CARDS")
    answer = browse("ines").post_form(f"{HERE}/1/versions/new", **{"label": "v1", **fields})
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#39;", "'")


def test_a_version_is_changed_and_a_change_made_meanwhile_is_shown(browse):
    version(material("CARDS"))
    ines = browse("ines")
    assert ines.post_form(f"{HERE}/1/versions/1/edit", author="Desk", holders_known="unknown_small").status_code == 303
    answer = ines.post_form(f"{HERE}/1/versions/1/edit", lock_version="1", author="Press office")
    assert answer.status_code == 409
    assert "Desk" in answer.text


def test_a_text_is_corrected_by_a_new_row_and_the_old_one_stays_readable(browse, entries):
    version(material("CARDS"), content=KEPT)
    ines = browse("ines")
    answer = ines.post_form(f"{HERE}/1/versions/1/correct", text="DO NOT PRAISE", why_corrected="Misread the scan.")
    assert answer.location == f"{HERE}/1/versions/2"
    assert [entry["d"]["what"] for entry in entries("version.read")] == ["text"]
    assert 'class="struck"' in ines.get(f"{HERE}/1").text
    old = ines.get(f"{HERE}/1/versions/1").text
    assert "Misread the scan." in old
    assert "/correct" not in old
    assert f"<del>{CARD}</del>" in ines.get(f"{HERE}/1/versions/1/text").text
    assert "DO NOT PRAISE" in ines.get(f"{HERE}/1/versions/2/text").text


def test_a_version_that_was_corrected_says_so_when_corrected_again(browse, world, settings):
    old = version(material("CARDS"))
    versions.correct_version(
        world.person("ines"), old, content=Content(text_sha256="a" * 64), settings=settings, why_corrected="R"
    )
    answer = browse("ines").post_form(f"{HERE}/1/versions/1/correct", why_corrected="Again")
    assert answer.status_code == 409
    assert "Version 2 corrects this version" in answer.text


def test_in_a_closed_case_no_file_is_imported(browse, world, app):
    material("CARDS")
    ines = browse("ines")
    close(world)
    before = sorted(app.extensions["files"].root.rglob("*"))
    sent = {
        "label": "v1",
        "holders_known": "unknown",
        "store_reason": "R",
        "file": (io.BytesIO(b"x"), "x"),
        **ines.tokens(),
    }
    answer = ines.post(f"{HERE}/1/versions/new", data=sent)
    assert answer.status_code == 409
    assert "This case is closed" in answer.text
    assert sorted(app.extensions["files"].root.rglob("*")) == before


def close(world):
    """There is no way yet to close a case but in the database itself."""
    db.session().rollback()
    with db.writer().connect() as connection:
        connection.execute(db.sa.text("UPDATE cases SET stage = 'closed' WHERE reference = 'LK-AAAA'"))
        connection.commit()
