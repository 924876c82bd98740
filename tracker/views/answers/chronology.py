"""The chronology: everything of a case that has a time, as one table and one picture."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from tracker.actions.answers.event_sources import KINDS, OF_MATERIAL, OF_PERSON, OF_UNIT, EventKind
from tracker.actions.answers.events import Event, read_numbers
from tracker.analysis.exposure import NOT_KNOWN
from tracker.analysis.letters import read_number as read_whole
from tracker.analysis.moments import Moment
from tracker.analysis.pitfalls import OF_CHRONOLOGY
from tracker.audit.cache import remember_of
from tracker.audit.doors import housekeeping, now
from tracker.base import db
from tracker.exports.columns import Column, instant, plain, text
from tracker.exports.results import Result
from tracker.models.access.people import pseudonym, read_number
from tracker.models.case.cases import Case
from tracker.models.disclosure.conflicts import Conflict
from tracker.models.disclosure.materials import Material
from tracker.models.register.last_looks import LastLook
from tracker.policy import Permission
from tracker.views.access.occurrence_forms import BoundText, must_hold_number, read_bound
from tracker.views.access.windows import window_choices, window_named
from tracker.views.answers.chronology_picture import draw
from tracker.views.answers.chronology_rows import by_day, entries_of, with_window
from tracker.web.clocks import zone_here
from tracker.web.fields import ShortText
from tracker.web.forms import FilterForm
from tracker.web.guard import Area, me
from tracker.web.listing import Listing
from tracker.web.lists import Tab, register

area = Area("chronology", __name__)
DRAWN = 3_000  # events in one picture


class KindsField(HiddenField):
    """Several kinds, with commas between them: they are chosen by chips."""

    def says(self) -> str:
        """The kinds in words."""
        return ", ".join(EventKind(one).label.lower() for one in kinds_in(self.data or ""))


class NewField(HiddenField):
    """Whether only what is new is asked for."""

    def says(self) -> str:
        """What its chip says."""
        return "new entries"


class ChronologyFilter(FilterForm):
    """Narrow the chronology. Several kinds stand in the address with commas between them."""

    model = Event
    kind = KindsField("Kinds")
    person = ShortText(
        "Person", [must_hold_number(read_number, "Enter the pseudonym in the form P-014.")], longest=80,
        description="The pseudonym, such as P-014.",
    )  # fmt: skip
    unit = ShortText("Unit", longest=200, description="The unit of the person, as it is recorded.")
    material = SelectField("Material", default="", choices=lambda form, _field: _materials(form.case))
    window = SelectField("Window", default="", choices=lambda form, _field: window_choices(form.case))
    since = BoundText("From")
    until = BoundText("To")
    recorded = BoundText("Recorded since")
    new = NewField("Recorded")

    def by_kind(self, select: Any, text: str) -> Any:
        """Those of some kinds."""
        return select.where(Event.kind.in_(kinds_in(text)))

    def by_person(self, select: Any, text: str) -> Any:
        """What is about one person."""
        return select.params({OF_PERSON.key: read_number(text)})

    def by_unit(self, select: Any, text: str) -> Any:
        """What is about people of one unit."""
        return select.params({OF_UNIT.key: text})

    def by_material(self, select: Any, text: str) -> Any:
        """What is about one material."""
        return select.params({OF_MATERIAL.key: read_whole(text)})

    @cached_property
    def ends(self) -> tuple[Moment, Moment] | None:
        """The start and the end of the window that is asked for."""
        return window_named(self.case, self.window.data) if self.window.data and not self.window.errors else None

    def by_window(self, select: Any, _key: str) -> Any:
        """What may lie inside the window."""
        start, end = self.ends or (NOT_KNOWN, NOT_KNOWN)
        select = select.where(Event.latest >= start.earliest) if start.earliest else select
        return select.where(Event.earliest <= end.latest) if end.latest else select

    def by_since(self, select: Any, text: str) -> Any:
        """What may have happened then or later."""
        return select.where(Event.latest >= read_bound(text))

    def by_until(self, select: Any, text: str) -> Any:
        """What may have happened by then."""
        return select.where(Event.earliest <= read_bound(text, last=True))

    def by_recorded(self, select: Any, text: str) -> Any:
        """What was recorded then or later."""
        return select.where(Event.recorded >= read_bound(text))

    def by_new(self, select: Any, _text: str) -> Any:
        """What was recorded since the account marked the chronology as read."""
        look = last_look(self.case)
        return select.where(Event.recorded > look.at) if look else select


def kinds_in(text: str) -> list[str]:
    """The kinds that an address names, in the order of the lanes."""
    asked = set(text.split(","))
    return [kind.value for kind in KINDS if kind.value in asked]


def _materials(case: Case) -> list[SelectChoice]:
    known = db.session().execute(sa.select(Material.number, Material.identifier).where(Material.case_id == case.id))
    return [SelectChoice("", "Any"), *(SelectChoice(str(number), name) for number, name in known)]


def last_look(case: Case) -> LastLook | None:
    """When whoever asks last marked the chronology of the case as read."""
    return db.session().get(LastLook, (me().id, case.id))


def _people(_labels: Any, values: Any) -> Iterable[Any]:
    return [["; ".join(map(pseudonym, read_numbers(cell))) for cell in values[0]]]


def _also(case: Case, listing: Listing) -> dict[str, Any]:
    form: Any = listing.form
    chosen, zone = kinds_in(form.kind.data or ""), zone_here()
    disputed: dict[str, set[int]] = {}
    for thing, number in db.session().execute(
        sa.select(Conflict.thing, Conflict.thing_id).where(Conflict.case_id == case.id, Conflict.withdrawn_at.is_(None))
    ):
        disputed.setdefault(thing, set()).add(number)
    window = form.ends
    fits = not listing.is_refused and listing.total is not None and listing.total <= DRAWN
    drawn = _all_of(listing) if fits else []
    return {
        "case": case,
        "days": by_day(with_window(entries_of(listing.rows, case, zone, disputed), window, zone)),
        "counts": _counts(listing, form, drawn if fits else None),
        "chosen": chosen,
        "kinds": {kind: _kinds_url(listing, chosen, kind) for kind in KINDS},
        "all_kinds": listing.with_arguments(kind=""),
        "window": window,
        "picture": Markup(draw(drawn, window, zone)) if fits else "",  # noqa: S704  # escapes its texts
        "unknown": sum(one.time.latest is None for one in drawn),
        "most": DRAWN,
        "is_whole": fits or listing.is_refused,
        "look": last_look(case),
        "new_url": listing.with_arguments(new="" if form.new.data else "1"),
        "is_new": bool(form.new.data),
        "result": _result(case, form),
    }


def _result(_case: Case, _form: Any) -> Result:
    return Result("The chronology of this case.", (), OF_CHRONOLOGY)


def _all_of(listing: Listing) -> list[Event]:
    """What the picture shows: everything that the filter leaves."""
    if listing.is_whole:
        return listing.rows
    return list(db.session().scalars(listing.select.order_by(Event.place, Event.id).limit(DRAWN)))


def _counts(listing: Listing, form: ChronologyFilter, drawn: list[Event] | None) -> Mapping[str, int]:
    """How many rows there are of each kind under the other filters; of all that are drawn without asking again."""
    if listing.is_refused or (not form.kind.data and drawn is not None):
        return Counter(one.kind for one in drawn or ())
    look = last_look(form.case) if form.new.data else None
    asked = [(field.name, field.data) for field in form if field.name != "kind"]
    return remember_of(
        form.case, form.case.changed, lambda: _count_kinds(form), "kinds", *asked, look.at if look else None
    )


def _count_kinds(form: ChronologyFilter) -> dict[str, int]:
    select = form.apply_but("kind", Event.of(form.case))
    counted = select.with_only_columns(Event.kind, sa.func.count(), maintain_column_froms=True).group_by(Event.kind)
    return dict(db.session().execute(counted).all())


def _kinds_url(listing: Listing, chosen: list[str], kind: EventKind) -> str:
    """The address with this kind put in, or taken out."""
    toggled = set(chosen) ^ {kind.value}
    return listing.with_arguments(kind=",".join(one.value for one in KINDS if one.value in toggled))


register(
    area, Event, "chronology",
    tab=Tab.CHRONOLOGY, title="Chronology", noun="entry", filter=ChronologyFilter, counts=False,
    sorts={"time": Event.place}, sort="time", key=Event.id, template="answers/chronology/list.html", also=_also,
    order=(Event.place, Event.id), keeps=_result,
    columns=(
        plain("kind", Event.kind),
        Column(("time_utc", "time_local", "time_precision"),
               (Event.earliest, Event.latest, Event.offset, Event.precision),
               lambda labels, values: labels.times.cells(values)),
        instant("until", Event.until), plain("number", Event.number), plain("within", Event.below),
        text("what", Event.words), text("more", Event.more), plain("records", Event.records),
        plain("people", Event.people), Column(("persons",), (Event.numbers,), _people), text("source", Event.source),
    ),
)  # fmt: skip


@area.post("/cases/<ref:case>/chronology/read", needs=Permission.READ_CASE, of=Case)
def mark_read(case: Case) -> ResponseReturnValue:
    """What is recorded up to now is not new any more to whoever asks."""
    place = {"account_id": me().id, "case_id": case.id}
    with housekeeping() as record:
        record.merge(LastLook(**place, at=now()))
    flash("The chronology is marked as read. New entries are listed from now on.", "success")
    return redirect(url_for("chronology.list_page", case=case.reference), 303)
