"""A whole case as one zip: a file for each list, the sealed statements, and a manifest to check them by."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tracker.actions.register import exports as actions
from tracker.analysis.moments import sql_text
from tracker.base.text import dumps
from tracker.exports.archives import Archive, Member
from tracker.exports.columns import Table
from tracker.exports.labels import Labels
from tracker.exports.streams import Stream
from tracker.exports.writing import Tally, lines
from tracker.gates import withheld_reason
from tracker.models.case.cases import Case
from tracker.models.inquiry.addenda import Addendum
from tracker.models.inquiry.interviews import Interview
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditEntry
from tracker.models.register.exports import Export
from tracker.models.sealed import SealedText
from tracker.policy import Permission, allows

OPPORTUNITY = "Access is opportunity, not guilt."
FREE_TEXT = "Free text stands as it was written: it may hold names, also where the columns for names are empty."


@dataclass(frozen=True)
class Bundle:
    """What goes into the zip of one export; made while its request lasts, written after it."""

    about: dict[str, Any]
    case_id: int
    names: bool
    files: tuple[tuple[Table, sa.Select[Any]], ...]
    made: datetime
    statements: bool

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
        statements = allows(export.by, Permission.READ_INTERVIEW, case)
        return cls(about, case.id, export.names, files, export.at, statements)

    def write(self, connection: sa.Connection, tally: Tally) -> Iterator[bytes]:
        """The bytes of the zip: the lists, then each sealed statement as it was sealed, then the manifest."""
        labels, archive = Labels(connection, self.case_id, names=self.names), Archive(self.made)
        for table, rows in self.files:
            member = Member(f"{table.name}.csv")
            yield from archive.add(member, lines(labels, table, rows, member))
            tally.rows += member.rows
        for name, text, _ in sealed_statements(connection, self.case_id, names=self.names) if self.statements else ():
            yield from archive.add(Member(name), [text])
        yield archive.finish(self.about | {"audit_log": _audit_log_at(connection)})


def sealed_statements(connection: sa.Connection, case_id: int, *, names: bool) -> Iterator[tuple[str, bytes, int]]:
    """Each sealed interview and addendum under the name of its file, and whose it is (an id).

    With names these are the exact bytes, whose hash can be computed again. Without, who was present and who signed is
    left out, and the file says so by its name. Of a text that was erased there is none.
    """
    ending = "" if names else "-without-names"
    for kind, number, whose in (
        (Interview, (Interview.number,), Interview.person_id),
        (Addendum, (Interview.number, Addendum.number), Interview.person_id),
    ):
        of = sa.and_(SealedText.kind == kind.__tablename__, SealedText.record_id == kind.id)
        found = sa.select(*number, whose, SealedText.bytes).select_from(kind).join(SealedText, of)
        found = found.join(Interview, Interview.id == Addendum.interview_id) if kind is Addendum else found
        found = found.where(kind.case_id == case_id, SealedText.bytes.is_not(None)).order_by(*number)
        for *numbers, person_id, text in connection.execute(found):
            name = f"statements/interview-{'-addendum-'.join(map(str, numbers))}{ending}.json"
            yield name, (text if names else _without_names(text)).encode("ascii"), person_id


def _without_names(text: str) -> str:
    """A sealed text without the fields that name somebody, as the files of the lists leave them empty."""
    said = json.loads(text)
    said |= {"present": [["", *more] for _, *more in said["present"]]} if "present" in said else {}
    return dumps(said | ({"signed_by": ""} if "signed_by" in said else {}))


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


def _audit_log_at(connection: sa.Connection) -> dict[str, Any]:
    """Size and last entry hash of the audit log at the moment whose record this is."""
    newest = sa.select(AuditEntry.seq, AuditEntry.entry_hash).order_by(AuditEntry.seq.desc()).limit(1)
    size, entry_hash = connection.execute(newest).one()
    return {"size": size, "entry_hash": entry_hash}
