"""Files in and out: kept under their hash, sent as inert downloads, and never sent when damaged."""

import hashlib
import io

import pytest
from werkzeug.datastructures import FileStorage

from tests import world as people
from tests.machinery.damage import flip_bit
from tracker.actions.disclosure import captures, disclosures
from tracker.audit.doors import Refused
from tracker.web import uploads

CONTENT = b"%PDF <script>alert(1)</script>" * 100_000  # more than one chunk


def given(content=CONTENT, name="page.pdf"):
    return FileStorage(io.BytesIO(content), filename=name)


@pytest.fixture
def capture(world):
    disclosure = disclosures.record_disclosure(world.person("ines"), world.case(), outlet="A newspaper")
    stored = uploads.store_upload(given())
    return captures.record_capture(
        world.person("ines"), disclosure, name="page.pdf", sha256=stored.sha256, size=stored.size
    )


def address(capture):
    return f"/cases/LK-AAAA/disclosures/{capture.disclosure.number}/captures/{capture.number}/file"


def test_a_file_lies_under_its_hash(app):
    stored = uploads.store_upload(given())
    assert (stored.sha256, stored.size) == (hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    assert b"".join(app.extensions["files"].chunks(stored.sha256)) == CONTENT


@pytest.mark.parametrize("nothing", [None, given(name="")])
def test_no_file_is_refused(app, nothing):
    with pytest.raises(Refused, match="Choose a file"):
        uploads.store_upload(nothing)


def test_an_empty_file_is_refused(app):
    with pytest.raises(Refused, match="This file is empty"):
        uploads.store_upload(given(b""))


def test_a_file_above_the_limit_is_refused_and_not_kept(app):
    assert uploads.store_upload(given(b"x" * 2000), limit=2000).size == 2000
    with pytest.raises(Refused, match=r"larger than 2 kB\. Choose a smaller file"):
        uploads.store_upload(given(b"y" * 2049), limit=2048)
    assert hashlib.sha256(b"y" * 2049).hexdigest() not in app.extensions["files"]


def test_a_shown_name_is_what_came_but_for_what_cannot_be_seen():
    assert uploads.shown_name(given(name="../../x")) == "../../x"
    assert uploads.shown_name(given(name="\u202egnp.exe\0")) == "\ufffdgnp.exe\ufffd"
    assert uploads.shown_name(given(name="日本.pdf")) == "日本.pdf"
    assert len(uploads.shown_name(given(name="x" * 300))) == 255


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("page.pdf", "attachment; filename=\"page.pdf\"; filename*=UTF-8''page.pdf"),
        ("../../x", "attachment; filename=\"x\"; filename*=UTF-8''x"),
        ("C:\\dir\\x.txt", "attachment; filename=\"x.txt\"; filename*=UTF-8''x.txt"),
        (".htaccess", "attachment; filename=\"htaccess\"; filename*=UTF-8''htaccess"),
        ('a"b;\r\nc.txt', "attachment; filename=\"a_b___c.txt\"; filename*=UTF-8''a_b___c.txt"),
        ("日本.pdf", "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.pdf"),
        ("\u202egnp.exe", "attachment; filename=\"_gnp.exe\"; filename*=UTF-8''_gnp.exe"),
        ("..", "attachment; filename=\"file\"; filename*=UTF-8''file"),
    ],
)
def test_the_name_of_a_download_is_one_harmless_line(name, header):
    assert uploads.disposition(name) == header


@pytest.mark.parametrize(("name", "ending"), [("x" * 300 + ".pdf", ".pdf"), ("x" * 300, "x")])
def test_a_long_name_is_cut_and_keeps_its_ending(name, ending):
    cut = uploads.disposition(name).split('"')[1]
    assert len(cut) == 120
    assert cut.endswith(ending)


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 byte"), (812, "812 bytes"), (3 << 10, "3 kB"), (512 << 20, "512 MB"), (1_500_000, "1.4 MB")],
)
def test_a_size_in_words(size, words):
    assert uploads.in_words(size) == words


def test_a_download_is_whole_and_inert(browse, capture):
    answer = browse("otto").get(address(capture))
    assert (answer.status_code, answer.data) == (200, CONTENT)
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Length"] == str(len(CONTENT))
    assert answer.headers["Content-Disposition"].startswith(
        'attachment; filename="LK-AAAA-disclosure-1-capture-1-page.pdf"'
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["get", "head"])
def test_every_taking_of_a_file_is_recorded_once(browse, capture, entries, method):
    otto = browse("otto")
    getattr(otto, method)(address(capture), headers={"Range": "bytes=0-9"})
    read = entries("capture.read")
    assert [(entry["actor"], entry["obj"], entry["d"]["sha256"]) for entry in read] == [
        (people.person("otto").uid, f"capture:{capture.id}", capture.sha256)
    ]


DAMAGES = {
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "one bit": lambda path: flip_bit(path, -40),
    "empty": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_not_sent_and_the_audit_log_says_so(app, browse, capture, entries, damage):
    DAMAGES[damage](app.extensions["files"].path(capture.sha256))
    answer = browse("otto").get(address(capture))
    assert answer.status_code == 500
    assert "The stored file has changed" in answer.text
    entry = entries()[-1]
    assert (entry["act"], entry["out"], entry["case"]) == ("file.damaged", "failed", "LK-AAAA")
    assert (entry["obj"], entry["d"]["sha256"]) == (f"capture:{capture.id}", capture.sha256)
    assert entries("capture.read") == []  # nothing was read


def test_a_lost_file_is_said_to_be_lost(app, browse, capture):
    app.extensions["files"].path(capture.sha256).unlink()
    answer = browse("otto").get(address(capture))
    assert (answer.status_code, 'href="/cases/LK-AAAA/disclosures/1"' in answer.text) == (500, True)


def test_another_site_cannot_fetch_a_file_or_make_somebody_seem_to_have_read_it(browse, capture, entries):
    answer = browse("otto").get(address(capture), headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, entries("capture.read")) == (403, [])


def test_a_file_of_another_case_is_not_found(browse, capture):
    assert browse("ivo").get(address(capture)).status_code == 404
