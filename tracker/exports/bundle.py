"""A whole case as one zip: a file for each list, and a manifest that says what they are and how to check them."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.actions.register import exports as actions
from tracker.analysis.moments import sql_text
from tracker.exports.columns import Table
from tracker.exports.labels import Labels
from tracker.exports.streams import Stream
from tracker.exports.writing import Tally, lines
from tracker.gates import withheld_reason
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditEntry
from tracker.models.register.exports import Export
from tracker.policy import allows

OPPORTUNITY = "Access is opportunity, not guilt."
FREE_TEXT = "Free text stands as it was written: it may hold names, also where the columns for names are empty."


@dataclass(frozen=True)
class Bundle:
    """What goes into the zip of one export; made while its request lasts, written after it."""

    about: dict[str, Any]
    case_id: int
    names: bool
    files: tuple[tuple[Table, sa.Select[Any]], ...]
    date: tuple[int, int, int, int, int, int]

    @classmethod
    def of(cls, export: Export, case: Case, tables: Iterable[Table]) -> "Bundle":
        """The bundle of an export that has been started."""
        about = {
            "format": "tracker-export/1",
            "case": case.reference,
            "export": export.number,
            "made": sql_text(export.at),
            "names": export.names,
            "purpose": export.purpose,
            "recipient": export.recipient,
            "read_this": [OPPORTUNITY, FREE_TEXT],
        }
        files = tuple((table, table.rows_for(export.by, case)) for table in tables)
        at = export.at
        return cls(about, case.id, export.names, files, (at.year, at.month, at.day, at.hour, at.minute, at.second))

    def write(self, connection: sa.Connection, tally: Tally) -> Iterator[bytes]:
        """The bytes of the zip; the manifest comes last, since it holds the hashes of the others."""
        labels, sink, listed = Labels(connection, self.case_id, names=self.names), _Sink(), []
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for table, rows in self.files:
                file = _File(f"{table.name}.csv")
                with archive.open(self._entry(file.name), "w", force_zip64=True) as member:
                    for chunk in lines(labels, table, rows, file):
                        file.count(chunk)
                        member.write(chunk)
                        if sink.kept:
                            yield sink.drain()
                tally.rows += file.rows
                listed.append(file.facts())
            manifest = self.about | {"audit_log": _audit_log_at(connection), "files": listed}
            archive.writestr(self._entry("manifest.json"), json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
        yield sink.drain()

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self.date)
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        return entry


def tables_for(tables: Iterable[Table], reader: Account, case: Case) -> tuple[Table, ...]:
    """Those of the tables that this reader may have, and that counsel's check lets out."""
    shut = withheld_reason(case) is not None
    return tuple(one for one in tables if allows(reader, one.needs, case) and not (one.person_level and shut))


def start_case_export(
    reader: Account, case: Case, tables: Iterable[Table], *, names: bool, purpose: str, recipient: str
) -> tuple[Export, Stream]:
    """Begin the export of a whole case; its audit log is in it for those who may read that. Raises Denied, Refused."""
    start = actions.start_case_with_names if names else actions.start_case
    export = start(reader, case, purpose=purpose, recipient=recipient)
    return export, Stream(export, Bundle.of(export, case, tables_for(tables, reader, case)).write)


class _File(Tally):
    """One file of the zip while it is written."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.size, self.digest = name, 0, hashlib.sha256()

    def count(self, chunk: bytes) -> None:
        """Take note of bytes that leave."""
        self.size += len(chunk)
        self.digest.update(chunk)

    def facts(self) -> dict[str, Any]:
        """What the manifest says of it."""
        return {"name": self.name, "rows": self.rows, "size": self.size, "sha256": self.digest.hexdigest()}


class _Sink(io.RawIOBase):
    """What a zip is written to: it keeps the bytes until they are taken."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[bytes] = []

    def write(self, data: Any) -> int:
        """Keep some bytes."""
        self.kept.append(bytes(data))
        return len(data)

    def drain(self) -> bytes:
        """All that was written since the last time."""
        data = b"".join(self.kept)
        self.kept.clear()
        return data


def _audit_log_at(connection: sa.Connection) -> dict[str, Any]:
    """Size and last entry hash of the audit log at the moment whose record this is."""
    newest = sa.select(AuditEntry.seq, AuditEntry.entry_hash).order_by(AuditEntry.seq.desc()).limit(1)
    size, entry_hash = connection.execute(newest).one()
    return {"size": size, "entry_hash": entry_hash}
