"""What the index must hold, read from the record itself: the same for a change, a verification and a new index."""

from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from tracker.analysis.search.words import pieces
from tracker.audit.verify.scope import EVERYTHING, Scope
from tracker.base.db import EVER_AFTER, EVER_BEFORE, Base
from tracker.base.statements import spell_out
from tracker.models import all as _every_model  # noqa: F401  # so that no text is missed
from tracker.models.searched import SEARCH_TEXT, Searched

TABLE = SEARCH_TEXT
_PART: Any = sa.literal_column(":part", sa.String)
COLUMNS = [column for column in TABLE.columns if column.name != "id"]


class Rows(NamedTuple):
    """Some rows of a table by their keys: what is said of the key, and the values that this is said with."""

    condition: str
    values: dict[str, Any]

    @classmethod
    def between(cls, first: int, last: int) -> "Rows":
        """Those from one key to another."""
        return cls("{} BETWEEN :first AND :last", {"first": first, "last": last})

    @classmethod
    def of(cls, keys: Collection[int]) -> "Rows":
        """Those with these keys."""
        return cls("{} IN :keys", {"keys": list(keys)})


class Document(NamedTuple):
    """A row of the index, but for its id."""

    case_id: int
    kind: str
    record_id: int
    part: str
    part_id: int
    field: str
    piece: int
    start: int
    length: int
    reading: str
    at: str | None
    words: str


class Difference(NamedTuple):
    """What the index lacks of some rows, and what it holds too much, by its id."""

    lacks: list[Document]
    surplus: dict[int, Document]


@cache
def models() -> dict[str, Any]:
    """The models whose texts are indexed, by their tables."""
    found = [one.class_ for one in Base.registry.mappers if "SEARCHED" in vars(one.class_)]
    return {model.__tablename__: model for model in sorted(found, key=lambda model: model.__tablename__)}


def documents(connection: sa.Connection, model: Any, rows: Rows, scope: Scope = EVERYTHING) -> Iterator[Document]:
    """What the index must hold of some rows of a table."""
    part = model.__tablename__
    key = f"{part}.id"
    conditions = rows.condition.format(key), scope.condition(part, key)
    for searched in model.SEARCHED:
        kind, reading = searched.under or part, searched.reading.value
        fields = [(name, searched.spell.get(name, str)) for name in searched.fields]
        select = _spell_texts(connection.dialect.name, model, searched, *conditions)
        for case_id, row, record_id, at, *texts in connection.execute(select, rows.values).all():
            for (name, spell), text in zip(fields, texts, strict=True):
                if text is None or text == "":
                    continue
                for number, (start, length, words) in enumerate(pieces(spell(text))):
                    yield Document(case_id, kind, record_id, part, row, name, number, start, length, reading, at, words)


def difference(connection: sa.Connection, model: Any, rows: Rows, scope: Scope = EVERYTHING) -> Difference:
    """How the index differs from some rows of a table, and of these from those in the scope."""
    part = model.__tablename__
    lacks = dict.fromkeys(documents(connection, model, rows, scope))
    key = "search_text.part_id"
    held = _spell_held(connection.dialect.name, rows.condition.format(key), scope.condition(part, key))
    surplus = {}
    for row in connection.execute(held, {"part": part, **rows.values}).all():
        values = row[1:]
        if values in lacks:
            del lacks[values]
        else:
            surplus[row[0]] = Document(*values)
    return Difference(list(lacks), surplus)


def ranges(connection: sa.Connection, model: Any, size: int) -> Iterator[Rows]:
    """All rows of a table, and all that the index holds of it, some at a time."""
    ends = sa.select(sa.func.max(model.id)).union_all(
        sa.select(sa.func.max(TABLE.c.part_id)).where(TABLE.c.part == model.__tablename__)
    )
    last = max((end for (end,) in connection.execute(ends) if end is not None), default=0)
    for first in range(0, last + 1, size):
        yield Rows.between(first, first + size - 1)


@lru_cache(1000)
def _spell_held(dialect: str, condition: str, within: str) -> Any:
    """What the index holds of some rows of the table `part`."""
    columns = (sa.type_coerce(one, _plain(one)) for one in COLUMNS)
    return _spell(sa.select(TABLE.c.id, *columns).where(TABLE.c.part == _PART), dialect, condition, within)


@lru_cache(1000)
def _spell_texts(dialect: str, model: Any, searched: Searched, condition: str, within: str) -> Any:
    """What it must hold of them: the texts of the record."""
    return _spell(_select(model, searched), dialect, condition, within)


def _spell(select: sa.Select[Any], dialect: str, *conditions: str) -> Any:
    spelt = spell_out(select.where(*map(sa.literal_column, conditions)), dialect)
    return spelt.bindparams(sa.bindparam("keys", expanding=True)) if ":keys" in conditions[0] else spelt


@cache
def _select(model: Any, searched: Searched) -> sa.Select[Any]:
    columns = model.__table__.c
    case_id = columns.id if model.__tablename__ == "cases" else columns.case_id
    record_id = columns[searched.by or f"{searched.under}_id"] if searched.under else columns.id
    found = sa.select(
        case_id, columns.id, record_id, _time(columns, searched.at), *(columns[n] for n in searched.fields)
    )
    is_counted = model.counted() if hasattr(model, "counted") else sa.true()
    says = sa.or_(*(sa.cast(columns[name], sa.Text) != "" for name in searched.fields))
    return found.where(record_id.is_not(None), says, is_counted, searched.only()).order_by(columns.id)


def _time(columns: Any, name: str) -> Any:
    """The time of a row as it is kept: the beginning of a moment, else its end; nothing if neither is known."""
    if not name:
        return sa.null()
    if name in columns:
        return sa.type_coerce(columns[name], sa.String)
    first, last = (sa.type_coerce(columns[f"{name}_{end}"], sa.String) for end in ("earliest", "latest"))
    return sa.func.coalesce(sa.func.nullif(first, EVER_BEFORE), sa.func.nullif(last, EVER_AFTER))


def _plain(column: Any) -> Any:
    return sa.String() if isinstance(column.type, sa.Enum) else column.type
