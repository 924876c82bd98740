"""Start, stop, version, migration and steps of the clock are entries; two minutes either way are nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import world
from tracker.actions.case import cases
from tracker.audit import program, schema
from tracker.audit.program import Clock, note_migration, note_start, note_stop
from tracker.audit.verify import derived
from tracker.base import db


def told(entries, *actions):
    return [(entry["act"], entry["d"]) for entry in entries() if entry["act"] in actions]


def test_start_and_stop_are_entries_of_the_program(app, entries):
    note_start("1.0")
    note_stop("1.0")
    assert told(entries, "program.started", "program.stopped") == [
        ("program.started", {"version": "1.0"}), ("program.stopped", {"version": "1.0"}),
    ]  # fmt: skip
    assert {entry["actor"] for entry in entries()[-2:]} == {"system"}


def test_a_start_after_a_kill_says_so(app, entries):
    for _ in range(2):
        note_start("1.0")
    note_stop("1.0")
    note_start("1.0")
    assert [facts.get("after") for _, facts in told(entries, "program.started")] == [
        None, "a stop that was not recorded", None,
    ]  # fmt: skip


def test_another_version_is_an_entry_once(app, entries):
    for version in ("1.0", "1.0", "1.1", "1.1"):
        note_start(version)
    assert told(entries, "version.changed") == [("version.changed", {"was": "1.0", "version": "1.1"})]


def test_a_migration_is_an_entry_once(app, entries, monkeypatch):
    note_migration()
    head = schema.head()
    monkeypatch.setattr(schema, "head", lambda: "9999")
    note_migration()
    note_migration()
    assert told(entries, "schema.migrated") == [("schema.migrated", {"was": head, "to": "9999"})]


@pytest.mark.parametrize(("back", "said"), [(100, []), (3_600, [-3_600])])
def test_a_clock_that_was_set_back_while_the_program_was_stopped(app, entries, clock, back, said):
    note_start("1.0")
    note_stop("1.0")
    clock.shift(timedelta(seconds=-back))
    note_start("1.0")
    assert [facts["seconds"] for _, facts in told(entries, "clock.stepped")] == said


def test_what_was_changed_under_an_earlier_clock_is_sound(app, clock):
    for title in ("Early", "Earlier"):
        case = world.case()
        cases.edit_case(world.person("lena"), case, lock_version=case.lock_version, title=title)
        clock.shift(timedelta(hours=-1))
    with db.session().get_bind().connect() as connection:
        assert list(derived.faults(connection)) == []


@pytest.mark.parametrize(
    ("steps", "said"),
    [([119], []), ([-119, 119, -119], []), ([3], []), ([-130], [-130]), ([3_600, 60, -3_600], [3_600, -3_540])],
)
def test_a_step_of_the_clock_is_an_entry_once(app, entries, clock, monkeypatch, steps, said):
    monkeypatch.setattr(program, "_ahead", lambda: datetime.now(UTC).timestamp())  # nothing else moves
    watch = Clock()
    watch.look()
    for step in steps:
        clock.shift(timedelta(seconds=step))
        watch.look()
        watch.look()
    assert [facts["seconds"] for _, facts in told(entries, "clock.stepped")] == said


def test_small_steps_add_up(app, entries, clock, monkeypatch):
    monkeypatch.setattr(program, "_ahead", lambda: datetime.now(UTC).timestamp())
    watch = Clock()
    for _ in range(5):
        clock.shift(timedelta(seconds=50))
        watch.look()
    assert [facts["seconds"] for _, facts in told(entries, "clock.stepped")] == [150]
