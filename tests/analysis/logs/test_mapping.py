"""The mapping of columns: suggested by their names, found again in the next file, refused where it cannot be."""

import json
from dataclasses import replace

import pytest

from tracker.analysis.logs.access_log import Mapping, MappingFault, match_mapping, suggest
from tracker.analysis.logs.conditions import Condition

OURS = ("person", "name", "material", "version", "copy", "channel", "level", "since_utc", "since_local",
        "since_precision", "until_utc", "until_local", "until_precision", "source", "line", "note")  # fmt: skip
FIRST = ("NAMELAST", "NAMEFIRST", "BDGNBR", "ACCESS_TYPE", "TOA", "TOD", "MEETING_LOC", "CALLER_ROOM")
REGISTER = Mapping("whereabouts", {"name": ("NAMEFIRST", "NAMELAST"), "identifier": "BDGNBR", "since": "TOA",
                                   "until": "TOD", "place": "MEETING_LOC", "note": ("ACCESS_TYPE", "CALLER_ROOM")},
                   dates="m/d/y", zone="America/New_York")  # fmt: skip
LOG = Mapping(columns={"person": "ID", "since": "Time"}, fixed={"material": "NET-1", "level": "E3"})


def test_a_mapping_comes_back_from_json_as_it_was():
    mapping = replace(REGISTER, where=[Condition("TOA", "is_not", ("", "none"))],
                      values={"level": {"print": "E4", "denied": ""}}, answers={"century": "2000"})  # fmt: skip
    assert Mapping.from_json(json.loads(json.dumps(mapping.as_json()))) == mapping


def test_what_a_later_release_knows_besides_is_left_out():
    assert Mapping.from_json(LOG.as_json() | {"colour": "red"}) == LOG


@pytest.mark.parametrize(
    "header",
    [
        ("NAMELAST", "NAMEFIRST", "BDGNBR", "ACCESS_TYPE", "TOA", "TOD", "MEETING_LOC", "CALLER_ROOM", "", ""),
        ("NameLast", "name_first", "bdgnbr ", "Access Type", "toa", "TOD", "Meeting Loc", "Caller Room"),
        ("\ufeffTOA", "TOD", "CALLER_ROOM", "MEETING_LOC", "ACCESS_TYPE", "BDGNBR", "NAMEFIRST", "NAMELAST"),
    ],
)
def test_a_saved_mapping_survives_other_spelling_order_and_empty_headers(header):
    found, missing = match_mapping(REGISTER, header)
    assert not missing
    assert {name for names in found.columns.values() for name in names} == set(header) - {""}
    assert (found.dates, found.zone) == ("m/d/y", "America/New_York")


def test_only_the_columns_that_are_gone_are_asked_for():
    header = ("Last Name", "First Name", "BDGNBR", "Access Type", "TOA", "TOD", "Meeting Location", "CALLER_ROOM")
    found, missing = match_mapping(REGISTER, header)
    assert missing == {"name": ("NAMEFIRST", "NAMELAST"), "place": ("MEETING_LOC",)}
    assert dict(found.columns) == {"identifier": ("BDGNBR",), "since": ("TOA",), "until": ("TOD",),
                                   "note": ("Access Type", "CALLER_ROOM")}  # fmt: skip


MAIL = ("Date", "From", "To", "Cc", "Subject", "Message-ID")


def test_our_own_export_is_recognised_whole():
    columns = suggest(OURS).columns
    assert columns["since_utc"] == ("since_utc",)
    assert set(columns) == set(OURS) - {"line"}


@pytest.mark.parametrize(
    ("kind", "header", "columns"),
    [
        ("access", ("User Name", "Document", "Time", "Comment"),
         {"identifier": "User Name", "material": "Document", "since": "Time", "note": "Comment"}),
        ("access", ("Person", "Material", "From", "To"),
         {"person": "Person", "material": "Material", "since": "From", "until": "To"}),
        ("access", ("Date", "Time", "First Name", "Last Name"),
         {"since": ("Date", "Time"), "name": ("First Name", "Last Name")}),
        ("whereabouts", ("timestamp", "type", "prox-id", "floor", "zone"),
         {"since": "timestamp", "identifier": "prox-id", "place": "zone"}),
        ("whereabouts", FIRST, {"name": ("NAMEFIRST", "NAMELAST"), "identifier": "BDGNBR", "since": "TOA",
                                "until": "TOD", "place": "MEETING_LOC"}),
        ("access", ("x", "y"), {}),
        ("whereabouts", ("Time", "Card #", "Door Location"),
         {"identifier": "Card #", "place": "Door Location", "since": "Time"}),
        ("access", ("CreationDate", "UserIds", "Operations", "Document"),
         {"identifier": "UserIds", "material": "Document", "since": "CreationDate"}),
        ("access", MAIL, {"identifier": "To", "more_people": "Cc", "material": "Subject", "since": "Date",
                          "note": "From"}),
        ("access", ("From", "To", "CC", "BCC", "Sent"),
         {"identifier": "To", "more_people": ("CC", "BCC"), "since": "Sent", "note": "From"}),
        ("press_contacts", MAIL, {"person": "From", "with_whom": "To", "since": "Date"}),
        *((kind, ("Name", "First Join", "Last Leave", "Duration", "Email"),
           {"name": "Name", "identifier": "Email", "since": "First Join", "until": "Last Leave"})
          for kind in ("access", "whereabouts")),
        ("whereabouts", ("Participant", "Join Time (UTC)", "Leave Time (UTC)"),
         {"identifier": "Participant", "since": "Join Time (UTC)", "until": "Leave Time (UTC)"}),
        ("access", ("Start", "End", "Summary", "Location", "Organizer", "Attendee", "UID"),
         {"identifier": "Attendee", "since": "Start", "until": "End"}),
    ],
)  # fmt: skip
def test_columns_are_suggested_by_their_names(kind, header, columns):
    assert suggest(header, kind) == Mapping(kind, columns)


@pytest.mark.parametrize("kind", ["access", "whereabouts"])
def test_no_column_is_suggested_twice(kind):
    header = ("id", "account", "date", "time", "room", "reader", "from", "to", "document", "first name", "last name")
    used = [name for names in suggest(header, kind).columns.values() for name in names]
    assert len(used) == len(set(used))


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        (replace(LOG, kind="rumours"), "is not a kind of import"),
        (replace(LOG, columns={"person": "ID", "since": "Time", "mood": "Mood"}), '"mood" is not a field'),
        (replace(LOG, columns={"person": "ID", "since": "Time", "place": "Room"}), '"place" is not a field'),
        (replace(LOG, columns={"since": "Time"}), "column for person"),
        (replace(LOG, columns={"person": "ID"}), "column for since"),
        (replace(LOG, fixed={}), "column for material"),
        (replace(REGISTER, columns={"name": "N", "since": "S"}), "column for place"),
        (
            replace(LOG, columns={"person": "ID", "since": "Time", "event": "Type"}, values={"event": {"in": "enter"}}),
            "for going out",
        ),
        (replace(LOG, fixed={"material": "NET-1", "level": "E9"}), '"E9" is not an evidence level'),
        (replace(LOG, fixed={"material": "NET-1", "channel": "gossip"}), '"gossip" is not a channel'),
        (replace(LOG, where=[Condition("Time", "equals", ("x",))]), '"equals" is not a test'),
        (replace(LOG, where=[Condition("Time", "is")]), 'Enter a value after "Time is"'),
        (replace(LOG, values={"mood": {"x": "y"}}), 'Values of "mood"'),
        (replace(LOG, values={"level": {"x": "E9"}}), '"x" cannot mean "E9"'),
        (replace(LOG, dates="y-d-m"), "not a date format"),
        (replace(LOG, zone="Mars/Olympus"), "not a time zone"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_with_a_sentence(mapping, says):
    with pytest.raises(MappingFault, match=says) as fault:
        mapping.check()
    assert str(fault.value).endswith(".")


@pytest.mark.parametrize("mapping", [LOG, REGISTER, suggest(OURS)])
def test_a_whole_mapping_is_taken(mapping):
    assert mapping.check() is None
