"""What the databases themselves refuse, whoever asks: no entry of the ledger is changed, removed or squeezed in.

SQLite has triggers (and the program's own connections an authorizer, see db.py); PostgreSQL has triggers and, when
the schema's owner is another role than the program's, rights.
"""

from typing import Any

import sqlalchemy as sa

SQLITE = {
    "audit_no_update": "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    "audit_no_delete": "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    # INSERT OR REPLACE passes the two above by: this one lets nothing in but the next entry
    "audit_next": "CREATE TRIGGER audit_next BEFORE INSERT ON audit "
    "WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit) "
    "OR json_extract(NEW.line, '$.prev') IS NOT "
    "coalesce((SELECT leaf FROM audit ORDER BY seq DESC LIMIT 1), printf('%064d', 0)) "
    "BEGIN SELECT RAISE(ABORT, 'not the next entry of the ledger'); END",
}
POSTGRESQL_FUNCTIONS = {
    "audit_block": """CREATE FUNCTION audit_block() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$""",
    "audit_insert": """CREATE FUNCTION audit_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE head record;
BEGIN
  PERFORM pg_advisory_xact_lock(1953653611);
  SELECT seq, leaf INTO head FROM public.audit ORDER BY seq DESC LIMIT 1;
  IF NEW.seq IS DISTINCT FROM coalesce(head.seq, 0) + 1
     OR NEW.line::json ->> 'prev' IS DISTINCT FROM coalesce(head.leaf, repeat('0', 64))
     OR NEW.leaf IS DISTINCT FROM encode(sha256('\\x00'::bytea || convert_to(NEW.line, 'UTF8')), 'hex')
  THEN RAISE EXCEPTION 'not the next entry of the ledger'; END IF;
  RETURN NEW;
END $$""",
}
POSTGRESQL_TRIGGERS = {
    "audit_no_change": "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit "
    "FOR EACH ROW EXECUTE FUNCTION audit_block()",
    "audit_no_truncate": "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_block()",
    "audit_next": "CREATE TRIGGER audit_next BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_insert()",
}


def put_on(connection: sa.Connection) -> None:
    """Guard the ledger's table; asked once, by the migration."""
    if connection.dialect.name == "sqlite":
        statements = [*SQLITE.values()]
    else:
        always = [f"ALTER TABLE audit ENABLE ALWAYS TRIGGER {name}" for name in POSTGRESQL_TRIGGERS]
        statements = [*POSTGRESQL_FUNCTIONS.values(), *POSTGRESQL_TRIGGERS.values(), *always]
    for statement in statements:
        connection.exec_driver_sql(statement)


def take_off(connection: sa.Connection) -> None:
    """Take the guards away, for the way down."""
    if connection.dialect.name == "sqlite":
        statements = [f"DROP TRIGGER {name}" for name in SQLITE]
    else:
        statements = [
            *(f"DROP TRIGGER {name} ON audit" for name in POSTGRESQL_TRIGGERS),
            *(f"DROP FUNCTION {name}()" for name in POSTGRESQL_FUNCTIONS),
        ]
    for statement in statements:
        connection.exec_driver_sql(statement)


def missing(connection: sa.Connection) -> list[str]:
    """The guards that are gone, disabled or not what was put on."""
    if connection.dialect.name == "sqlite":
        triggers = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found: dict[Any, Any] = dict(tuple(row) for row in triggers)
        return [name for name, statement in SQLITE.items() if found.get(name) != statement]
    enabled = connection.exec_driver_sql(
        "SELECT tgname, pg_get_functiondef(tgfoid) FROM pg_trigger "
        "WHERE tgrelid = 'audit'::regclass AND tgenabled = 'A'"
    )
    bodies: dict[Any, Any] = dict(enabled.all())
    expected = {"audit_no_change": "audit_block", "audit_no_truncate": "audit_block", "audit_next": "audit_insert"}
    return [
        name
        for name, function in expected.items()
        if _body(POSTGRESQL_FUNCTIONS[function]) not in str(bodies.get(name, ""))
    ]


def _body(function: str) -> str:
    return function.split("$$")[1]


def grant(owner: sa.Connection, role: str) -> None:
    """Give the program's role what it needs on PostgreSQL, and no way to change or cut the ledger."""
    name = owner.dialect.identifier_preparer.quote(role)
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM {name}",
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {name}",
    ):
        owner.exec_driver_sql(statement)
