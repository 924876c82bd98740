"""The page on which a whole case leaves: as a zip, with names only for a purpose, and listed afterwards."""

import csv
import hashlib
import io
import json
import zipfile

import pytest

from tests.views.register.test_exports import NAMES, exports, rows_of

pytestmark = pytest.mark.furnished


def archive_of(answer):
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_the_whole_case_leaves_as_a_zip_whose_manifest_holds(browse, entries):
    answer = browse("lena").post_form("/cases/LK-AAAA/export")
    archive, sealed = archive_of(answer), entries()
    assert answer.content_type == "application/zip"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="LK-AAAA-export-1.zip"'
    manifest = json.loads(archive.read("manifest.json"))
    assert {file["name"]: file["sha256"] for file in manifest["files"]} == {
        name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist() if name != "manifest.json"
    }
    assert manifest["audit_log"] == {"size": sealed[-2]["seq"], "entry_hash": sealed[-1]["prev"]}
    assert (manifest["case"], manifest["export"], manifest["names"]) == ("LK-AAAA", 1, False)
    assert "Access is opportunity, not guilt." in manifest["read_this"]
    assert {file["name"]: file["rows"] for file in manifest["files"]}["people.csv"] == 2
    assert sealed[-1]["d"]["rows"] == sum(file["rows"] for file in manifest["files"])
    assert sealed[-1]["d"]["sha256"] == hashlib.sha256(answer.data).hexdigest()


def test_without_asking_no_name_is_in_the_zip(browse):
    archive = archive_of(browse("lena").post_form("/cases/LK-AAAA/export"))
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert not [name for name in NAMES if name.encode() in everything]


def test_each_sealed_statement_leaves_as_it_was_sealed(browse):
    given = {"names": "y", "purpose": "Referral", "recipient": "Prosecutor"}
    archive = archive_of(browse("lena").post_form("/cases/LK-AAAA/export", **given))
    kept = {
        name: hashlib.sha256(archive.read(name)).hexdigest()
        for name in archive.namelist()
        if name.startswith("statements/")
    }
    assert list(kept) == ["statements/interview-2.json", "statements/interview-2-addendum-1.json"]
    rows = list(csv.DictReader(io.TextIOWrapper(archive.open("interviews.csv"), "utf-8", newline="")))
    assert [row["statement_sha256"] for row in rows if row["statement_sha256"]] == [kept["statements/interview-2.json"]]


def test_names_leave_for_a_purpose_to_somebody(browse, entries):
    answer = browse("lena").post_form("/cases/LK-AAAA/export", names="y", purpose="Referral", recipient="Prosecutor")
    [first, _] = list(csv.DictReader(io.TextIOWrapper(archive_of(answer).open("people.csv"), "utf-8", newline="")))
    assert (first["name"], first["identifiers"]) == ("Name 1", "email:aide1.lk-aaaa@office.example; badge:B-1")
    assert entries("export.started")[-1]["d"]["names"] is True
    [export] = exports()
    assert (export.purpose, export.recipient, export.names) == ("Referral", "Prosecutor", True)


@pytest.mark.parametrize("given", [{"purpose": "Referral"}, {"recipient": "Prosecutor"}])
def test_names_do_not_leave_without_saying_what_for_and_to_whom(browse, given):
    assert browse("lena").post_form("/cases/LK-AAAA/export", names="y", **given).status_code == 422
    assert exports() == []


def test_a_reviewer_exports_the_case_and_never_names(browse, last_entry):
    rhea = browse("rhea")
    assert 'name="names"' not in rhea.get("/cases/LK-AAAA/export").text
    fields = rhea.tokens() | {"names": "y", "purpose": "Because", "recipient": "Me"}
    assert rhea.post("/cases/LK-AAAA/export", data=fields).status_code == 403
    assert last_entry()["act"] == "access.denied"
    assert "audit-log.csv" not in archive_of(rhea.post_form("/cases/LK-AAAA/export")).namelist()


def test_an_observer_may_not_export_the_case(browse):
    assert browse("otto").get("/cases/LK-AAAA/export").status_code == 403


def test_the_page_lists_what_has_left(browse):
    lena = browse("lena")
    assert "No exports yet" in lena.get("/cases/LK-AAAA/export").text
    assert lena.get("/cases/LK-AAAA/people.csv?q=Name").text
    for who, told in (("lena", True), ("rhea", False)):
        text = browse(who).get("/cases/LK-AAAA/export").text
        assert ("q=Name" in text) is told
        assert "Complete" in text
    [row] = rows_of(lena.get("/cases/LK-AAAA/export.csv"))[:1]
    assert (row["number"], row["what"], row["filter"], row["by"]) == ("1", "people", "", "lead")
