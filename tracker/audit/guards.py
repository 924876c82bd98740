"""What the databases themselves refuse: to change, remove or insert out of turn an entry or a sealed text.

SQLite has triggers (and the program's own connections an authorizer, see connections.py); PostgreSQL has triggers and,
when the schema's owner is another role than the program's, rights. What others add beside these is named.
"""

from typing import Any

import sqlalchemy as sa

from tracker.audit import schema
from tracker.audit.search import schema as search_schema
from tracker.base.connections import Unusable

GUARDED = ("audit_record", "audit", "sealed_text")  # rows of these are never changed or removed
SQLITE = {
    f"{table}_no_{what.lower()}": f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
    for table in GUARDED
    for what in ("UPDATE", "DELETE")
} | {
    # INSERT OR REPLACE passes those above by: these let nothing in but the next entry, and no second text
    "audit_next": "CREATE TRIGGER audit_next BEFORE INSERT ON audit "
    "WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit) "
    "OR json_extract(NEW.line, '$.prev') IS NOT "
    "coalesce((SELECT entry_hash FROM audit ORDER BY seq DESC LIMIT 1), printf('%064d', 0)) "
    "BEGIN SELECT RAISE(ABORT, 'not the next entry of the audit log'); END",
    "audit_record_next": "CREATE TRIGGER audit_record_next BEFORE INSERT ON audit_record "
    "WHEN NEW.seq IS NOT (SELECT max(seq) FROM audit) "
    "OR EXISTS (SELECT 1 FROM audit_record WHERE seq = NEW.seq AND kind = NEW.kind AND record_id = NEW.record_id) "
    "BEGIN SELECT RAISE(ABORT, 'not a record of the next entry of the audit log'); END",
    "sealed_text_once": "CREATE TRIGGER sealed_text_once BEFORE INSERT ON sealed_text "
    "WHEN EXISTS (SELECT 1 FROM sealed_text WHERE kind = NEW.kind AND record_id = NEW.record_id) "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
}
POSTGRESQL_FUNCTIONS = {
    "audit_block": """CREATE FUNCTION audit_block() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$""",
    "audit_insert": """CREATE FUNCTION audit_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE head record;
BEGIN
  PERFORM pg_advisory_xact_lock(1953653611);
  SELECT seq, entry_hash INTO head FROM public.audit ORDER BY seq DESC LIMIT 1;
  IF NEW.seq IS DISTINCT FROM coalesce(head.seq, 0) + 1
     OR NEW.line::json ->> 'prev' IS DISTINCT FROM coalesce(head.entry_hash, repeat('0', 64))
     OR NEW.entry_hash IS DISTINCT FROM encode(sha256('\\x00'::bytea || convert_to(NEW.line, 'UTF8')), 'hex')
  THEN RAISE EXCEPTION 'not the next entry of the audit log'; END IF;
  RETURN NEW;
END $$""",
    "audit_record_insert": """CREATE FUNCTION audit_record_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM public.audit)
  THEN RAISE EXCEPTION 'not a record of the next entry of the audit log'; END IF;
  RETURN NEW;
END $$""",
}
POSTGRESQL = {  # name -> table, when, for each, function
    **{f"{table}_no_change": (table, "UPDATE OR DELETE", "ROW", "audit_block") for table in GUARDED},
    **{f"{table}_no_truncate": (table, "TRUNCATE", "STATEMENT", "audit_block") for table in GUARDED},
    "audit_next": ("audit", "INSERT", "ROW", "audit_insert"),
    "audit_record_next": ("audit_record", "INSERT", "ROW", "audit_record_insert"),
}


def put_on(connection: sa.Connection) -> None:
    """Guard the tables, those that are there: asked by the first migration, and by each that changes a guard."""
    take_off(connection)
    there = {table for table in GUARDED if sa.inspect(connection).has_table(table)}
    if connection.dialect.name == "sqlite":
        statements = [statement for name, statement in SQLITE.items() if _table(name) in there]
    else:
        statements = [*POSTGRESQL_FUNCTIONS.values()]
        for name, (table, when, each, function) in POSTGRESQL.items():
            if table in there:
                call = f"BEFORE {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"
                statements += [f"CREATE TRIGGER {name} {call}", f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"]
    for statement in statements:
        connection.exec_driver_sql(statement)


def take_off(connection: sa.Connection) -> None:
    """Take the guards away, as far as they are there: for the way down, and before others are put on."""
    if connection.dialect.name == "sqlite":
        statements = [f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE]
    else:
        statements = [f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name in POSTGRESQL_FUNCTIONS]
    for statement in statements:
        connection.exec_driver_sql(statement)


def _table(name: str) -> str:
    return next(table for table in GUARDED if name.startswith(table))


def altered(connection: sa.Connection) -> list[str]:
    """The guards that are gone, disabled or not what was put on, and what acts on the tables and is none of ours."""
    return [f"trigger {name} is missing or altered" for name in _missing(connection)] + _foreign(connection)


def _missing(connection: sa.Connection) -> list[str]:
    if connection.dialect.name == "sqlite":
        triggers = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found: dict[Any, Any] = dict(tuple(row) for row in triggers)
        return [name for name, statement in SQLITE.items() if found.get(name) != statement]
    enabled = connection.exec_driver_sql(
        "SELECT tgname, tgrelid::regclass::text, pg_get_functiondef(tgfoid) FROM pg_trigger WHERE tgenabled = 'A'"
    )
    bodies: dict[Any, Any] = {(name, table): body for name, table, body in enabled}
    return [
        name
        for name, (table, _, _, function) in POSTGRESQL.items()
        if _body(POSTGRESQL_FUNCTIONS[function]) not in str(bodies.get((name, table), ""))
    ]


ACTING = {  # what a database does of itself when a table is written or read: its kind, its name, its table
    "sqlite": "SELECT 'trigger', name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": """
SELECT what, name, relname FROM (
  SELECT 'trigger' AS what, tgname AS name, tgrelid AS of FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'rule', rulename, ev_class FROM pg_rewrite WHERE rulename <> '_RETURN'
  UNION ALL SELECT 'policy', polname, polrelid FROM pg_policy
  UNION ALL SELECT 'security', 'of rows', oid FROM pg_class WHERE relrowsecurity
  UNION ALL SELECT 'table', inhrelid::regclass::text, inhparent FROM pg_inherits
) AS acting JOIN pg_class t ON t.oid = of
WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace ORDER BY what, name""",
}


def _foreign(connection: sa.Connection) -> list[str]:
    """What somebody else has added: it would change or hide rows behind the program."""
    is_ours = _is_ours_on_sqlite if connection.dialect.name == "sqlite" else _is_ours_on_postgresql
    return [
        f"{what} {name} on {table} is not known"
        for what, name, table in connection.exec_driver_sql(ACTING[connection.dialect.name])
        if what != "trigger" or not is_ours(name, table)
    ]


def _is_ours_on_sqlite(name: str, _table: str) -> bool:
    return name in SQLITE or name in search_schema.SQLITE  # no two have one name


def _is_ours_on_postgresql(name: str, table: str) -> bool:
    return name in POSTGRESQL and POSTGRESQL[name][0] == table


def must_match_models(connection: sa.Connection) -> None:
    """Refuse a database whose tables, columns, indexes or guards are not the program's; raises Unusable."""
    found = altered(connection) + [f"{name} is missing or altered" for name in search_schema.missing(connection)]
    if difference := schema.first_difference(connection) or next(iter(found), None):
        raise Unusable(f"The database is not as this program makes it: {difference}. Restore a backup.")


def _body(function: str) -> str:
    return function.split("$$")[1]


def grant(owner: sa.Connection, role: str) -> None:
    """Give the program's role what it needs on PostgreSQL, and no way to change or cut the audit log."""
    name = owner.dialect.identifier_preparer.quote(role)
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {', '.join(GUARDED)} FROM {name}",
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {name}",
    ):
        owner.exec_driver_sql(statement)
