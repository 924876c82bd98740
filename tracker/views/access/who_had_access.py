"""Who had access before it came out. Nothing opens before counsel's check; whoever looks is recorded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker.actions.access.exposure import Answer, read_exposure, who_had_access
from tracker.actions.access.standings import select_records_inside
from tracker.actions.register.exports import start_list
from tracker.analysis.cells import guard
from tracker.analysis.exposure import Placed, Standing, Window
from tracker.analysis.letters import read_number
from tracker.analysis.moments import to_csv
from tracker.audit.cache import remember_of
from tracker.base import db
from tracker.exports.streams import Stream
from tracker.exports.writing import written
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
from tracker.views.access.windows import LEVELS, Asked, Chosen, draw, subjects_of
from tracker.web.clocks import say, zone_here
from tracker.web.guard import Area, me
from tracker.web.limits.export_turns import take_turn
from tracker.web.lists import Tab, must_be_asked_here, register, sent
from tracker.web.rendering import page

area = Area("who_had_access", __name__)
IN_FILE = 500  # people of a file who are looked at together
AT_ONCE = 25  # people on one page, whose records are looked at one by one
register(area, Disclosure, "who-had-access", tab=Tab.ACCESS, title="Summary", endpoint="landing")


@area.route("/cases/<ref:case>/who-had-access", needs=Permission.READ_CASE, of=Case)
def landing(case: Case) -> ResponseReturnValue:
    """To the answer that was chosen, or that of the first protected claim; while withheld, to the access records."""
    if reason := withheld_reason(case):
        flash(reason, "info")
        return redirect(url_for("access_records.list_page", case=case.reference), 303)
    number, _, claim = request.args.get("before", "").partition(".")
    if read_number(number):
        here: Any = {"case": case.reference, "number": read_number(number), **Asked.read().words}
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
    "/cases/<ref:case>/disclosures/<number:number>/who-had-access.csv", needs=Permission.READ_EXPOSURE, of=Disclosure
)
def of_disclosure_csv(disclosure: Disclosure) -> ResponseReturnValue:
    """The same people, through the same filters, as a file."""
    return _file(disclosure, None)


@area.route(
    "/cases/<ref:case>/disclosures/<number:number>/claims/<number:claim>/who-had-access",
    needs=Permission.READ_EXPOSURE,
    of=Claim,
)
def of_claim(claim: Claim) -> ResponseReturnValue:
    """Who had access to the version that one claim names."""
    read_exposure(me(), claim)
    return _page(claim.disclosure, claim)


@area.route(
    "/cases/<ref:case>/disclosures/<number:number>/claims/<number:claim>/who-had-access.csv",
    needs=Permission.READ_EXPOSURE,
    of=Claim,
)
def of_claim_csv(claim: Claim) -> ResponseReturnValue:
    """The same people, through the same filters, as a file."""
    return _file(claim.disclosure, claim)


def _page(disclosure: Disclosure, claim: Claim | None) -> ResponseReturnValue:
    asked, case = Asked.read(), disclosure.case
    claims = [claim] if claim else disclosure.claims
    chosen = Chosen(disclosure, claims, asked)
    answer = who_had_access(disclosure, claims, lambda found: chosen.on_page(found, AT_ONCE), case.changed, say)
    return page(
        "access/who_had_access/show.html",
        case=case,
        disclosure=disclosure,
        claim=claim,
        answer=answer,
        asked=asked,
        chosen_people=chosen,
        subjects=subjects_of(case),
        chosen=f"{disclosure.number}.{claim.number}" if claim else str(disclosure.number),
        picture=Markup(draw(answer, zone_here())),  # noqa: S704  # the picture escapes every text itself
        rows=Rows(case, answer),
        standings=Standing,
        levels=Level,
        at_once=AT_ONCE,
    )


def _file(disclosure: Disclosure, claim: Claim | None) -> ResponseReturnValue:
    """The answer without names as CSV. That it is read, and that it leaves, is recorded first."""
    must_be_asked_here(disclosure.case)
    asked, subject = Asked.read(), claim or disclosure
    if asked.faults:
        abort(422, f"Correct the filter first. {asked.faults[0]}")
    read_exposure(me(), subject)
    with take_turn():
        rows = list(_cells(disclosure, [claim] if claim else disclosure.claims, asked))
        words = request.full_path.removeprefix(f"/cases/{disclosure.case.reference}/")[:2000]
        export = start_list(me(), disclosure.case, what="who-had-access", filter=words)
        return sent(export, Stream(export, lambda _, tally: written(HEADS, [rows], tally)), "text/csv")


HEADS = (
    "person", "post", "unit", "class", "class_with_imprecise_times", "levels", "first_access_utc", "first_access_local",
    "first_access_precision", "records_in_window", "versions_held", "versions_unsure", "interviews", "eliminations",
)  # fmt: skip


def _cells(disclosure: Disclosure, claims: Sequence[Claim], asked: "Asked") -> Iterator[tuple[Any, ...]]:
    """A row of the file for each person who is asked for, part by part."""
    case, chosen = disclosure.case, Chosen(disclosure, claims, asked)
    zone, start = case.zone or disclosure.published.offset or "UTC", 0
    while start == 0 or start < chosen.total:
        part = slice(start, start + IN_FILE)
        answer = who_had_access(disclosure, claims, lambda found, part=part: chosen.part(found, part), case.changed)  # type: ignore[misc]
        rows = Rows(case, answer)
        for row in rows:
            one = row.placed
            first = to_csv(replace(one.first, offset=zone)) if one.first else ("", "", "")
            held, unsure = (
                [v.heading for v, had in zip(rows.versions, row.held, strict=True) if had is word]
                for word in (True, None)
            )
            talks = (
                str(number) if state != InterviewState.PLANNED else f"{number} (planned)"
                for number, state in sorted(row.interviews)
            )
            by = answer.eliminations.get(one.person, ()) if one.standing is Standing.ELIMINATED else ()
            yield (
                row.person.pseudonym, guard(row.person.post), guard(row.person.unit), one.standing, one.otherwise,
                "; ".join(one.levels), *first, row.records, guard("; ".join(held)), guard("; ".join(unsure)),
                "; ".join(talks), "; ".join(str(each.number) for each in by),
            )  # fmt: skip
        start += IN_FILE


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
