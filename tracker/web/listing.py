"""Lists: filter, sort and keyset pages over a select; counts exact to 10,000, then "more than 10,000"."""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa

from tracker.audit.cache import remember
from tracker.base import db
from tracker.base.db import UTC
from tracker.models.register.list_views import Looks
from tracker.web.addresses import open_place, seal_place

EXACT_TO = 10_000
PER_PAGE = 50


class Listing:
    """One page of a list. `sorts` maps the word in the address to a column; `key` breaks ties and must be unique.

    `args` are the address's arguments: `sort` (a word, `-` before it for descending), `after` / `before` (where the
    page starts or ends), `count=all`, and whatever the filter form reads. Unknown words fall back to the default.
    `columns`, `key` among them, are listed in place of whole things. `counted` is a select of as many rows that is
    counted more quickly; it stands in while no filter narrows the list. `looks` is how its reader looks at it.
    """

    def __init__(
        self,
        select: sa.Select[Any],
        *,
        path: str,
        args: Mapping[str, str],
        sorts: dict[str, Any],
        default: str,
        key: Any,
        noun: str,
        form: Any = None,
        csv: bool = True,
        columns: tuple[Any, ...] = (),
        counted: sa.Select[Any] | None = None,
        looks: Looks | None = None,
    ) -> None:
        self.columns, self.counted, self.looks = columns, counted, looks
        self.heads: tuple[str, ...] = ()  # known once the table is drawn, as is what its left out columns all say
        self.same: list[tuple[str, str]] = []
        self.form, self.path, self.args, self.noun, self.key = form, path, dict(args), noun, key
        self.select = select if form is None or self.is_refused else form.apply(select)
        self.sorts = sorts
        wanted = self.args.get("sort", default)
        self.sort = wanted if wanted.removeprefix("-") in sorts else default
        self.sorted_by, self.descending = self.sort.removeprefix("-"), self.sort.startswith("-")
        self.csv_url = self._url(path=f"{path}.csv", drop=("sort", "count")) if csv else None

    @cached_property
    def _page(self) -> tuple[list[Any], bool, bool]:
        """Rows, whether there are earlier ones, whether there are later ones."""
        if self.is_refused:
            return [], False, False
        backwards = "before" in self.args and "after" not in self.args
        column, descending = self.sorts[self.sorted_by], self.descending != backwards
        start = _start(self.args.get("before" if backwards else "after"), _comparable(column))
        select = _order(self.select, self.columns, column, self.key, descending)
        if start is not None:
            column = _comparable(column)
            edge, here = sa.tuple_(*(sa.literal(value) for value in start)), sa.tuple_(column, self.key)
            select = select.where(here < edge if descending else here > edge)
        found = db.session().execute(select).unique().all()
        more, found = len(found) > PER_PAGE, found[:PER_PAGE]
        ordered = list(reversed(found)) if backwards else list(found)
        if backwards:
            return ordered, more, start is not None
        return ordered, start is not None, more

    @cached_property
    def rows(self) -> list[Any]:
        """The things on this page."""
        return [self._thing(row) for row in self._page[0]]

    @property
    def is_whole(self) -> bool:
        """Whether this page is the whole list."""
        return not self._page[1] and not self._page[2]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing on this page."""
        return not self._page[0]

    @property
    def is_refused(self) -> bool:
        """Whether a filter of the address cannot be read: then no row is shown, as if it were one that fits."""
        return bool(self.form and self.form.errors)

    @property
    def is_filtered(self) -> bool:
        """Whether a filter narrows the list."""
        return bool(self.chips)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing although no filter narrows the list: then its page says how to begin."""
        return self.is_empty and not self.is_filtered and not self.is_refused

    @cached_property
    def total(self) -> int | None:
        """The number of rows, or None when there are more than 10,000 and nobody asked for all."""
        rows, earlier, later = self._page
        if not earlier and not later:
            return len(rows)
        limit = None if self.args.get("count") == "all" else EXACT_TO + 1
        if self.counted is not None and not self.is_filtered:
            quick = _make_count(self.counted, limit)
            count = remember(lambda: db.session().scalar(quick), quick) or 0
        else:
            ones = self.select.with_only_columns(sa.literal(1), maintain_column_froms=True).order_by(None)
            count = db.session().scalar(_make_count(ones, limit)) or 0
        return count if self.args.get("count") == "all" or count <= EXACT_TO else None

    @property
    def total_words(self) -> str:
        """`82 accesses`, `1 access`, `More than 10,000 accesses`."""
        if self.total is None:
            return f"More than {EXACT_TO:,} {plural(self.noun)}"
        return f"{self.total:,} {self.noun if self.total == 1 else plural(self.noun)}"

    @property
    def count_url(self) -> str | None:
        """Where every row is counted, when that was not done."""
        return self._url(count="all") if self.total is None else None

    @property
    def next_url(self) -> str | None:
        """The following page."""
        rows, _, later = self._page
        return self._url(drop=("before",), after=self._cursor(rows[-1])) if later and rows else None

    @property
    def previous_url(self) -> str | None:
        """The page before."""
        rows, earlier, _ = self._page
        return self._url(drop=("after",), before=self._cursor(rows[0])) if earlier and rows else None

    def sort_url(self, name: str) -> str:
        """The list sorted by `name`; by it the other way round if it already is."""
        other_way = self.sorted_by == name and not self.descending
        return self._url(drop=("after", "before"), sort=f"-{name}" if other_way else name)

    def with_arguments(self, **changes: str) -> str:
        """The first page with some arguments changed; an empty one is left out."""
        given = {name: text for name, text in changes.items() if text}
        return self._url(drop=("after", "before", "count", *changes), **given)

    @property
    def query(self) -> str:
        """The filter and the order that the address asks for, without the place in the list."""
        return self._url(drop=("after", "before", "count")).partition("?")[2]

    @cached_property
    def chips(self) -> list[tuple[str, str]]:
        """Each filter in force, with the address that lifts it."""
        if self.form is None:
            return []
        return [
            (f"{field.label.text}: {_value_words(field)}", self._url(drop=(field.name, "after", "before")))
            for field in self.form
            if self.args.get(field.name, "").strip() and not field.errors
        ]

    def _thing(self, row: Any) -> Any:
        return row if self.columns else row[0]

    def _cursor(self, row: Any) -> str:
        key = getattr(self._thing(row), self.key.key)
        return seal_place([row[-1], key])

    def _url(self, path: str | None = None, drop: tuple[str, ...] = (), **changes: str) -> str:
        args = {name: text for name, text in self.args.items() if name not in drop and text} | changes
        return (path or self.path) + (f"?{urlencode(args)}" if args else "")


@lru_cache(256)  # of a select that is kept, what is made of it is kept too
def _order(select: sa.Select[Any], columns: tuple[Any, ...], column: Any, key: Any, descending: bool) -> sa.Select[Any]:
    column = _comparable(column)
    order = (column.desc(), key.desc()) if descending else (column, key)
    select = select.with_only_columns(*columns) if columns else select
    return select.add_columns(column.label("at_")).order_by(*order).limit(PER_PAGE + 1)


@lru_cache(256)
def _make_count(select: sa.Select[Any], limit: int | None) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(select.limit(limit).subquery())


def plural(noun: str) -> str:
    """The plural of our own nouns."""
    if noun.endswith(("ss", "s")) and noun != "whereabouts":
        return f"{noun}es"
    irregular = {"person": "people", "whereabouts": "whereabouts", "entry": "entries", "inquiry": "inquiries"}
    irregular["line of inquiry"] = "lines of inquiry"
    return irregular.get(noun, f"{noun}s")


def _comparable(column: Any) -> Any:
    kind = column.type
    return sa.type_coerce(column, sa.String) if isinstance(kind, (UTC, sa.Enum)) else column


def _start(cursor: str | None, column: Any) -> list[Any] | None:
    """Where a page starts; None for what cannot stand in the column, for anybody can write an address."""
    value = open_place(cursor or "")
    if not isinstance(value, list) or len(value) != 2 or not _is_number(value[1]):
        return None
    fits = _is_number if isinstance(column.type, sa.Integer) else _is_text
    return value if fits(value[0]) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 62


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and "\0" not in value and not any("\ud800" <= c <= "\udfff" for c in value)


def _value_words(field: Any) -> str:
    if says := getattr(field, "says", None):
        return str(says())
    choices = getattr(field, "choices", None) or []
    labels = {choice.value: choice.label for choice in choices}
    return str(labels.get(field.data, field.data))
