"""Columns of an export: from the values of a batch of rows, column by column, to the cells that leave.

A column reads one or more SQL columns and fills one or more columns of the file. Whole columns are turned at once,
which is several times faster than row by row.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.analysis.cells import guard
from tracker.base.db import UTC
from tracker.exports.labels import Labels
from tracker.gates import withheld_reason
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.policy import Permission

Values = Sequence[Any]
NAMED = {  # what is not told by its number: the kind of its label, by its table
    "account": "accounts", "person": "people", "identifier": "identifier", "material": "materials",
    "version": "versions", "standard_text": "texts",
}  # fmt: skip
Turn = Callable[[Labels, Sequence[Values]], Iterable[Values]]


@dataclass(frozen=True)
class Column:
    """`heads`: names in the file. `reads`: SQL columns, taken as the database holds them. `turn`: values to cells."""

    heads: tuple[str, ...]
    reads: tuple[Any, ...]
    turn: Turn


@dataclass(frozen=True)
class Table:
    """One file of an export: its name, the rows of a case, the columns, and by what the rows are sorted.

    `needs` is what its reader must be allowed; `person_level` says that it is about persons, behind counsel's check.
    Where only some rows do, `of_persons` are the columns that are filled in those. `shown` says of a reader and a case
    which conditions a row must meet to be shown.
    """

    name: str
    of: Callable[[Any], sa.Select[Any]]
    key: tuple[Any, ...]
    columns: tuple[Column, ...]
    needs: Permission = Permission.READ_CASE
    person_level: bool = False
    of_persons: tuple[Any, ...] = ()
    shown: Callable[[Any, Any], tuple[Any, ...]] | None = None

    def rows_for(self, reader: Account, case: Case) -> sa.Select[Any]:
        """The rows of a case that this reader may have now; of persons none while the check withholds them."""
        rows = self.of(case)
        if self.shown is not None:
            rows = rows.where(*self.shown(reader, case))
        if self.of_persons and withheld_reason(case) is not None:
            rows = rows.where(*(column.is_(None) for column in self.of_persons))
        return rows

    @property
    def header(self) -> list[str]:
        """The names of the columns, in their order."""
        return [head for column in self.columns for head in column.heads]

    def select(self, rows: sa.Select[Any]) -> sa.Select[Any]:
        """`rows`, narrowed and joined as the caller likes, with what the columns read and in the order of the file."""
        reads = [_raw(read) for column in self.columns for read in column.reads]
        return rows.with_only_columns(*reads, maintain_column_froms=True).order_by(None).order_by(*self.key)

    def cells(self, labels: Labels, rows: Sequence[Sequence[Any]]) -> Iterable[tuple[Any, ...]]:
        """The rows of a batch as they leave. None is an empty cell."""
        values, at = list(zip(*rows, strict=True)), 0
        cells: list[Values] = []
        for column in self.columns:
            cells += column.turn(labels, values[at : at + len(column.reads)])
            at += len(column.reads)
        return zip(*cells, strict=True)


def _raw(column: Any) -> Any:
    """The column without the program's own type: its text or number as the database holds it."""
    kind = column.type
    plain = isinstance(kind, (sa.Integer, sa.String, sa.Text, sa.types.NullType)) and not isinstance(kind, sa.Enum)
    return column if plain else sa.type_coerce(column, sa.String())


def plain(name: str, column: Any) -> Column:
    """Numbers, words of closed lists, hashes: nothing that begins like a formula."""
    return Column((name,), (column,), lambda labels, values: values)


def text(name: str, column: Any) -> Column:
    """What somebody wrote, with what a spreadsheet would run made harmless."""
    return Column((name,), (column,), lambda labels, values: [[guard(cell) if cell else cell for cell in values[0]]])


def named_text(name: str, column: Any) -> Column:
    """Text that leaves only with names; else the column is there and empty."""
    return Column(
        (name,),
        (column,),
        lambda labels, values: [
            [guard(cell) if cell else cell for cell in values[0]] if labels.names else [""] * len(values[0])
        ],
    )


def label(name: str, kind: str, *columns: Any) -> Column:
    """What an id (or several) stands for: `kind` is one of those of Labels."""

    def turn(labels: Labels, values: Sequence[Values]) -> Iterable[Values]:
        known = labels.of(kind).get
        return [list(map(known, values[0] if len(columns) == 1 else zip(*values, strict=True)))]

    return Column((name,), columns, turn)


def moment(name: str, model: Any) -> Column:
    """A time of the world: `<name>_utc`, `<name>_local`, `<name>_precision`."""
    reads = tuple(getattr(model, f"{name}_{part}") for part in ("earliest", "latest", "offset", "precision"))
    return Column(_three(name), reads, lambda labels, values: labels.times.cells(values))


def instant(name: str, column: Any) -> Column:
    """A time of the record, in the same three columns; empty where it has not come."""
    return Column(_three(name), (column,), lambda labels, values: labels.times.instants(values[0]))


def column_of(model: Any, name: str) -> Column:
    """The column of the file that is called as what it shows of the model, turned as that asks by its type.

    That is, in this order: a time of the world; a column; the thing that `<name>_id` names; a time of the record called
    `<name>_at`. Raises AttributeError for a model that has none of them.
    """
    if hasattr(model, f"{name}_earliest"):
        return moment(name, model)
    columns = model.__table__.columns
    if name not in columns and (key := columns.get(f"{name}_id")) is not None:
        return label(name, _kind(model, key), getattr(model, f"{name}_id"))
    column = getattr(model, name if name in columns else f"{name}_at")
    if isinstance(column.type, UTC):
        return instant(name, column)
    if isinstance(column.type, sa.Boolean):
        return plain(name, sa.case((column, "yes"), else_="no"))
    is_written = isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum)
    return text(name, column) if is_written else plain(name, column)


def _kind(model: Any, key: Any) -> str:
    """The kind of label of what a foreign key names: its number within its own list, unless it has a better name."""
    table = next(iter(key.foreign_keys)).target_fullname.partition(".")[0]
    return f"{table}_numbers" if table == model.__tablename__ else NAMED.get(table, f"{table}_numbers")


def _three(name: str) -> tuple[str, str, str]:
    return f"{name}_utc", f"{name}_local", f"{name}_precision"
