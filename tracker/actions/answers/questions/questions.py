"""Questions to ask: rows of one shape, read and never written, one for each place where two facts lie apart."""

from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, registry

from tracker.actions.access.exposure import windows_of
from tracker.actions.access.standings import is_inside
from tracker.actions.answers.questions.shape import OF_CASE, RECORDED
from tracker.actions.answers.questions.sources import AGAINST, RECORDS, SOURCES
from tracker.actions.checks import must_be_available
from tracker.analysis.moments import Moment
from tracker.audit.cache import last_change, remember_of
from tracker.audit.doors import action
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.eliminations import Elimination
from tracker.models.access.person_merges import PersonMerge
from tracker.models.access.words import Level
from tracker.models.case.cases import Case
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.register.accounts import Account
from tracker.policy import Permission

_UNION = sa.union_all(*(select for source in SOURCES for select in source())).subquery("question")


@action(Permission.READ_EXPOSURE, "questions.read", changes=False)
def read_questions(reader: Account, case: Case) -> None:
    """Note that somebody opens the questions; while the protected-disclosure check blocks them, nobody does."""
    must_be_available(case)


class Question:
    """One question. Its columns are those of `shape.question`."""

    id: Any
    kind: Any
    form: Any
    person: Any
    involvement: Any
    unit: Any
    other: Any
    what: Any
    level: Any
    said_kind: Any
    said_number: Any
    said_earliest: Any
    said_latest: Any
    said_offset: Any
    said_precision: Any
    beside_kind: Any
    beside_number: Any
    beside_earliest: Any
    beside_latest: Any
    beside_offset: Any
    beside_precision: Any

    @classmethod
    def of(cls, case: Case) -> sa.Select[Any]:
        """Those of a case."""
        against = remember_of(case, last_change(case), lambda: find_contradicted(case), "contradicted")
        given = {AGAINST.key: list(against), RECORDS.key: [record for _, record in against]}
        return sa.select(cls).params({OF_CASE.key: case.id, **given})

    @property
    def said(self) -> Moment:
        """The time of the first side."""
        return Moment.of(self.said_earliest, self.said_latest, self.said_offset, self.said_precision)

    @property
    def beside(self) -> Moment:
        """The time of the other side."""
        return Moment.of(self.beside_earliest, self.beside_latest, self.beside_offset, self.beside_precision)


def find_contradicted(case: Case) -> tuple[tuple[int, int], ...]:
    """Each elimination that stands beside the first record inside its window that its reason does not overrule."""
    whole = (
        joinedload(Elimination.reviews), joinedload(Elimination.claim), joinedload(Elimination.person),
        joinedload(Elimination.disclosure).joinedload(Disclosure.claims),
    )  # fmt: skip
    every = Elimination.of(case).options(*whole).order_by(Elimination.disclosure_id, Elimination.claim_id)
    standing = [one for one in db.session().scalars(every).unique() if one.state in {"proposed", "confirmed"}]
    found = []
    for _, some in groupby(standing, key=lambda one: (one.disclosure_id, one.claim_id)):
        found += _find_against(case, list(some))
    return tuple(found)


def _find_against(case: Case, alike: list[Elimination]) -> list[tuple[int, int]]:
    """Of eliminations for one disclosure or claim."""
    first = alike[0]
    windows = windows_of(first.disclosure, [first.claim] if first.claim else first.disclosure.claims)
    main = sa.func.coalesce(PersonMerge.same_as_id, AccessRecord.person_id)
    merged = sa.and_(PersonMerge.person_id == AccessRecord.person_id, PersonMerge.in_force())
    rows = sa.select(main, AccessRecord.id, AccessRecord.number).outerjoin(PersonMerge, merged)
    shows = (AccessRecord.level.in_((*RECORDED, Level.E6)), main.in_([one.person_id for one in alike]))
    by_person: dict[int, list[tuple[int, int]]] = {}
    for person_id, key, number in db.session().execute(
        rows.where(is_inside(case, windows), *shows).order_by(AccessRecord.since_earliest, AccessRecord.id)
    ):
        by_person.setdefault(person_id, []).append((key, number))
    pairs = []
    for one in alike:
        left = [key for key, number in by_person.get(one.person_id, ()) if number not in one.overruled]
        pairs += [(one.id, key) for key in left[:1]]
    return pairs


registry().map_imperatively(Question, _UNION, primary_key=[_UNION.c.id])
