"""The pages of exhibits: real bytes in and out, the same bytes twice, and nothing that was not meant to change."""

import hashlib
import io
from types import SimpleNamespace

import pytest

from tracker.base import db
from tracker.models.inquiry.exhibits import Exhibit

HERE = "/cases/LK-AAAA/exhibits"
NEW = f"{HERE}/new"
WORDS = {
    "title": "Print log", "obtained_from": "Print service", "how": "On request", "holder": "Evidence room",
    "obtained": "2018-03-22 09:00",
}  # fmt: skip


@pytest.fixture
def ines(browse):
    return browse("ines")


@pytest.fixture
def store(app):
    return app.extensions["files"]


def sent(client, content=b"the bytes", name="prints.csv", **fields):
    file = {} if content is None else {"file": (io.BytesIO(content), name)}
    return client.post_form(NEW, {**WORDS, **file, **fields})


def files(store):
    return [path for path in store.root.rglob("*") if path.is_file() and path.name != ".lock"]


def test_an_empty_list_says_what_would_stand_there(ines, browse):
    assert "Add a file or an object" in ines.get(HERE).text
    assert NEW not in browse("otto").get(HERE).text


def test_a_file_is_imported_and_comes_out_as_it_was(ines, browse, entries):
    answer = sent(ines, b"%PDF", "log.pdf", source_grade="B", information_grade="2", original="copy")
    assert (answer.status_code, answer.location) == (303, f"{HERE}/1")
    page = ines.get(f"{HERE}/1").text
    for words in ("B: usually reliable", "2: probably true", "Held by Evidence room", "Received as evidence"):
        assert words in page
    answer = browse("otto").get(f"{HERE}/1/file")
    assert (answer.data, answer.mimetype) == (b"%PDF", "application/octet-stream")
    assert [entry["d"]["sha256"] for entry in entries("exhibit.read")] == [hashlib.sha256(b"%PDF").hexdigest()]
    assert "log.pdf" in ines.get(HERE).text


@pytest.mark.parametrize(
    ("content", "name", "shown", "header"),
    [
        (b"<svg onload='alert(1)'/>", "a.svg", "a.svg", 'filename="LK-AAAA-exhibit-1-a.svg"'),
        (b"<script>alert(1)</script>", "<b>.html", "&lt;b&gt;.html", 'filename="LK-AAAA-exhibit-1-_b_.html"'),
        (b"x", "日本.pdf", "日本.pdf", "filename*=UTF-8''LK-AAAA-exhibit-1-%E6%97%A5%E6%9C%AC.pdf"),
        (b"x", "n" * 300 + ".pdf", "n" * 255, "n" * 60),
        (b"x", "\u202egnp.exe", "\ufffdgnp.exe", "gnp.exe"),
        (b"x", "../../etc/passwd", "../../etc/passwd", 'filename="passwd"'),
    ],
)
def test_whatever_it_is_called_it_is_shown_as_text_and_sent_as_a_download(ines, content, name, shown, header):
    assert sent(ines, content, name).status_code == 303
    assert shown in ines.get(f"{HERE}/1").text
    answer = ines.get(f"{HERE}/1/file")
    assert answer.data == content
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert header in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_name_with_line_ends_stays_one_line(ines):
    fields = {**WORDS, "form": "file", "why": "Taken in", "zone": "UTC"}
    parts = [f'--B\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in
             {**fields, **ines.tokens()}.items()]  # fmt: skip
    parts.append('--B\r\nContent-Disposition: form-data; name="file"; filename*=UTF-8\'\'a%0D%0AX-Evil%3A%201.txt\r\n'
                 "Content-Type: text/plain\r\n\r\nx\r\n--B--\r\n")  # fmt: skip
    body = "".join(parts).encode()
    assert ines.post(NEW, data=body, content_type="multipart/form-data; boundary=B").status_code == 303
    answer = ines.get(f"{HERE}/1/file")
    assert "X-Evil" not in answer.headers
    assert "\n" not in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "fields", "status", "words"),
    [
        (None, {}, 409, "Choose a file."),
        (b"", {}, 409, "This file is empty."),
        (b"x", {"declared": "0" * 64}, 409, "The declared SHA-256 does not match."),
        (b"x", {"declared": "abc"}, 422, "Enter a SHA-256 of 64 characters"),
        (b"x", {"title": ""}, 422, "Enter a title."),
        (b"x", {"title": "Phone of a sus" + "pect"}, 409, "Do not judge a person"),
        (b"x", {"obtained": "", "obtained-precision": ""}, 422, "Enter time obtained"),
        (b"x", {"form": "object", "seal_number": "S-1"}, 409, "An object cannot have a file"),
        (b"x", {"obtained": "2999-01-01"}, 409, "lies in the future"),
        (None, {"form": "object"}, 409, "Put the object under seal"),
    ],
)
def test_what_cannot_be_imported_is_refused_and_leaves_nothing(ines, store, content, fields, status, words):
    answer = sent(ines, content, **{"obtained_from": "The print room", **fields})
    assert (answer.status_code, words in answer.text) == (status, True)
    assert "The print room" in answer.text
    assert files(store) == []
    assert db.session().scalars(Exhibit.__table__.select()).all() == []


def test_a_declared_hash_that_agrees_is_imported_whatever_its_letters(ines):
    assert sent(ines, b"x", declared=hashlib.sha256(b"x").hexdigest().upper()).status_code == 303


def test_a_file_above_the_limit_leaves_nothing(ines, store, monkeypatch):
    monkeypatch.setattr("tracker.web.uploads.settings", lambda: SimpleNamespace(max_upload_mb=0))
    assert "larger than 0 bytes" in sent(ines).text
    assert files(store) == []


def test_an_object_is_imported_without_a_file(ines):
    assert sent(ines, None, form="object", seal_number="S-7").status_code == 303
    page = ines.get(f"{HERE}/1").text
    assert "S-7" in page
    assert "Download file" not in page
    assert ines.get(f"{HERE}/1/file").status_code == 409
    assert ines.post(f"{HERE}/1/verification", data=ines.tokens()).status_code == 409


def test_objects_have_no_bytes_that_could_be_the_same(ines):
    for number in ("S-7", "S-8"):
        assert sent(ines, None, form="object", seal_number=number).status_code == 303
    assert "has the same bytes" not in ines.get(f"{HERE}/1").text


def test_the_same_bytes_are_imported_again_once_the_box_is_ticked(ines, store):
    sent(ines)
    refused = sent(ines, obtained_from="Somebody else")
    assert (refused.status_code, "Exhibit 1 already has the same bytes" in refused.text) == (409, True)
    assert len(files(store)) == 1
    assert sent(ines, obtained_from="Somebody else", again="y").status_code == 303
    assert (
        f'<a href="{HERE}/2">Exhibit 2: Print log</a>, from Somebody else, has the same bytes'
        in ines.get(f"{HERE}/1").text
    )
    assert f'<a href="{HERE}/1">Exhibit 1: Print log</a>' in ines.get(f"{HERE}/2").text


def test_fields_of_the_record_that_the_form_does_not_have_change_nothing(ines, store):
    evil = {"sha256": "0" * 64, "size": "1", "stored_name": "../x", "number": "77", "case_id": "2", "by_id": "1",
            "seal": "0" * 64, "twin_id": "1"}  # fmt: skip
    shown = {**WORDS, **evil, "form": "file", "why": "w", **ines.tokens(), "file": (io.BytesIO(b"x"), "a.txt")}
    assert ines.post(NEW, data=shown, content_type="multipart/form-data").status_code == 303
    made = db.session().get(Exhibit, 1)
    assert (made.number, made.size, made.case.reference, made.by.name, made.twin) == (1, 1, "LK-AAAA", "Ines", None)
    before = made.sealed_text()
    edit = {
        "lock_version": "1",
        "title": "T",
        **evil,
        "name": "n",
        "obtained_from": "o",
        "form": "object",
        **ines.tokens(),
    }
    assert ines.post(f"{HERE}/1/edit", data=edit).status_code == 303
    made = db.session().get(Exhibit, 1)
    assert (made.title, made.sealed_text()) == ("T", before)
