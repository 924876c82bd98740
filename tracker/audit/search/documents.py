"""What the index must hold, read from the record itself: the same for a change, a verification and a new index."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any, NamedTuple

import sqlalchemy as sa

from tracker.analysis.search.words import pieces
from tracker.base.db import EVER_AFTER, EVER_BEFORE, Base
from tracker.models import all as _every_model  # noqa: F401  # so that no text is missed
from tracker.models.searched import SEARCH_TEXT, Searched

Narrow = Callable[[Any], sa.ColumnElement[bool]]  # a condition on the key of the rows
TABLE, EVERY = SEARCH_TEXT, sa.true()
COLUMNS = [column for column in TABLE.columns if column.name != "id"]


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


def documents(connection: sa.Connection, model: Any, *which: Any) -> Iterator[Document]:
    """What the index must hold of some rows of a table."""
    part = model.__tablename__
    for searched in model.SEARCHED:
        kind, reading = searched.under or part, searched.reading.value
        fields = [(name, searched.spell.get(name, str)) for name in searched.fields]
        for case_id, key, record_id, at, *texts in connection.execute(_select(model, searched).where(*which)):
            for (name, spell), text in zip(fields, texts, strict=True):
                if text is None or text == "":
                    continue
                for number, (start, length, words) in enumerate(pieces(spell(text))):
                    yield Document(case_id, kind, record_id, part, key, name, number, start, length, reading, at, words)


def difference(
    connection: sa.Connection, model: Any, narrow: Narrow, also: Any = EVERY, of_index: Any = EVERY
) -> Difference:
    """How the index differs from some rows of a table; `also` narrows these further, and `of_index` the index alike."""
    lacks = dict.fromkeys(documents(connection, model, narrow(model.id), also))
    of_table = (TABLE.c.part == model.__tablename__, narrow(TABLE.c.part_id), of_index)
    held = sa.select(TABLE.c.id, *(sa.type_coerce(one, _plain(one)) for one in COLUMNS)).where(*of_table)
    surplus = {}
    for key, *row in connection.execute(held):
        document = Document(*row)
        if document in lacks:
            del lacks[document]
        else:
            surplus[key] = document
    return Difference(list(lacks), surplus)


def ranges(connection: sa.Connection, model: Any, size: int) -> Iterator[Narrow]:
    """Conditions that go through all rows of a table, and all that the index holds of it, some at a time."""
    ends = sa.select(sa.func.max(model.id)).union_all(
        sa.select(sa.func.max(TABLE.c.part_id)).where(TABLE.c.part == model.__tablename__)
    )
    last = max((end for (end,) in connection.execute(ends) if end is not None), default=0)
    for first in range(0, last + 1, size):
        yield partial(_lies_between, first, first + size - 1)


def _lies_between(first: int, last: int, key: Any) -> sa.ColumnElement[bool]:
    return sa.between(key, first, last)


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
