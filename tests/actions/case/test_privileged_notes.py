"""Privileged notes: counsel outside the team alone, and the text stands nowhere but in the note."""

import pytest

from tracker.actions.case import privileged_notes
from tracker.audit.doors import Denied


def test_a_note_is_written_and_the_audit_log_does_not_quote_it(world, entries):
    made = privileged_notes.write_note(world.person("cora"), world.case(), text="Advice to counsel alone")
    assert (made.number, made.by.name) == (1, "Cora")
    entry = entries("privileged_note.written")[0]
    assert (entry["case"], entry["obj"]) == ("LK-AAAA", f"privileged_note:{made.id}")
    assert "Advice" not in str(entry)


def test_reading_gives_the_newest_first_and_is_recorded_with_the_count(world, last_entry):
    for text in ("First", "Second"):
        privileged_notes.write_note(world.person("cora"), world.case(), text=text)
    assert [note.text for note in privileged_notes.read_notes(world.person("cora"), world.case())] == [
        "Second",
        "First",
    ]
    assert (last_entry()["act"], last_entry()["d"]) == ("privileged_note.read", {"count": 2})


@pytest.mark.parametrize("who", ["lena", "ines", "rhea", "dora", "otto", "ivo", "ada", "aldo"])
def test_nobody_but_counsel_reads_or_writes(world, who):
    with pytest.raises(Denied):
        privileged_notes.write_note(world.person(who), world.case(), text="x")
    with pytest.raises(Denied):
        privileged_notes.read_notes(world.person(who), world.case())
