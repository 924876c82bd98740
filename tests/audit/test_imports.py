"""Rows of imports: whichever of their columns somebody changes in the database, `verify` names the row or the log."""

import pytest
import sqlalchemy as sa

from tests import world as people_of
from tests.audit.test_chain import verdict
from tests.audit.test_proof_across_versions import newcomers
from tests.audit.test_records import looked_at, other, tampered
from tests.builders import build_everything
from tests.machinery.database import ON_POSTGRESQL
from tracker.actions.access import people
from tracker.actions.register import accounts
from tracker.audit import schema
from tracker.audit.rows import columns_of
from tracker.audit.verify import derived
from tracker.audit.verify.records import IMPORTED, MODELS
from tracker.base import db
from tracker.base.db import Base
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Identifier, Person
from tracker.models.access.words import IdentifierKind, LogKind, LogState

pytestmark = pytest.mark.furnished
LATER = {"id", "row_sha256", "corrects_id", "why_corrected", "value_folded", "name_near", "value_near"}


@pytest.fixture(autouse=True)
def log(app):
    """A log that brought two rows and two people."""
    newcomers("stranger@office.example", "other@office.example")
    return newest_log()


def newest_log():
    return db.session().scalars(sa.select(AccessLog).order_by(AccessLog.id.desc())).first()


@pytest.fixture
def whereabouts_log(settings):
    """A log that brought two rows of where somebody was."""
    path = settings.instance / "doors.csv"
    rows = [f"2018-03-20T18:1{at}:00Z,stranger@office.example,Room {at}" for at in (1, 2)]
    path.write_text("\n".join(["Since,Person,Place", *rows, ""]))
    build_everything.import_log(people_of.case(), "ines", path, LogKind.WHEREABOUTS)
    return newest_log()


@pytest.fixture
def calls_log(settings):
    """A log that brought one call of a person of the case."""
    people.add_person(people_of.person("ines"), people_of.case(), name="", post="Aide", unit="",
                      identifiers=[(IdentifierKind.PHONE, "100200")])  # fmt: skip
    path = settings.instance / "calls.csv"
    path.write_text("caller,called,start,minutes\n100200,555000,2018-03-20 17:31,1\n")
    build_everything.import_log(people_of.case(), "ines", path, LogKind.PRESS_CONTACTS)
    return newest_log()


def said(settings, *statements):
    with tampered(settings, *statements) as connection:
        return [sentence for _, sentence in looked_at(connection)]


def first(kind, log):
    return db.session().scalar(sa.text(f"SELECT min(id) FROM {kind} WHERE {IMPORTED[kind]} = {log.id}"))


def test_what_came_is_sound_and_its_entry_holds_one_hash(entries, log):
    assert verdict().fault is None
    (entry,) = [line for line in entries("access_log.imported") if line["obj"] == f"access_log:{log.id}"]
    assert entry["d"]["rows_sha256"] == log.rows_sha256
    assert len(log.salt) == 64


@pytest.mark.parametrize("kind", IMPORTED)
def test_each_column_is_covered_but_what_happens_to_a_row_later(kind):
    assert set(MODELS[kind].__table__.c.keys()) - set(columns_of(MODELS[kind], schema.head())) <= LATER


@pytest.mark.cases("verifies for each column")
@pytest.mark.parametrize("kind", IMPORTED)
def test_a_row_is_named_whichever_of_its_columns_was_changed(settings, log, whereabouts_log, calls_log, kind):
    log = {"whereabouts": whereabouts_log, "press_contact": calls_log}.get(kind, log)
    key, missed = first(kind, log), []
    later = [column.name for column in MODELS[kind].__table__.c if "later" in column.info]
    for name in [*columns_of(MODELS[kind], schema.head()), *later]:
        change = f'UPDATE {kind} SET "{name}" = {other(MODELS[kind].__table__.c[name])} WHERE id = {key}'
        try:
            found = said(settings, change)
        except sa.exc.IntegrityError:
            continue  # the database does not let it be
        missed += [] if any(f"{kind}:{key} " in one or f"access_log:{log.id} " in one for one in found) else [name]
    assert missed == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE access_record SET row_sha256 = 'x' WHERE id = {access_record}",
        "UPDATE access_record SET row_sha256 = NULL WHERE id = {access_record}",
        "UPDATE access_record SET corrects_id = {access_record} WHERE id = {access_record} + 1",
        "UPDATE access_record SET id = 70000 WHERE id = {access_record}",
        "DELETE FROM identifier WHERE id = {identifier}",
        "UPDATE person SET came_with_id = NULL WHERE id = {person}",
        "UPDATE access_log SET salt = 'x' WHERE id = {log}",
        "UPDATE access_log SET state = 'failed' WHERE id = {log}",
    ],
)
def test_what_holds_the_rows_of_a_log_together_is_held_too(settings, log, change):
    keys = {kind: first(kind, log) for kind in ("access_record", "identifier", "person")}
    assert said(settings, change.format(**keys, log=log.id)) != []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM access_record WHERE log_id = 1",
        "UPDATE access_record SET log_id = NULL WHERE log_id = 1",
        "UPDATE access_record SET log_id = 5 WHERE log_id = 1",
        "UPDATE person SET came_with_id = 1 WHERE id = 1",
    ],
)
def test_rows_of_an_import_are_counted(settings, statement):
    assert said(settings, statement) != []


def test_a_row_that_was_squeezed_in_is_named(settings, log):
    names = ", ".join(
        f'"{one.name}"' for one in AccessRecord.__table__.columns if one.name not in {"id", "line", "number"}
    )
    row = (
        f"INSERT INTO access_record (id, line, number, {names}) SELECT 70000, 70000, 70000, {names} FROM access_record "
    )
    found = said(settings, f"{row} WHERE id = {first('access_record', log)}")
    assert f"access_record:70000 is not as imported with access_log:{log.id}." in found


def test_what_an_action_changed_or_removed_since_is_no_fault(settings, log):
    ines, somebody = people_of.person("ines"), db.session().get_one(Person, first("person", log))
    people.edit_person(ines, somebody, lock_version=somebody.lock_version, name="Somebody")
    identifier = people.add_identifier(ines, somebody, kind=IdentifierKind.BADGE, value="B-7000")
    people.remove_identifier(ines, identifier)
    assert verdict().fault is None
    assert said(settings, f"UPDATE person SET name = 'Else' WHERE id = {somebody.id}") == [
        f"person:{somebody.id} was changed after this entry, outside the program."
    ]


@pytest.mark.skipif(ON_POSTGRESQL, reason="its foreign keys let no row be loosened from what it rests on and back")
def test_an_identifier_that_came_and_was_removed_leaves_its_hash(log, last_entry):
    """Rows rest on one that came with them, so the program keeps it; the entry of one that goes holds its hash."""
    identifier = db.session().get_one(Identifier, first("identifier", log))
    newcomers_of = identifier.came_with_id, identifier.row_sha256
    for row in db.session().scalars(sa.select(AccessRecord).where(AccessRecord.identifier_id == identifier.id)).all():
        by_sql(f"UPDATE access_record SET identifier_id = NULL WHERE id = {row.id}")
    people.remove_identifier(people_of.person("ines"), db.session().get_one(Identifier, identifier.id))
    assert last_entry()["d"]["removed"] == {f"identifier:{identifier.id}": list(newcomers_of)}
    assert "is not as imported with" in verdict().fault.sentence  # the row that was loosened, and nothing else
    by_sql(
        f"UPDATE access_record SET identifier_id = {identifier.id} WHERE log_id = {log.id} AND identifier_id IS NULL"
    )
    assert verdict().fault is None


def by_sql(statement):
    db.session().rollback()
    with schema.owner(db.session().get_bind().url.render_as_string(hide_password=False)) as owner:
        owner.exec_driver_sql(statement)


@pytest.mark.parametrize("state", [LogState.VISIBLE, LogState.REVERTED])
def test_a_log_that_no_entry_imported_is_named(settings, log, state):
    waiting = db.session().scalar(sa.select(AccessLog.id).where(AccessLog.state == LogState.RECEIVED))
    found = said(settings, f"UPDATE access_log SET state = '{state.value}' WHERE id = {waiting}")
    assert f"access_log:{waiting} is imported, but no entry of the audit log imported it." in found


def test_every_derived_column_is_computed_anew():
    columns = [column for table in Base.metadata.sorted_tables for column in table.columns]
    assert {f"{one.table.name}.{one.name}" for one in columns if one.info.get("derived")} == set(derived.RULES)


@pytest.mark.parametrize("name", derived.RULES)
def test_a_forged_derived_column_is_named(settings, world, name):
    other_address = {"kind": IdentifierKind.EMAIL, "value": "Ines@Elsewhere.example"}
    accounts.add_alias(world.person("ada"), world.person("ines"), **other_address)
    table, column = name.split(".")
    forged = "'2001-01-01T00:00:00.000000Z'" if column == "changed" else "'forged'"
    with tampered(settings, f"UPDATE {table} SET {column} = {forged} WHERE id = 1") as connection:
        assert [sentence for _, sentence in derived.faults(connection)] == [
            f"{table}:1 has a {column} that does not follow from the rest of the record."
        ]
