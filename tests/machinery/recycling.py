"""Copies on PostgreSQL that a test has used are put back as they were and lent again: making one takes its time.

Beside the tables lies a schema `as_built` with what they held. A copy whose tables, triggers or functions are no longer
those of its template is dropped instead.
"""

import psycopg
from sqlalchemy import make_url

from tests.machinery.database import drop_database, new_database

LOOK = """
SELECT md5(string_agg(part, E'\\n' ORDER BY part)) FROM (
    SELECT concat_ws(' ', 'trigger', tgname, tgenabled, tgrelid::regclass) AS part
        FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT concat_ws(' ', 'rule', rulename, ev_class::regclass) FROM pg_rewrite WHERE rulename <> '_RETURN'
    UNION ALL SELECT concat_ws(' ', 'function', proname, prosrc, proacl)
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', 'column', relname, relacl, attname, atttypid, attnotnull)
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relnamespace = 'public'::regnamespace AND attnum > 0) AS parts
"""
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"
COLUMNS = (  # but those that the database makes of others
    "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
    " AND attgenerated = '' ORDER BY attnum"
)
SEQUENCES = (
    "SELECT sequencename, coalesce(last_value, 1), last_value IS NOT NULL FROM pg_sequences WHERE schemaname = 'public'"
)
ALWAYS = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled = 'A'"

_free: dict[str, list[str]] = {}
_template_of: dict[str, str] = {}


def keep(url: str) -> None:
    """Put what a template holds aside, within it."""
    with _connected(url) as connection:
        tables = [name for (name,) in connection.execute(TABLES)]
        connection.execute("DROP SCHEMA IF EXISTS as_built CASCADE; CREATE SCHEMA as_built")
        for name in tables:
            connection.execute(f"CREATE TABLE as_built.{name} AS TABLE public.{name}")
        back = ["SET LOCAL session_replication_role = replica"]
        always = connection.execute(ALWAYS).fetchall()
        back += [f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in always]
        for name in tables:
            columns = ", ".join(f'"{one}"' for (one,) in connection.execute(COLUMNS, [f"public.{name}"]))
            back.append(f"DELETE FROM public.{name}")
            back.append(f"INSERT INTO public.{name} ({columns}) SELECT {columns} FROM as_built.{name}")
        back += [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for table, name in always]
        for name, last, called in connection.execute(SEQUENCES).fetchall():
            back.append(f"SELECT setval('public.{name}', {last}, {called})")
        connection.execute("CREATE TABLE as_built.the_way_back (statements text, look text)")
        look = connection.execute(LOOK).fetchone()
        connection.execute("INSERT INTO as_built.the_way_back VALUES (%s, %s)", ("; ".join(back), look[0]))


def lend(template: str) -> str:
    """A copy of a template: one that was used and put back, or a new one."""
    free = _free.setdefault(template, [])
    url = free.pop() if free else new_database(template)
    _template_of[url] = template
    return url


def take_back(url: str) -> None:
    """Put a copy back as it was, for the next; drop it when a test has altered more than rows."""
    template = _template_of.pop(url)
    if _is_put_back(url):
        _free[template].append(url)
    else:
        drop_database(url)


def drop_all() -> None:
    """Nobody will ask again."""
    for urls in _free.values():
        while urls:
            drop_database(urls.pop())


def _is_put_back(url: str) -> bool:
    try:
        with _connected(url) as connection:
            (look,) = connection.execute(LOOK).fetchone()
            statements, wanted = connection.execute("SELECT * FROM as_built.the_way_back").fetchone()
            if look == wanted:
                connection.execute(statements)
    except psycopg.Error:
        return False
    return look == wanted


def _connected(url: str) -> "psycopg.Connection[tuple]":
    return psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))
