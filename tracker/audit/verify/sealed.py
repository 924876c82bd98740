"""What was sealed, made anew from its rows: each must still be what its entry of the ledger says it was.

A verdict is sealed with the SHA-256 of the text it is about, so the texts of findings are held against their verdicts.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Load, Session

from tracker.db import Base
from tracker.models import all as _every_model  # noqa: F401  # so that no sealed thing is missed
from tracker.models.audit import AuditEvent
from tracker.models.findings import Finding
from tracker.models.reviews import Review
from tracker.models.revisions import FindingRevision
from tracker.models.sealed import Sealed
from tracker.models.words.citations import Cited
from tracker.models.words.findings import FindingState

_models: dict[str, Any] = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
SEALED = {  # what others hang on stands before them: what was changed is named, not what hangs on it
    table.name: _models[table.name]
    for table in Base.metadata.sorted_tables
    if issubclass(_models.get(table.name, Base), Sealed)
}
UNREADABLE = (AttributeError, LookupError, TypeError, ValueError)  # what is gone, or no value of its column
CITED = (*(f"citations.{kind.value}" for kind in Cited), "citations.claim.disclosure", "citations.interview.person")
READ_BY_REVIEWERS = ("person", "reviews", *CITED)
AT_ONCE = 200


def told(connection: sa.Connection) -> dict[str, tuple[int, str]]:
    """What the ledger says of every sealed thing: `interview:3` -> the newest entry that seals it, and the SHA-256."""
    found: dict[str, tuple[int, str]] = {}
    lines = sa.select(AuditEvent.seq, AuditEvent.line).where(AuditEvent.line.contains('"seals":', autoescape=True))
    for seq, line in connection.execute(lines.order_by(AuditEvent.seq)):
        found |= {name: (seq, seal) for name, seal in json.loads(line)["d"].get("seals", {}).items()}
    return found


def broken(connection: sa.Connection) -> Iterator[tuple[int | None, str]]:
    """Entry and sentence for every sealed thing that is gone, was changed, or that no entry sealed; in batches."""
    expected = told(connection)
    with Session(connection) as session:
        for kind, model in SEALED.items():
            ids = session.scalars(sa.select(model.id).where(model.seal.is_not(None)).order_by(model.id)).all()
            for name in (f"{kind}:{key}" for key in ids if f"{kind}:{key}" not in expected):
                yield None, f"{name} is sealed, and no entry of the ledger sealed it."
            if model.SEALED_AT_ONCE:
                for key in session.scalars(sa.select(model.id).where(model.seal.is_(None)).order_by(model.id)):
                    yield None, f"{kind}:{key} was never sealed, and did not come from an action."
            yield from _of_kind(session, kind, model, expected)
        yield from _texts(session, expected)
        yield from _approved(session)


def _of_kind(session: Session, kind: str, model: Any, expected: dict[str, Any]) -> Iterator[tuple[int, str]]:
    wanted = [(int(name.partition(":")[2]), name) for name in expected if name.partition(":")[0] == kind]
    for start in range(0, len(wanted), AT_ONCE):
        batch = wanted[start : start + AT_ONCE]
        found = sa.select(model).where(model.id.in_([key for key, _ in batch])).options(*_loaded(model, model.PARTS))
        held = _read(session, found)
        for key, name in batch:
            seq, seal = expected[name]
            if sentence := _wrong(session, model, key, name, seal):
                yield seq, sentence
        del held
        session.expunge_all()


def _read(session: Session, found: Any) -> list[Any]:
    """A whole batch at once, which stays in hand; where a row of it cannot be read, they are read one by one."""
    try:
        return list(session.scalars(found))
    except UNREADABLE:
        return []


def _wrong(session: Session, model: Any, key: int, name: str, seal: str) -> str | None:
    try:
        thing = session.get(model, key)
        made = thing and thing.made_seal()
    except UNREADABLE:
        return f"{name}, which it sealed, was changed since."
    if thing is None:
        return f"{name}, which it sealed, is gone."
    if made != seal:
        return f"{name}, which it sealed, was changed since."
    return f"the seal of {name} was changed since." if thing.seal != seal else None


def _texts(session: Session, expected: dict[str, Any]) -> Iterator[tuple[int | None, str]]:
    """Every text that a reviewer answered is still there, word for word."""
    kept = sa.and_(FindingRevision.finding_id == Review.finding_id, FindingRevision.revision == Review.revision)
    read = sa.select(Review.id, Review.text_sha256, FindingRevision.text).join(FindingRevision, kept, isouter=True)
    read = read.where(Review.finding_id.is_not(None), Review.seal.is_not(None)).order_by(Review.id)
    for key, sha256, text in session.execute(read.execution_options(yield_per=AT_ONCE)):
        if hashlib.sha256((text or "").encode()).hexdigest() != sha256:
            seq, _ = expected.get(f"review:{key}", (None, ""))
            yield seq, f"the text that review:{key} answers is gone or was changed since."


def _approved(session: Session) -> Iterator[tuple[None, str]]:
    """Every finding that stands as approved is approved, at exactly the text it has."""
    ids = session.scalars(
        sa.select(Finding.id).where(Finding.state == FindingState.APPROVED).order_by(Finding.id)
    ).all()
    for start in range(0, len(ids), AT_ONCE):
        batch = sa.select(Finding).where(Finding.id.in_(ids[start : start + AT_ONCE])).order_by(Finding.id)
        held = _read(session, batch.options(*_loaded(Finding, READ_BY_REVIEWERS)))
        for key in ids[start : start + AT_ONCE]:
            if not _is_approved(session, key):
                yield None, f"finding:{key} stands as approved, and no verdict approves the text it has."
        del held
        session.expunge_all()


def _is_approved(session: Session, key: int) -> bool:
    try:
        finding = session.get_one(Finding, key)
        approval = finding.approval
        return approval is not None and approval.is_sealed and approval.text_sha256 == finding.made_sha256()
    except UNREADABLE:
        return False


def _loaded(model: Any, parts: tuple[str, ...]) -> Iterator[Any]:
    """Relations of things, like `citations.claim`, loaded for a whole batch at once."""
    for path in parts:
        option, of = Load(model), model
        for name in path.split("."):
            relation = getattr(of, name)
            option, of = option.selectinload(relation), relation.property.mapper.class_
        yield option
