"""A list as a workbook, or as a CSV that Excel opens as UTF-8: the same rows, and every cell a text."""

import codecs
import csv
import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders.build_access import access, two_versions, utc
from tests.builders.build_material import person
from tracker.analysis.cells import guard, unguard
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.exports import workbooks
from tracker.exports.workbooks import write_workbook
from tracker.exports.writing import Shape, Tally, write
from tracker.models.access.words import Level
from tracker.models.register.exports import Export, Format

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
AWKWARD = ["=1+1", "+44 20", "-", "00123", "http://x.example", " two  blanks ", "two\nlines", "a\tb", "a\rb", ""]


def read_workbook(data):
    """The cells of the only sheet, all of which must be texts."""
    sheet = ET.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.iter(f"{SPACE}row"):
        found = {}
        for cell in row.iter(f"{SPACE}c"):
            assert cell.get("t") == "inlineStr"
            text = "".join(part.text or "" for part in cell.iter(f"{SPACE}t"))
            found[re.sub(r"\d", "", cell.get("r"))] = re.sub("_x([0-9A-F]{4})_", lambda one: chr(int(one[1], 16)), text)
        rows.append([found.get(chr(ord("A") + at), "") for at in range(len(rows[0]) if rows else len(found))])
    return rows


def whole(header, rows, tmp_path=None):
    return read_workbook(b"".join(write_workbook(header, rows, tmp_path)))


@settings(max_examples=25)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=3))
def test_every_cell_is_the_text_it_was(cells):
    cells = [one for one in cells if unguard(one) == one]  # of the others see below
    rows = [[guard(one) for one in [*cells, *AWKWARD]]]
    header = [f"column {number}" for number in range(len(rows[0]))]
    assert whole(header, [*rows, [None] * len(header)])[:2] == [header, [*cells, *AWKWARD]]


def test_a_cell_that_looks_guarded_keeps_its_quote_so_that_it_comes_in_as_it_was():
    assert whole(["text"], [[guard("'=1+1")]]) == [["text"], ["''=1+1"]]


def test_what_a_sheet_cannot_hold_is_refused_and_leaves_nothing_behind(tmp_path, monkeypatch):
    with pytest.raises(Refused, match="A text in row 2 is longer than the 32,767 characters"):
        whole(["text"], [["a"], ["b" * 32_768]], tmp_path)
    monkeypatch.setattr(workbooks, "MOST_ROWS", 1)
    with pytest.raises(Refused, match="A workbook can hold"):
        whole(["text"], [["a"], ["b"]], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_rows_of_a_workbook_count_with_its_last_byte(monkeypatch):
    monkeypatch.setattr(workbooks, "CHUNK", 1000)
    tally = Tally()
    written = write(["one"], [[("a",), ("b",)], [("c",)]], tally, Shape(Format.XLSX))
    counts = [tally.rows for _ in written]
    assert len(counts) > 2
    assert set(counts[:-1]) == {0}
    assert counts[-1] == 3


def test_a_list_leaves_in_each_format_with_the_same_rows_filter_and_entry(world, browse, entries):
    for post in ("=Clerk", "Clerk", "Adviser"):
        person(post=post)
    ines, query = browse("ines"), "?q=clerk"
    plain = ines.get(f"/cases/LK-AAAA/people.csv{query}")
    for_excel = ines.get(f"/cases/LK-AAAA/people.csv{query}&for=excel")
    book = ines.get(f"/cases/LK-AAAA/people.xlsx{query}")
    assert for_excel.data == codecs.BOM_UTF8 + plain.data
    rows = list(csv.reader(io.StringIO(plain.text, newline="")))
    assert [row[2] for row in rows] == ["post", "'=Clerk", "Clerk"]
    assert [row[2] for row in read_workbook(book.data)] == ["post", "=Clerk", "Clerk"]
    assert book.content_type == Format.XLSX.media_type
    assert book.headers["Content-Disposition"].endswith('filename="LK-AAAA-export-3-people.xlsx"')
    db.session().rollback()
    told = [(one.format, one.filter, one.rows) for one in db.session().query(Export).order_by(Export.id)]
    assert told == [
        (Format.CSV, "q=clerk", 2), (Format.CSV_FOR_EXCEL, "q=clerk&for=excel", 2), (Format.XLSX, "q=clerk", 2),
    ]  # fmt: skip
    assert [one["d"]["format"] for one in entries("export.started")] == ["csv", "csv_for_excel", "xlsx"]
    page = ines.get(f"/cases/LK-AAAA/people{query}").text
    for url in ("people.csv?q=clerk", "people.csv?q=clerk&amp;for=excel", "people.xlsx?q=clerk"):
        assert f'href="/cases/LK-AAAA/{url}" download' in page


def test_who_had_access_leaves_as_it_is_shown_and_without_names(world, browse, entries, monkeypatch):
    monkeypatch.setattr("tracker.views.access.who_had_access.FILED_AT_ONCE", 1)
    card, first, second, _ = two_versions()
    people = [person(name="Paul", post="Clerk") for _ in range(3)]
    access(people[0], card, version=second, level=Level.E3, since=utc("2018-03-20 11:00"))
    access(people[2], card, version=first, level=Level.E2, since=utc("2018-03-20 11:00"))
    otto = browse("otto")
    answer = otto.get("/cases/LK-AAAA/disclosures/1/claims/1/who-had-access.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [(row["person"], row["name"], row["standing"], row["level"], row["records"]) for row in rows] == [
        ("P-001", "", "confirmed", "E3", "1"), ("P-002", "", "unknown", "", "0"), ("P-003", "", "unknown", "", "0"),
    ]  # fmt: skip
    assert rows[0]["versions"] == "CARDS v2"
    assert rows[0]["first_utc"] == "2018-03-20T11:00:00Z"
    assert rows[0]["coverage"].startswith("CARDS v2: Based on 1 known holder")
    assert {row["read_this"] for row in rows} == {"Access is opportunity, not guilt."}
    told = [(one["act"], one["out"]) for one in entries()[-3:]]
    assert told == [("exposure.read", "ok"), ("export.started", "ok"), ("export.ended", "ok")]
    some = otto.get("/cases/LK-AAAA/disclosures/1/who-had-access.xlsx?class=confirmed")
    assert [row[0] for row in read_workbook(some.data)] == ["person", "P-001"]
