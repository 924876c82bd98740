"""Access logs: every line of a file becomes a row or a fault, and what we export reads back as it was."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analysis.logs.access_log import CsvFault, Fault, Mapping, MappingFault, Row, Tally, parse
from tracker.analysis.logs.files.csv_file import Dialect
from tracker.analysis.logs.times import quick

UNKNOWN = (None, None, None, "unknown")
BADGES = Mapping("whereabouts", {"person": "card", "place": "room", "since": "time"}, zone="America/New_York")
OPENINGS = Mapping(columns={"person": "account", "material": "doc", "since": "at", "until": "end", "level": "level",
                            "channel": "how"}, zone="UTC")  # fmt: skip


@pytest.fixture
def read(tmp_path):
    def reading(content, mapping, dialect=Dialect(), **changes):  # noqa: B008  # frozen
        path = tmp_path / "log.csv"
        path.write_text(content, encoding="utf-8", newline="")
        return list(parse(path, replace(mapping, **changes), dialect=dialect))

    return reading


def badges(*times):
    return "time,card,room\n" + "".join(f"{time},lena001,Server Room\n" for time in times)


def openings(line):
    return f"account,doc,at,end,level,how\n{line}\n"


def minute(text, zone="America/New_York"):
    return f"{text}:00.000000Z", f"{text}:59.999999Z", zone, "minute"


def second(text, zone="America/New_York"):
    return f"{text}.000000Z", f"{text}.000000Z", zone, "exact"


def test_a_row_is_what_its_cells_say(read):
    mapping = Mapping(columns={"person": "id", "name": ("first", "last"), "identifier": "mail", "version": "v",
                               "since": ("date", "time"), "note": "note", "channel": "how"},
                      fixed={"material": "NET-1", "level": "E3", "source": "mail server"}, zone="-04:00")  # fmt: skip
    content = (
        "date,time,id,first,last,mail,v,how,note\n"
        " 2018-03-20 , 19:15,P-001, Lena,Ito ,lena@example.org,2,Distribution List,'=1+1\n"
    )
    assert read(content, mapping) == [
        Row(2, "P-001", "lena@example.org", "Lena Ito", "NET-1", "2", "", "distribution_list", "E3", "",
            minute("2018-03-20T23:15", "-04:00"), UNKNOWN, "mail server", "=1+1", None)
    ]  # fmt: skip


@pytest.mark.parametrize(("cells", "key"), [("P-001,a@x,Lena", "P-001"), (",a@x,Lena", "a@x"), (",,Lena", "Lena")])
def test_a_person_is_known_by_the_first_of_pseudonym_identifier_and_name(read, cells, key):
    mapping = Mapping("whereabouts", {"person": "p", "identifier": "i", "name": "n", "since": "at"},
                      {"place": "Room 1"}, zone="UTC")  # fmt: skip
    assert [row.person_key for row in read(f"p,i,n,at\n{cells},2018-03-20\n", mapping)] == [key]


def test_exact_repeats_are_kept_and_name_the_first_line(read):
    content = "time,card,room\n2018-03-20 19:15,a,R\n2018-03-20 19:15,b,R\n2018-03-20 19:15,a,R\n2018-03-20 19:15,a,R\n"
    assert [row.repeat_of for row in read(content, BADGES)] == [None, None, 2, 2]


@pytest.mark.parametrize(
    ("text", "zone", "since"),
    [
        ("2018-03-20 19:15", "America/New_York", minute("2018-03-20T23:15")),
        ("2018-03-20T19:15:04", "America/New_York", second("2018-03-20T23:15:04")),
        ("2018-03-20 19:15", "Asia/Kolkata", minute("2018-03-20T13:45", "Asia/Kolkata")),
        ("2018-03-20 19:15:04", "Asia/Kolkata", second("2018-03-20T13:45:04", "Asia/Kolkata")),
        ("2018-03-11 03:30", "America/New_York", minute("2018-03-11T07:30")),
        ("2018-03-20", "-04:00", ("2018-03-20T04:00:00.000000Z", "2018-03-21T03:59:59.999999Z", "-04:00", "day")),
        ("2018-03-20T23:15:04Z", "America/New_York", second("2018-03-20T23:15:04", "+00:00")),
        ("2018-03-20 19:15-04:00", "", minute("2018-03-20T23:15", "-04:00")),
        ("2018-03-20 19:15:04+05:30", "", second("2018-03-20T13:45:04", "+05:30")),
        ("2018-03-20 23:15:04 +0000", "", second("2018-03-20T23:15:04", "+00:00")),
        ("2018-03-20 19:15:04.25", "Asia/Kolkata", ("2018-03-20T13:45:04.250000Z",) * 2 + ("Asia/Kolkata", "exact")),
        ("Mar 20 2018  7:15PM", "America/New_York", minute("2018-03-20T23:15")),
        ("unknown", "", UNKNOWN),
    ],
)  # fmt: skip
def test_a_time_is_placed_in_its_zone(read, text, zone, since):
    assert [row.since for row in read(badges(text), BADGES, zone=zone)] == [since]


def test_a_long_log_is_read_as_well_with_little_memory(read, monkeypatch):
    times = [f"2018-03-{day:02} {hour:02}:15" for day in range(12, 20) for hour in range(10)]
    whole = read(badges(*times), BADGES)
    monkeypatch.setattr(quick, "KEPT", 5)
    assert read(badges(*times), BADGES) == whole


def test_each_of_many_offsets_is_read(read):
    offsets = [
        f"{sign}{hour:02}:{minutes}" for sign in "+-" for hour in range(12) for minutes in ("00", "15", "30", "45")
    ]
    rows = read(badges(*(f"2018-03-20T12:00:00{offset}" for offset in offsets)), BADGES)
    assert [row.since[2] for row in rows] == offsets
    assert {row.since[0][14:16] for row in rows} == {"00", "15", "30", "45"}


def test_an_hour_that_the_clocks_showed_twice_is_the_range_of_both(read):
    (row,) = read(badges("2018-11-04 01:30"), BADGES)
    assert row.since == ("2018-11-04T05:30:00.000000Z", "2018-11-04T06:30:59.999999Z", "America/New_York", "between")


def test_seconds_since_1970_are_shown_in_the_zone_of_the_file(read):
    (row,) = read(badges("1521587704"), BADGES, dates="epoch s")
    assert row.since == second("2018-03-20T23:15:04")


@pytest.mark.parametrize(
    ("text", "changes", "says"),
    [
        ("2018-03-11 02:30", {}, "does not exist in America/New_York"),
        ("2018-03-11 02:30:09", {}, "does not exist in America/New_York"),
        ("2018-03-20 19:15", {"zone": ""}, "has no time zone"),
        ("2018-03-20 24:01", {}, "not a real date or time"),
        ("9999-12-31 23:00", {}, "may stand for “no time”"),
        ("9999-12-31 23:00-04:00", {"answers": {"none:9999-12-31": "real"}}, "outside the years"),
        ("2018-03-20 19:15+15:00", {}, "from -12:00 to +14:00"),
        ("2018-03-20 19:15+1x:00", {}, "not a date"),
        ("3/4/2018", {}, "Choose the date format"),
        ("20/3/2018", {"dates": "m/d/y"}, "read as m/d/y"),
        ("NA", {}, "is no time. Say what it means"),
        ("", {}, 'Write "unknown"'),
    ],
)
def test_a_time_that_cannot_be_is_refused_with_its_line(read, text, changes, says):
    good, bad = read(badges("2018-03-20T10:00Z", text), BADGES, **changes)
    assert isinstance(good, Row)
    assert (bad.line, bad.column, bad.value) == (3, "time", text)
    assert says in bad.reason


@pytest.mark.parametrize(
    ("line", "column", "value", "says"),
    [
        (",NET-1,2018-03-20,,E3,", "account", "", "must not be empty"),
        ("lena,,2018-03-20,,E3,", "doc", "", "must not be empty"),
        ("lena,NET-1,2018-03-20,,E9,", "level", "E9", "is not a level. Choose from E0, E1"),
        ("lena,NET-1,2018-03-20,,,gossip", "how", "gossip", "is not a channel. Choose from distribution_list"),
        ("lena,NET-1,2018-03-20,soon,,", "end", "soon", "not a date"),
        ("lena,NET-1,2018-03-20,2018-03-19,,", "end", "2018-03-19T23:59:59.999999Z", "before the start"),
        ("lena,NET-1", "at", "", "no time here"),
        ("lena,NET-1,2018-03-20,,,,x", "", "", "7 cells and the header has 6"),
        (",,,,,", "account", "", "must not be empty"),
        ("lena," + "N" * 400 + ",2018-03-20,,,", "doc", "N" * 200, "at most 300 characters, not 400"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_column_and_value(read, line, column, value, says):
    (fault,) = read(openings(line), OPENINGS)
    assert isinstance(fault, Fault)
    assert (fault.line, fault.column, fault.value) == (2, column, value)
    assert says in fault.reason


@pytest.mark.parametrize(
    ("level", "how", "stored"),
    [("e3", "Told by another", ("E3", "told_by_another")), (" E7 ", "OPENED", ("E7", "opened")), ("", "", ("", ""))],
)
def test_levels_and_channels_are_read_in_any_spelling(read, level, how, stored):
    (row,) = read(openings(f"lena,NET-1,2018-03-20,,{level},{how}"), OPENINGS)
    assert (row.level, row.channel) == stored


def test_a_fixed_time_is_that_of_every_row(read):
    mapping = Mapping(columns={"person": "account"}, fixed={"material": "NET-1", "since": "2018-03-19", "level": "E1"},
                      zone="UTC")  # fmt: skip
    rows = read("account\nlena\nivo\n", mapping)
    assert [(row.person_key, row.since[3]) for row in rows] == [("lena", "day"), ("ivo", "day")]
    with pytest.raises(MappingFault, match="not a date"):
        read("account\nlena\n", replace(mapping, fixed=mapping.fixed | {"since": "soon"}))


def test_a_column_the_file_does_not_have_is_named(read):
    with pytest.raises(MappingFault, match='no column "card", "room"'):
        read("time,badge\n2018-03-20,x\n", BADGES)


def test_a_file_without_a_header_is_mapped_by_number(read):
    mapping = replace(BADGES, columns={"since": "column 1", "person": "column 2", "place": "column 3"})
    rows = read("2018-03-20,lena,R\n2018-03-21,ivo,R\n", mapping, dialect=Dialect(header_line=0))
    assert [(row.line, row.person_key) for row in rows] == [(1, "lena"), (2, "ivo")]


@pytest.mark.parametrize("content", ["", "time,card,room\n"])
def test_a_file_without_rows_is_refused(read, content):
    with pytest.raises(CsvFault, match="no other lines"):
        read(content, BADGES)


def test_a_broken_file_is_refused_in_the_midst(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(badges("2018-03-20") + '2018-03-20,"lena\n', encoding="utf-8")
    found = parse(path, BADGES)
    assert isinstance(next(found), Row)
    with pytest.raises(CsvFault, match="Line 3, column 2"):
        next(found)


GOOD = st.tuples(st.sampled_from(["lena", "ivo"]), st.just("R"), st.dates(), st.sampled_from(["in", "out", "out"]))
ODD = st.tuples(
    st.sampled_from(["lena", "", "'=1"]),
    st.sampled_from(["R", "S", ""]),
    st.sampled_from(["2018-03-20 19:15", "2018-10-28 02:30", "3/4/2018", "unknown", "NA", ""]),
    st.sampled_from(["in", "out", "pass", "jump"]),
)
ANY_LINE = st.lists(st.text(max_size=5), max_size=5)
ANY_FILE = st.lists((GOOD | GOOD | ODD | ANY_LINE).map(lambda cells: ",".join(map(str, cells)))).map("\n".join)


@pytest.mark.slow("a hundred files, each written and read")
@given(
    ANY_FILE, st.booleans(), st.sampled_from(["iso", "d/m/y", "epoch s"]), st.sampled_from(["", "Europe/Paris", "UTC"])
)
@settings(max_examples=300, deadline=None)
def test_rows_and_faults_account_for_every_line(tmp_path_factory, lines, events, dates, zone):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(f"card,room,time,event\n{lines}".encode())
    columns = {"person": "card", "place": "room", "since": "time"} | ({"event": "event"} if events else {})
    mapping = Mapping(
        "whereabouts", columns, dates=dates, zone=zone, values={"event": {"in": "enter", "out": "leave", "pass": ""}}
    )
    tally = Tally()
    try:
        found = list(parse(path, mapping, tally))
    except CsvFault:
        return
    rows = [row for row in found if isinstance(row, Row)]
    assert len(found) + sum(tally.left_out.values()) + tally.left - tally.stays == tally.lines
    assert sum(row.until_line is not None for row in rows) == tally.left
    refused = [one.line for one in found if isinstance(one, Fault) and not one.is_stay]
    lines_told = refused + [row.line for row in rows] + [row.until_line for row in rows if row.until_line]
    assert len(lines_told) == len(set(lines_told)) == tally.lines - sum(tally.left_out.values())
