"""An export as it leaves: one state of the record, and the entry that ends it, however it ends."""

import hashlib
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tracker.actions.register.exports import end_export
from tracker.audit.entries import Origin
from tracker.audit.verify.reading import one_moment
from tracker.base import db
from tracker.exports.spool import Spool
from tracker.exports.writing import Tally
from tracker.models.register.accounts import Account
from tracker.models.register.exports import Export

AT_ONCE = threading.BoundedSemaphore(2)  # exports being written: more would only slow each other and the pages
Make = Callable[[sa.Connection, Tally], Iterator[bytes]]


class Stream:
    """The bytes of an export that has been started; whoever takes them closes it, and that ends the export.

    Pages spool it: all of it is written to a file first, and whoever reads that ends the export when they close it.
    It reads through a connection of its own, in one transaction, so that what leaves is the record of one moment. The
    request, and its session on the database, are over by the time the bytes are taken.
    """

    def __init__(self, export: Export, make: Make) -> None:
        self._export_id, self._by_id = export.id, export.by_id
        self._engine, self._origin = db.session().get_bind(), db.session().info.get("origin", Origin())
        self._tally, self._digest, self._ended = Tally(), hashlib.sha256(), False
        self._chunks = self._make_rows(make)

    def __iter__(self) -> "Stream":
        return self

    def __next__(self) -> bytes:
        try:
            chunk = next(self._chunks)
        except StopIteration:
            self._end(complete=True, rows=self._tally.rows, sha256=self._digest.hexdigest())
            raise
        except BaseException:
            self.close()
            raise
        self._digest.update(chunk)
        return chunk

    def close(self) -> None:
        """Take no more; what was not taken to its end has failed."""
        self._chunks.close()
        self._end(complete=False, rows=self._tally.rows, sha256=self._digest.hexdigest())

    def spool(self, folder: Path) -> Spool:
        """Write all of it to a file, which ends the export when it is closed; few at a time, the others wait."""
        spool = Spool(folder)
        try:
            with AT_ONCE:
                for chunk in self._chunks:
                    spool.append(chunk, self._tally.rows)
            spool.rewind()
        except BaseException:
            spool.close()
            self._end(complete=False, rows=0, sha256=hashlib.sha256().hexdigest())
            raise
        spool.ended = lambda read: self._end(complete=read.is_whole, rows=read.rows, sha256=read.digest())
        return spool

    def _make_rows(self, make: Make) -> Generator[bytes]:
        with self._engine.connect() as connection:  # type: ignore[union-attr]  # the session is bound to an engine
            connection.execution_options(**one_moment(connection.dialect))
            yield from make(connection, self._tally)

    def _end(self, *, complete: bool, rows: int, sha256: str) -> None:
        if self._ended:
            return
        self._ended = True
        with session_apart() as session:
            session.info["origin"] = self._origin
            reader, export = session.get_one(Account, self._by_id), session.get_one(Export, self._export_id)
            end_export(reader, export, rows=rows, sha256=sha256, complete=complete)


@contextmanager
def session_apart() -> Iterator[Any]:
    """A session that nothing else uses; whatever this thread had in hand is there again afterwards."""
    registry = db.sessions.registry
    held = registry() if registry.has() else None
    registry.clear()
    try:
        yield db.session()
    finally:
        db.sessions.remove()
        if held is not None:
            registry.set(held)
