"""Files of the store against the record: which of them a row names, and which exhibit's file is not what was put in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.base import db
from tracker.base.db import Base
from tracker.base.files import Damaged, FileStore
from tracker.models import all as _every_model  # noqa: F401  # so that no table is missed
from tracker.models.case.cases import Case
from tracker.models.disclosure.versions import Version
from tracker.models.inquiry.custody import Disposal
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.register.exports import Export
from tracker.models.sealed import SealedText

HASHES = {"text_sha256", "row_sha256", "rows_sha256"}  # of texts and rows of the record itself
_disposed = sa.exists().where(Disposal.exhibit_id == Exhibit.id, Disposal.confirmed_at.is_not(None))
ONLY: dict[Any, Any] = {  # the rows of a table whose file is kept
    Exhibit.__tablename__: ~_disposed,
    Version.__tablename__: Version.file_size.is_not(None),
    Export.__tablename__: sa.false(),
    SealedText.__tablename__: sa.false(),
}


@dataclass(frozen=True)
class DamagedFile:
    """An exhibit whose file was lost or changed where it is stored."""

    id: int
    number: int
    case: str
    sha256: str

    def __str__(self) -> str:
        about = f"Exhibit {self.number} of {self.case}"
        return f"{about}: its file was changed or lost where it is stored; its SHA-256 was {self.sha256}."


def damaged_files(connection: sa.Connection, store: FileStore) -> Iterator[DamagedFile]:
    """Every exhibit whose file is missing or was changed: each file is read once, however many exhibits name it.

    An exhibit without a file is right only if its disposal is sealed: `sealed.py` compares that with the audit log.
    """
    sealed = sa.exists().where(Disposal.exhibit_id == Exhibit.id, Disposal.seal.is_not(None))
    files = (
        sa.select(Exhibit.id, Exhibit.number, Case.reference, Exhibit.sha256)
        .join(Case, Case.id == Exhibit.case_id)
        .where(Exhibit.sha256.is_not(None), ~sealed)
        .order_by(Exhibit.id)
    )
    sound: dict[str, bool] = {}
    rows: Any = connection.execute(files).all()
    for key, number, case, sha256 in rows:
        if sha256 not in sound:
            sound[sha256] = is_sound(store, sha256)
        if not sound[sha256]:
            connection.rollback()  # it may have been disposed of since: look again
            if connection.execute(files.where(Exhibit.id == key)).first() is not None:
                yield DamagedFile(key, number, case, sha256)


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
    for column, narrowed in _naming():
        found.update((connection or db.session()).scalars(narrowed.with_only_columns(column).distinct()))
    return found


def is_named(sha256: str) -> bool:
    """Whether a row names this file, as the record is now."""
    db.session().rollback()  # what was written since the last look counts
    return any(
        db.session().scalar(narrowed.with_only_columns(sa.literal(1)).where(column == sha256).limit(1)) is not None
        for column, narrowed in _naming()
    )


def _naming() -> Iterator[tuple[sa.Column[Any], sa.Select[Any]]]:
    """Each column that holds hashes of files, and the rows of it that count."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if "sha256" in column.name and column.name not in HASHES:
                rows = sa.select(column).where(column.is_not(None), ONLY.get(table.name, sa.true()))
                yield column, rows
