"""Looking into a file: what is certain is found out, what is not is asked, and what is no table is refused."""

import io

import pytest

from tests import world
from tests.builders.build_material import material
from tests.imports.logs import DOORS
from tracker.analysis.logs.files.csv_file import sniff
from tracker.analysis.logs.mapping import Mapping
from tracker.audit.doors import Refused
from tracker.imports import plan
from tracker.imports.check import check
from tracker.imports.plan import choose_plan, detect_format, initial_plan, open_choice
from tracker.imports.reading import inspect_file, objection, samples, uploaded_file
from tracker.models.access.words import IdentifierKind, LogKind


def source(content=DOORS):
    return uploaded_file(io.BytesIO(content))


def started(content=DOORS, **more):
    file = source(content)
    given = {"fixed": {"material": "ROOMS"}, "zone": "UTC", "system": "", **more}
    return initial_plan(world.case(), LogKind.ACCESS, file, inspect_file(file), **given), file


def test_a_stream_can_be_read_again_and_stays_open():
    stream = io.BytesIO(DOORS)
    assert sniff(uploaded_file(stream)) == sniff(uploaded_file(stream))
    assert not stream.closed


@pytest.mark.parametrize("word", ["Z\xfcrich".encode("cp1252"), "東京".encode("shift_jis"), b"\x81\x8d\x90"])
def test_bytes_that_tell_no_encoding_are_asked_about_whatever_they_are(word):
    found = inspect_file(source(DOORS.replace(b"Lobby", word)))
    assert (found.encoding, found.header) == (None, ("timestamp", "prox-id", "zone"))


def test_a_file_that_is_marked_and_broken_is_refused():
    with pytest.raises(Refused, match="utf-16"):
        inspect_file(source(DOORS.decode().encode("utf-16")[:-1] + b"\x00\xd8\x00\x00"))


def test_the_shell_is_told_how_each_encoding_would_read():
    with pytest.raises(Refused, match=r"cp1252: .*Zürich") as refusal:
        detect_format(source(DOORS.replace(b"Lobby", "Zürich".encode("cp1252"))))
    assert "cp1251: " in str(refusal.value)


def test_samples_are_as_wide_as_the_header():
    file = source(b"a,b,c\n1\n1,2,3,4\n")
    assert samples(file, sniff(file)) == [(2, ["1", "", ""]), (3, ["1", "2", "3"])]


def test_a_fault_in_the_first_rows_is_refused_at_once(app):
    with pytest.raises(Refused, match="Line 10004: This line has a NUL"):
        started(DOORS + DOORS.splitlines()[1] * 0 + b"2016-05-31 08:00, anna001, Lobby\n" * 9_998 + b"\0!\n")


def test_what_has_to_be_chosen_is_said(app):
    material(identifier="ROOMS")
    assert open_choice(*started()) is None
    assert open_choice(*started(DOORS.replace(b"Lobby", b"\xff"))) == "Choose the encoding of the file first."
    assert "in two ways" in open_choice(*started(DOORS.replace(b"2016-05-31", b"1/2/2016")))
    assert "Choose the zone of the file" in open_choice(*started(zone=""))
    assert "Choose the column for material" in open_choice(*started(fixed={}))


def test_a_file_of_which_some_rows_can_be_read_is_tried(app):
    assert open_choice(*started(DOORS + b"soon, anna001, Lobby\n")) is None


def test_a_file_of_which_no_row_can_be_read_is_told_by_its_first(app):
    plan_of, file = started(b"time,account\nsoon,a\nlater,b\n")
    told = objection(file, plan_of.mapping, plan_of.reading)
    assert told == 'No line can be read. Line 2: "soon" is not a date or time.'


def test_rows_that_fail_for_different_reasons_are_left_to_the_dry_run(app):
    assert open_choice(*started(b"time,account\nsoon,a\n2016-05-31 08:00,\n")) is None


def test_a_column_that_is_not_there_is_named(app):
    file = source()
    with pytest.raises(Refused, match='The file has no column "when"'):
        choose_plan(world.case(), LogKind.ACCESS, file, sniff(file), columns={"since": ["when"]}, fixed={})


def test_dates_are_never_guessed(app):
    file = source(DOORS.replace(b"2016-05-31", b"1/2/2016"))
    how = {"columns": {"since": ["timestamp"], "person": ["prox-id"]}, "fixed": {"material": "ROOMS"}, "zone": "UTC"}
    with pytest.raises(Refused, match="could be read as m/d/y or d/m/y"):
        choose_plan(world.case(), LogKind.ACCESS, file, sniff(file), **how)
    found = choose_plan(world.case(), LogKind.ACCESS, file, sniff(file), dates="d/m/y", **how)
    assert found.mapping.dates == "d/m/y"


MAIL = b"""Message-ID: <1@example.org>
Date: Tue, 10 Mar 2020 09:15:30 +0100
From: Mara <mara@example.org>
To: olav@example.org, "Field, Tess" <tess@example.org>
Cc: pat@example.org
Subject: Plan for the autumn

See the plan.
"""


def test_whoever_got_a_message_is_read_at_its_date_without_a_word(app):
    material(identifier="Plan for the autumn")
    file, case = source(MAIL), world.case()
    found = choose_plan(case, LogKind.ACCESS, file, sniff(file), columns={}, fixed={})
    report = check(file, found, case)
    assert (report.rows, report.faults, report.earliest[:19]) == (3, 0, "2020-03-10T08:15:30")
    assert [key for key, _ in report.newcomers] == ["olav@example.org", "tess@example.org", "pat@example.org"]
    assert open_choice(*started(MAIL, fixed={})) is None


def test_a_value_for_every_line_counts_more_than_a_column_that_was_guessed(app):
    material(identifier="ROOMS")
    file, case = source(MAIL), world.case()
    found = choose_plan(case, LogKind.ACCESS, file, sniff(file), columns={}, fixed={"material": "ROOMS"})
    assert (check(file, found, case).rows, found.mapping.columns.get("material")) == (3, None)


def test_a_wrong_zone_is_told(app):
    file = source()
    with pytest.raises(Refused, match="is not a time zone"):
        choose_plan(world.case(), LogKind.ACCESS, file, sniff(file), columns={}, fixed={"material": "R"}, zone="Mars")


def test_columns_are_remembered_for_a_system_in_its_case(app):
    found, _ = started(system="Doors")
    chosen_now = plan.Plan(found.reading, Mapping("access", {"since": ["timestamp"], "note": ["zone"]}, dates="d/m/y"),
                           IdentifierKind.BADGE)  # fmt: skip
    for _twice in range(2):
        plan.save_mapping(world.case(), LogKind.ACCESS, "Doors", chosen_now)
    plan.save_mapping(world.case(), LogKind.ACCESS, "", chosen_now)
    again, _ = started(DOORS.replace(b"timestamp, prox-id, zone", b"Zone, Time Stamp, x"), system=" DOORS")
    assert (again.mapping.columns["note"], again.mapping.columns["since"]) == (("Zone",), ("Time Stamp",))
    assert again.kind is IdentifierKind.BADGE
    assert plan.find_mapping(world.case("LK-BBBB"), LogKind.ACCESS, "Doors")[0] is None
    assert plan.find_mapping(world.case(), LogKind.WHEREABOUTS, "Doors")[0] is None
