"""The audit log against whoever has the database: what the database refuses by itself, and what `verify` finds."""

import json

import pytest
import sqlalchemy as sa

from tests.machinery.database import ON_POSTGRESQL
from tracker.audit import guards
from tracker.audit.entries import commitment, dumps, entry_hash
from tracker.audit.verify import chain
from tracker.base import db
from tracker.base.connections import sqlite
from tracker.cli import main


@pytest.fixture
def intruder(settings, app):
    """Somebody with the database's own rights and none of the program's guards on the connection."""
    options = {} if ON_POSTGRESQL else {"module": sqlite}
    engine = sa.create_engine(settings.database_url, **options)
    yield engine
    engine.dispose()


def verdict():
    db.session().rollback()
    with db.session().get_bind().connect() as connection:
        return chain.verify(connection)


def without_guards(engine, *statements):
    """Take the guards off, change something, and put them back as if nothing had been."""
    db.session().rollback()  # a reader of the audit log would hold its table
    with engine.begin() as connection:
        guards.take_off(connection)
        for statement, values in statements:
            connection.execute(sa.text(statement), values)
        guards.put_on(connection)


COLUMNS = "seq, line, entry_hash, at, actor, action, outcome"
INSERT = f"INSERT INTO audit ({COLUMNS}) SELECT {COLUMNS} FROM audit"
LAST = "ORDER BY seq DESC LIMIT 1"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET outcome = 'ok' WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 1",
        "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
        f"{INSERT} {LAST}".replace("SELECT seq", "SELECT seq + 2"),
        f"{INSERT} {LAST}".replace("SELECT seq", "SELECT -1"),
        f"{INSERT} {LAST}".replace("SELECT seq", "SELECT seq + 1"),
        f"{INSERT} WHERE seq = 3".replace("INSERT", "INSERT OR REPLACE"),
        f"{INSERT} WHERE seq = 3 ON CONFLICT (seq) DO UPDATE SET actor = 'me'",
        "TRUNCATE audit CASCADE",
    ],
)
def test_the_database_itself_refuses(intruder, statement):
    only_here = {"INSERT OR REPLACE": False, "TRUNCATE": True}
    if any(statement.startswith(words) and ON_POSTGRESQL is not there for words, there in only_here.items()):
        pytest.skip("this database does not know the statement")
    before = verdict()
    with pytest.raises(sa.exc.DBAPIError, match=r"append-only|not the next entry"), intruder.begin() as connection:
        connection.exec_driver_sql(statement)
    assert verdict() == before


@pytest.mark.skipif(ON_POSTGRESQL, reason="the authorizer is SQLite's")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET outcome = 'ok'",
        "DELETE FROM audit",
        "DROP TRIGGER audit_next",
        "DROP TABLE audit",
        "ALTER TABLE audit RENAME TO gone",
        "ATTACH ':memory:' AS other",
        "PRAGMA writable_schema = ON",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA secure_delete(0)",
        "CREATE TRIGGER mine BEFORE INSERT ON audit BEGIN SELECT 1; END",
    ],
)
def test_the_programs_own_connections_are_not_even_allowed_to_try(app, statement):
    with pytest.raises(sa.exc.DBAPIError, match="not authorized"), db.writer().connect() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.skipif(ON_POSTGRESQL, reason="there a transaction says whether it writes")
@pytest.mark.parametrize("engine", [db.engine, db.writer])
def test_a_connection_that_only_reads_goes_on_doing_so(app, engine):
    with engine().connect() as connection:
        assert connection.exec_driver_sql("PRAGMA query_only").scalar() == (engine is db.engine)
        with pytest.raises(sa.exc.DBAPIError, match="not authorized"):
            connection.exec_driver_sql("PRAGMA query_only = OFF")


@pytest.mark.skipif(not ON_POSTGRESQL, reason="rights are PostgreSQL's")
def test_a_role_of_its_own_may_not_change_the_audit_log_on_postgresql(settings, intruder):
    role = f"app_{sa.make_url(settings.database_url).database}"
    with intruder.begin() as owner:
        owner.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
        guards.grant(owner, role)
    weak = sa.create_engine(sa.make_url(settings.database_url).set(username=role))
    try:
        for statement in (
            "UPDATE audit SET outcome = 'ok'",
            "DELETE FROM audit",
            "TRUNCATE audit CASCADE",
            "DROP TABLE audit",
            "ALTER TABLE audit DISABLE TRIGGER ALL",
            "SET session_replication_role = replica",
        ):
            with pytest.raises(sa.exc.DBAPIError, match=r"denied|must be owner"), weak.begin() as connection:
                connection.exec_driver_sql(statement)
        with weak.begin() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM audit").scalar() > 0
    finally:
        weak.dispose()
        with intruder.begin() as owner:
            owner.exec_driver_sql(f"DROP OWNED BY {role}")
            owner.exec_driver_sql(f"DROP ROLE {role}")


def test_a_sound_audit_log_is_sound(app, entries):
    assert verdict().fault is None
    assert verdict().entries == len(entries())


def test_a_changed_line_is_named(intruder):
    without_guards(intruder, ("UPDATE audit SET line = replace(line, '\"ok\"', '\"no\"') WHERE seq = 7", {}))
    assert verdict().fault.seq == 7


def test_a_line_changed_with_its_hash_breaks_the_next_entry(intruder, entries):
    line = dumps({**entries()[6], "actor": "somebody else"})
    without_guards(
        intruder,
        (
            "UPDATE audit SET line = :line, entry_hash = :entry_hash, actor = 'somebody else' WHERE seq = 7",
            {"line": line, "entry_hash": entry_hash(line)},
        ),
    )
    assert verdict().fault.seq == 8


@pytest.mark.parametrize("seq", [1, 5])
def test_a_removed_row_is_named_by_its_successor(intruder, seq):
    without_guards(
        intruder,
        ("DELETE FROM audit_detail WHERE seq = :seq", {"seq": seq}),
        ("DELETE FROM audit_record WHERE seq = :seq", {"seq": seq}),
        ("DELETE FROM audit WHERE seq = :seq", {"seq": seq}),
    )
    assert verdict().fault.seq == seq + 1


def test_swapped_rows_are_found(intruder):
    swap = "UPDATE audit SET line = (SELECT line FROM audit WHERE seq = :other) WHERE seq = :seq"
    without_guards(intruder, (swap, {"seq": 4, "other": 5}))
    assert verdict().fault.seq == 4


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "x"),
        ("action", "x.y"),
        ("case_ref", "LK-ZZZZ"),
        ("cseq", 99),
        ("record", "x:1"),
        ("outcome", "denied"),
        ("at", "2001"),
    ],
)
def test_an_index_column_that_differs_from_its_line_is_found(intruder, column, value):
    without_guards(intruder, (f"UPDATE audit SET {column} = :value WHERE seq = 30", {"value": value}))
    assert verdict().fault.seq == 30
    assert column in verdict().fault.sentence


@pytest.mark.parametrize(
    "spelt",
    [
        lambda line: line + " ",
        lambda line: line.replace(":", ": ", 1),
        lambda line: line[:-1] + ',"seq":9}',
        lambda line: "not json",
    ],
)
def test_another_spelling_of_a_line_is_found(intruder, entries, spelt):
    line = spelt(dumps(entries()[8]))
    without_guards(
        intruder,
        (
            "UPDATE audit SET line = :line, entry_hash = :entry_hash WHERE seq = 9",
            {"line": line, "entry_hash": entry_hash(line)},
        ),
    )
    assert verdict().fault.seq == 9


def test_changed_old_and_new_values_are_found(intruder):
    without_guards(intruder, ("UPDATE audit_detail SET \"values\" = '{}' WHERE seq = 2", {}))
    assert verdict().fault.seq == 2


def test_missing_old_and_new_values_are_found_unless_erased(intruder):
    without_guards(intruder, ("DELETE FROM audit_detail WHERE seq = 2", {}))
    assert verdict().fault.seq == 2


def test_the_shell_names_the_first_bad_entry_and_exits_1(settings, intruder, capsys, monkeypatch):
    monkeypatch.setenv("TRACKER_INSTANCE", str(settings.instance))
    monkeypatch.setenv("TRACKER_DATABASE_URL", settings.database_url)
    monkeypatch.setattr("sys.argv", ["tracker", "audit", "verify"])
    with pytest.raises(SystemExit) as sound:
        main()
    assert sound.value.code == 0
    assert "sound" in capsys.readouterr().out
    without_guards(intruder, ("UPDATE audit SET line = replace(line, '\"ok\"', '\"no\"') WHERE seq = 12", {}))
    with pytest.raises(SystemExit) as broken:
        main()
    assert broken.value.code == 1
    assert "Entry 12" in capsys.readouterr().err


def test_the_counter_of_a_case_has_no_gap(app, entries):
    counted = [entry["cseq"] for entry in entries() if entry.get("case") == "LK-AAAA"]
    assert counted == list(range(1, len(counted) + 1))


def test_the_published_vector_has_its_entry_hash():
    line = (
        '{"act":"login.ok","actor":"u1","at":"2026-01-02T03:04:05.000006Z","out":"ok","prev":"'
        + "0" * 64
        + '","seq":1}'
    )
    assert entry_hash(line) == "3d312e117043ff197a4930d2364775adf910d6cfdb295cb1f7b583d895bae4c7"


def test_old_and_new_values_hold_to_the_commitment_of_their_line(app, entries):
    line = next(entry for entry in entries() if "detail" in entry["d"])
    salt, values = db.session().execute(sa.text('SELECT salt, "values" FROM audit_detail WHERE seq = :seq'), line).one()
    assert commitment(salt, values) == line["d"]["detail"]
    assert json.loads(values)
