"""A table decorated, quoted and shifted in any of the ways of offices reads as the plain one, line for line."""

import csv
import io

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tracker.analysis.logs.files.csv_file import fit, open_table, sniff
from tracker.analysis.logs.files.packed import opened

HEADER = ["who", "doc", "at", "note"]
WORDS = st.text("abcXYZ äß@._-/'\",;^|0123456789", max_size=12).map(str.strip)
ROWS = st.lists(
    st.tuples(st.sampled_from(["ann@example.org", "EXAMPLE\\ben", "Cy, Dr."]), st.sampled_from(["MAT-1", "a;b"]),
              st.datetimes().map(lambda at: at.isoformat(" ", "seconds")), WORDS).map(list),
    min_size=3, max_size=8,
)  # fmt: skip
ABOVE = st.lists(st.sampled_from(["Access report", "Range: 1 to 2", "#Software: x", "", "Made by;ann"]), max_size=4)
BELOW = st.lists(st.sampled_from(["Total rows: 7", "", "End of report", "Total;;;7"]), max_size=3)
BETWEEN = st.sampled_from(["", "# rotated", "HEADER"])


@pytest.mark.slow("some hundred files, each looked at closely")
@given(
    ROWS, ABOVE, BELOW, BETWEEN, st.sampled_from(",;\t|^\x1f"), st.sampled_from(["double", "escape", "single"]),
    st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
    st.sampled_from([0, 0, 1, 3]), st.sampled_from(["", "\x1a", "\0\0\0\0"]),
)  # fmt: skip
@settings(phases=[Phase.explicit, Phase.generate], max_examples=60, deadline=None)
def test_a_decorated_table_reads_as_the_plain_one(
    rows, above, below, between, separator, quoting, end, encoding, lacking, padding
):
    if separator in "^\x1f":  # found where every line has equally many of them
        above, below, between, lacking, quoting = [], [], "", 0, "double"
    if quoting == "single":  # found where most lines begin and end with one
        above, below = above[:1], below[:1]
    lines = [line.replace(";", separator) for line in above] + [written(HEADER, separator, quoting)]
    expected = []
    for at, row in enumerate(rows):
        if at == 1 and between:
            lines.append(between.replace("HEADER", lines[len(above)]))
        short = lacking if at == 1 and row[3] == "" else 0
        lines.append(written(row[: 4 - min(short, 1)], separator, quoting))
        expected.append((len(lines), row))
    lines += [line.replace(";", separator) for line in below]
    content = end.join([*lines, padding]).encode(encoding)
    path = opened(lambda: io.BytesIO(content))
    header, found = open_table(path, sniff(path))
    assert (list(header), [(line, fit(cells, 4)) for line, cells in found]) == (HEADER, expected)


def written(cells, separator, quoting):
    """A line with every cell in quotes, as the writer of that kind of quotes writes it."""
    if quoting == "single":
        return separator.join("'" + cell.replace("'", "''") + "'" for cell in cells)
    if quoting == "escape":
        return separator.join('"' + cell.replace('"', '\\"') + '"' for cell in cells)
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="").writerow(cells)
    return text.getvalue()
