"""The zip of a pack: its documents as PDF, the sealed statements, and a manifest of hashes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tracker.actions.register import exports as actions
from tracker.analysis.moments import sql_text
from tracker.audit.doors import Refused
from tracker.audit.verify.reading import one_moment
from tracker.base import db
from tracker.exports.archives import Archive, Member
from tracker.exports.bundle import OPPORTUNITY, sealed_statements
from tracker.exports.pack.blocks import Document
from tracker.exports.pack.printing import Printer
from tracker.exports.pack.report import Seal, documents_of
from tracker.exports.pack.voice import Voice
from tracker.exports.pack.wishes import Wish
from tracker.exports.streams import Stream, session_apart
from tracker.exports.writing import Tally
from tracker.gates import Facts
from tracker.models.access.people import Person, pseudonym
from tracker.models.case.cases import Case
from tracker.models.findings.outcomes import Outcome
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import GENESIS, AuditEntry
from tracker.models.register.exports import Export
from tracker.models.register.words import Profile

Progress = Callable[[int, int], None]
UNREVIEWED = "Not independently reviewed"


class Pack:
    """A pack of a started export, made as often as it is asked for; the same record gives the same bytes."""

    def __init__(self, export: Export, fonts: Path | None = None, progress: Progress = lambda done, of: None) -> None:
        self._export_id, self._fonts, self._progress = export.id, fonts, progress

    def write(self, _connection: sa.Connection, tally: Tally) -> Iterator[bytes]:
        """The bytes of the zip. The record is read to its end before the first document is set."""
        with one_state():
            export = db.session().get_one(Export, self._export_id)
            documents, statements, head, about = compose(export)
        archive = Archive(export.at)
        with Printer(head, self._fonts) as printer:
            for done, document in enumerate(documents):
                self._progress(done, len(documents))
                for name, pages, data in printer.bundles(document):
                    member = Member(name, "pages")
                    member.rows = pages
                    yield from archive.add(member, [data])
                    tally.rows += pages
        for name, text in statements:
            yield from archive.add(Member(name), [text])
        yield archive.finish(about)
        self._progress(len(documents), len(documents))


Composed = tuple[list[Document], list[tuple[str, bytes]], dict[str, Any], dict[str, Any]]


def compose(export: Export) -> Composed:
    """Everything the zip holds, as plain values: documents, sealed statements, head of the pages, the manifest."""
    case, wish, seal = export.case, Wish.read(export.filter), seal_before(export)
    if case is None:
        raise RuntimeError("a pack is of a case")
    voice = Voice(case, export, wish.profile, person_of(case, wish.person))
    documents = list(documents_of(voice, export, seal))
    readable = {one.id for one in db.session().scalars(Person.of(case)) if voice.shows(one)}
    texts = sealed_statements(db.session().connection(), case.id, names=export.names)
    statements = [(name, text) for name, text, whose in texts if whose in readable]
    return documents, statements, _head(voice, export, wish, seal), _about(voice, export, wish, seal)


def _head(voice: Voice, export: Export, wish: Wish, seal: Seal) -> dict[str, Any]:
    """What stands on every page."""
    case, at = voice.case, export.at
    marks = [UNREVIEWED if _is_unreviewed(case) else "", "With names" if export.names else ""]
    return {
        "case": case.reference, "marking": case.marking, "banner": ". ".join(filter(None, marks)),
        "foot": f"Export {export.number}. The case had {seal.entries:,} entries before it; hash of the last:",
        "hash": seal.entry_hash, "separate": wish.separate,
        "date": [at.year, at.month, at.day, at.hour, at.minute, at.second],
    }  # fmt: skip


def _about(voice: Voice, export: Export, wish: Wish, seal: Seal) -> dict[str, Any]:
    return {
        "format": "tracker-pack/1", "case": voice.case.reference, "export": export.number, "made": sql_text(export.at),
        "profile": wish.profile.value, "person": pseudonym(wish.person) if wish.person is not None else None,
        "names": export.names, "purpose": voice.text(export.purpose), "recipient": voice.text(export.recipient),
        "read_this": [OPPORTUNITY],
        "case_entries_before": {"count": seal.entries, "entry_hash": seal.entry_hash},
        "made_with": {name: version(name) for name in ("tracker", "typst")},
    }  # fmt: skip


def _is_unreviewed(case: Case) -> bool:
    return db.session().scalars(Outcome.unreviewed(case).limit(1)).first() is not None or Facts(case).waived is not None


@contextmanager
def one_state() -> Iterator[None]:
    """A session of its own that sees the record of one moment, whatever is written meanwhile."""
    with session_apart() as session:
        session.connection(execution_options=one_moment(session.get_bind().dialect))
        yield


def person_of(case: Case, number: int | None) -> Person | None:
    """The person whom a pack is for. Raises Refused for none of that number."""
    if number is None:
        return None
    found = db.session().scalar(Person.of(case).where(Person.number == number))
    if found is None:
        raise Refused(f"The case has no person {pseudonym(number)}. Enter a pseudonym of its register.", "person")
    return found


def start_entry(export: Export) -> AuditEntry:
    """The entry under which an export began."""
    those = sa.select(AuditEntry).where(
        AuditEntry.record == f"export:{export.id}", AuditEntry.action == "export.started"
    )
    return db.session().scalars(those.order_by(AuditEntry.seq)).one()


def seal_before(export: Export) -> Seal:
    """The case's entries before the export, and the hash of the last of them."""
    began = start_entry(export)
    count = (began.cseq or 1) - 1
    last = sa.select(AuditEntry.entry_hash).where(AuditEntry.case_ref == began.case_ref, AuditEntry.cseq == count)
    return Seal(count, db.session().scalar(last) or GENESIS)


def start_pack(
    reader: Account, case: Case, wish: Wish, *, names: bool, purpose: str, recipient: str, fonts: Path | None = None,
    progress: Progress = lambda done, of: None,
) -> tuple[Export, Stream]:  # fmt: skip
    """Begin a pack. Raises Denied, and Refused for what cannot leave so."""
    if (wish.profile is Profile.PERSON) != (wish.person is not None):
        raise Refused("Enter the person for the profile “person”, and for no other profile.", "person")
    person_of(case, wish.person)
    start = actions.start_pack_with_names if names else actions.start_pack
    export = start(reader, case, profile=wish.profile, contents=wish.words, purpose=purpose, recipient=recipient)
    return export, Stream(export, Pack(export, fonts, progress).write)
