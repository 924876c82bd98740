"""CSV files as they are handed in: found out where certain, asked where not, refused with the line."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analysis.logs.files.csv_file import ENCODINGS, CsvFault, fit, preview, ragged, sniff
from tracker.analysis.logs.files.csv_rows import read
from tracker.analysis.logs.files.headers import normal

TABLE = "name,when,note\n" + "Ada,today,x\n" * 100


@pytest.fixture
def file(tmp_path):
    def write(content, encoding="utf-8"):
        path = tmp_path / "log.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def rows(path, dialect, *, strip=True):
    """Each row under the header with its line; a row that is not as wide as the header raises."""
    width = len(dialect.header)
    for line, cells in read(path, replace(dialect, encoding=dialect.encoding or ENCODINGS[0]), trim=strip):
        if line > dialect.header_line:
            fitted = fit(cells, width)
            if fitted is None:
                raise CsvFault(line, None, ragged(cells, width))
            yield line, [cell.strip() for cell in fitted] if strip else fitted


def table(path, *, strip=True):
    dialect = sniff(path)
    return [dict(zip(dialect.header, cells, strict=True)) for _, cells in rows(path, dialect, strip=strip)]


@pytest.mark.parametrize(
    ("content", "read"),
    [
        ('a,b\n1,"x, y"\n', [{"a": "1", "b": "x, y"}]),
        ('a,b\n1,"ha ""ha"" ha"\n', [{"a": "1", "b": 'ha "ha" ha'}]),
        ('a,b\n1,"[{""k"": ""v"", ""l"": 1}]"\n', [{"a": "1", "b": '[{"k": "v", "l": 1}]'}]),
        ('a,b\n1,"x\ny"\n3,4\n', [{"a": "1", "b": "x\ny"}, {"a": "3", "b": "4"}]),
        ('a,b\r\n1,"x\r\ny"\r\n', [{"a": "1", "b": "x\r\ny"}]),
        ('a,b\n1,"ha\n""ha""\nha"\n', [{"a": "1", "b": 'ha\n"ha"\nha'}]),
        ('a,b\n1,""\n"",4\n', [{"a": "1", "b": ""}, {"a": "", "b": "4"}]),
        ("a,b\n1, ʤ \n", [{"a": "1", "b": " ʤ "}]),
        ("a,b\n1,2", [{"a": "1", "b": "2"}]),
    ],
)
def test_cells_are_what_the_standard_says(file, content, read):
    assert table(file(content), strip=False) == read


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(file, ending):
    path = file("a;b\n1;2\n\n3;4\n".replace("\n", ending))
    assert list(rows(path, sniff(path))) == [(2, ["1", "2"]), (4, ["3", "4"])]


def test_a_row_has_the_line_it_begins_in(file):
    path = file('a,b\n1,"two\nthree\r\nfour"\n5,6\r7,8\n')
    assert [line for line, _ in rows(path, sniff(path))] == [2, 5, 6]


def test_blanks_around_names_and_cells_are_taken_off(file):
    path = file('when, card, "door, floor"\n 2016-05-31 , pyoung001, "1, 2"\n')
    assert table(path) == [{"when": "2016-05-31", "card": "pyoung001", "door, floor": "1, 2"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_recognised(file, encoding):
    path = file("näme,b\nÅsa,2\n", encoding)
    assert table(path) == [{"näme": "Åsa", "b": "2"}]


def test_utf_16_of_the_other_order_is_recognised(file):
    assert table(file(b"\xfe\xff" + "näme\nÅsa\n".encode("utf-16-be"))) == [{"näme": "Åsa"}]


def test_other_encodings_are_asked_for_and_shown(file):
    path = file("id,name\n1,Åsa\n", "cp1252")
    assert sniff(path).encoding is None
    assert preview(path, "cp1252") == ["1,Åsa"]
    assert preview(path, "cp1250") != ["1,Åsa"]
    assert table_of(path, sniff(path, encoding="cp1252")) == [["1", "Åsa"]]


def table_of(path, dialect):
    return [cells for _, cells in rows(path, dialect)]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_recognised(file, separator):
    assert sniff(file(TABLE.replace(",", separator))).separator == separator


def test_a_header_under_a_title_is_found(file):
    path = file("Badge report,,\n\nName,When,Note\nAda,today,x\nBo,today,y\n")
    assert (sniff(path).header_line, sniff(path).header) == (3, ("Name", "When", "Note"))
    assert len(table(path)) == 2


def test_a_file_without_a_header_gets_numbers(file):
    path = file("2016-01-01,x\n2016-01-02,y\n")
    assert (sniff(path).header_line, sniff(path).header) == (0, ("column 1", "column 2"))
    assert len(table(path)) == 2


def test_what_was_found_can_be_changed(file):
    path = file("a;b\nc;d\n1;2\n")
    assert table_of(path, sniff(path, header_line=2)) == [["1", "2"]]
    assert sniff(path, separator=",").header == ("a;b",)
    assert len(table_of(path, sniff(path, header_line=0))) == 3


def test_empty_headers_at_the_end_are_dropped_with_their_empty_cells(file):
    assert table(file("a,b,,\n1,2,,\n3,4\n5,6,\n")) == [{"a": x, "b": y} for x, y in ("12", "34", "56")]


@pytest.mark.cases("some of them are millions of characters")
@pytest.mark.parametrize(
    ("content", "line", "column", "says"),
    [
        (b"", None, None, "empty"),
        (b"\n\n", None, None, "empty"),
        (b"a,b\n", 1, None, "no other lines"),
        (TABLE.encode() + b"x,\0,y\n", 102, None, "NUL"),
        (TABLE.encode() + b'x,"y,z\n' + b"1,2,3\n" * 9, 102, 2, "quote is not closed"),
        (TABLE.encode() + b'x,"y,z\n' + b"1,2,3\n" * 100_000, 102, 2, "quote is not closed"),
        (TABLE.encode() + b'x,"y"y,z\n', 102, 2, "text follows a closing quote"),
        (TABLE.encode() + b"x,y,z,w\n", 102, None, "4 cells and the header has 3"),
        (TABLE.encode() + b"x," + b"y" * 200_000 + b",z\n", 102, 2, "at most 100,000 characters"),
        (b"a,b\nx," + b"y" * 200_000 + b"\n", 2, 2, "at most 100,000 characters"),
        (b"y" * 3_000_000, 1, 1, "at most 100,000 characters"),
        (b"a," * 100_000 + b"\n1\n", 1, 1001, "at most 1,000 cells"),
        (TABLE.encode() + b"a," * 1_000_000 + b"\n", 102, 1001, "at most 1,000 cells"),
        (TABLE.encode() + b'"\n",' * 600_000 + b"\n", 102, 1001, "at most 1,000 cells"),
        (TABLE.encode() + (b'"' + b"\n" * 90_000 + b'",') * 30 + b"\n", 102, None, "at most 2,000,000 characters"),
    ],
)
def test_each_broken_file_is_refused_once_with_the_place(file, content, line, column, says):
    with pytest.raises(CsvFault) as fault:
        table(file(content))
    assert (fault.value.line, fault.value.column) == (line, column)
    assert says.casefold() in str(fault.value).casefold()


@pytest.mark.parametrize(
    ("content", "chosen", "line", "says"),
    [
        (b"a,b\nx,y\n\x81,z\n", {"encoding": "cp1252"}, 3, "not cp1252 text"),
        (b"\xff\xfe" + "a,b\nx,y\nz,".encode("utf-16-le") + b"\x00\xd8\x00\xd8", {}, 3, "not utf-16 text"),
        (b"\xff\xfe" + "a,b\nx,y\n".encode("utf-16-le") + b"\x00", {}, 3, "not utf-16 text"),
        (b"a,b\n1,2\n", {"encoding": "rot13"}, None, "not a text encoding"),
        (b"a,b\n1,2\n", {"header_line": 9}, 9, "No header starts in this line"),
        (b'a,"b\nc"\n1,2\n', {"header_line": 2}, 2, "No header starts in this line"),
    ],
)
def test_a_choice_that_does_not_fit_is_refused_with_the_place(file, content, chosen, line, says):
    path = file(content)
    with pytest.raises(CsvFault, match=says) as fault:
        list(rows(path, sniff(path, **chosen)))
    assert fault.value.line == line


@given(st.binary() | st.text(alphabet='a1,;"\n\r\t \0é').map(str.encode))
@settings(max_examples=300)
def test_whatever_the_bytes_there_are_rows_or_a_fault(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    try:
        dialect = sniff(path)
        assert all(len(cells) == len(dialect.header) for _, cells in rows(path, dialect))
    except CsvFault as fault:
        assert fault.sentence.endswith((".", "?")), fault  # noqa: PT017


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r")), min_size=3, max_size=3)))
@settings(max_examples=200)
def test_what_was_written_is_what_is_read(tmp_path_factory, table_written):
    path = tmp_path_factory.getbasetemp() / "written.csv"
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *table_written, ["x", "y", "z"]])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    dialect = sniff(path, separator=",", header_line=1)
    assert [cells for _, cells in rows(path, dialect, strip=False)] == [*table_written, ["x", "y", "z"]]


@pytest.mark.parametrize("name", ["Last Name", "LAST_NAME ", "lastname", "\ufeffLast\u00a0name"])
def test_names_are_equal_whatever_their_case_blanks_and_underscores(name):
    assert normal(name) == "lastname"


def test_other_names_are_other_names():
    assert normal("NAMELAST") != normal("Last Name")
