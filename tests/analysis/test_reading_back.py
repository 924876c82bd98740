"""What we export with names reads back as the same rows, whatever the texts, times and zones."""

import csv
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analysis.cells import guard
from tracker.analysis.logs.access_log import CHANNELS, LEVELS, Row, parse, suggest
from tracker.analysis.logs.files.csv_file import sniff
from tracker.analysis.moments import Moment, Precision, sql_text, to_csv

NAMES = (
    st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1, max_size=80)
    .map(str.strip)
    .filter(bool)
)
INSTANTS = st.datetimes(timezones=st.just(UTC))
ZONES = [None, "UTC", "America/New_York", "Asia/Kolkata", "-04:00"]


@st.composite
def moments(draw):
    precision, zone = draw(st.sampled_from(Precision)), draw(st.sampled_from(ZONES))
    bounds = sorted([draw(INSTANTS), draw(INSTANTS)])
    if precision is Precision.EXACT:
        bounds[1] = bounds[0]
    return Moment.of(None if precision is Precision.BEFORE else bounds[0], bounds[1], zone, precision)


@st.composite
def occurrences(draw):
    texts = [draw(NAMES), draw(NAMES | st.just("")), draw(NAMES), draw(NAMES | st.just("")), draw(NAMES | st.just(""))]
    words = [draw(st.sampled_from(["", *CHANNELS])), draw(st.sampled_from(["", *LEVELS]))]
    since, until = draw(moments()), draw(moments())
    if since.earliest and until.latest and until.latest < since.earliest:
        since, until = until, since
    return *texts, *words, since, until, draw(NAMES | st.just("")), draw(NAMES | st.just(""))


OURS = ["person", "name", "material", "version", "copy", "channel", "level", "since_utc", "since_local",
        "since_precision", "until_utc", "until_local", "until_precision", "source", "note", "line"]  # fmt: skip


def stored(moment):
    bounds = [sql_text(bound) if bound else None for bound in (moment.earliest, moment.latest)]
    return *bounds, moment.offset, moment.precision.value


@pytest.mark.slow("a hundred files, each written and read")
@given(st.lists(occurrences(), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_what_we_export_reads_back_as_the_same_rows(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(OURS)
        for *texts, since, until, source, note in rows:
            cells = [*texts, *to_csv(since), *to_csv(until), source, note, "7"]
            writer.writerow([guard(cell) for cell in cells])
    mapping = suggest(sniff(path).header)
    found = [(row.person_key, row.name, row.material, row.version, row.copy, row.channel, row.level, row.since,
              row.until, row.source, row.note) for row in parse(path, mapping)]  # fmt: skip
    assert found == [(*row[:7], stored(row[7]), stored(row[8]), *row[9:]) for row in rows]


TEXTS = NAMES | st.just("")
PEOPLE = ["person", "name", "post", "unit", "involvement", "identifiers"]
CONTACTS = ["number", "person", "with_whom", "at_utc", "at_local", "at_precision", "minutes", "channel", "basis",
            "content_known", "content", "explanation", "source"]  # fmt: skip


@pytest.mark.slow("a hundred files, each written and read")
@given(st.lists(st.tuples(NAMES, moments(), st.lists(TEXTS, min_size=6, max_size=6)), min_size=1, max_size=4))
@settings(max_examples=75, deadline=None)
def test_lists_of_people_and_contacts_read_back_as_well(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "lists.csv"
    people = [[f"P-{n:03}", name, *more[:4]] for n, (name, _, more) in enumerate(rows)]
    contacts = [[str(n), f"P-{n:03}", name, *to_csv(at), *more, "x"] for n, (name, at, more) in enumerate(rows)]
    read = {}
    for kind, header, cells in (("people", PEOPLE, people), ("press_contacts", CONTACTS, contacts)):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerows([header, *([guard(cell) for cell in one] for one in cells)])
        dialect = sniff(path)
        read[kind] = list(parse(path, suggest(dialect.header, kind), dialect=dialect))
    assert [(row.person_key, row.name, *row.more, row.identifier) for row in read["people"]] == [
        tuple(cells) for cells in people
    ]
    assert [(row.person_key, row.place, row.since, row.more, row.source) for row in read["press_contacts"]] == [
        (f"P-{n:03}", name, stored(at), tuple(more), "x") for n, (name, at, more) in enumerate(rows)
    ]


@pytest.mark.parametrize("precision", ["exact", "minute", "hour", "day"])
@pytest.mark.parametrize("zone", ZONES)
def test_times_of_an_export_read_back_in_every_zone_and_precision(tmp_path, precision, zone):
    moment = Moment.of(*_hour_or_day(precision), zone, precision)
    cells = ",".join(to_csv(moment))
    header = "person,place,since_utc,since_local,since_precision"
    path = tmp_path / "export.csv"
    path.write_text(f"{header}\nlena,R,{cells}\n", encoding="utf-8")
    (row,) = parse(path, suggest(header.split(","), "whereabouts"))
    assert row.since == stored(moment)


def _hour_or_day(precision):
    from_text = {"exact": "2018-03-20T23:15:04.000000Z", "minute": "2018-03-20T23:15:59.999999Z",
                 "hour": "2018-03-20T23:59:59.999999Z", "day": "2018-03-21T03:59:59.999999Z"}  # fmt: skip
    begin = {"exact": "2018-03-20T23:15:04Z", "minute": "2018-03-20T23:15:00Z", "hour": "2018-03-20T23:00:00Z"}
    first, last = begin.get(precision, "2018-03-20T04:00:00Z"), from_text[precision]
    return datetime.fromisoformat(first), datetime.fromisoformat(last)


@pytest.mark.parametrize(
    ("cells", "until"),
    [
        (",,", (None, None, None, "unknown")),
        (
            "2018-03-20T23:15:04Z,2018-03-20T19:15:04-04:00,exact",
            ("2018-03-20T23:15:04.000000Z",) * 2 + ("-04:00", "exact"),
        ),
        (",2018-03-20T19:15:04-04:00,", ("2018-03-20T23:15:04.000000Z",) * 2 + ("-04:00", "exact")),
        ("2018-03-20T23:15:04Z,2018-03-20T19:15:04-],exact", '"" is not a time zone'),
        ("2018-03-20T23:15:04Z,2018-03-20T19:15:04-99:99,exact", "is not a time zone"),
        ("2018-03-20 late,,exact", '"2018-03-20 late" is not a time in UTC'),
        (",,sharp", "There is no time here"),
    ],
)
def test_three_cells_changed_by_hand_are_read_or_refused(tmp_path, cells, until):
    header = "person,place,since_utc,since_local,since_precision,until_utc,until_local,until_precision"
    path = tmp_path / "export.csv"
    path.write_text(f"{header}\nlena,R,2018-03-20T10:00:00Z,,exact,{cells}\n", encoding="utf-8")
    (found,) = parse(path, suggest(header.split(","), "whereabouts"))
    assert (found.until == until) if isinstance(found, Row) else (until in found.reason)


def test_a_time_that_is_missing_in_three_cells_is_refused(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text("person,place,since_utc,since_local,since_precision\nlena,R,,,\n", encoding="utf-8")
    (fault,) = parse(path, suggest(["person", "place", "since_utc", "since_local", "since_precision"], "whereabouts"))
    reason = 'There is no time here. Write "unknown" if nobody knows the time.'
    assert (fault.column, fault.reason) == ("since_utc", reason)
