"""Files of the store against the record: which of them a row names, and which of these are not what was put in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.audit.verify.reading import Progress, silent
from tracker.audit.verify.scope import EVERYTHING, Scope
from tracker.base import db
from tracker.base.db import Base
from tracker.base.files import Damaged, FileStore
from tracker.models import all as _every_model  # noqa: F401  # so that no table is missed
from tracker.models.case.cases import Case
from tracker.models.disclosure.versions import Version
from tracker.models.inquiry.custody import Disposal
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.register.audit_log import NamedRecord
from tracker.models.register.exports import Export
from tracker.models.sealed import SealedText

HASHES = {"text_sha256", "row_sha256", "rows_sha256"}  # of texts and rows of the record itself
_disposed = sa.exists().where(Disposal.exhibit_id == Exhibit.id, Disposal.confirmed_at.is_not(None))
ONLY: dict[str, Any] = {  # the rows of a table whose file is kept
    Exhibit.__tablename__: ~_disposed,
    Version.__tablename__: Version.file_size.is_not(None),
}
NO_FILES = {Export.__tablename__, SealedText.__tablename__, NamedRecord.__tablename__}  # their hashes are of none


@dataclass(frozen=True)
class DamagedFile:
    """A file of the record (of an exhibit, an access log, a capture, a version) that was lost or changed in the store.

    `kind` and `id` are those of the row that names it.
    """

    kind: str
    id: int
    number: int
    case: str
    sha256: str

    @property
    def record(self) -> str:
        """The row, as the audit log names it."""
        return f"{self.kind}:{self.id}"

    def __str__(self) -> str:
        about = f"{self.kind.replace('_', ' ').capitalize()} {self.number} of {self.case}"
        lost = "its file was changed or lost where it is stored"
        return f"{about}: {lost}; its SHA-256 was {self.sha256} ({self.record})."


def damaged_files(
    connection: sa.Connection, store: FileStore, scope: Scope = EVERYTHING, progress: Progress = silent
) -> Iterator[DamagedFile]:
    """Every file that is missing or was changed, by each row that names it: each file is read once.

    An exhibit without a file is right only if its disposal is sealed: `sealed.py` compares that with the audit log.
    """
    sound: dict[str, bool] = {}
    for files in _select_rows(scope):
        for kind, key, number, case, sha256 in connection.execute(files).all():
            if sha256 not in sound:
                sound[sha256] = is_sound(store, sha256)
                progress("files", 1)
            if not sound[sha256]:
                connection.rollback()  # it may have been disposed of since: look again
                if connection.execute(files.where(sa.text(f"{kind}.id = {key:d}"))).first() is not None:
                    yield DamagedFile(kind, key, number, case, sha256)


def _select_rows(scope: Scope) -> Iterator[Any]:
    """For each column that names files: kind, id, number, case and hash of the rows whose file must be there."""
    disposed = sa.exists().where(Disposal.exhibit_id == Exhibit.id, Disposal.seal.is_not(None))
    for column, narrowed in _list_columns(ONLY | {Exhibit.__tablename__: ~disposed}):
        table = column.table
        rows = narrowed.with_only_columns(sa.literal(table.name), table.c.id, table.c.number, Case.reference, column)
        rows = rows.join(Case, Case.id == table.c.case_id).order_by(table.c.id)
        yield rows.where(sa.text(scope.condition(table.name, f"{table.name}.id")))


def is_sound(store: FileStore, sha256: str) -> bool:
    """Whether a file is what was put in: it is read once, and hashed."""
    try:
        store.check(sha256)
    except Damaged:
        return False
    return True


def named_files(connection: sa.Connection | None = None) -> set[str]:
    """The hashes of every file that a row of the record names, as this connection reads it."""
    found: set[str] = set()
    for column, narrowed in _list_columns():
        found.update((connection or db.session()).scalars(narrowed.with_only_columns(column).distinct()))
    return found


def is_named(sha256: str) -> bool:
    """Whether a row names this file, as the record is now."""
    db.session().rollback()  # what was written since the last look counts
    return any(
        db.session().scalar(narrowed.with_only_columns(sa.literal(1)).where(column == sha256).limit(1)) is not None
        for column, narrowed in _list_columns()
    )


def _list_columns(only: dict[str, Any] = ONLY) -> Iterator[tuple[Any, sa.Select[Any]]]:
    """Each column that holds hashes of files, and the rows of it that count."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if "sha256" in column.name and column.name not in HASHES and table.name not in NO_FILES:
                rows = sa.select(column).where(column.is_not(None), only.get(table.name, sa.true()))
                yield column, rows
