"""Exposure: who had access before it came out. Nothing opens before counsel's screen; whoever looks is recorded."""

from flask import request
from flask.typing import ResponseReturnValue

from tracker.actions.exposures import read_exposure
from tracker.analysis.exposure import Standing
from tracker.exposures import answered
from tracker.guard import Area, me
from tracker.models.claims import Claim
from tracker.models.disclosures import Disclosure
from tracker.models.words.accesses import Level
from tracker.policy import Permission
from tracker.rendering import page

area = Area("exposure", __name__)
AT_ONCE = 200  # people of a class that are listed before the page asks whether to list them all


@area.route("/cases/<ref:case>/disclosures/<number:number>/exposure", needs=Permission.READ_EXPOSURE, of=Disclosure)
def of_disclosure(disclosure: Disclosure) -> ResponseReturnValue:
    """Who had access before this disclosure."""
    read_exposure(me(), disclosure)
    return _shown(disclosure, None)


@area.route(
    "/cases/<ref:case>/disclosures/<number:number>/claims/<number:claim>/exposure",
    needs=Permission.READ_EXPOSURE,
    of=Claim,
)
def of_claim(claim: Claim) -> ResponseReturnValue:
    """Who had access to the version that one claim names."""
    read_exposure(me(), claim)
    return _shown(claim.disclosure, claim)


def _shown(disclosure: Disclosure, claim: Claim | None) -> ResponseReturnValue:
    answer = answered(disclosure, [claim] if claim else disclosure.claims)
    return page(
        "exposure/show.html",
        case=disclosure.case,
        disclosure=disclosure,
        claim=claim,
        answer=answer,
        levels={level.value: level for level in Level},
        standings=Standing,
        most=None if request.args.get("whole") else AT_ONCE,
    )
