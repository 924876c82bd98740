"""Exposure: who had access before it came out. Nothing opens before counsel's check; whoever looks is recorded."""

from flask import request
from flask.typing import ResponseReturnValue

from tracker.actions.access.exposure import read_exposure, who_had_access
from tracker.analysis.exposure import Standing
from tracker.models.access.words import Level
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.policy import Permission
from tracker.web.guard import Area, me
from tracker.web.rendering import page

area = Area("who_had_access", __name__)
AT_ONCE = 200  # people of a class that are listed before the page asks whether to list them all


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
    answer = who_had_access(disclosure, [claim] if claim else disclosure.claims)
    return page(
        "access/who_had_access/show.html",
        case=disclosure.case,
        disclosure=disclosure,
        claim=claim,
        answer=answer,
        levels={level.value: level for level in Level},
        standings=Standing,
        most=None if request.args.get("whole") else AT_ONCE,
    )
