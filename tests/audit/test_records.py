"""Whoever has the database itself may change any row: `verify` names it, and the entry that spoke of it last."""

import threading
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from tests import world as people_of
from tests.audit.test_chain import verdict
from tests.audit.test_sealed import intruder  # noqa: F401  # a fixture
from tests.builders import build_material
from tests.machinery.database import ON_POSTGRESQL
from tracker.actions.access import access_logs, people
from tracker.actions.disclosure import claims
from tracker.actions.register.founding import TEXTS
from tracker.audit import entries as entries_of
from tracker.audit.verify import imports, records, sealed
from tracker.audit.verify.facts import read_facts
from tracker.audit.verify.records import IMPORTED, KEYS, MODELS
from tracker.base import db
from tracker.base.connections import sqlite
from tracker.base.db import UTC
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.words import LogState
from tracker.models.disclosure.claims import Claim
from tracker.models.register.audit_log import AuditDetail
from tracker.models.register.standard_texts import StandardText

pytestmark = pytest.mark.furnished
WITHOUT = {
    "account_alias",
    "acknowledgement",
    "claim_check",
    "derivation",
    "export",
    "related_case",
}  # no action made one here
KINDS = sorted(set(MODELS) - WITHOUT)
CHANGED = " was changed after this entry, outside the program."
GONE = " is missing; this entry was the last to change it."
UNHEARD_OF = " exists, but no entry of the audit log created it."


def faults():
    db.session().rollback()
    with db.session().get_bind().connect() as connection:
        return list(looked_at(connection))


def looked_at(connection):
    """What is wrong with rows, those of imports among them."""
    yield from records.faults(connection)
    yield from imports.faults(connection, read_facts(connection))


def columns(kind):
    return [column for column in MODELS[kind].__table__.c if not column.info.get("derived")]


def other(column):
    """SQL of another value of a column, however it is typed."""
    name = f'"{column.name}"'
    if isinstance(column.type, sa.Enum):
        words = [f"'{word.value}'" for word in column.type.enum_class]
        return f"CASE WHEN {name} = {words[0]} THEN {words[-1]} ELSE {words[0]} END"
    if isinstance(column.type, sa.Boolean):
        return f"NOT {name}"
    if isinstance(column.type, sa.Integer):
        return f"coalesce({name}, 0) + 70000"
    if isinstance(column.type, UTC):
        return "'2001-01-01T00:00:00.000000Z'"
    if isinstance(column.type, sa.JSON):
        return "'{\"x\": 1}'"
    return f"'{f'x{column.name}'[: column.type.length]}'"


@contextmanager
def tampered(settings, *statements):
    """Inside, the record is as the statements make it, for this connection alone; then it is as it was."""
    engine = sa.create_engine(settings.database_url, **({} if ON_POSTGRESQL else {"module": sqlite}))
    db.session().rollback()
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(
                "SET session_replication_role = replica" if ON_POSTGRESQL else "PRAGMA ignore_check_constraints = ON"
            )
            for statement in statements:
                assert connection.exec_driver_sql(statement).rowcount == 1, statement
            yield connection
            connection.rollback()
    finally:
        engine.dispose()


def found(settings, *statements):
    with tampered(settings, *statements) as connection:
        return [text for _, text in looked_at(connection)]


def there(kind):
    """The first row of a table that an entry made, by its key."""
    own = f"WHERE {IMPORTED[kind]} IS NULL" if kind in IMPORTED else ""
    return db.session().scalar(sa.text(f'SELECT min({KEYS[kind]}) FROM "{kind}" {own}'))


def changed():
    """A claim that an action has just changed."""
    claim = db.session().get_one(Claim, 1)
    claims.edit_claim(people_of.person("ines"), claim, lock_version=claim.lock_version, quote="Otherwise")
    return claim


def test_nearly_every_table_has_a_row_that_an_entry_made(told):
    assert {kind for kind in MODELS if there(kind) is None} == WITHOUT
    assert verdict().fault is None


def test_a_row_is_named_whichever_of_its_columns_was_changed(settings, told):
    assert [said for kind in KINDS for said in unnamed(settings, kind)] == []


def unnamed(settings, kind):
    """The columns of a table whose change is not named."""
    one, missed, tried = there(kind), [], 0
    with tampered(settings) as connection:
        for column in MODELS[kind].__table__.c:
            if column.primary_key or column.info.get("derived"):
                continue
            within = connection.begin_nested()
            try:
                change = f'UPDATE "{kind}" SET "{column.name}" = {other(column)} WHERE {KEYS[kind]} = {one}'
                assert connection.exec_driver_sql(change).rowcount == 1
                tried += 1
            except sa.exc.IntegrityError:
                continue  # the database does not let it be
            else:
                said = [text for _, text in records.table_faults(connection, kind)]
                missed += [] if said == [f"{kind}:{one}{CHANGED}"] else [(kind, column.name, said)]
            finally:
                within.rollback()
    return missed if tried else [kind]


def test_a_row_that_was_removed_is_named(settings, told):
    gone = {kind: there(kind) for kind in KINDS}
    said = found(settings, *(f'DELETE FROM "{kind}" WHERE {KEYS[kind]} = {one}' for kind, one in gone.items()))
    assert {f"{kind}:{one}{GONE}" for kind, one in gone.items()} <= set(said)


def test_a_row_that_was_squeezed_in_is_named(settings, told):
    more = {kind: there(kind) for kind in KINDS}
    said = found(settings, *(squeezed_in(kind, one) for kind, one in more.items()))
    assert {f"{kind}:{one + 70000}{UNHEARD_OF}" for kind, one in more.items()} <= set(said)


def squeezed_in(kind, one):
    """SQL of a second row like this one, but for what must be unlike."""
    table = MODELS[kind].__table__
    alone = {KEYS[kind], *(name for group in unique(kind) for name in group)} - {"log_id"}
    values = [other(column) if column.name in alone else f'"{column.name}"' for column in table.c]
    names = ", ".join(f'"{column.name}"' for column in table.c)
    return f'INSERT INTO "{kind}" ({names}) SELECT {", ".join(values)} FROM "{kind}" WHERE {KEYS[kind]} = {one}'


def unique(kind):
    look = sa.inspect(db.session().get_bind())
    yield from (one["column_names"] for one in look.get_unique_constraints(kind))
    yield from (one["column_names"] for one in look.get_indexes(kind) if one["unique"])


def test_verify_names_the_entry_that_spoke_of_the_row_last(intruder, entries):  # noqa: F811
    last = next(line["seq"] for line in reversed(entries()) if "claim:1" in line["d"].get("record", {}))
    assert intruder("UPDATE claim SET quote = 'Something else' WHERE id = 1") == 1
    fault = verdict().fault
    assert (fault.seq, fault.sentence) == (last, f"claim:1{CHANGED}")


@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET text = 'You must answer.'"])
def test_a_text_that_came_with_the_program_stays_or_is_missed(settings, statement):
    said = found(settings, f"{statement} WHERE key = 'garrity'".format("standard_text"))
    assert said == [f"standard_text:1{GONE if statement.startswith('DELETE') else CHANGED}"]


@pytest.mark.parametrize("words", ["'Several sources', 'not_tested', ''", "'They did it', 'not_tested', ''"])
def test_a_hypothesis_comes_with_the_entry_of_its_case_alone(settings, words):
    row = "INSERT INTO hypothesis (id, case_id, number, text, state, reason, lock_version) VALUES (70000, 70000, 7, "
    assert found(settings, f"{row} {words}, 1)") == [f"hypothesis:70000{UNHEARD_OF}"]


def test_what_an_action_removed_is_to_be_gone(settings, world):
    identifier = build_material.person(("badge", "B-77")).identifiers[0]
    key, owner = identifier.id, identifier.person
    people.remove_identifier(world.person("ines"), identifier)
    assert faults() == []
    again = (
        "INSERT INTO identifier (id, case_id, person_id, kind, value, value_folded, value_near) "
        f"VALUES ({key}, {owner.case_id}, {owner.id}, 'badge', 'B-77', 'b-77', 'b-77')"
    )
    assert found(settings, again) == [f"identifier:{key}{UNHEARD_OF}"]


def test_what_many_rows_became_is_held_too(settings, monkeypatch, world):
    monkeypatch.setattr(entries_of, "MANY", 0)
    claim = changed()
    assert (faults(), verdict().fault) == ([], None)
    assert found(settings, f"UPDATE claim SET quote = 'x' WHERE id = {claim.id}") == [f"claim:{claim.id}{CHANGED}"]
    assert found(settings, f"DELETE FROM claim WHERE id = {claim.id}") == [f"claim:{claim.id}{GONE}"]


@pytest.mark.parametrize("many", [0, 200])
def test_what_was_erased_cannot_be_compared(settings, monkeypatch, world, many):
    monkeypatch.setattr(entries_of, "MANY", many)
    claim = changed()
    seq = db.session().scalar(sa.select(sa.func.max(AuditDetail.seq)))
    erase = f"DELETE FROM audit_detail WHERE seq = {seq}"
    assert found(settings, erase) == []
    with tampered(settings, erase, f"UPDATE claim SET quote = 'x' WHERE id = {claim.id}") as connection:
        assert list(looked_at(connection)) == []


def test_what_is_recorded_while_the_audit_log_is_verified_is_no_fault(monkeypatch, world):
    looked = sealed.faults

    def meanwhile(connection, facts, scope):
        made = threading.Thread(target=recorded)
        made.start()
        made.join()
        return looked(connection, facts, scope)

    def recorded():
        changed()
        db.sessions.remove()

    monkeypatch.setattr(sealed, "faults", meanwhile)
    assert verdict().fault is None


def test_a_log_that_is_being_tried_is_not_held_against_its_entry(settings, world):
    log = db.session().scalars(sa.select(AccessLog).where(AccessLog.state == LogState.RECEIVED)).first()
    change = f"UPDATE access_log SET done_rows = 3 WHERE id = {log.id}"
    assert found(settings, change) == [f"access_log:{log.id}{CHANGED}"]
    access_logs.ask_check(world.person("ines"), log)
    assert found(settings, change) == []


def test_the_texts_that_come_with_the_program_have_the_entry_that_founded_the_register(entries):
    names = {f"standard_text:{key}" for key in db.session().scalars(sa.select(StandardText.id))}
    assert names <= entries("register.founded")[0]["d"]["record"].keys()
    assert (len(names), faults()) == (len(TEXTS), [])
