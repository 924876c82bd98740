"""Exclusions: proposed with evidence by the team, confirmed or returned by a reviewer outside it, always reversible."""

import sqlalchemy as sa

from tracker import db
from tracker.actions.belonging import must_belong
from tracker.actions.exposures import must_be_screened
from tracker.actions.numbering import add_numbered
from tracker.actions.required import must_say
from tracker.actions.reviewing import answer
from tracker.audit.doors import Refused, action, now, seal
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.claims import Claim
from tracker.models.disclosures import Disclosure
from tracker.models.exclusions import Exclusion, logs_named
from tracker.models.logs import AccessLog
from tracker.models.people import Person
from tracker.models.reviews import Review
from tracker.models.words.exclusions import Ground, Strength
from tracker.models.words.logs import LogKind, LogState
from tracker.models.words.reviews import Verdict
from tracker.policy import Permission

MEND = "Enter what is missing, so that the team can correct it."
NO_LOG = "Name the access log that would show the access, such as L3. A missing record eliminates nobody."
LOG_GONE = "Return the elimination. Its access logs no longer count, and a missing record eliminates nobody."


@action(Permission.PROPOSE_EXCLUSION, "exclusion.proposed")
def propose_exclusion(
    investigator: User,
    case: Case,
    *,
    person: Person,
    disclosure: Disclosure,
    ground: Ground,
    evidence: str,
    strength: Strength,
    claim: Claim | None = None,
) -> Exclusion:
    """Propose that somebody is excluded for a disclosure, or for one claim of it. The words are fixed from now on."""
    must_be_screened(case)
    must_belong(case, person, disclosure, claim)
    if claim is not None and claim.disclosure_id != disclosure.id:
        raise Refused(f"Choose a claim of disclosure {disclosure.number}, or no claim.")
    must_say(evidence, "Enter the evidence. Nobody is eliminated without evidence.")
    if ground is Ground.ABSENT_WITH_LOG and not _tells(case, evidence):
        raise Refused(NO_LOG)
    _must_be_new(person, disclosure, claim, ground)
    exclusion = add_numbered(
        Exclusion, case=case, person=person, disclosure=disclosure, claim=claim, ground=ground, evidence=evidence,
        strength=strength, by=investigator, at=now(),
    )  # fmt: skip
    seal(exclusion)
    return exclusion


@action(Permission.REVIEW_EXCLUSION, "exclusion.confirmed")
def confirm_exclusion(reviewer: User, exclusion: Exclusion, *, text_sha256: str, note: str = "") -> Review:
    """A reviewer vouches for exactly the text they were shown; from now on the person counts as eliminated."""
    return _review(reviewer, exclusion, Verdict.APPROVED, text_sha256, note)


@action(Permission.REVIEW_EXCLUSION, "exclusion.returned")
def return_exclusion(reviewer: User, exclusion: Exclusion, *, text_sha256: str, note: str) -> Review:
    """A reviewer does not vouch for it, and says why; another wording is another exclusion."""
    return _review(reviewer, exclusion, Verdict.RETURNED, text_sha256, note)


@action(Permission.PROPOSE_EXCLUSION, "exclusion.withdrawn")
def withdraw_exclusion(investigator: User, exclusion: Exclusion, *, reason: str) -> None:
    """Withdraw an elimination, confirmed or not: only the access records count again. It stays readable."""
    if exclusion.is_withdrawn:
        raise Refused("This elimination is already withdrawn.")
    must_say(reason, "Enter the reason for the withdrawal.")
    exclusion.withdrawn_at, exclusion.withdrawn_by, exclusion.why_withdrawn = now(), investigator, reason


def _review(reviewer: User, exclusion: Exclusion, verdict: Verdict, text_sha256: str, words: str) -> Review:
    must_be_screened(exclusion.case)
    if exclusion.state != "proposed":
        raise Refused(f"This elimination is {exclusion.state}. Only a proposed elimination can be reviewed.")
    if text_sha256 != exclusion.text_sha256:
        raise Refused("This is not the text you were shown. Read the current text below, then decide.")
    gone = exclusion.ground is Ground.ABSENT_WITH_LOG and not _tells(exclusion.case, exclusion.evidence)
    if gone and verdict is Verdict.APPROVED:
        raise Refused(LOG_GONE)
    return answer(reviewer, exclusion, 1, text_sha256, verdict=verdict, words=words, mend=MEND)


def _tells(case: Case, evidence: str) -> bool:
    """Whether it names a log that counts and would have shown the access: without one, a missing row shows nothing."""
    there = sa.select(AccessLog.id).where(
        AccessLog.case_id == case.id, AccessLog.state == LogState.VISIBLE, AccessLog.kind == LogKind.ACCESS,
        AccessLog.number.in_(logs_named(evidence)),
    )  # fmt: skip
    return db.session().scalar(there.limit(1)) is not None


def _must_be_new(person: Person, disclosure: Disclosure, claim: Claim | None, ground: Ground) -> None:
    same = sa.select(Exclusion).where(
        Exclusion.person_id == person.id, Exclusion.disclosure_id == disclosure.id, Exclusion.ground == ground,
        Exclusion.claim_id == (claim.id if claim is not None else None),
    )  # fmt: skip
    for known in db.session().scalars(same):
        if known.state in {"proposed", "confirmed"}:
            raise Refused(f"Elimination {known.number} already says this.")
