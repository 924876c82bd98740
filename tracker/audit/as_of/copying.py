"""Filling the small database: the rows of the case as they were, and of accounts, roles and recusals those of today."""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

from tracker.audit.as_of.scratch import Scratch
from tracker.audit.as_of.undoing import Undone, missing_row, put_back, tables
from tracker.audit.verify.reading import stream
from tracker.audit.verify.records import IMPORTED
from tracker.base.text import dumps
from tracker.models.access.words import LogState

TODAY = {  # who may read what is asked today: of these no row is undone
    "account", "account_alias", "standard_text", "assignment", "recusal_match", "recusal_question", "protection_check",
    "reveal", "list_view", "last_look",
}  # fmt: skip
WITH_LOG = {LogState.VISIBLE.value, LogState.REVERTED.value}  # states of a log whose rows are there
OF_LOG = {  # the log itself, and the exact texts that were sealed: as far as they belong to the case
    "audit": "SELECT {columns} FROM audit t WHERE case_ref = '{reference}' AND seq <= {cut}",
    "audit_record": "SELECT {columns} FROM audit_record t WHERE seq IN "
    "(SELECT seq FROM audit WHERE case_ref = '{reference}' AND seq <= {cut})",
}


class Copying:
    """Copies one case out of the register, which it reads through one connection, into a small database."""

    def __init__(self, connection: sa.Connection, scratch: Scratch, case: tuple[int, str], cut: int) -> None:
        self._connection, self._scratch, self._cut = connection, scratch, cut
        self._case_id, self._reference = case
        self._undone, self._logs = Undone({}, frozenset()), set[int]()

    def copy_case(self, undone: Undone) -> None:
        """Everything of the case as it was."""
        self._undone, self._logs = undone, self._find_logs(undone)
        for table in tables():
            if table.name in OF_LOG:
                self._put(table, OF_LOG[table.name])
            elif table.name not in TODAY and (where := self._of_case(table)):
                self._scratch.put(table, self._rows_then(table, where))
            if "seal" in table.c:
                self._put_sealed(table.name)

    def copy_today(self) -> None:
        """What is asked of today, in place of what was copied before; no password, nor what only its owner reads."""
        for table in tables():
            if table.name in TODAY:
                secrets = {at for at, column in enumerate(table.columns) if column.info.get("secret")}
                rows = self._read_table(table, self._of_case(table) or "1 = 1")
                hidden = (tuple(cell and "-" if at in secrets else cell for at, cell in enumerate(row)) for row in rows)
                self._scratch.empty(table)
                self._scratch.put(table, hidden)

    def _of_case(self, table: sa.Table) -> str:
        """The condition by which rows of a table belong to the case; none for a table of the whole register."""
        if table.name == "cases":
            return f"id = {self._case_id}"
        return f"case_id = {self._case_id}" if "case_id" in table.c and table.name != "search_text" else ""

    def _find_logs(self, undone: Undone) -> set[int]:
        """The logs whose rows were there: all that were imported by then, whether they were reverted or not."""
        found = stream(self._connection, f"SELECT id, state FROM access_log WHERE case_id = {self._case_id}")  # noqa: S608
        then = ((key, undone.of("access_log").get(key, {}).get("state", state)) for key, state in found)
        return {key for key, state in then if state in WITH_LOG and undone.was_there("access_log", key)}

    def _rows_then(self, table: sa.Table, where: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table that were there, as they were; then those that were removed since."""
        names, changed = [one.name for one in table.columns], self._undone.of(table.name)
        at, log_of, seen = names.index("id") if "id" in names else 0, _log_finder(table.name, names), set()
        for cells in self._read_table(table, where):
            key = cells[at]
            seen.add(key)
            if self._was_there(table.name, key, log_of(cells)):
                former = changed.get(key)
                yield tuple(put_back(table, dict(zip(names, cells, strict=True)), former).values()) if former else cells
        for key in changed.keys() - seen:
            former = {**changed[key], "id": key}
            if self._was_there(table.name, key, log_of(tuple(map(former.get, names)))):
                yield tuple(put_back(table, missing_row(table), former).values())

    def _was_there(self, kind: str, key: int, log: int | None) -> bool:
        """A row that came with an import is there with its log; any other if an entry had left it there.

        A log that was being imported then, and has moved on since, is left out: what its check found is not kept.
        """
        if log is not None:
            return log in self._logs
        if kind == "access_log" and key in self._undone.of(kind):
            return key in self._logs
        return self._undone.was_there(kind, key)

    def _put_sealed(self, kind: str) -> None:
        of = f"SELECT id FROM {kind} WHERE case_id = {self._case_id}"  # noqa: S608  # our names
        texts = next(table for table in tables() if table.name == "sealed_text")
        self._put(texts, f"SELECT {{columns}} FROM sealed_text t WHERE kind = '{kind}' AND record_id IN ({of})")  # noqa: S608

    def _put(self, table: sa.Table, select: str) -> None:
        self._scratch.put(table, self._read(table, select))

    def _read_table(self, table: sa.Table, where: str) -> Iterator[tuple[Any, ...]]:
        return self._read(table, f'SELECT {{columns}} FROM "{table.name}" t WHERE {where}')  # noqa: S608  # our names

    def _read(self, table: sa.Table, select: str) -> Iterator[tuple[Any, ...]]:
        """Rows as SQLite holds them: the JSON that PostgreSQL takes apart is put together again."""
        columns = ", ".join(f't."{column.name}"' for column in table.columns)
        rows = stream(self._connection, select.format(columns=columns, reference=self._reference, cut=self._cut))
        if any(isinstance(column.type, sa.JSON) for column in table.columns):
            return (tuple(dumps(cell) if isinstance(cell, (dict, list)) else cell for cell in row) for row in rows)
        return rows


def _log_finder(kind: str, names: list[str]) -> Callable[[tuple[Any, ...]], int | None]:
    """What finds in a row of a table the log that the row came with; None where it came with no import."""
    if kind not in IMPORTED:
        return lambda _: None
    sha256, log = names.index("row_sha256"), names.index(IMPORTED[kind])
    return lambda cells: cells[log] if cells[sha256] else None
