"""The window before a disclosure or a claim: which there are to choose, the records inside one, and its picture."""

from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from itertools import groupby
from textwrap import shorten

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from wtforms.fields.choices import SelectChoice

from tracker.actions.access.exposure import Answer, read_exposure, windows_of
from tracker.actions.access.standings import is_inside
from tracker.analysis.exposure import first_of
from tracker.analysis.letters import read_number
from tracker.analysis.moments import Moment
from tracker.analysis.zones import find_zone
from tracker.base import db
from tracker.gates import withheld_reason
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.words import Protected
from tracker.pictures.axis import Bounds
from tracker.pictures.window import Mark, draw_window
from tracker.policy import Permission, allows
from tracker.web.guard import me

CUT = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True)
class Subject:
    """A disclosure or a claim that can be chosen: how the address names it, and how a reader does."""

    key: str
    label: str
    is_protected: bool = False


def subjects_of(case: Case) -> list[Subject]:
    """Everything the question can be asked of, in the order of the numbers, with its words cut short."""
    asked = sa.select(Disclosure.number, Disclosure.outlet, Claim.number, Claim.quote, Claim.protected)
    asked = asked.outerjoin(Claim, Claim.disclosure_id == Disclosure.id).where(Disclosure.case_id == case.id)
    rows = db.session().execute(asked.order_by(Disclosure.number, Claim.number)).all()
    found = []
    for (number, outlet), claims in groupby(rows, key=lambda row: row[:2]):
        found.append(Subject(str(number), f"Disclosure {number}: {outlet}"))
        for _, _, claim, quote, protected in claims:
            if claim is not None:
                label = f"Disclosure {number}, claim C{claim}: {shorten(quote, 70, placeholder=CUT)}"
                found.append(Subject(f"{number}.{claim}", label, protected is Protected.PROTECTED))
    return found


def window_choices(case: Case) -> list[SelectChoice]:
    """What a filter offers: nothing while person-level results are withheld, and nothing to who may not ask."""
    asks = allows(me(), Permission.READ_EXPOSURE, case) and not withheld_reason(case)
    known = subjects_of(case) if asks else []
    return [SelectChoice("", "Any time"), *(SelectChoice(one.key, one.label) for one in known)]


def is_in_window(case: Case, key: str) -> sa.ColumnElement[bool]:
    """Whether an access record may lie inside the window that is named like `1` or `1.2`: a disclosure, or a claim.

    It is one of those that were offered. The records inside are an answer about people, so that it is read is noted.
    """
    disclosure, claims = _find_named(case, key)
    read_exposure(me(), claims[0] if "." in key else disclosure)
    return is_inside(case, windows_of(disclosure, claims))


def window_named(case: Case, key: str) -> tuple[Moment, Moment]:
    """The first start and the end of the window that is named like `1` or `1.2`; it says nothing of people."""
    windows = windows_of(*_find_named(case, key))
    return first_of(one.start for one in windows), windows[0].end


def _find_named(case: Case, key: str) -> tuple[Disclosure, list[Claim]]:
    number, _, claim = key.partition(".")
    one = Disclosure.of(case).where(Disclosure.number == read_number(number)).options(joinedload(Disclosure.claims))
    disclosure = db.session().scalars(one).unique().one()
    return disclosure, [one for one in disclosure.claims if not claim or one.number == read_number(claim)]


def draw(answer: Answer, zone: str) -> str:
    """The window as a picture, with a mark for everybody with access in it, on the clocks that the zone had then."""
    marks = [Mark(standing, bounds) for standing, first in answer.firsts if (bounds := _bounds(first))]
    starts = [bounds for span in answer.spans if (bounds := _bounds(span.window.start))]
    ends = [bounds for label, when in answer.ends if label != "request for comment" and (bounds := _bounds(when))]
    start = min(starts, key=lambda one: one.earliest, default=None)
    end = _bounds(answer.end)
    clocks = end or start
    if clocks is None:
        return ""
    local = timezone(clocks.latest.astimezone(find_zone(zone)[1]).utcoffset() or timedelta())
    there = [_at(bounds, local) for bounds in ends]
    marks = [Mark(mark.standing, _at(mark.at, local)) for mark in marks]
    return draw_window(start and _at(start, local), end and _at(end, local), there, marks)


def _at(bounds: Bounds, local: tzinfo) -> Bounds:
    try:
        return Bounds(bounds.earliest.astimezone(local), bounds.latest.astimezone(local))
    except OverflowError:  # at the ends of the calendar
        return Bounds(bounds.earliest.replace(tzinfo=local), bounds.latest.replace(tzinfo=local))


def _bounds(moment: Moment) -> Bounds | None:
    earliest, latest = moment.earliest or moment.latest, moment.latest or moment.earliest
    return Bounds(earliest, latest) if earliest and latest else None
