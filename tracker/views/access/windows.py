"""The window before a disclosure or a claim: which there are to choose, who is asked for, and its picture."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta, timezone
from functools import cached_property
from itertools import groupby
from textwrap import shorten
from typing import Any, Self
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import request
from sqlalchemy.orm import joinedload
from wtforms.fields.choices import SelectChoice

from tracker.actions.access.exposure import Answer, read_exposure, windows_of
from tracker.actions.access.standings import is_inside
from tracker.analysis.exposure import Exposure, Standing, first_of
from tracker.analysis.letters import read_number
from tracker.analysis.moments import Moment
from tracker.analysis.zones import find_zone
from tracker.audit.cache import remember_of
from tracker.base import db
from tracker.exports.who_had_access import LEVELS
from tracker.gates import withheld_reason
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import InterviewState
from tracker.pictures.axis import Bounds
from tracker.pictures.window import Mark, draw_window
from tracker.policy import Permission, allows
from tracker.web.guard import me
from tracker.web.places import this_page

FILTERS: dict[str, Callable[[str], bool]] = {  # what the address may ask for, and which words it may be
    "class": set(Standing).__contains__,
    "interviewed": "no".__eq__,
    "eliminated": "no".__eq__,
    "unit": lambda text: "\0" not in text,
    "level": LEVELS.__contains__,
}
MOST_UNITS = 200
CUT = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True)
class Subject:
    """A disclosure or a claim that can be chosen: how the address names it, and how a reader does."""

    key: str
    label: str


def subjects_of(case: Case) -> list[Subject]:
    """Everything the question can be asked of, in the order of the numbers, with its words cut short."""
    asked = sa.select(Disclosure.number, Disclosure.outlet, Claim.number, Claim.quote)
    asked = asked.outerjoin(Claim, Claim.disclosure_id == Disclosure.id).where(Disclosure.case_id == case.id)
    rows = db.session().execute(asked.order_by(Disclosure.number, Claim.number)).all()
    found = []
    for (number, outlet), claims in groupby(rows, key=lambda row: row[:2]):
        found.append(Subject(str(number), f"Disclosure {number}: {outlet}"))
        for _, _, claim, quote in claims:
            if claim is not None:
                label = f"Disclosure {number}, claim C{claim}: {shorten(quote, 70, placeholder=CUT)}"
                found.append(Subject(f"{number}.{claim}", label))
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
    marks = [Mark(standing, bounds) for standing, first in answer.firsts if (bounds := Bounds.of(first))]
    starts = [bounds for span in answer.spans if (bounds := Bounds.of(span.window.start))]
    ends = [bounds for label, when in answer.ends if label != "request for comment" and (bounds := Bounds.of(when))]
    start = min(starts, key=lambda one: one.earliest, default=None)
    end = Bounds.of(answer.end)
    clocks = end or start
    if clocks is None:
        return ""
    local = timezone(clocks.latest.astimezone(find_zone(zone)[1]).utcoffset() or timedelta())
    there = [bounds.on_clocks(local) for bounds in ends]
    marks = [Mark(mark.standing, mark.at.on_clocks(local)) for mark in marks]
    return draw_window(start and start.on_clocks(local), end and end.on_clocks(local), there, marks)


@dataclass(frozen=True)
class Asked:
    """Which people the address asks for: `words` by the name of a filter, on which page; `faults` are in sentences."""

    words: Mapping[str, str]
    page: int
    faults: Sequence[str]

    @classmethod
    def read(cls) -> Self:
        """What the filters and `page` of the address say."""
        given = {name: text for name in FILTERS if (text := request.args.get(name, "").strip())}
        words = {name: text for name, text in given.items() if FILTERS[name](text)}
        faults = [f"This page has no {name} of that name." for name in given if name not in words]
        return cls(words, max(read_number(request.args.get("page")) or 1, 1), faults)

    def url(self, name: str = "", word: str | None = None, page: int = 1, end: str = "") -> str:
        """The address with one filter more, or without it if there is no `word`; `end` is that of a file."""
        words = {key: text for key, text in {**self.words, name: word}.items() if key and text}
        more = {"page": page} if page > 1 else {}
        return f"{this_page()}{end}?{query}" if (query := urlencode(words | more)) else f"{this_page()}{end}"


class Chosen:
    """The people of an answer that are left by the filters, which combine."""

    def __init__(self, disclosure: Disclosure, claims: Sequence[Claim], asked: Asked) -> None:
        self._disclosure, self._claims, self._asked = disclosure, claims, asked
        self.left: dict[Standing, list[int]] = {}  # by class, before the class that is asked for
        self.not_interviewed = 0

    @property
    def total(self) -> int:
        """How many people are asked for."""
        return sum(len(self.left[one]) for one in self._standings)

    @property
    def size(self) -> int:
        """How many there are of all classes."""
        return sum(map(len, self.left.values()))

    @cached_property
    def _known(self) -> tuple[list[str], frozenset[int]]:
        """The units of the people of the case, and who was interviewed, by the number they count as."""
        case = self._disclosure.case
        units = sa.select(Person.unit, sa.literal(0)).where(Person.case_id == case.id, Person.unit != "").distinct()
        never = (InterviewState.PLANNED, InterviewState.CANCELLED)
        talks = Interview.of(case).where(Interview.state.not_in(never))
        interviewed = _counted_as(case, talks, Interview.person_id, sa.literal(""))
        asked = sa.union_all(sa.select(units.limit(MOST_UNITS).subquery()), interviewed)
        rows = remember_of(case, case.changed, lambda: db.session().execute(asked).all(), "units, interviewed")
        return sorted(unit for unit, _ in rows if unit), frozenset(number for unit, number in rows if not unit)

    @property
    def units(self) -> list[str]:
        """The units of the people of the case."""
        return self._known[0]

    def choose_page(self, found: Exposure, size: int) -> Mapping[Standing, Sequence[int]]:
        """Those of the page that is asked for."""
        start = (self._asked.page - 1) * size
        return self.choose_part(found, slice(start, start + size))

    def choose_part(self, found: Exposure, part: slice) -> Mapping[Standing, Sequence[int]]:
        """Some of them, in the order of their numbers, by their class."""
        self.left = self._narrow(found)
        everybody = sorted((number, one) for one in self._standings for number in self.left[one])
        return {one: [number for number, standing in everybody[part] if standing is one] for one in Standing}

    @property
    def _standings(self) -> Sequence[Standing]:
        word = self._asked.words.get("class")
        return [Standing(word)] if word else list(Standing)

    def _narrow(self, found: Exposure) -> dict[Standing, list[int]]:
        words, (_, interviewed) = self._asked.words, self._known
        wanted = [self._numbers(name) for name in ("unit", "level") if name in words]
        left: dict[Standing, list[int]] = {one: [] for one in Standing}
        self.not_interviewed = 0
        for one in Standing if not self._asked.faults else ():
            if one is Standing.ELIMINATED and "eliminated" in words:
                continue
            some = [number for number in found.of(one) if all(number in numbers for numbers in wanted)]
            without = [number for number in some if number not in interviewed]
            self.not_interviewed += len(without)
            left[one] = without if "interviewed" in words else some
        return left

    def _numbers(self, name: str) -> frozenset[int]:
        """Everybody who is of the unit, or has a record of the level inside the window."""
        case, word = self._disclosure.case, self._asked.words.get(name, "")
        ask = lambda: frozenset(db.session().scalars(getattr(self, f"_{name}")(case, word)))  # noqa: E731
        about = (self._disclosure.id, tuple(claim.id for claim in self._claims)) if name == "level" else ()
        return remember_of(case, case.changed, ask, name, word, *about)

    def _unit(self, case: Case, word: str) -> sa.Select[Any]:
        return sa.select(Person.number).where(Person.case_id == case.id, Person.unit == word)

    def _level(self, case: Case, word: str) -> sa.Select[Any]:
        inside = is_inside(case, windows_of(self._disclosure, self._claims))
        return _counted_as(
            case, sa.select(AccessRecord).where(inside, AccessRecord.level == LEVELS[word]), AccessRecord.person_id
        )


def _counted_as(case: Case, rows: sa.Select[Any], person_id: Any, *before: Any) -> sa.Select[Any]:
    """The numbers that the people of these rows count as, with what stands before each."""
    numbers = PersonMerge.numbers(case).subquery()
    return sa.select(*before, numbers.c.number).where(numbers.c.id.in_(rows.with_only_columns(person_id)))
