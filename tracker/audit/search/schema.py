"""What the databases do by themselves: each keeps an index of the words of `search_text`.

SQLite has an FTS5 table that three triggers follow; words that are removed leave its pages. PostgreSQL has a column
that it computes, and a GIN index over it. Both take the words as they were cut (`tracker.analysis.search.words`).
"""

from typing import Any

import sqlalchemy as sa

OURS = "search_index"  # every table and index of these begins so: the models know nothing of them
_REMOVE = "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', OLD.id, OLD.words);"
_ADD = "INSERT INTO search_index (rowid, words) VALUES (NEW.id, NEW.words);"
SQLITE = {
    "search_index": "CREATE VIRTUAL TABLE search_index USING fts5("
    "words, content='search_text', content_rowid='id', tokenize='ascii', prefix='2 3')",
    "search_index_terms": "CREATE VIRTUAL TABLE search_index_terms USING fts5vocab('search_index', 'row')",
    "search_index_add": f"CREATE TRIGGER search_index_add AFTER INSERT ON search_text BEGIN {_ADD} END",
    "search_index_remove": f"CREATE TRIGGER search_index_remove AFTER DELETE ON search_text BEGIN {_REMOVE} END",
    "search_index_change": f"CREATE TRIGGER search_index_change AFTER UPDATE ON search_text BEGIN {_REMOVE} {_ADD} END",
}
SECURE = "INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1)"
_BODY = """
SELECT coalesce(string_agg(word || ':' || place, ' '), '')::tsvector
FROM unnest(string_to_array(words, ' ')) WITH ORDINALITY AS w(word, place)
"""
FUNCTION = (
    "CREATE FUNCTION search_vector(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE "
    f"SET search_path = pg_catalog AS $${_BODY}$$"
)
POSTGRESQL = (
    FUNCTION,
    "ALTER TABLE search_text ADD COLUMN vector tsvector GENERATED ALWAYS AS (search_vector(words)) STORED",
    "CREATE INDEX search_index ON search_text USING gin (vector)",
)


def is_of_models(name: str | None, _kind: str, parents: Any) -> bool:
    """Whether a table, column or index that Alembic finds in a database is one of the models' own."""
    return not str(name).startswith(OURS) and (parents.get("table_name"), name) != ("search_text", "vector")


def put_on(connection: sa.Connection) -> None:
    """Make the index: asked by the migration that makes its table."""
    statements = (*SQLITE.values(), SECURE) if connection.dialect.name == "sqlite" else POSTGRESQL
    for statement in statements:
        connection.exec_driver_sql(statement)


def take_off(connection: sa.Connection) -> None:
    """Remove the index: asked on the way down, before its table goes."""
    if connection.dialect.name == "sqlite":
        for name, statement in reversed(SQLITE.items()):
            connection.exec_driver_sql(f"DROP {'TRIGGER' if 'TRIGGER' in statement[:20] else 'TABLE'} IF EXISTS {name}")
    else:
        connection.exec_driver_sql("ALTER TABLE search_text DROP COLUMN IF EXISTS vector")
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS search_vector(text)")


def missing(connection: sa.Connection) -> list[str]:
    """The parts of the index that are gone or not what was put on."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE name LIKE 'search_index%'")
        found: dict[Any, Any] = dict(tuple(row) for row in rows)
        return [name for name, statement in SQLITE.items() if found.get(name) != statement]
    body = connection.exec_driver_sql("SELECT prosrc FROM pg_proc WHERE proname = 'search_vector'").scalar()
    column = connection.exec_driver_sql(
        "SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attribute a JOIN pg_attrdef d "
        "ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
        "WHERE a.attrelid = 'search_text'::regclass AND a.attname = 'vector' AND a.attgenerated = 's'"
    ).scalar()
    index = connection.exec_driver_sql("SELECT indexdef FROM pg_indexes WHERE indexname = 'search_index'").scalar()
    right = {
        "search_vector": body == _BODY,
        "vector": column == "search_vector(words)",
        "search_index": str(index).endswith("USING gin (vector)"),
    }
    return [name for name, is_right in right.items() if not is_right]
