"""Before publication: every claim against the answers to its checks, official releases and other publications."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker.actions.answers.precedents import Order, Precedent, PrecedentKind, verdicts_of
from tracker.analysis.comparison.index import Index
from tracker.analysis.comparison.readings import shared_words
from tracker.analysis.comparison.texts import read
from tracker.analysis.letters import read_number
from tracker.analysis.moments import Moment, from_sql_text
from tracker.analysis.pitfalls import OF_PRIOR_PUBLICATION
from tracker.analysis.prior_publication import gap
from tracker.base import db
from tracker.base.db import EVER_AFTER, EVER_BEFORE
from tracker.base.text import counted
from tracker.exports.columns import Column, plain, text
from tracker.exports.results import Result
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.official_releases import OfficialRelease
from tracker.models.disclosure.words import CheckAnswer, Question
from tracker.web.fields import ShortText, WordField
from tracker.web.forms import FilterForm
from tracker.web.guard import Area
from tracker.web.listing import Listing
from tracker.web.lists import Tab, register

area = Area("before_publication", __name__)
LISTED = 200  # claims with their answers in words above the table
LONGEST = 50_000  # characters of a release in which the words of claims are looked for


class PrecedentFilter(FilterForm):
    """Narrow the table."""

    model = Precedent
    searched = (Precedent.quote, Precedent.source, Precedent.title, Precedent.note)
    q = ShortText("Quote, source or title")
    disclosure = SelectField("Disclosure", default="", choices=lambda form, _field: _disclosures(form.case))
    kind = WordField("Compared with", PrecedentKind, empty="Any")
    order = WordField("Order", Order, empty="Any")

    def by_disclosure(self, select: Any, number: str) -> Any:
        """The claims of one disclosure."""
        return select.where(Precedent.disclosure == read_number(number))

    def by_kind(self, select: Any, kind: PrecedentKind) -> Any:
        """What claims are compared with."""
        return select.where(Precedent.kind == kind.value)

    def by_order(self, select: Any, order: Order) -> Any:
        """What came before, after, or may have."""
        return select.where(Precedent.order == order.value)


def _result(case: Case, form: Any) -> Result:
    """How often something came before a publication and after it, under the filters, and which claims it is about."""
    select = form.apply(Precedent.of(case)).with_only_columns(
        Precedent.order, sa.func.count(), maintain_column_froms=True
    )
    counts = dict(db.session().execute(select.group_by(Precedent.order)).all())
    said = ", ".join(f"{one.label.lower()} {counts[one.value]:,}" for one in Order if one.value in counts)
    pairs = counted(sum(counts.values()), "comparison")
    return Result(f"{pairs} of a claim with what was public{f': {said}' if said else ''}.", [_coverage(case)],
                  OF_PRIOR_PUBLICATION)  # fmt: skip


def _coverage(case: Case) -> str:
    """What there was to compare with, of the whole case."""
    counts = [sa.select(sa.func.count()).where(model.case_id == case.id).scalar_subquery()
              for model in (Claim, OfficialRelease, Disclosure)]  # fmt: skip
    claims, releases, publications = db.session().execute(sa.select(*counts)).one()
    return (
        f"The case records {counted(claims, 'claim')}, {counted(releases, 'official release')} and "
        f"{counted(publications, 'publication')}. What was public elsewhere is not here."
    )


def _disclosures(case: Case) -> list[SelectChoice]:
    known = sa.select(Disclosure.number, Disclosure.outlet).where(Disclosure.case_id == case.id)
    found = db.session().execute(known.order_by(Disclosure.number))
    return [SelectChoice("", "Any"), *(SelectChoice(str(number), f"{number}: {name}") for number, name in found)]


def _also(case: Case, listing: Listing) -> dict[str, Any]:
    form: Any = listing.form
    claims = Claim.of(case).join(Claim.disclosure).order_by(Disclosure.number, Claim.number).limit(LISTED + 1)
    if form.disclosure.data:
        claims = claims.where(Disclosure.number == read_number(form.disclosure.data))
    claims = claims.options(joinedload(Claim.disclosure), selectinload(Claim.checks))
    found = list(db.session().scalars(claims))
    return {
        "claims": [(claim, verdicts_of(claim)) for claim in found[:LISTED]],
        "is_cut": len(found) > LISTED,
        "compared_with": compared_with,
        "shared": _shared(case, listing.rows),
        "result": None if listing.is_refused else _result(case, form),
        "kinds": PrecedentKind,
    }


def _shared(case: Case, rows: Sequence[Precedent]) -> dict[int, str]:
    """By row the words of the quote that stand in the text of the release or the publication, where it has one."""
    indexes: dict[tuple[str, int], Index] = {}
    for kind, model in ((PrecedentKind.RELEASE, OfficialRelease), (PrecedentKind.PUBLICATION, Disclosure)):
        numbers = {one.number for one in rows if one.kind == kind}
        texts: Any = sa.select(model.number, model.text).where(model.case_id == case.id, model.text != "")
        for number, said in db.session().execute(texts.where(model.number.in_(numbers))) if numbers else ():
            indexes[kind, number] = Index([read(said[:LONGEST])], [0])
    pairs = ((one, indexes.get((one.kind, one.number))) for one in rows)
    return {one.id: "; ".join(shared_words(one.quote, index)) for one, index in pairs if index is not None}


def compared_with(one: Precedent) -> str:
    """What a claim is compared with, in words: the question with its answer, or who published what."""
    if one.kind == PrecedentKind.CHECK:
        said = f"{Question(one.question).label} {CheckAnswer(one.answer).label}"
        return f"{said}: {one.source}" if one.source else said
    return f"{one.source}: {one.title}" if one.title else one.source


def _gaps(_labels: Any, values: Sequence[Sequence[Any]]) -> Iterable[list[Any]]:
    """At least and at most so many minutes before the publication, negative after it; and the same in words."""
    found = [_gap(Moment.of(*_bounds(row[:4])), Moment.of(*_bounds(row[4:]))) for row in zip(*values, strict=True)]
    return zip(*found, strict=True) if found else [[], [], []]  # type: ignore[return-value]


def _gap(at: Moment, published: Moment) -> tuple[str, str, str]:
    if not (at and published):
        return "", "", "unknown"
    length = gap(at, published)
    least, most = ("" if one is None else str(one) for one in (length.least, length.most))
    return least, most, length.words


def _bounds(cells: Sequence[Any]) -> tuple[Any, ...]:
    first, last, offset, precision = cells
    earliest = None if first == EVER_BEFORE else from_sql_text(first)
    return earliest, None if last == EVER_AFTER else from_sql_text(last), offset, precision


def _time(name: str) -> tuple[Any, ...]:
    return tuple(getattr(Precedent, f"{name}_{part}") for part in ("earliest", "latest", "offset", "precision"))


def _moment(name: str, at: str) -> Column:
    """The three columns of a time."""
    heads = f"{name}_utc", f"{name}_local", f"{name}_precision"
    return Column(heads, _time(at), lambda labels, values: labels.times.cells(values))


register(
    area, Precedent, "before-publication",
    tab=Tab.DISCLOSURE, title="Before publication", noun="comparison", filter=PrecedentFilter, counts=False,
    sorts={"claim": Precedent.place, "time": Precedent.at_latest}, sort="claim", key=Precedent.id,
    order=(Precedent.place, Precedent.id), template="answers/before_publication/list.html", also=_also,
    keeps=_result,
    columns=(
        plain("disclosure", Precedent.disclosure), plain("claim", Precedent.claim), text("quote", Precedent.quote),
        _moment("published", "published"), plain("compared_with", Precedent.kind), plain("number", Precedent.number),
        text("source", Precedent.source), text("title", Precedent.title), plain("question", Precedent.question),
        plain("answer", Precedent.answer), text("note", Precedent.note), _moment("time", "at"),
        plain("order", Precedent.order),
        Column(("minutes_before_at_least", "minutes_before_at_most", "in_words"), (*_time("at"), *_time("published")),
               _gaps),
    ),
)  # fmt: skip
