"""Finding: which things hold all terms of a query, of those somebody may read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from tracker.analysis.search.queries import Term
from tracker.analysis.search.words import fold_words
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditEntry
from tracker.models.searched import SEARCH_TEXT, Reading
from tracker.policy.search import LOGGED, READERS, holds, readable_by

TEXT = SEARCH_TEXT.c


class Hit(NamedTuple):
    """A thing that was found: its case, kind and id, and the row of the index with the first place."""

    case_id: int
    kind: str
    record_id: int
    shown: int


@dataclass(frozen=True)
class Search:
    """Terms, and to which case and days (UTC, `2018-03-21`) they are narrowed; what has no time is on no day."""

    terms: tuple[Term, ...]
    case_id: int | None = None
    since: str = ""
    until: str = ""

    def count(self, session: Session, account: Account) -> dict[str, int]:
        """How many things of each kind somebody finds."""
        found = self._found(session, account)
        counted = sa.select(found.c.kind, sa.func.count()).group_by(found.c.kind)
        return {kind: count for kind, count in session.execute(counted)}  # noqa: C416  # a row is no pair to mypy

    def first(self, session: Session, account: Account, each: int) -> tuple[dict[str, int], list[Hit]]:
        """How many there are of each kind, and the first of them by case and number: nothing is ranked."""
        found = self._found(session, account)
        order = (found.c.case_id, found.c.record_id)
        place = sa.func.row_number().over(partition_by=found.c.kind, order_by=order).label("place")
        of_kind = sa.func.count().over(partition_by=found.c.kind).label("of_kind")
        placed = sa.select(found, place, of_kind).subquery()
        columns = (placed.c.of_kind, *(placed.c[name] for name in Hit._fields))
        some = sa.select(*columns).where(placed.c.place <= each).order_by(placed.c.case_id, placed.c.record_id)
        rows = [(count, Hit(*row)) for count, *row in session.execute(some)]
        return {hit.kind: count for count, hit in rows}, [hit for _, hit in rows]

    def page(self, session: Session, account: Account, kinds: Collection[str], start: int, most: int) -> list[Hit]:
        """Things of some kinds from one on, in the same order."""
        found = self._found(session, account)
        some = sa.select(*(found.c[name] for name in Hit._fields)).where(found.c.kind.in_(kinds))
        some = some.order_by(found.c.kind, found.c.case_id, found.c.record_id).offset(start).limit(most)
        return [Hit(*row) for row in session.execute(some)]

    def _found(self, session: Session, account: Account) -> Any:
        """Every term must stand in some text of the thing, not all in the same."""
        dialect = session.get_bind().dialect.name
        narrow = [readable_by(account)]
        narrow += [TEXT.case_id == self.case_id] if self.case_id is not None else []
        narrow += [TEXT.at >= self.since] if self.since else []
        narrow += [TEXT.at <= f"{self.until}T99"] if self.until else []
        each = [
            sa.select(TEXT.case_id, TEXT.kind, TEXT.record_id, TEXT.id, sa.literal(number).label("term"))
            .where(match(term, dialect), *narrow)
            for number, term in enumerate(self.terms)
        ]  # fmt: skip
        rows = (sa.union_all(*each) if len(each) > 1 else each[0]).subquery()
        found = sa.select(rows.c.case_id, rows.c.kind, rows.c.record_id, sa.func.min(rows.c.id).label("shown"))
        found = found.group_by(rows.c.case_id, rows.c.kind, rows.c.record_id)
        if len(each) > 1:
            found = found.having(sa.func.count(rows.c.term.distinct()) == len(each))
        return found.subquery()


def match(term: Term, dialect: str) -> sa.ColumnElement[bool]:
    """Whether a row of the index holds a term."""
    if dialect == "sqlite":
        matching = sa.text("SELECT rowid FROM search_index WHERE search_index MATCH :asked")
        return TEXT.id.in_(
            matching.bindparams(sa.bindparam("asked", term.fts5, unique=True)).columns(sa.column("rowid"))
        )
    vector: Any = sa.literal_column("search_text.vector")
    return vector.bool_op("@@")(sa.cast(sa.literal(term.tsquery), TSQUERY()))


def places(session: Session, account: Account, hits: Sequence[Hit], terms: Sequence[Term]) -> list[Any]:
    """Every readable row of the index of these things that holds one of the terms: kind, id, reading, piece, words."""
    dialect = session.get_bind().dialect.name
    those = sa.or_(*((TEXT.kind == hit.kind) & (TEXT.record_id == hit.record_id) for hit in hits))
    holding = sa.or_(*(match(term, dialect) for term in terms))
    found = sa.select(TEXT.kind, TEXT.record_id, TEXT.reading, TEXT.piece, TEXT.words)
    return list(session.execute(found.where(those, holding, readable_by(account)).order_by(TEXT.id)))


class Logged(NamedTuple):
    """An action that stands in the audit log of a case, how often, and when last."""

    reference: str
    action: str
    entries: int
    last: str


def find_logged(session: Session, account: Account, search: Search) -> list[Logged]:
    """The actions in the audit logs that somebody may read, whose words hold all terms; `finding.approved` is two."""
    wanted = [action for action in _actions(session) if _holds_all(action, search.terms)]
    if not wanted:
        return []
    found = sa.select(Case.reference, AuditEntry.action, sa.func.count(), sa.func.max(AuditEntry.at))
    found = found.join(Case, Case.reference == AuditEntry.case_ref).where(
        AuditEntry.action.in_(wanted),
        Case.exists_for(account, Case.id),
        holds(account, Case.id, LOGGED),
        ~AuditEntry.of_privileged() | holds(account, Case.id, READERS[Reading.PRIVILEGED]),
        *([Case.id == search.case_id] if search.case_id is not None else []),
        *([AuditEntry.at >= search.since] if search.since else []),
        *([AuditEntry.at <= f"{search.until}T99"] if search.until else []),
    )
    found = found.group_by(Case.reference, AuditEntry.action).order_by(Case.reference, AuditEntry.action)
    return [Logged(*row) for row in session.execute(found)]


def _actions(session: Session) -> list[str]:
    """Every action that was ever recorded, one step along the index for each."""
    action = AuditEntry.action
    steps = sa.select(sa.func.min(action).label("action")).cte("steps", recursive=True)
    further = sa.select(sa.func.min(action)).where(action > steps.c.action).scalar_subquery()
    steps = steps.union_all(sa.select(further).where(steps.c.action.is_not(None)))
    return list(session.scalars(sa.select(steps.c.action).where(steps.c.action.is_not(None))))


def _holds_all(action: str, terms: Sequence[Term]) -> bool:
    words = fold_words(action.replace("_", " "))
    return all(any(True for _ in term.find(words)) for term in terms)
