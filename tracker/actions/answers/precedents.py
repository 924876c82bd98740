"""What was public before each claim: the answers to its checks, official releases and other publications, with times.

Each row is one claim beside one of them. They are read and never written.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import registry

from tracker.analysis.moments import Moment
from tracker.analysis.prior_publication import Gap, gap
from tracker.base.db import EVER_AFTER, EVER_BEFORE, Bound
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim, ClaimCheck
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.official_releases import OfficialRelease
from tracker.models.disclosure.words import CheckAnswer, Question
from tracker.models.words import Word

OF_CASE = sa.bindparam("precedent_case", None, type_=sa.Integer)
MANY = 1_000_000  # more than there are claims in a disclosure
OF_KIND = 1 << 29  # more than there are things of one kind with which claims are compared
EACH = sa.literal(1 << 31, sa.BigInteger)  # of all kinds
TIME = ("earliest", "latest", "offset", "precision")


class PrecedentKind(Word):
    """What a claim is compared with."""

    CHECK = "check", "Check of the claim"
    RELEASE = "official_release"
    PUBLICATION = "publication", "Other publication"


class Order(Word):
    """Which came first."""

    BEFORE = "before", "Before the publication"
    AFTER = "after", "After the publication"
    SAME = "same", "At the same time"
    UNKNOWN = "unknown"


KINDS = list(PrecedentKind)


def _row(kind: PrecedentKind, key: Any, time: Any, source: Any, **more: Any) -> sa.Select[Any]:
    """A row of the union: a claim with the publication of its disclosure, and what it is compared with."""
    published = [Disclosure.__table__.c[f"published_{part}"] for part in TIME]
    bounds = [sa.type_coerce(one, sa.String()) for one in (*published[:2], *time[:2])]
    return sa.select(
        (sa.cast(Claim.id, sa.BigInteger) * EACH + KINDS.index(kind) * OF_KIND + key).label("id"),
        (sa.cast(Disclosure.number, sa.BigInteger) * MANY + Claim.number).label("place"),
        Disclosure.number.label("disclosure"),
        Claim.number.label("claim"),
        Claim.quote.label("quote"),
        sa.literal(kind.value).label("kind"),
        sa.case(*_orders(*bounds, published[3], time[3]), else_=Order.UNKNOWN.value).label("order"),
        *_time("published", published),
        *_time("at", time),
        source.label("source"),
        *(_cell(more.get(name), of).label(name) for name, of in MORE.items()),
    ).where(Claim.case_id == OF_CASE)


MORE: dict[str, Any] = {
    "number": sa.Integer(), "title": sa.String(), "question": sa.String(), "answer": sa.String(), "note": sa.String(),
}  # fmt: skip


def _time(name: str, columns: Any) -> Iterator[Any]:
    earliest, latest, offset, precision = (sa.type_coerce(one, sa.String()) for one in columns)
    yield sa.type_coerce(earliest, Bound(EVER_BEFORE)).label(f"{name}_earliest")
    yield sa.type_coerce(latest, Bound(EVER_AFTER)).label(f"{name}_latest")
    yield offset.label(f"{name}_offset")
    yield precision.label(f"{name}_precision")


def _orders(begun: Any, ended: Any, first: Any, last: Any, *precisions: Any) -> Iterator[tuple[Any, str]]:
    """The same as `gap` says, in SQL; an end that is not known is the end of time, which lies before nothing."""
    yield last < begun, Order.BEFORE.value
    yield ended < first, Order.AFTER.value
    exact = sa.and_(*(sa.type_coerce(one, sa.String()) == "exact" for one in precisions))
    yield sa.and_(exact, first == begun), Order.SAME.value


def _cell(value: Any, of: Any) -> Any:
    return sa.cast(sa.null(), of) if value is None else sa.type_coerce(value, of)


def _of(model: Any, name: str) -> list[Any]:
    columns = sa.inspect(model).selectable.c  # of an alias its own
    return [columns[f"{name}_{part}"] for part in TIME]


def _checks() -> sa.Select[Any]:
    """What somebody has answered, with or without a time."""
    one = _row(
        PrecedentKind.CHECK, ClaimCheck.id, _of(ClaimCheck, "at"), ClaimCheck.source, question=ClaimCheck.question,
        answer=ClaimCheck.answer, note=ClaimCheck.note,
    )  # fmt: skip
    one = one.join_from(ClaimCheck, Claim, Claim.id == ClaimCheck.claim_id)
    return one.join(Disclosure, Disclosure.id == Claim.disclosure_id).where(ClaimCheck.answer.is_not(None))


def _releases() -> sa.Select[Any]:
    release = OfficialRelease
    one = _row(
        PrecedentKind.RELEASE, release.id, _of(release, "released"), release.by, number=release.number,
        title=release.title,
    )  # fmt: skip
    one = one.join_from(Claim, Disclosure, Disclosure.id == Claim.disclosure_id)
    return one.join(release, release.case_id == Claim.case_id)


def _publications() -> sa.Select[Any]:
    other = sa.orm.aliased(Disclosure)
    one = _row(
        PrecedentKind.PUBLICATION, other.id, _of(other, "published"), other.outlet, number=other.number,
        title=other.title,
    )  # fmt: skip
    one = one.join_from(Claim, Disclosure, Disclosure.id == Claim.disclosure_id)
    return one.join(other, sa.and_(other.case_id == Claim.case_id, other.id != Disclosure.id))


_UNION = sa.union_all(_checks(), _releases(), _publications()).subquery("precedent")


class Precedent:
    """One row of the table. Its columns are those of `_row` and MORE."""

    id: Any
    place: Any
    disclosure: Any
    claim: Any
    quote: Any
    kind: Any
    order: Any
    published_earliest: Any
    published_latest: Any
    published_offset: Any
    published_precision: Any
    at_earliest: Any
    at_latest: Any
    at_offset: Any
    at_precision: Any
    source: Any
    number: Any
    title: Any
    question: Any
    answer: Any
    note: Any

    @classmethod
    def of(cls, case: Case) -> sa.Select[Any]:
        """Those of a case."""
        return sa.select(cls).params({OF_CASE.key: case.id})

    @property
    def published(self) -> Moment:
        """When the claim was published."""
        return Moment.of(
            self.published_earliest, self.published_latest, self.published_offset, self.published_precision
        )

    @property
    def at(self) -> Moment:
        """When the other was said, released or published."""
        return Moment.of(self.at_earliest, self.at_latest, self.at_offset, self.at_precision)

    @property
    def gap(self) -> Gap | None:
        """How long before the claim, both ways; None where one of the times is not known at all."""
        return gap(self.at, self.published) if self.at and self.published else None


registry().map_imperatively(Precedent, _UNION, primary_key=[_UNION.c.id])


VERDICTS = (
    (Question.ALREADY_PUBLIC, "Already public"),
    (Question.PRECURSOR, "Could be inferred from an earlier publication"),
    (Question.DECLASSIFIED, "Declassified before"),
    (Question.BRIEFING_POSSIBLE, "Authorised briefing possible"),
)


def verdicts_of(claim: Claim) -> list[tuple[str, str]]:
    """What the checks of a claim answer, each with how long before: nothing is concluded that nobody has answered."""
    lengths = [(words, claim.checked(question).answer, _gap(claim, question)) for question, words in VERDICTS]
    said = [
        (words, length.words if length is not None else "")
        for words, answer, length in lengths
        if answer is CheckAnswer.YES and (length is None or length.order != "after")
    ]
    return said or [("Not public earlier" if claim.already_public.answer is CheckAnswer.NO else "Not answered", "")]


def _gap(claim: Claim, question: Question) -> Gap | None:
    at, published = claim.checked(question).at, claim.disclosure.published
    return gap(at, published) if at and published else None
