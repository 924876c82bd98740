"""Whereabouts: the list of who was where, one row, writing one down, correcting one."""

from typing import Any

import sqlalchemy as sa
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import whereabouts as actions
from tracker.exports.columns import moment, plain, text
from tracker.fields import Line, needed
from tracker.guard import Area, me
from tracker.models.cases import Case
from tracker.models.whereabouts import Whereabouts
from tracker.policy import Permission
from tracker.rendering import page
from tracker.views.occurrences import (
    OccurrenceFilter,
    OccurrenceForm,
    WhyCorrected,
    as_stated,
    origin_columns,
    person_columns,
)
from tracker.web.lists import Tab, register

area = Area("whereabouts", __name__)


class WhereaboutsFilter(OccurrenceFilter):
    """Narrow the list of whereabouts."""

    model = Whereabouts
    place = Line("Place", longest=200, description="As written in the records.")

    def by_place(self, select: Any, text: str) -> Any:
        """Part of the place's name."""
        return select.where(Whereabouts.place.icontains(text, autoescape=True))


class WhereaboutsForm(OccurrenceForm):
    """Where a person was, written down by hand."""

    place = Line("Place", [needed("Enter the place.")], longest=200)


class CorrectionForm(WhyCorrected, WhereaboutsForm):
    """The same row as it should read, and why."""


LIST = register(
    area, Whereabouts, "whereabouts",
    tab=Tab.ACCESS, title="Whereabouts", noun="whereabouts",
    filter=WhereaboutsFilter, template="whereabouts/list.html", sort="-since",
    sorts={"since": Whereabouts.since_earliest, "number": Whereabouts.number},
    load=(
        sa.orm.joinedload(Whereabouts.person), sa.orm.joinedload(Whereabouts.log),
        sa.orm.selectinload(Whereabouts.corrected_by),
    ),
    columns=(
        *person_columns(Whereabouts),
        text("place", Whereabouts.place),
        moment("since", Whereabouts),
        moment("until", Whereabouts),
        text("source", Whereabouts.source),
        plain("line", Whereabouts.line),
        *origin_columns(Whereabouts, "corrected_whereabouts"),
    ),
)  # fmt: skip


@area.form("/cases/<ref:case>/whereabouts/new", needs=Permission.RECORD_ACCESS, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Write down where somebody was."""
    form = WhereaboutsForm(case, data={"person": request.args.get("person")})
    if form.validate_on_submit():
        with form.conflicts():
            row = actions.record_whereabouts(me(), case, **form.values())
            return redirect(url_for(".show", case=case.reference, number=row.number), 303)
    return page("whereabouts/new.html", form=form, case=case)


@area.route("/cases/<ref:case>/whereabouts/<number:number>", needs=Permission.READ_CASE, of=Whereabouts)
def show(whereabouts: Whereabouts) -> ResponseReturnValue:
    """One row."""
    return page("whereabouts/show.html", whereabouts=whereabouts, case=whereabouts.case)


@area.form("/cases/<ref:case>/whereabouts/<number:number>/correct", needs=Permission.RECORD_ACCESS, of=Whereabouts)
def correct(whereabouts: Whereabouts) -> ResponseReturnValue:
    """Say it anew; the old row stays readable, struck through."""
    case = whereabouts.case
    form = CorrectionForm(case, data=as_stated(whereabouts, ("place", "since", "until", "note")))
    if form.validate_on_submit():
        with form.conflicts():
            newer = actions.correct_whereabouts(me(), whereabouts, **form.values())
            return redirect(url_for(".show", case=case.reference, number=newer.number), 303)
    return page("whereabouts/correct.html", form=form, case=case, whereabouts=whereabouts)
