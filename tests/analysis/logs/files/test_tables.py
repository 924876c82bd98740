"""Tables as offices write them, found in what stands around them; nothing that could be a record is left out."""

import pytest

from tracker.analysis.logs.files.csv_file import CsvFault, fit, open_table, ragged, sniff


@pytest.fixture
def read(tmp_path):
    """The dialect of a file, its header, and its rows as wide as that."""

    def reading(content, encoding="utf-8", **given):
        path = tmp_path / "log.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        dialect = sniff(path, **given)
        header, lines = open_table(path, dialect)
        assert header == dialect.header
        return dialect, header, [(line, fit(cells, len(header)) or ragged(cells, len(header))) for line, cells in lines]

    return reading


HEAD, ROW, SECOND = "who,doc,at", "a@example.org,MAT-1,2020-03-10 09:15:30", "b@example.org,MAT-1,2020-03-11 10:00"
FOUND = [ROW.split(","), SECOND.split(",")]


@pytest.mark.parametrize(
    ("content", "lines", "notes"),
    [
        (f"Report\nFrom: 1 to 2\n{HEAD}\n{ROW}\n{SECOND}\n", [4, 5], "Header in line 3; left out: 2 lines before"),
        (f"Report,,\nFrom,2020-03-01,\n\n{HEAD}\n{ROW}\n{SECOND}\n", [5, 6], "Header in line 4; left out: 2 lines bef"),
        (f"Range,2020-03-01\n{HEAD}\n{ROW}\n{SECOND}\n", [3, 4], "Header in line 2; left out: 1 line before"),
        (f"{HEAD}\n{ROW}\n{SECOND}\nTotal rows: 2\n", [2, 3], "left out: 1 line after the table"),
        (f"{HEAD}\n{ROW}\n{SECOND}\nTotal,,2\n,,\n", [2, 3], "left out: 2 lines after the table"),
        (f"{HEAD}\n{ROW}\n{SECOND}\n\nPrinted by: the desk\nEnd of report\n", [2, 3], "left out: 2 lines after"),
        (f"#Software: x\n#Date: y, z\n{HEAD}\n{ROW}\n# rotated\n{SECOND}\n", [4, 6], 'Comments: 1 line with "#"'),
        (f"{HEAD}\n{ROW}\n\ufeff{HEAD}\n{SECOND}\n", [2, 4], "The header comes again in 1 line"),
        (f"{HEAD}\n{ROW},\n{SECOND},\n", [2, 3], "Header in line 1."),
        (f"{HEAD}\n{ROW}\n{SECOND}\n".replace(",", "^"), [2, 3], ""),
        (f"{HEAD}\n{ROW}\n{SECOND}\n".replace(",", "\x1f"), [2, 3], ""),
        (f"{HEAD}\n{ROW}\n{SECOND}\x1a\0\0\0", [2, 3], "The end of the file is filled up"),
        (f'"who" ,"doc"  ,"at"\n{ROW}\n"b@example.org" ,"MAT-1","2020-03-11 10:00"  \n', [2, 3], ""),
        (f"'who','doc','at'\n'{ROW}'\n'{SECOND}'\n".replace(",", "','").replace("''", "'"), [2, 3], ""),
    ],
)
def test_a_table_is_found_in_what_stands_around_it(read, content, lines, notes):
    dialect, header, rows = read(content)
    assert (header, [cells for _, cells in rows], [line for line, _ in rows]) == (("who", "doc", "at"), FOUND, lines)
    assert notes in " ".join(dialect.notes)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_needs_no_mark(read, encoding):
    assert [cells for _, cells in read(f"{HEAD}\n{ROW}\n{SECOND}\n", encoding)[2]] == FOUND


@pytest.mark.parametrize(
    ("content", "header"),
    [
        ("who,doc,at,Name,Name\na,b,2020-01-01,x,y\n", ("who", "doc", "at", "Name (column 4)", "Name (column 5)")),
        ("who,doc,,at\na,b,x,2020-01-01\n", ("who", "doc", "column 3", "at")),
        ("at,who,doc\n2020-01-01,a,b,read\n2020-01-02,a,b,read\n", ("at", "who", "doc", "column 4")),
        ("column 3,who,\n2020-01-01,a,b\n", ("column 3", "who", "column 3'")),
    ],
)
def test_columns_without_a_name_of_their_own_are_told_by_their_position(read, content, header):
    assert read(content)[1] == header


def test_one_of_several_tables_is_read_and_another_can_be_chosen(read):
    content = f"1. Summary\nTitle\tBriefing\nStart\t2020-03-10\n\n2. People\n{HEAD}\n{ROW}\n\n3. Doors\nwho,door\na,2\n"
    content = content.replace(",", "\t")
    dialect, _, rows = read(content)
    assert rows == [(7, ROW.split(","))]
    assert dialect.tables == ("1. Summary, line 2", "2. People, line 6", "3. Doors, line 10")
    assert "The file has 3 tables. Table 2 is read." in dialect.notes
    assert read(content, table=3)[2] == [(11, ["a", "2"])]
    assert read(content, header_line=10)[2] == [(11, ["a", "2"])]
    with pytest.raises(CsvFault, match="no other lines"):
        read(content, header_line=6, last_line=6)
    with pytest.raises(CsvFault, match="no table 4"):
        read(content, table=4)


@pytest.mark.parametrize(
    "row",
    [
        "alice",
        "alice,MAT-1",
        "a b,,2020-03-10 10:00",
        "2020-03-10 08:00",
        "Total,,2020-03-10 10:00",
        "#12,MAT-1",
        ",x,",
    ],
)
def test_what_could_be_a_record_stays_in_the_table(read, row):
    _, _, rows = read(f"{HEAD}\n{ROW}\n{row}\n")
    assert rows[-1] == (3, [*row.split(","), "", ""][:3])


def test_a_row_of_words_is_no_second_header(read):
    words = "carl,MAT-2,yesterday\ndora,MAT-2,today"
    assert len(read(f"{HEAD}\n{ROW}\nnote to all\n{words}\n{SECOND}\n")[2]) == 5


def test_a_row_with_more_cells_than_the_header_is_a_fault(read):
    assert "has 4 cells and the header has 3" in read(f"{HEAD}\n{ROW}\n{ROW},x\n{SECOND}\n")[2][1][1]


def test_escaped_quotes_are_read_and_other_backslashes_stay(read):
    _, _, rows = read('who,doc,at\n"a","the \\"draft\\" in C:\\dir\\\\",2020-01-01\n')
    assert rows == [(2, ["a", 'the "draft" in C:\\dir\\', "2020-01-01"])]


def test_quotes_can_be_text(read):
    content = 'who\tdoc\tat\na\t"draft\t2020-01-01\nb\t5" disk\t2020-01-02\n'
    assert [cells[1] for _, cells in read(content)[2]] == ['"draft', '5" disk']
    assert read(content.replace("\t", ","), quote="")[2][0] == (2, ["a", '"draft', "2020-01-01"])


def test_a_file_of_mixed_encodings_is_asked_about_with_its_lines(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes("who,doc,at\nmüller,M,2020\n".encode() + "groß,M,2020\n".encode("latin-1"))
    dialect = sniff(path)
    assert dialect.encoding is None
    assert "UTF-8 in line 2, another in line 3" in dialect.notes[0]
    with pytest.raises(CsvFault, match="Choose the encoding"):
        open_table(path, dialect)
    _, lines = open_table(path, sniff(path, encoding="utf-8/cp1252"))
    assert [cells[0] for _, cells in lines] == ["müller", "groß"]
