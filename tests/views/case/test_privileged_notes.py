"""The pages of privileged notes: counsel's alone, on no other page, in no list that leaves."""

import re

import pytest

from tracker.actions.case import privileged_notes
from tracker.models.case.privileged_notes import PrivilegedNote
from tracker.web.lists import zip_tables

TABLES = {table.name: table for table in zip_tables()}

HERE = "/cases/LK-AAAA/privileged-notes"


@pytest.fixture
def cora(browse):
    return browse("cora")


def written(world, text="Advice to counsel alone"):
    return privileged_notes.write_note(world.person("cora"), world.case(), text=text)


def test_counsel_writes_and_reads_and_both_are_recorded(cora, entries):
    assert "No privileged notes yet" in cora.get(HERE).text
    answer = cora.post_form(f"{HERE}/new", text="Advice <b>alone</b>")
    assert (answer.status_code, answer.location) == (303, HERE)
    page = cora.get(HERE).text
    assert "Advice &lt;b&gt;alone&lt;/b&gt;" in page
    assert [entry["d"]["count"] for entry in entries("privileged_note.read")] == [0, 1]
    assert "Enter the note." in cora.post_form(f"{HERE}/new").text


@pytest.mark.parametrize("method", ["put", "delete", "post"])
def test_a_note_is_neither_changed_nor_removed(cora, world, method):
    written(world)
    assert getattr(cora, method)(HERE, data=cora.tokens()).status_code == 405
    assert getattr(cora, method)(f"{HERE}/1", data=cora.tokens()).status_code == 404


@pytest.mark.parametrize("who", ["lena", "ines", "rhea", "dora", "otto"])
def test_nobody_else_learns_that_there_is_one(browse, world, who):
    client = browse(who)
    written(world)
    assert client.get(HERE).status_code == 403
    for path in ("/", "/cases/LK-AAAA"):
        page = client.get(path).text.lower()
        assert "privileged" not in page
        assert "advice" not in page


def test_the_audit_log_of_the_case_tells_only_counsel(browse, cora, world):
    written(world)
    cora.get(HERE)
    lena = browse("lena")
    assert "rivileged" not in lena.get("/cases/LK-AAAA/audit-log").text
    assert "rivileged note" in cora.get("/cases/LK-AAAA/audit-log").text
    page = cora.get("/cases/LK-AAAA/audit-log?action=privileged_note.written").text
    address = re.findall(r'href="(/cases/LK-AAAA/audit-log/\d+)"', page)[0]
    assert cora.get(address).status_code == 200
    assert lena.get(address).status_code == 404


def test_no_export_knows_the_table():
    read = {str(column) for table in TABLES.values() for one in table.columns for column in one.reads}
    assert not [name for name in read if PrivilegedNote.__tablename__ in name]
    assert "disclosure.number" in {name.lower() for name in read}
