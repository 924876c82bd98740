"""Whereabouts: the list of who was where, one row, writing one down, correcting one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import request
from flask.typing import ResponseReturnValue

from tracker.actions.access import whereabouts as actions
from tracker.analysis.moments import Precision
from tracker.base import db
from tracker.exports.columns import label
from tracker.models.access.people import Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.case.cases import Case
from tracker.policy import Permission
from tracker.policy.mask import shown_to
from tracker.views.access.occurrence_forms import (
    BoundText,
    OccurrenceFilter,
    OccurrenceForm,
    WhyCorrected,
    read_bound,
    row_data,
)
from tracker.web.fields import ShortText, needed
from tracker.web.guard import Area, me
from tracker.web.listing import Listing
from tracker.web.lists import Tab, register
from tracker.web.rendering import page

area = Area("whereabouts", __name__)
MOST = 200  # holders that are listed above the records of a place
STAYS = "Stays that last until then or later. A record without an end counts where it starts."


@dataclass
class Holder:
    """Somebody in the records of a place: by which identifiers, as they are shown, in how many records."""

    person: Person
    same_as: int | None
    cards: list[str] = field(default_factory=list)
    records: int = 0


class WhereaboutsFilter(OccurrenceFilter):
    """Narrow the list of whereabouts."""

    model = Whereabouts
    searched = (Whereabouts.note, Whereabouts.source)
    place = ShortText("Place", longest=200, description="As written in the records.")
    there_from = BoundText("There from", STAYS)
    there_to = BoundText("There to", "Stays that may begin by then.")

    def by_place(self, select: Any, text: str) -> Any:
        """Part of the place's name."""
        return select.where(Whereabouts.place.icontains(text, autoescape=True))

    def by_there_from(self, select: Any, text: str) -> Any:
        """Stays that may have lasted until then or later."""
        times = Whereabouts.__table__.c
        is_known = times.until_precision != Precision.UNKNOWN
        return select.where(sa.case((is_known, times.until_latest), else_=times.since_latest) >= read_bound(text))

    def by_there_to(self, select: Any, text: str) -> Any:
        """Stays that may have begun by then."""
        return self.by_since_to(select, text)


class WhereaboutsForm(OccurrenceForm):
    """Where a person was, written down by hand."""

    place = ShortText("Place", [needed("Enter the place.")], longest=200)


class CorrectionForm(WhyCorrected, WhereaboutsForm):
    """The same row as it should read, and why."""


def _also(case: Case, listing: Listing) -> dict[str, Any]:
    """Of a place that is asked for also who was there, each once, however many cards and records they have."""
    form: Any = listing.form
    if listing.is_refused or listing.is_empty or not form.place.data:
        return {}
    person, card = Whereabouts.person_id, Whereabouts.identifier_id
    those = form.apply(Whereabouts.of(case).where(Whereabouts.uncorrected(), Whereabouts.counted())).order_by(None)
    grouped = those.with_only_columns(person, card, sa.func.count()).group_by(person, card).order_by(person, card)
    rows = db.session().execute(grouped.limit(2 * MOST)).all()
    holders = _holders(rows)
    return {"holders": holders[:MOST], "people": len({one.same_as or one.person.number for one in holders}),
            "is_whole": len(holders) <= MOST and len(rows) < 2 * MOST}  # fmt: skip


def _holders(rows: Sequence[Any]) -> list[Holder]:
    """The people of rows of person, identifier and number of records, in the order of their pseudonyms."""
    those = sa.select(Person).where(Person.id.in_({row[0] for row in rows})).order_by(Person.number)
    people = db.session().scalars(those.options(sa.orm.selectinload(Person.identifiers))).all()
    same: dict[int, int] = {key: number for key, number in db.session().execute(PersonMerge.mains(people))}  # noqa: C416
    holders = {one.id: Holder(one, same.get(one.id)) for one in people}
    cards = {card.id: card.says for one in people for card in shown_to(me(), one).identifiers}
    for person_id, card_id, records in rows:
        holders[person_id].records += records
        holders[person_id].cards += [cards[card_id]] if card_id else []
    return list(holders.values())


LIST = register(
    area, Whereabouts, "whereabouts", tab=Tab.ACCESS, title="Whereabouts", noun="whereabouts",
    filter=WhereaboutsFilter, template="access/whereabouts/list.html", sort="-since",
    sorts={"since": Whereabouts.since_earliest, "number": Whereabouts.number},
    load=(
        sa.orm.joinedload(Whereabouts.person), sa.orm.joinedload(Whereabouts.log),
        sa.orm.selectinload(Whereabouts.corrected_by),
    ),
    columns=(
        "person", label("name", "names", Whereabouts.person_id),
        "place", "since", "until", "source", "line",
        "note", "identifier", "number", "log", "corrects", "why_corrected",
    ),
    also=_also,
)  # fmt: skip


@area.form("/cases/<ref:case>/whereabouts/new", needs=Permission.RECORD_ACCESS, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Write down where somebody was."""
    form = WhereaboutsForm(data={"person": request.args.get("person")})
    return form.takes(actions.record_whereabouts, case, "access/whereabouts/new.html")


@area.route("/cases/<ref:case>/whereabouts/<number:number>", needs=Permission.READ_CASE, of=Whereabouts)
def show(whereabouts: Whereabouts) -> ResponseReturnValue:
    """One row."""
    return page("access/whereabouts/show.html", whereabouts=whereabouts)


@area.form("/cases/<ref:case>/whereabouts/<number:number>/correct", needs=Permission.RECORD_ACCESS, of=Whereabouts)
def correct(whereabouts: Whereabouts) -> ResponseReturnValue:
    """Say it anew; the old row stays readable, struck through."""
    form = CorrectionForm(data=row_data(whereabouts, "place"))
    return form.takes(actions.correct_whereabouts, whereabouts, "access/whereabouts/correct.html")
