"""Files of known systems: read strictly, a wrong one gets one clear error, and a header belongs to one system."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from tests.imports.systems.test_samples import NAMES
from tracker.analysis.logs.files.headers import normal
from tracker.analysis.logs.mapping import CHANNELS
from tracker.cli.imports.command import import_file
from tracker.imports.systems import catalogue
from tracker.imports.systems.catalogue import all_systems, find_system, recognise
from tracker.imports.systems.toml_files import SystemFault, read_system
from tracker.models.access.words import IdentifierKind

RIGHT = """
title = "Reading room"
about = "Who read what."
export = "Ask the reading room."
sources = ["https://example.org"]
limits = ["It is kept for a week."]
recognised_by = ["when", "who"]
[columns]
when = ["When", "Wann"]
who = ["Who"]
what = ["What"]
did = ["Did"]
[access]
columns = { identifier = "who", material = "what", since = "when" }
zone = "UTC"
evidence_by = "did"
[[access.where]]
column = "what"
test = "is_not_empty"
[[access.evidence]]
level = "E3"
channel = "opened"
values = ["read"]
because = "It was read."
"""
ELSEWHERE = RIGHT.replace("[access", "[whereabouts")


def system(tmp_path, text=RIGHT):
    file = tmp_path / "room.toml"
    file.write_text(text, "utf-8")
    return read_system(file)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("title =", "titel =", '"titel" is not known here. Choose from title, about'),
        ('about = "Who read what."', "", '"about" is missing'),
        ("[columns]", "[columns", "Expected"),
        ('["Who"]', '"Who"', "columns.who must be a list of texts"),
        ('sources = ["https://example.org"]', "sources = []", "sources must be a list of texts, and not empty"),
        ('"Reading room"', "7", "title must be a text"),
        ('["when", "who"]', '["when", "where"]', 'recognised_by: "where" is not known. Choose from when, who'),
        ("since =", "sinse =", 'access.columns: "sinse" is not known. Choose from person'),
        ('material = "what"', 'material = "document"', 'access.columns.material: "document" is not known'),
        ('column = "what"', 'column = "colour"', 'access.where: "colour" is not known. Choose from when'),
        ('"is_not_empty"', '"is_full"', 'access.where: "is_full" is not known. Choose from is, is_not'),
        ('"E3"', '"E9"', 'access.evidence.level: "E9" is not known. Choose from E0'),
        ('"opened"', '"seen"', 'access.evidence.channel: "seen" is not known'),
        ('evidence_by = "did"', "", "name evidence_by and the values of each level"),
        ('evidence_by = "did"', 'evidence_by = "done"', 'access.evidence_by: "done" is not known'),
        ('values = ["read"]', "", "name evidence_by and the values of each level"),
        ('["read"]', '["read", "Read"]', '"read" stands there twice'),
        ('because = "It was read."', "", '"because" is missing'),
        ('zone = "UTC"', 'zone = "Mars"', "Mars"),
        ('zone = "UTC"', 'dates = "roman"', '"roman" is not a date format'),
        ('zone = "UTC"', 'fixed = { level = "E8" }', 'access.fixed.level: "E8" is not known'),
        ('zone = "UTC"', 'fixed = { place = "Here" }', 'access.fixed: "place" is not known'),
        ('zone = "UTC"', 'enter = ["in"]', "name enter and leave with a column for event"),
        ("[[access.where]]", "[access.where]", "access.where must be a list of tables: [[access.where]]"),
        ('zone = "UTC"', 'identifiers = "nose"', 'access.identifiers: "nose" is not known'),
        (RIGHT, ELSEWHERE, 'whereabouts.columns: "material" is not known'),
        (RIGHT, ELSEWHERE.replace("material", "place"), "whereabouts have none"),
        (RIGHT[RIGHT.index("[access]") :], "", "add one of the tables access, whereabouts"),
        (RIGHT, "access = 1\n" + RIGHT[: RIGHT.index("[access]")], "access: must be a table"),
        (RIGHT[RIGHT.index("[[access.evidence]]") :], "", "access needs at least one evidence level"),
    ],
)
def test_a_wrong_file_gets_one_error_that_names_the_place(tmp_path, old, new, error):
    assert old in RIGHT
    with pytest.raises(SystemFault) as fault:
        system(tmp_path, RIGHT.replace(old, new, 1))
    assert str(fault.value).startswith("room.toml: ")
    assert error in str(fault.value)
    assert len(str(fault.value).splitlines()) == 1


def test_a_mapping_has_the_columns_that_are_there_and_the_conditions_on_them(tmp_path):
    room = system(tmp_path)
    mapping = room.mapping("access", ["WANN", "Who", "Did", "Colour"])
    assert mapping.columns == {"identifier": ("Who",), "since": ("WANN",), "level": ("Did",), "channel": ("Did",)}
    assert [one.words for one in mapping.where] == ["Did is read"]
    assert (mapping.values, mapping.zone) == ({"level": {"read": "E3"}, "channel": {"read": "opened"}}, "UTC")
    assert room.mapping("access", ["When", "Who"]).fixed == {"level": "E3", "channel": "opened"}
    assert room.mapping("whereabouts", ["When", "Who"]) is None
    assert [words[:18] for words in room.readings["access"].asked] == ["Whether the day or"]


def test_the_system_that_knows_most_of_a_header_is_recognised_and_none_where_two_know_as_much(tmp_path, monkeypatch):
    room = system(tmp_path)
    closer = replace(room, name="closer", columns={**room.columns, "shelf": ("Shelf",)})
    monkeypatch.setattr(catalogue, "all_systems", lambda: (room, closer))
    assert recognise(["When", "Who", "Shelf"]) is closer
    assert recognise(["When", "Who", "Colour"]) is None
    assert recognise(["When", "Shelf"]) is None


def test_a_system_is_found_by_each_of_its_names_and_no_name_belongs_to_two():
    names = [name.casefold() for one in all_systems() for name in {one.name, one.title, *one.also}]
    assert sorted(names) == sorted(set(names))
    assert find_system("PURVIEW").title == "Microsoft Purview unified audit log"
    assert find_system("search-unifiedauditlog").name == "purview"
    assert find_system("Registry of the moon") is None


@pytest.mark.parametrize("name", NAMES)
def test_a_header_is_known_in_any_order_and_letter_case_and_not_without_a_column_that_is_needed(name):
    known = find_system(name)
    for version in range(max(map(len, known.columns.values()))):
        header = [headers[min(version, len(headers) - 1)].upper() for headers in known.columns.values()]
        assert recognise(["Row", *reversed(header)]) is known
    for column in known.recognised_by:
        written = {normal(header) for header in known.columns[column]}
        others = [one for headers in known.columns.values() for one in headers if normal(one) not in written]
        assert not known.is_header(others)


def test_the_command_lists_the_systems():
    said = CliRunner().invoke(import_file, ["--list-systems"])
    assert said.exit_code == 0
    assert [line.split()[0] for line in said.output.splitlines()] == [system.name for system in all_systems()]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_system_says_can_be_used(name):
    known = find_system(name)
    assert all(source.startswith("http") for source in known.sources)
    header = [headers[0] for headers in known.columns.values()]
    for kind, reading in known.readings.items():
        mapping = known.mapping(kind, header)
        about = {"access": "material", "whereabouts": "place"}[kind]
        replace(mapping, dates="iso", fixed={about: "One", **mapping.fixed}).check()
        assert isinstance(reading.identifiers, IdentifierKind)
        assert {one.channel for one in reading.evidence} <= set(CHANNELS)
