"""Exposure: who had access before it came out. Nothing opens before counsel's check; whoever looks is recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from flask import request
from flask.typing import ResponseReturnValue

from tracker.actions.access.exposure import read_exposure, who_had_access
from tracker.analysis.exposure import Exposure, Standing
from tracker.analysis.letters import read_number
from tracker.models.access.words import Level
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.policy import Permission
from tracker.web.guard import Area, me
from tracker.web.rendering import page

area = Area("who_had_access", __name__)
AT_ONCE = 25  # people of a class that are listed on one page


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
    asked = Asked.read()
    answer = who_had_access(disclosure, [claim] if claim else disclosure.claims, asked.choose)
    return page(
        "access/who_had_access/show.html",
        case=disclosure.case,
        disclosure=disclosure,
        claim=claim,
        answer=answer,
        asked=asked,
        levels={level.value: level for level in Level},
        standings=Standing,
    )


@dataclass(frozen=True)
class Asked:
    """Which people the address asks for: the first of every class, or one page of a single class."""

    standing: Standing | None
    page: int

    @classmethod
    def read(cls) -> Self:
        """What `class` and `page` of the address say; anything else is the first of every class."""
        word = request.args.get("class")
        standing = Standing(word) if word in set(Standing) else None
        return cls(standing, max(read_number(request.args.get("page")) or 1, 1))

    def choose(self, found: Exposure) -> Mapping[Standing, Sequence[int]]:
        """Those people, by their class."""
        start = (self.page - 1) * AT_ONCE if self.standing else 0
        return {one: found.of(one)[start : start + AT_ONCE] for one in Standing if self.standing in {None, one}}

    def has_more(self, found: Exposure, standing: Standing) -> bool:
        """Whether there are people of a class after those who are listed."""
        return len(found.of(standing)) > self.page * AT_ONCE
