"""Cells of several recipients with the outcome for each: a row for each of them, if somebody reads them from there."""

import io

import pytest

from tracker.analysis.logs.access_log import Mapping, Row, Tally, parse
from tracker.analysis.logs.files.csv_file import open_table, sniff
from tracker.analysis.logs.files.packed import opened
from tracker.analysis.logs.files.sources.recipient_cells import recipients_column

FILE = """since,sent to,all,subject
2024-05-16T07:08:09Z,"a@x.example##Receive, Deliver; b@x.example ##Receive, Expand, Fail;",a@x.example;b@x.example,Plan
2024-05-16T07:09:09Z,,,Plan
2024-05-16T07:10:09Z,c@x.example##Deliver,c@x.example,Plan
"""
BASE = {"since": "since", "material": "subject"}


def source(text=FILE):
    return opened(lambda: io.BytesIO(text.encode()))


def test_each_recipient_is_a_row_of_its_line_with_the_last_event_as_the_outcome():
    dialect = sniff(source())
    assert dialect.header == ("since", "sent to", "all", "subject", "sent to.recipient", "sent to.outcome")
    assert "If recipients are read from the column sent to, each of them counts as a line." in dialect.notes
    header, lines = open_table(source(), dialect)
    assert header == dialect.header
    assert [(line, *cells[-2:]) for line, cells in lines] == [
        (2, "a@x.example", "Deliver"), (2, "b@x.example", "Fail"), (3, "", ""), (4, "c@x.example", "Deliver"),
    ]  # fmt: skip


@pytest.mark.parametrize(("column", "lines"), [("sent to.recipient", [2, 2, 4]), ("all", [2, 4])])
def test_a_mapping_that_reads_people_elsewhere_has_a_row_for_each_line(column, lines):
    mapping, tally = Mapping("access", {**BASE, "identifier": column}), Tally()
    found = list(parse(source(), mapping, tally, dialect=sniff(source())))
    assert [one.line for one in found if isinstance(one, Row)] == lines
    assert tally.lines == len(found)


@pytest.mark.parametrize("cell", ["a@x.example", "##Deliver", "a##b, c; d", ""])
def test_any_other_cell_makes_it_a_plain_column(cell):
    assert recipients_column(["x"], [["a@x.example##Receive"] if cell else [""], [cell]]) == ""
    assert recipients_column(["x", "y"], [["1", "a@x.example##Receive"], ["2"], ["3", " "]]) == "y"
