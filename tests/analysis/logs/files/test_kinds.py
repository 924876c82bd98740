"""Files of every kind read as tables, and those of no kind that can be read refused by their name."""

import gzip
import io
import itertools
import zipfile

import pytest

from tests.analysis.logs.files import building
from tests.analysis.logs.files.building import CSV, EVERY_KIND, archive, workbook
from tracker.analysis.logs.files import packed
from tracker.analysis.logs.files.csv_file import CsvFault, open_table, ragged, sniff
from tracker.analysis.logs.files.packed import opened
from tracker.analysis.logs.files.sources import workbooks


def read(content, **given):
    """The dialect, the header, and the rows: their lines, and their cells or why there are none."""
    path = opened(lambda: io.BytesIO(content))
    dialect = sniff(path, **given)
    header, lines = open_table(path, dialect)
    assert header == dialect.header
    rows = list(lines)
    assert len(rows) == dialect.lines
    return dialect, header, [(line, list(cells)) for line, cells in rows]


ROWS = [
    (2, ["ann@example.org", "MAT-1", "2020-03-10 09:15:30"]),
    (3, ["ben@example.org", "MAT-1", "2020-03-11 10:00:00"]),
]
MAIL = ["Tue, 10 Mar 2020 09:15:30 +0100", "Ann Müller <ann@example.org>", "ben@example.org, cy@example.org", "",
        "Plan", "<1@example.org>"]  # fmt: skip
JSON = [["ann", "2020-03-10", "1.50", "x; y", ""], ["ben", "", "", "", "true"]]
REQUEST = ["192.0.2.1", "-", "ann", "10/Mar/2020:09:15:30 +0100", "GET", "/MAT-1.pdf", "HTTP/1.1", "200", "2326"]


@pytest.mark.parametrize(
    ("kind", "header", "rows"),
    [
        ("gz", ("who", "doc", "at"), ROWS),
        ("zip", ("who", "doc", "at"), ROWS),
        ("json", ("who", "at", "more.n", "more.list", "late"), [(1, JSON[0]), (2, JSON[1])]),
        ("array", ("who", "at", "more.n", "more.list", "late"), [(1, JSON[0]), (1, JSON[1])]),
        ("json cells", ("who", "data", "data.a.b", "data.c"),
         [(2, ["ann", '{"a": {"b": [1, 2]}}', "1; 2", ""]), (3, ["ben", '{"c": null}', "", ""])]),
        ("like a log", ("at", "who", "what"),
         [(line, ["2020-03-10T09:15:30Z", "ann; ben", "mail of 10: done"]) for line in range(2, 14)]),
        ("apache", None, [(1, [*REQUEST, "-", 'a \\"b\\" c'])]),
        ("syslog", ("month", "day", "clock", "host", "program", "message"),
         [(1, ["Mar", "10", "09:15:30", "gate", "sshd[12]", "Accepted for ann: ok"]),
          (2, ["Mar", "1", "09:16:30", "gate", "cron", "done"])]),
        ("w3c", ("date", "time", "user"),
         [(3, ["2020-03-10", "09:15:30", "ann"]), (5, ["2020-03-11", "10:00:00", "ben"])]),
        ("eml", ("Date", "From", "To", "Cc", "Subject", "Message-ID"), [(1, MAIL)]),
        ("mbox", ("Date", "From", "To", "Cc", "Subject", "Message-ID"), [(1, MAIL), (13, MAIL)]),
        ("ics", None, [(2, ["2020-03-10 09:15:30 Europe/Berlin", "2020-03-10 09:15:30Z", "Plan, first", "", "",
                            "mailto:ann@example.org; mailto:ben@example.org", "1"])]),
        ("xlsx", ("who", "at", "n"), [(4, ["ann", "2020-03-10 09:15:30", "7"]), (5, ["ben", "", "0.5"])]),
        ("ods", ("who", "at"), [(2, ["ann", "2020-03-10"])]),
    ],
)  # fmt: skip
def test_a_file_of_each_kind_is_a_table(kind, header, rows):
    _, found, told = read(EVERY_KIND[kind])
    assert told == rows
    assert header is None or found == header


def test_fields_that_come_far_down_are_columns_too(monkeypatch):
    cells = ["{}", *['{"a": 1}'] * 60, '{"text": "{\\"b\\": {\\"c\\": 2}}"}', "nonsense", '{"d": [{"e": 3}]}']
    lines = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    content = ("who,data\n" + "".join(f"ann,{line}\n" for line in lines)).encode()
    _, header, rows = read(content)
    assert header == ("who", "data", "data.a", "data.text", "data.text.b.c", "data.d.e")
    assert (rows[61][1][4], rows[62][1][2:], rows[63][1][5]) == ("2", [""] * 4, "3")
    assert read(b'{"a": 1}\n' * 5_001 + b'{"b": 2}\n')[1] == ("a", "b")
    monkeypatch.setattr("tracker.analysis.logs.files.csv_file.MOST_FIELDS", 3)
    monkeypatch.setattr("tracker.analysis.logs.files.notes.MOST_FIELDS", 3)
    dialect, header, _ = read(content)
    assert (header[-1], len(header)) == ("data.text.b.c", 5)
    assert dialect.notes[-1] == "The JSON cells have more than 3 fields. The first 3 of them are columns."


def test_what_is_not_found_can_be_chosen():
    assert read(EVERY_KIND["zip"], member="b.log")[1][0] == "host"
    book = workbook(("Big", [["a", "b"], [1, 2], [3, 4]]), ("Small", [["c", "d"], [5, 6]]))
    dialect, header, _ = read(book)
    assert (dialect.sheet, dialect.sheets, header) == ("Big", ("Big", "Small"), ("a", "b"))
    assert read(book, sheet="Small")[2] == [(2, ["5", "6"])]
    _, header, rows = read(b"ann opened MAT-1 at 2020-01-01\nnonsense\n", pattern="{who} opened {doc} at {time}")
    assert (header, rows[0]) == (("who", "doc", "time"), (1, ["ann", "MAT-1", "2020-01-01"]))
    assert read(building.SYSLOG.encode(), pattern="", separator=":")[0].kind == "csv"


def test_lines_that_do_not_fit_stay_as_lines_that_cannot_be_read():
    content = building.APACHE.encode() * 20 + b'192.0.2.1 - - [x] "\\x16\\x03" 400 0\n' + b"rotated\n"
    dialect, _, rows = read(content)
    assert rows[20] == (21, ["192.0.2.1", "-", "-", "x", "", "\\x16\\x03", "", "400", "0"])
    assert "1 line cannot be read in this way." in dialect.notes
    lines = open_table(opened(lambda: io.BytesIO(content)), dialect)[1]
    assert ragged(list(lines)[21][1], 9) == "This line does not fit the pattern."
    assert ragged(dict(read_raw(b'{"a": 1}\n{"a"\n'))[2], 1) == "This line is not a JSON object."


def read_raw(content):
    path = opened(lambda: io.BytesIO(content))
    return open_table(path, sniff(path))[1]


PASSWORD = bytearray(archive({"a.csv": CSV}))
PASSWORD[6] |= 1
PASSWORD[PASSWORD.index(b"PK\x01\x02") + 8] |= 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.4 x", "This is a PDF document, not a log. Ask for the table in it as CSV or XLSX."),
        (b"!BDN" + bytes(99), "This is an Outlook data file (PST), not a log. Export its messages as .eml or .mbox."),
        (b"ElfFile\0" + bytes(99), "This is a Windows event log (EVTX), not a log."),
        (b"\x89PNG\r\n", "This is an image"),
        (b"SQLite format 3\0", "This is an SQLite database"),
        (b"\x7fELF\2", "This is a program"),
        (b"\xd0\xcf\x11\xe0" + "__substg1.0_".encode("utf-16-le"), "This is an Outlook message (MSG)"),
        (archive({"word/document.xml": "x", "[Content_Types].xml": "x"}), "This is a Word document"),
        (archive({"a.zip": archive({"b.csv": CSV})}), "This is an archive in an archive"),
        (gzip.compress(gzip.compress(CSV.encode())), "This is an archive in an archive"),
        (bytes(257) + b"ustar", "This is a tar archive"),
        (b"<!DOCTYPE html><p>", "This is an XML or HTML page"),
        (b'{\n "value": [\n {"a": 1}]}\n', "This is a single JSON object"),
        (b'{"value": [{"a": 1}]}\n', "This is a single JSON object"),
        (b"[]", "This JSON file holds no records"),
        (b'[{"a": 1}, {"a"', "This JSON array is broken or cut off here"),
        (gzip.compress(CSV.encode())[:-12], "This archive is broken or cut off"),
        (archive({"a.csv": CSV})[:60], "This archive is broken or cut off"),
        (archive({"a/": ""}), "This archive holds no file"),
        (bytes(PASSWORD), "This archive has a password"),
        (building.LOG[:-30], "broken or cut off"),
        (b"From: a\nTo: b\nDate: c\n", None),
        (b"BEGIN:VCALENDAR\n", "The file has no records"),
    ],
    ids=itertools.count(),  # archives hold the time of day
)
def test_what_cannot_be_read_is_refused_in_one_sentence_that_names_it(content, says):
    if says is None:
        assert read(content)[2]
        return
    with pytest.raises(CsvFault) as fault:
        read(content)
    assert says in str(fault.value)


def test_a_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(packed, "UNPACKED", 10_000)
    monkeypatch.setattr(workbooks, "UNPACKED", 10_000)
    zeros = b"a,b\n" * 100_000
    for content in (
        gzip.compress(zeros),
        archive({"a.csv": zeros}),
        workbook(("A", [["x" * 9_000, n] for n in range(9)])),
    ):
        with pytest.raises(CsvFault, match="Unpacked, this"):
            read(content)
    declared = bytearray(archive({"a.csv": zeros}))
    at = declared.index(b"PK\x01\x02") + 24
    declared[at : at + 4] = (5).to_bytes(4, "little")  # a member that says it is small
    with pytest.raises(CsvFault):
        read(bytes(declared))
    monkeypatch.setattr(packed, "PACKED", 10)
    with pytest.raises(CsvFault, match="An archive or workbook can have at most"):
        read(EVERY_KIND["zip"])


def test_the_child_of_a_workbook_that_wants_too_much_ends_alone(monkeypatch, tmp_path):
    program = tmp_path / "child.py"
    program.write_text("import sys\nsys.stdin.buffer.read(10)\nsys.exit(9)\n")
    monkeypatch.setattr(workbooks, "_PROGRAM", program)
    with pytest.raises(CsvFault, match="needs too much memory or time"):
        read(EVERY_KIND["xlsx"])


def test_a_member_of_an_archive_that_is_named_wrongly_is_told():
    with pytest.raises(CsvFault, match=r'no file "c.csv"\. It has a.csv, b.log'):
        read(EVERY_KIND["zip"], member="c.csv")
    with pytest.raises(CsvFault, match=r'no sheet "X"\. It has About, Log'):
        read(EVERY_KIND["xlsx"], sheet="X")
    with pytest.raises(CsvFault, match="is not a pattern"):
        read(EVERY_KIND["csv"], pattern="{a}{b}")
    assert zipfile.is_zipfile(io.BytesIO(EVERY_KIND["zip"]))
