"""Whereabouts: the list of who was where, one row, writing one down, correcting one."""

from typing import Any

import sqlalchemy as sa
from flask import request
from flask.typing import ResponseReturnValue

from tracker.actions.access import whereabouts as actions
from tracker.exports.columns import label
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.case.cases import Case
from tracker.policy import Permission
from tracker.views.access.occurrence_forms import OccurrenceFilter, OccurrenceForm, WhyCorrected, row_data
from tracker.web.fields import ShortText, needed
from tracker.web.guard import Area
from tracker.web.lists import Tab, register
from tracker.web.rendering import page

area = Area("whereabouts", __name__)


class WhereaboutsFilter(OccurrenceFilter):
    """Narrow the list of whereabouts."""

    model = Whereabouts
    searched = (Whereabouts.note, Whereabouts.source)
    place = ShortText("Place", longest=200, description="As written in the records.")

    def by_place(self, select: Any, text: str) -> Any:
        """Part of the place's name."""
        return select.where(Whereabouts.place.icontains(text, autoescape=True))


class WhereaboutsForm(OccurrenceForm):
    """Where a person was, written down by hand."""

    place = ShortText("Place", [needed("Enter the place.")], longest=200)


class CorrectionForm(WhyCorrected, WhereaboutsForm):
    """The same row as it should read, and why."""


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
