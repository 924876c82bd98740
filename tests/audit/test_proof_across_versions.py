"""A later version of the program finds an older record sound, and still names whoever changed it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import current_app

from tests import world as people_of
from tests.audit.test_chain import verdict
from tests.builders import build_everything
from tracker.audit import schema
from tracker.audit.entries import since
from tracker.audit.verify.sealed import SEALED
from tracker.base import db
from tracker.base.db import Base
from tracker.models.access import people
from tracker.models.findings.citations import Citation
from tracker.models.findings.findings import Finding
from tracker.models.findings.words import FindingState
from tracker.models.words import Word

pytestmark = pytest.mark.furnished


def kinds_of(words):
    yield words
    for one in words.__subclasses__():
        yield from kinds_of(one)


def newcomers(*addresses):
    """Import a log of people nobody knew."""
    path = Path(current_app.config["SETTINGS"].instance) / "newcomers.csv"
    rows = [f"2018-03-20T18:1{at}:00Z,{who},CARDS-1,opened,E3" for at, who in enumerate(addresses)]
    path.write_text("\n".join(["Since,Person,Material,Channel,Level", *rows, ""]))
    build_everything.import_log(people_of.case(), "ines", path)


def test_no_word_of_a_protection_check_is_in_the_proof(told, monkeypatch):
    assert verdict().fault is None
    for words in kinds_of(Word):
        monkeypatch.setattr(words, "label", property(lambda self: f"Otherwise {self.value}"))
    monkeypatch.setattr(people, "pseudonym", lambda number: f"Somebody {number}")
    monkeypatch.setattr(Citation, "cited_label", property(lambda self: "What is cited"))
    approved = db.session().scalars(sa.select(Finding).where(Finding.state == FindingState.APPROVED)).all()
    assert approved
    assert all(one.is_kept and one.citations for one in approved)
    assert all(told[kind].is_intact for kind in SEALED)
    assert verdict().fault is None


def test_every_entry_names_its_schema(entries):
    assert {line["schema"] for line in entries()} == {schema.head()}


def test_a_column_that_came_later_says_what_older_rows_have():
    """It names a migration that is there; without `was` nobody could tell a forgery from what the migration wrote."""
    columns = [column for table in Base.metadata.sorted_tables for column in table.columns]
    assert {since(column) for column in columns} <= {path.name[:4] for path in schema.MIGRATIONS.glob("versions/*.py")}
    assert [column for column in columns if since(column) != schema.BASELINE and "was" not in column.info] == []


@pytest.mark.slow("starts the program of a later version")
def test_a_column_more_is_sound_and_forging_it_is_named(told, settings):
    newcomers("stranger@office.example")
    db.sessions.remove()
    command = [sys.executable, "-m", "tests.machinery.later_version", settings.database_url]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    said = json.loads(printed.stdout.splitlines()[-1])
    changed = " was changed after this entry, outside the program."
    assert [said.pop(name) for name in ("upgraded", "edited", "decided", "in the end")] == ["sound"] * 4
    assert said.pop("person forged").endswith(f"person:1{changed}")
    assert said.pop("edited person forged").endswith(f"person:1{changed}")
    assert "is not as imported with access_log:" in said.pop("imported person forged")
    assert said.pop("old decision forged").endswith(changed)
    assert said.pop("new decision forged").endswith(" was changed after this entry sealed it: remark.")
    assert said == {}
