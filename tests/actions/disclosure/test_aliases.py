"""Aliases of a material: one stands for one material, whoever said so, and removing it says why."""

from dataclasses import replace

import pytest

from tests import world as people
from tests.builders.build_material import material
from tests.imports import logs
from tracker.actions.access import access_logs
from tracker.actions.disclosure import aliases, materials
from tracker.analysis.aliases import guess_kind
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.imports import worker
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.words import LogState
from tracker.models.disclosure.aliases import MaterialAlias
from tracker.models.disclosure.words import AliasKind

FILE = b"""person,document,since
anna,Cards.docx,2018-03-19 10:00
anna,cards.docx ,2018-03-19 11:00
berta,S:\\drafts\\plan,2018-03-19 12:00
"""


def add(of, value, kind=AliasKind.FILE_NAME, who="ines"):
    return aliases.add_alias(people.person(who), of, kind=kind, value=value)


def received(chosen):
    """The file, of whose documents was said which material each is."""
    columns = {"person": ["person"], "material": ["document"], "since": ["since"]}
    return logs.received(
        FILE, columns=columns, zone="UTC", rules=lambda mapping: replace(mapping, values={"material": chosen})
    )


def edit(of, identifier):
    materials.edit_material(people.person("ines"), of, lock_version=of.lock_version, identifier=identifier)


def test_an_alias_stands_for_one_material(world, last_entry):
    cards, other = material("NET-1"), material("NET-2")
    made = add(cards, "Cards.docx")
    assert (last_entry()["act"], made.number, made.by.id) == ("alias.added", 1, people.person("ines").id)
    for value in ("cards.DOCX", "net-2", "NET-1"):
        with pytest.raises(Refused, match="already means NET-"):
            add(cards if value == "NET-1" else other, value)
    with pytest.raises(Refused, match=r"Cards.docx is an alias of NET-1. Enter another identifier."):
        edit(other, "Cards.docx")
    materials.edit_material(
        people.person("ines"), cards, lock_version=cards.lock_version, identifier="Cards.docx"
    )  # which it means


def test_a_removed_alias_stays_readable_and_is_free_again(world, last_entry):
    cards, other = material("NET-1"), material("NET-2")
    made = add(cards, "cards.docx")
    with pytest.raises(Refused, match="Enter the reason"):
        aliases.remove_alias(people.person("ines"), made, why="-")
    aliases.remove_alias(people.person("ines"), made, why="That was the draft")
    assert (last_entry()["act"], made.removed_why) == ("alias.removed", "That was the draft")
    with pytest.raises(Refused, match="already removed"):
        aliases.remove_alias(people.person("ines"), made, why="Again")
    assert add(other, "cards.docx").material is other


def test_what_an_import_was_told_is_remembered_with_the_log(world, browse):
    cards, plan = material("NET-1"), material("NET-2")
    add(plan, "/drafts/plan", AliasKind.PATH)
    chosen = {"Cards.docx": "NET-1", "cards.docx": "net-1", "Other.docx": "", r"S:\drafts\plan": "NET-2"}
    log = received(chosen)
    access_logs.ask_check(people.person("ines"), log)
    logs.work_off()
    access_logs.start_import(people.person("ines"), logs.log())
    logs.work_off()
    assert logs.log().state is LogState.VISIBLE, logs.log().failure
    rows = db.session().scalars(AccessRecord.of(people.case()).order_by(AccessRecord.line)).all()
    assert [row.material_id for row in rows] == [cards.id, cards.id, plan.id]
    learned = db.session().scalars(MaterialAlias.of(people.case()).where(MaterialAlias.learned_from_id.is_not(None)))
    assert [(one.value, one.kind, one.material_id, one.learned_from.number) for one in learned] == [
        ("Cards.docx", AliasKind.FILE_NAME, cards.id, 1)
    ]
    text = browse("ines").get("/cases/LK-AAAA/materials/1").text
    assert "Cards.docx" in text
    assert "/access-logs/1" in text


def test_what_means_another_material_by_the_time_it_is_imported_stops_the_import(world, monkeypatch):
    material("NET-1")
    log, stage = received({"Cards.docx": "NET-1", r"S:\drafts\plan": "NET-1"}), worker.stage
    access_logs.ask_check(people.person("ines"), log)
    logs.work_off()

    def stage_and_add(*args):
        stage(*args)
        add(material("NET-2"), "cards.docx")

    monkeypatch.setattr(worker, "stage", stage_and_add)
    access_logs.start_import(people.person("ines"), logs.log())
    logs.work_off()
    assert (logs.log().state, logs.log().failure) == (
        LogState.FAILED, "Cards.docx already means NET-2. Remove that alias first.",
    )  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), [
    ("https://x.example/a", "url"), (r"\\server\share", "path"), ("a/b", "path"), ("cards.docx", "file_name"),
    ("FW: Cards for 3.30", "subject"), ("Mr. X", "subject"),
])  # fmt: skip
def test_the_kind_of_a_name_is_seen_in_it(text, kind):
    assert guess_kind(text) == kind
