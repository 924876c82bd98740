"""The doors to the record: every change is permitted, recorded and committed as one.

Three doors lead to the record, and each holds its own commit: `action` (with its entry), `staging` (rows under a log
that nobody sees yet) and `housekeeping` (sessions, tries, form tokens: no content, no entry).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Literal, ParamSpec, TypeVar, overload

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.audit import flushes as _flushes  # noqa: F401  # its listeners
from tracker.audit import lock
from tracker.audit.appending import append
from tracker.audit.as_of.present import do_now, session_now, stood
from tracker.audit.entries import HOUSEKEEPING, Entry, Origin
from tracker.audit.integrity import Mismatch
from tracker.audit.sealing import seal
from tracker.audit.search.writing import write_index
from tracker.base import db, trouble, turns
from tracker.models.access.words import LogState
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.models.register.sessions import FormToken
from tracker.policy import Permission
from tracker.policy.refusals import AlreadyDone, Denied, Gone, NotAsked, Refused, Stale, Unless, must_be_possible

P = ParamSpec("P")
R = TypeVar("R")
__all__ = [
    "AlreadyDone", "Denied", "Gone", "NotAsked", "Refused", "Stale", "action", "housekeeping", "note", "now", "seal",
    "staging", "witness",
]  # fmt: skip
ASKED = ("roles", "spellings")  # what the policy asked, kept until something changes
TAKEN = ("read", "export.started")  # what is recorded of a page or file because it was asked for
STAGING_PATIENCE = 60.0  # seconds: nobody waits for an import, and it should not fail for a short trouble
STAGED = {"access_record", "whereabouts", "press_contact", "person", "identifier", "access_log"}


def now() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(UTC)


@overload
def action(
    needs: Permission, name: str, *, changes: bool = ..., when_closed: bool = ..., unless: Unless = ...
) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
@overload
def action(
    needs: Permission, name: str, *, edits: Literal[True], when_closed: bool = ...
) -> Callable[[Callable[P, R]], Callable[..., R]]: ...
def action(
    needs: Permission, name: str, *, changes: bool = True, when_closed: bool = False, edits: bool = False,
    unless: Unless = None,
) -> Callable[[Callable[P, R]], Callable[..., R]]:  # fmt: skip
    """Make an action: `verb(actor, subject, *, details)`. `name` is the action of its entry, like `claim.changed`.

    The verb runs inside one writing transaction, on rows read after the lock, if the policy allows it on those.
    `changes=False` marks a recorded read, which is possible in a closed case too, as is what is marked `when_closed`.
    `edits` marks what saves over a subject that somebody has read: it takes `lock_version`, the version that was read,
    which the verb never sees. `unless` says why it is refused now. Raises Denied, Refused, Stale, Gone, NotAsked.
    """

    def register(perform: Callable[P, R]) -> Callable[P, R]:
        @wraps(perform)
        def run(*args: Any, **details: Any) -> R:
            if stood() is not None:
                return do_now(run, args, details, changes=changes)
            actor, subject = args[0], (args[1] if len(args) > 1 else None)
            read = lock.take_version(perform, details) if edits else 0

            def once() -> R:
                with _entry(db.session(), name, actor, subject, changes=changes) as entry:
                    must_be_possible(actor, needs, subject, unless, in_closed=when_closed or not changes)
                    if edits:
                        lock.must_be_newest(subject, read)
                    result = perform(*args, **details)
                    if edits:
                        entry.raise_version(subject)  # also when what was saved says the same: somebody has saved
                    db.session().flush()  # what the verb made has its id now
                    entry.set_record(result)
                    return result

            return _run(once, actor)

        run.needs, run.action, run.edits = needs, name, edits  # type: ignore[attr-defined]
        return run

    return register


def _run(once: Callable[[], R], actor: Any) -> R:
    """Do it as one; a row that is not as its newest entry says leaves an entry of its own, once all was undone."""
    if "entry" in db.session().info:
        return once()
    try:
        return db.try_again(once)
    except Mismatch as mismatch:
        witness_mismatch(actor, mismatch)
        raise


def note(**facts: Any) -> None:
    """Add facts (counts, hashes, never content) to the entry of the action that is running."""
    db.session().info["entry"].facts.update(facts)


def witness(
    action: str, actor: Any, *, outcome: str, case: Case | None = None, record: str | None = None, **facts: Any
) -> None:
    """Record what was tried and not done (a denial, a failed sign-in) in a short transaction of its own.

    `actor` is an account, the uid of one, or None for somebody who is not signed in.
    """
    session = session_now()
    reference = case.reference if case else None
    uid = actor if isinstance(actor, str) else getattr(actor, "uid", "anonymous")
    with _writing(session):
        entry = Entry(action, uid, reference, record, session.info.get("origin", Origin()), outcome=outcome)
        entry.facts.update(facts)
        if session.info.get("elsewhere"):
            entry.facts["elsewhere"] = True  # a page of another site led there
        _append_and_commit(session, entry)


def witness_mismatch(actor: Any, mismatch: Mismatch) -> None:
    """Record that a row is not what its newest entry says: the entry, the hash that is right, and that of the row."""
    facts = mismatch.found._asdict()
    witness("integrity.mismatch", actor, outcome="failed", case=mismatch.case, record=mismatch.record, **facts)


@contextmanager
def housekeeping(patience: float | None = None) -> Iterator[Session]:
    """Door three: sessions, tries, form tokens and remembered mappings. Anything else is refused.

    `patience` is how many seconds it may wait for its turn.
    """
    session = session_now()
    with _writing(session, patience):
        session.info["tables"] = HOUSEKEEPING
        yield session
        session.commit()


@contextmanager
def staging(log: Any) -> Iterator[sa.Connection]:
    """Door two: lay out rows under a log that nobody sees yet; raises Refused when it is no longer being staged."""
    session = db.session()
    with _writing(session, STAGING_PATIENCE):
        session.refresh(log)
        if log.state not in {LogState.STAGING, LogState.CHECKING}:
            raise Refused("This import was stopped.")
        session.info["tables"] = STAGED
        yield session.connection()
        session.commit()


@contextmanager
def _entry(session: Session, name: str, actor: Any, subject: Any, *, changes: bool) -> Iterator[Entry]:
    if "entry" in session.info:  # an action called by an action joins it: one entry, one commit
        yield session.info["entry"]
        return
    if not changes and name.endswith(TAKEN) and session.info.get("elsewhere"):
        raise NotAsked(name, subject)  # nobody is made to read or to take anything by a page of another site
    token, known = session.info.pop("form_token", None), {}
    with _writing(session):
        try:
            case = _reread(session, actor, subject)  # held until the end, or each look at it would ask again
        except sa.exc.InvalidRequestError as gone:
            raise Gone from gone
        _use_form_token(session, token, actor)
        entry = Entry(name, actor.uid, case.reference if case else None, None, session.info.get("origin", Origin()))
        entry.changes = changes
        if as_of := session.info.get("as_of"):
            entry.facts["as_of"] = as_of  # what is read is the record as it stood then
        entry.set_record(subject)
        session.info["entry"] = entry
        yield entry
        _append_and_commit(session, entry)
        if not changes:  # a read changes nothing of what was asked after the lock
            known = {name: session.info[name] for name in ASKED if name in session.info}
    session.info.update(known)


@contextmanager
def _writing(session: Session, patience: float | None = None) -> Iterator[None]:
    """Take the turn, begin a writing transaction, and leave nothing behind whatever happens."""
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed outside an action")
    session.rollback()  # ends the read; what was read before the lock is not believed
    session.info.pop("head", None)
    patience = trouble.patience() if patience is None else patience
    bind: Any = session.get_bind()
    try:
        with turns.turn_to_write(bind, patience, session.info.get("aside", nullcontext)):
            session.info["writing"] = True
            session.connection(execution_options={"patience": patience})
            yield
    except BaseException as fault:
        trouble.note(fault, patience)
        session.rollback()
        raise
    else:
        trouble.clear()
    finally:
        for key in ("writing", "entry", "tables", *ASKED):
            session.info.pop(key, None)


def _append_and_commit(session: Session, entry: Entry) -> None:
    """Door one: the entry is appended and committed together with the changes it records."""
    session.flush()
    write_index(session.connection(), entry.changed)
    append(session, entry, now)
    session.commit()


def _reread(session: Session, actor: Any, subject: Any) -> Any:
    """Lock and reread actor, case and subject, so that the permission is asked of what is true now; gives the case."""
    case = getattr(subject, "case", None)  # a thing never moves to another case
    session.expire_all()
    for known in ASKED:
        session.info.pop(known, None)  # what was asked at the door is asked again after the lock
    if isinstance(actor, Account):
        session.refresh(actor, with_for_update={"read": True, "of": Account})
    if case is not None and sa.inspect(case).persistent:
        session.refresh(case, with_for_update={"of": Case})  # not what was loaded along with it
    if subject is not None and subject is not case and sa.inspect(subject).persistent:
        session.refresh(subject)
    return case


def _use_form_token(session: Session, token: str | None, actor: Any) -> None:
    if token is None:
        return
    session.add(FormToken(token=token, account_id=actor.id, at=now()))
    try:
        session.flush()
    except sa.exc.IntegrityError as twin:
        raise AlreadyDone(token) from twin
