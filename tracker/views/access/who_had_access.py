"""Who had access before it came out. Nothing opens before counsel's check; whoever looks is recorded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import sqlalchemy as sa
from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker.actions.access.exposure import Answer, read_exposure, who_had_access
from tracker.actions.access.standings import select_records_inside
from tracker.analysis.exposure import Exposure, Placed, Standing, Window
from tracker.analysis.letters import read_number
from tracker.audit.cache import remember_of
from tracker.base import db
from tracker.gates import withheld_reason
from tracker.models.access.people import Person
from tracker.models.access.words import Level
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.versions import Version
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import InterviewState
from tracker.policy import Permission
from tracker.views.access.windows import draw, subjects_of
from tracker.web.guard import Area, me
from tracker.web.lists import Tab, register
from tracker.web.places import this_page
from tracker.web.rendering import page

area = Area("who_had_access", __name__)
AT_ONCE = 25  # people on one page, whose records are looked at one by one
LEVELS = {level.value: level for level in Level}
register(area, Disclosure, "who-had-access", tab=Tab.ACCESS, title="Summary", endpoint="landing")


@area.route("/cases/<ref:case>/who-had-access", needs=Permission.READ_CASE, of=Case)
def landing(case: Case) -> ResponseReturnValue:
    """To the answer that was chosen, or that of the first protected claim; while withheld, to the access records."""
    if reason := withheld_reason(case):
        flash(reason, "info")
        return redirect(url_for("access_records.list_page", case=case.reference), 303)
    number, _, claim = request.args.get("before", "").partition(".")
    if read_number(number):
        here: Any = {"case": case.reference, "number": read_number(number)}
        return redirect(
            url_for("who_had_access.of_claim", claim=read_number(claim), **here)
            if read_number(claim)
            else url_for("who_had_access.of_disclosure", **here),
            303,
        )
    subjects = subjects_of(case)
    if not subjects:
        return page("access/who_had_access/none.html", case=case)
    first = next((one for one in subjects if one.is_protected), subjects[0])
    return redirect(url_for("who_had_access.landing", case=case.reference, before=first.key), 303)


@area.route(
    "/cases/<ref:case>/disclosures/<number:number>/who-had-access", needs=Permission.READ_EXPOSURE, of=Disclosure
)
def of_disclosure(disclosure: Disclosure) -> ResponseReturnValue:
    """Who had access before this disclosure."""
    read_exposure(me(), disclosure)
    return _page(disclosure, None)


@area.route(
    "/cases/<ref:case>/disclosures/<number:number>/claims/<number:claim>/who-had-access",
    needs=Permission.READ_EXPOSURE,
    of=Claim,
)
def of_claim(claim: Claim) -> ResponseReturnValue:
    """Who had access to the version that one claim names."""
    read_exposure(me(), claim)
    return _page(claim.disclosure, claim)


def _page(disclosure: Disclosure, claim: Claim | None) -> ResponseReturnValue:
    asked, case = Asked.read(), disclosure.case
    zone = case.zone or disclosure.published.offset or "UTC"
    answer = who_had_access(disclosure, [claim] if claim else disclosure.claims, asked.choose, case.changed)
    return page(
        "access/who_had_access/show.html",
        case=case,
        disclosure=disclosure,
        claim=claim,
        answer=answer,
        asked=asked,
        subjects=subjects_of(case),
        chosen=f"{disclosure.number}.{claim.number}" if claim else str(disclosure.number),
        picture=Markup(draw(answer, zone)),  # noqa: S704  # the picture escapes every text itself
        zone=zone,
        rows=Rows(case, answer),
        standings=Standing,
        at_once=AT_ONCE,
    )


@dataclass(frozen=True)
class Row:
    """One person of the answer, with what the record holds of them for this window.

    An interview is its number and its state; `held` says of each version whether they had
    it: None where only records that name no version may mean it.
    """

    placed: Placed
    person: Person
    level: Level | None
    records: int
    held: Sequence[bool | None]
    interviews: Sequence[tuple[int, InterviewState]]


class Rows:
    """The listed people in the order of their pseudonyms: none stands higher for what is recorded of them."""

    def __init__(self, case: Case, answer: Answer) -> None:
        self._case, self._answer = case, answer

    def __iter__(self) -> Iterator[Row]:
        placed = [one for listed in self._answer.listed.values() for one in listed]
        for one in sorted(placed, key=lambda each: each.person):
            person = self._answer.people[one.person]
            records, interviews = self._facts.get(one.person, ({}, []))
            level = LEVELS[one.levels[-1]] if one.levels else None
            yield Row(one, person, level, sum(records.values()), self._held(records), interviews)

    @cached_property
    def versions(self) -> list[Version]:
        """The versions of the materials that the window is about, without those that were corrected."""
        materials = {span.version.material for span in self._answer.spans if span.version is not None}
        every = [version for material in materials for version in material.versions]
        corrected = {version.corrects_id for version in every}
        return sorted((one for one in every if one.id not in corrected), key=lambda one: (one.material_id, one.number))

    def _held(self, records: Mapping[int | None, int]) -> list[bool | None]:
        named = [bool(version.with_corrections()[1] & records.keys()) for version in self.versions]
        return [True if one else (None if None in records else False) for one in named]

    @cached_property
    def _facts(self) -> dict[int, tuple[dict[int | None, int], list[tuple[int, InterviewState]]]]:
        """By a person's number their records in the window, by version, and their interviews but the cancelled ones."""
        ids = tuple(self._answer.ids)
        windows = tuple(span.window for span in self._answer.spans)
        return remember_of(self._case, self._answer.changed, lambda: self._ask(ids, windows), "facts", ids, windows)

    def _ask(
        self, ids: Sequence[int], windows: Sequence[Window]
    ) -> dict[int, tuple[dict[int | None, int], list[tuple[int, InterviewState]]]]:
        records = select_records_inside(self._case, windows, ids)
        state = sa.type_coerce(Interview.state, sa.String)
        talks = sa.select(Interview.person_id, Interview.number, sa.literal(0), state)
        talks = talks.where(Interview.person_id.in_(ids), Interview.state != InterviewState.CANCELLED)
        both = sa.union_all(records.add_columns(sa.literal("")), talks)
        found: dict[int, tuple[dict[int | None, int], list[tuple[int, InterviewState]]]] = {}
        for person_id, one, count, word in db.session().execute(both):
            versions, interviews = found.setdefault(self._answer.ids[person_id], ({}, []))
            if word:
                interviews.append((one, InterviewState(word)))
            else:
                versions[one] = versions.get(one, 0) + count
        return found


@dataclass(frozen=True)
class Asked:
    """Which people the address asks for: a page of everybody, or of a single class."""

    standing: Standing | None
    page: int

    @classmethod
    def read(cls) -> Self:
        """What `class` and `page` of the address say; anything else is the first page of everybody."""
        word = request.args.get("class")
        standing = Standing(word) if word in set(Standing) else None
        return cls(standing, max(read_number(request.args.get("page")) or 1, 1))

    def choose(self, found: Exposure) -> Mapping[Standing, Sequence[int]]:
        """Those people, by their class."""
        start = (self.page - 1) * AT_ONCE
        everybody = sorted((number, one) for one in self._standings() for number in found.of(one))
        some = everybody[start : start + AT_ONCE]
        return {one: [number for number, standing in some if standing is one] for one in Standing}

    def total(self, found: Exposure) -> int:
        """How many people are asked for."""
        return sum(len(found.of(one)) for one in self._standings())

    def _standings(self) -> tuple[Standing, ...]:
        return (self.standing,) if self.standing else tuple(Standing)

    def url(self, standing: Standing | None = None, page: int = 1) -> str:
        """The address of a page of a class, of everybody if there is none."""
        words = [f"class={standing}"] * (standing is not None) + [f"page={page}"] * (page > 1)
        return f"{this_page()}?{'&'.join(words)}" if words else this_page()
