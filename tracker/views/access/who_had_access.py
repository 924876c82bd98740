"""Who had access before it came out. Nothing opens before counsel's check; whoever looks is recorded."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import joinedload

from tracker.actions.access.exposure import read_exposure, who_had_access
from tracker.actions.access.subjects import first_subject
from tracker.analysis.exposure import Standing
from tracker.analysis.letters import read_number
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.exports.results import Kept, Result
from tracker.exports.who_had_access import HEADER, Rows, cells_of
from tracker.gates import withheld_reason
from tracker.models.access.words import Level
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.policy import Permission
from tracker.views.access.windows import Asked, Chosen, draw, subjects_of
from tracker.web.clocks import say, zone_here
from tracker.web.guard import Area, me
from tracker.web.limits.export_turns import take_turn
from tracker.web.lists import Tab, must_be_asked_here, register
from tracker.web.rendering import page
from tracker.web.transfer.formats import ENDINGS, asked_filter
from tracker.web.transfer.results import send_result

area = Area("who_had_access", __name__)
AT_ONCE = 25  # people on one page, whose records are looked at one by one
FILED_AT_ONCE = 500  # of a file
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
    if (first := first_subject(case)) is None:
        return page("access/who_had_access/none.html", case=case)
    return redirect(url_for("who_had_access.landing", case=case.reference, before=_key(*first)), 303)


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


@area.route(
    f"/cases/<ref:case>/disclosures/<number:number>/who-had-access.{ENDINGS}",
    needs=Permission.READ_EXPOSURE,
    of=Disclosure,
)
def file_of_disclosure(disclosure: Disclosure) -> ResponseReturnValue:
    """The same as a file."""
    return _file(disclosure, None)


@area.route(
    f"/cases/<ref:case>/disclosures/<number:number>/claims/<number:claim>/who-had-access.{ENDINGS}",
    needs=Permission.READ_EXPOSURE,
    of=Claim,
)
def file_of_claim(claim: Claim) -> ResponseReturnValue:
    """The same as a file."""
    return _file(claim.disclosure, claim)


def _file(disclosure: Disclosure, claim: Claim | None) -> ResponseReturnValue:
    """The people that the address asks for, of every page; that it leaves is recorded first."""
    case, asked = disclosure.case, Asked.read()
    must_be_asked_here(case)
    if asked.faults:
        abort(422, f"Correct the filter first. {asked.faults[0]}")
    before = f"before={_key(disclosure, claim)}&{asked_filter()}".removesuffix("&")
    with take_turn():
        read_exposure(me(), claim or disclosure)
        rows = _rows_of_file(disclosure, [claim] if claim else disclosure.claims, asked)
        return send_result(case, "who-had-access", HEADER, rows, filter=before)


def keep_who_had_access(case: Case) -> Kept:
    """The same as a snapshot keeps it: of the disclosure or claim that `before` names, through the other filters."""
    number, _, part = request.args.get("before", "").partition(".")
    named = Disclosure.of(case).where(Disclosure.number == read_number(number)).options(joinedload(Disclosure.claims))
    disclosure, asked = db.session().scalars(named).unique().one_or_none(), Asked.read()
    claim = next((one for one in disclosure.claims if one.number == read_number(part)), None) if disclosure else None
    if disclosure is None or asked.faults or (part and claim is None):
        raise Refused("Open Who had access, choose the disclosure or claim, and keep the result from there.", "of")
    claims = [claim] if claim else disclosure.claims
    answer = who_had_access(disclosure, claims, lambda _: {}, case.changed, say)
    title = f"Who had access before {f'claim {claim.label} of ' if claim else ''}disclosure {disclosure.number}"
    sentence = "; ".join(answer.exposure.words(standing) for standing in Standing)
    query = urlencode({"before": _key(disclosure, claim), **asked.words})
    result = Result(f"{title}: {sentence}.", answer.coverage, answer.pitfalls)
    return Kept(title, "who-had-access", query, result, HEADER, list(_rows_of_file(disclosure, claims, asked)))


def _rows_of_file(disclosure: Disclosure, claims: Sequence[Claim], asked: Asked) -> Iterator[Sequence[Any]]:
    case, chosen, start = disclosure.case, Chosen(disclosure, claims, asked), 0
    while start == 0 or start < chosen.total:
        part = slice(start, start + FILED_AT_ONCE)
        answer = who_had_access(disclosure, claims, partial(chosen.choose_part, part=part), case.changed)
        rows = Rows(case, answer)
        yield from (cells_of(row, rows.versions, " ".join(answer.coverage)) for row in rows)
        start += FILED_AT_ONCE


def _key(disclosure: Disclosure, claim: Claim | None) -> str:
    return f"{disclosure.number}.{claim.number}" if claim else str(disclosure.number)


def _page(disclosure: Disclosure, claim: Claim | None) -> ResponseReturnValue:
    asked, case = Asked.read(), disclosure.case
    claims = [claim] if claim else disclosure.claims
    chosen = Chosen(disclosure, claims, asked)
    answer = who_had_access(disclosure, claims, partial(chosen.choose_page, size=AT_ONCE), case.changed, say)
    return page(
        "access/who_had_access/show.html",
        case=case,
        disclosure=disclosure,
        claim=claim,
        answer=answer,
        asked=asked,
        chosen_people=chosen,
        subjects=subjects_of(case),
        chosen=_key(disclosure, claim),
        keep_query=urlencode({"before": _key(disclosure, claim), **asked.words}),
        picture=Markup(draw(answer, zone_here())),  # noqa: S704  # the picture escapes every text itself
        rows=Rows(case, answer),
        standings=Standing,
        levels=Level,
        at_once=AT_ONCE,
    )
