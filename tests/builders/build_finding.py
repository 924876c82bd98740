"""Findings of LK-AAAA as the team writes them, and what they rest on; tests say what they care about."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tests import world
from tests.builders import build_access
from tests.builders.build_material import person
from tests.machinery.snapshots import built_once
from tracker.actions.findings import citations, findings, reviews
from tracker.audit.doors import action
from tracker.base import db
from tracker.models.disclosure.claims import Claim
from tracker.models.findings.citations import Citation
from tracker.models.findings.findings import Finding
from tracker.models.findings.replies import Reply
from tracker.models.findings.words import Bearing, Cited, Conclusion, Standard
from tracker.policy import Permission

WHOLE = {
    "rule": "Handling rule 4",
    "evidence_for": "The portal shows that the cards were opened at 19:15.",
    "evidence_against": "Eleven others opened them before the call.",
    "reasoning": "What was published follows the second draft, which went to twelve holders.",
    "conclusion": Conclusion.NOT_SUBSTANTIATED,
}


@built_once
def drafted(*, who: str = "ines", about: Any = None, allegation: str = "The cards were passed on") -> Finding:
    """A finding with nothing but what is chosen first."""
    return findings.draft_finding(
        world.person(who), world.case(), standard=Standard.BALANCE, allegation=allegation, person=about
    )


def written(finding: Finding, *, who: str = "ines", **texts: Any) -> Finding:
    """The same with a whole text, or with the parts that are given."""
    findings.edit_finding(world.person(who), finding, lock_version=finding.lock_version, **(texts or WHOLE))
    return finding


@built_once
def submitted(finding: Finding | None = None) -> Finding:
    """A finding about a process, put before a reviewer."""
    finding = finding or written(drafted())
    findings.submit_finding(world.person("lena"), finding, revision=finding.revision)
    return finding


def shown(finding: Finding) -> dict[str, Any]:
    """What the page of a review shows of it, and its form carries."""
    return {"revision": finding.revision, "text_sha256": finding.text_sha256}


def approved(finding: Finding, *, who: str = "rhea") -> Finding:
    """Approved at the text it has now."""
    reviews.approve_finding(world.person(who), finding, **shown(finding))
    return finding


def returned(finding: Finding, *, who: str = "rhea", reasons: str = "Say who else held the draft.") -> Finding:
    """Given back at the text it has now."""
    reviews.return_finding(world.person(who), finding, **shown(finding), reasons=reasons)
    return finding


@built_once
def about_somebody(**texts: Any) -> Finding:
    """A whole text about a person, which cites nothing."""
    return written(drafted(about=person()), **{**WHOLE, **texts})


@built_once
def a_claim() -> Claim:
    """A claim of a disclosure, to be cited."""
    return build_access.claim(build_access.disclosure())


def cited(finding: Finding, thing: Any, kind: Cited = Cited.CLAIM, bearing: Bearing = Bearing.SUPPORTS) -> Citation:
    """Cite a thing, for it unless told."""
    return citations.cite(world.person("ines"), finding, kind=kind, thing=thing, bearing=bearing)


def state_of(finding: Finding) -> str:
    """Its state and revision as the record has them now: `submitted 2`."""
    db.session().rollback()
    now_there = db.session().get_one(Finding, sa.inspect(finding).identity, populate_existing=True)
    return f"{now_there.state} {now_there.revision}"


@action(Permission.PUT_REPLY, "reply.backdated")
def backdate(asker: Any, reply: Reply, *, at: datetime) -> None:
    """Let a passage stand in the record since `at`: nobody waits for days in a test."""
    reply.at = at
