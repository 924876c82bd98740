"""Sealed texts: the stored bytes must have the hash of their entry, and name the fields as they are now.

Nothing is spelled anew to be hashed: a later version of the program reads old bytes by the format they name. A verdict
is sealed with the SHA-256 of its text, so the texts of findings are compared with their reviews.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Load, Session

from tracker.audit.verify.facts import Facts, read_facts
from tracker.audit.verify.logged import UNREADABLE
from tracker.audit.verify.scope import EVERYTHING, Scope
from tracker.base.db import Base
from tracker.models import all as _every_model  # noqa: F401  # so that no sealed thing is missed
from tracker.models.findings.findings import Finding
from tracker.models.findings.reviews import Review
from tracker.models.findings.revisions import FindingRevision
from tracker.models.findings.words import Cited, FindingState
from tracker.models.sealed import Sealed, SealedText, changed_fields, sha256_of

_models: dict[str, Any] = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
SEALED = {  # in order of dependence: the record that was changed is named, not one that depends on it
    table.name: _models[table.name]
    for table in Base.metadata.sorted_tables
    if issubclass(_models.get(table.name, Base), Sealed)
}
CITED = (*(f"citations.{kind.value}" for kind in Cited), "citations.claim.disclosure", "citations.interview.person")
READ_BY_REVIEWERS = ("person", "reviews", *CITED)
AT_ONCE = 200
Expected = dict[str, tuple[int, str]]  # `interview:3` -> the newest entry that seals it, and the SHA-256
Faults = Iterator[tuple[int | None, str]]


def faults(connection: sa.Connection, facts: Facts | None = None, scope: Scope = EVERYTHING) -> Faults:
    """Entry and sentence for every sealed record that is missing, was changed, or that no entry sealed; in batches."""
    facts = facts or read_facts(connection)
    expected = facts.seals
    with Session(connection) as session:
        unknown = _unknown_seals(session, expected)
        for kind, model in SEALED.items():
            yield from ((None, sentence) for of, sentence in unknown if of == kind)
            yield from _kind_faults(session, kind, model, facts, scope)
        kept = session.execute(sa.select(SealedText.kind, SealedText.record_id)).all()
        for name in (f"{kind}:{key}" for kind, key in kept if f"{kind}:{key}" not in expected):
            yield None, f"the sealed text of {name} exists, but no entry of the audit log sealed it."
        yield from _reviewed_text_faults(session, expected)
        yield from _approval_faults(session)


def _unknown_seals(session: Session, expected: Expected) -> list[tuple[str, str]]:
    """Kind and sentence for every row with a seal that no entry knows, and for every row that should have one."""
    each = [sa.select(sa.literal(kind), model.id, model.seal.is_not(None)) for kind, model in SEALED.items()]
    found = []
    for kind, key, is_sealed in session.execute(sa.union_all(*each).order_by(sa.text("2"))):
        if is_sealed and f"{kind}:{key}" not in expected:
            found.append((kind, f"{kind}:{key} is sealed, but no entry of the audit log sealed it."))
        elif not is_sealed and SEALED[kind].SEALED_AT_ONCE:
            found.append((kind, f"{kind}:{key} has no seal, so no action created it."))
    return found


def _kind_faults(session: Session, kind: str, model: Any, facts: Facts, scope: Scope) -> Faults:
    of_kind = ((int(name.partition(":")[2]), name) for name in facts.seals if name.partition(":")[0] == kind)
    wanted = [(key, name) for key, name in of_kind if scope.covers(key, facts.seals[name][0])]
    for start in range(0, len(wanted), AT_ONCE):
        batch = wanted[start : start + AT_ONCE]
        keys = [key for key, _ in batch]
        texts = sa.select(SealedText).where(SealedText.kind == kind, SealedText.record_id.in_(keys))
        kept = {one.record_id: one for one in session.scalars(texts)}
        held = _load_batch(
            session, sa.select(model).where(model.id.in_(keys)).options(*_load_options(model, model.PARTS))
        )
        for key, name in batch:
            seq, seal = facts.seals[name]
            sentence = _text_fault(name, kept.get(key), seal, is_erased=seq in facts.erased)
            if sentence := sentence or _record_fault(session, model, key, name, kept[key]):
                yield seq, sentence
        del held
        session.expunge_all()


def _text_fault(name: str, kept: SealedText | None, seal: str, *, is_erased: bool) -> str | None:
    """What is wrong with the stored bytes, whatever the record says now."""
    if kept is None:
        return f"the sealed text of {name} is missing."
    if kept.sha256 != seal:
        return f"the hash of the sealed text of {name} was changed later."
    if kept.bytes is None:
        return None if is_erased else f"the sealed text of {name} is missing, and no erasure lists it."
    if hashlib.sha256(kept.bytes.encode()).hexdigest() != seal:
        return f"the sealed text of {name} was changed later."
    return None if json.loads(kept.bytes).get("format") == kept.format else f"the format of {name} was changed later."


def _record_fault(session: Session, model: Any, key: int, name: str, kept: SealedText) -> str | None:
    """What is wrong with the record, beside its bytes."""
    try:
        thing = session.get(model, key)
        changed = changed_fields(model.FORMATS, thing, kept.bytes) if thing and kept.bytes else []
    except UNREADABLE:
        return f"{name} was changed after this entry sealed it."
    if thing is None:
        return f"{name} is missing; this entry sealed it."
    if changed == ["format"]:
        return f"{name} is sealed in the format {kept.format}, which this program does not know."
    if changed:
        return f"{name} was changed after this entry sealed it: {', '.join(changed)}."
    return f"the seal of {name} was changed later." if thing.seal != kept.sha256 else None


def _load_batch(session: Session, found: Any) -> list[Any]:
    """A whole batch at once, which stays in hand; where a row of it cannot be read, they are read one by one."""
    try:
        return list(session.scalars(found))
    except UNREADABLE:
        return []


def _reviewed_text_faults(session: Session, expected: Expected) -> Faults:
    """Every text that a reviewer answered is still there, word for word."""
    kept = sa.and_(FindingRevision.finding_id == Review.finding_id, FindingRevision.revision == Review.revision)
    read = sa.select(Review.id, Review.text_sha256, FindingRevision.text).join(FindingRevision, kept, isouter=True)
    read = read.where(Review.finding_id.is_not(None), Review.seal.is_not(None)).order_by(Review.id)
    for key, sha256, text in session.execute(read.execution_options(yield_per=AT_ONCE)):
        if hashlib.sha256((text or "").encode()).hexdigest() != sha256:
            seq, _ = expected.get(f"review:{key}", (None, ""))
            yield seq, f"the text that review:{key} answers is missing or was changed later."


def _approval_faults(session: Session) -> Faults:
    """Every finding marked as approved has an approval, and the fields of exactly the text that was reviewed."""
    approved = sa.select(Finding.id, FindingRevision.text).where(Finding.state == FindingState.APPROVED)
    kept = sa.and_(FindingRevision.finding_id == Finding.id, FindingRevision.revision == Finding.revision)
    texts = session.execute(approved.join(FindingRevision, kept, isouter=True).order_by(Finding.id)).all()
    for start in range(0, len(texts), AT_ONCE):
        some = texts[start : start + AT_ONCE]
        batch = sa.select(Finding).where(Finding.id.in_([key for key, _ in some])).order_by(Finding.id)
        held = _load_batch(session, batch.options(*_load_options(Finding, READ_BY_REVIEWERS)))
        for key, text in some:
            if not _is_approved(session, key, text or ""):
                yield None, f"finding:{key} is approved, but no review approves its text."
        del held
        session.expunge_all()


def _is_approved(session: Session, key: int, text: str) -> bool:
    try:
        finding = session.get_one(Finding, key)
        approval = finding.approval
        answered = approval is not None and approval.is_sealed and approval.text_sha256 == sha256_of(text)
        return answered and not changed_fields(Finding.WORDINGS, finding, text)
    except UNREADABLE:
        return False


def _load_options(model: Any, parts: tuple[str, ...]) -> Iterator[Any]:
    """Relations of things, like `citations.claim`, loaded for a whole batch at once."""
    for path in parts:
        option, of = Load(model), model
        for name in path.split("."):
            relation = getattr(of, name)
            option, of = option.selectinload(relation), relation.property.mapper.class_
        yield option
