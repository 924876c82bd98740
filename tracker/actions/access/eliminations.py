"""Eliminations: proposed with evidence by the team, confirmed or returned by a reviewer outside it, and reversible."""

from collections.abc import Sequence

import sqlalchemy as sa

from tracker.actions.access.contrary import contrary_to
from tracker.actions.checks import add_numbered, must_be_available, must_belong, must_say
from tracker.actions.findings.verdicts import answer
from tracker.analysis.letters import says
from tracker.audit.doors import Refused, action, now, seal
from tracker.base import db
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.eliminations import Elimination, logs_named
from tracker.models.access.people import Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.access.words import Ground, LogKind, LogState, Strength
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.findings.reviews import Review
from tracker.models.findings.words import Verdict
from tracker.models.register.accounts import Account
from tracker.policy import Permission

FEW = 10  # records that a sentence names
MEND = "Enter what is missing, so that the team can correct it."
NO_LOG = "Name the access log that would show the access, such as L3. A missing record eliminates nobody."
LOG_GONE = "Return the elimination. Its access logs no longer count, and a missing record eliminates nobody."


@action(Permission.PROPOSE_ELIMINATION, "elimination.proposed")
def propose_elimination(
    investigator: Account,
    case: Case,
    *,
    person: Person,
    disclosure: Disclosure,
    ground: Ground,
    evidence: str,
    strength: Strength,
    claim: Claim | None = None,
    why_wrong: str = "",
) -> Elimination:
    """Propose that somebody is eliminated for a disclosure, or for one claim of it. The words are fixed from now on.

    `why_wrong` says of each access record at E3 to E6 inside the window why it is wrong; without one it stays empty.
    """
    must_be_available(case)
    must_belong(case, person, disclosure, claim)
    if claim is not None and claim.disclosure_id != disclosure.id:
        raise Refused(f"Choose a claim of disclosure {disclosure.number}, or no claim.")
    _must_count_itself(person)
    must_say(evidence, "Enter the evidence. Nobody is eliminated without evidence.", "evidence")
    if ground is Ground.ABSENT_WITH_LOG and not _tells(case, evidence):
        raise Refused(NO_LOG)
    _must_be_new(person, disclosure, claim, ground)
    against = contrary_to(person, disclosure, claim).confirmed
    if against and not says(why_wrong):
        raise Refused(f"{_say_who(against)} Say why each record is wrong, or do not propose the elimination.")
    elimination = add_numbered(
        Elimination, case=case, person=person, disclosure=disclosure, claim=claim, ground=ground, evidence=evidence,
        strength=strength, against=" ".join(str(one.number) for one in against),
        why_wrong=why_wrong if against else "", by=investigator,
    )  # fmt: skip
    seal(elimination)
    return elimination


@action(Permission.REVIEW_ELIMINATION, "elimination.confirmed")
def confirm_elimination(reviewer: Account, elimination: Elimination, *, text_sha256: str, note: str = "") -> Review:
    """A reviewer vouches for exactly the text they were shown; from now on the person counts as eliminated."""
    return _review(reviewer, elimination, Verdict.APPROVED, text_sha256, note)


@action(Permission.REVIEW_ELIMINATION, "elimination.returned")
def return_elimination(reviewer: Account, elimination: Elimination, *, text_sha256: str, note: str) -> Review:
    """A reviewer does not vouch for it, and says why; another wording is another elimination."""
    return _review(reviewer, elimination, Verdict.RETURNED, text_sha256, note)


@action(Permission.PROPOSE_ELIMINATION, "elimination.withdrawn")
def withdraw_elimination(investigator: Account, elimination: Elimination, *, reason: str) -> None:
    """Withdraw an elimination, confirmed or not: only the access records count again. It stays readable."""
    if elimination.is_withdrawn:
        raise Refused("This elimination is already withdrawn.")
    must_say(reason, "Enter the reason for the withdrawal.", "reason")
    elimination.withdrawn_at, elimination.withdrawn_by, elimination.why_withdrawn = now(), investigator, reason


def _review(reviewer: Account, elimination: Elimination, verdict: Verdict, text_sha256: str, words: str) -> Review:
    must_be_available(elimination.case)
    if elimination.state != "proposed":
        raise Refused(f"This elimination is {elimination.state}. Only a proposed elimination can be reviewed.")
    if text_sha256 != elimination.text_sha256:
        raise Refused("This is not the text you were shown. Read the current text below, then decide.")
    gone = elimination.ground is Ground.ABSENT_WITH_LOG and not _tells(elimination.case, elimination.evidence)
    if gone and verdict is Verdict.APPROVED:
        raise Refused(LOG_GONE)
    if verdict is Verdict.APPROVED:
        _must_overrule_all(elimination)
    return answer(reviewer, elimination, 1, text_sha256, verdict=verdict, words=words, mend=MEND)


def _must_overrule_all(elimination: Elimination) -> None:
    """A record that came after the proposal is not one of which the text says why it is wrong."""
    those = contrary_to(elimination.person, elimination.disclosure, elimination.claim).confirmed
    if later := [one for one in those if one.number not in elimination.overruled]:
        raise Refused(f"{_say_who(later)} The elimination does not say why. Return it.")


def _say_who(records: Sequence[AccessRecord]) -> str:
    few = ", ".join(f"{one.number} ({one.level.value})" for one in records[:FEW])
    more = f" and {len(records) - FEW:,} more" if len(records) > FEW else ""
    return f"Access inside the window is confirmed by record {few}{more}."


def _tells(case: Case, evidence: str) -> bool:
    """Whether it names a log that counts and would have shown the access: without one, a missing row shows nothing."""
    there = sa.select(AccessLog.id).where(
        AccessLog.case_id == case.id, AccessLog.state == LogState.VISIBLE, AccessLog.kind == LogKind.ACCESS,
        AccessLog.number.in_(logs_named(evidence)),
    )  # fmt: skip
    return db.session().scalar(there.limit(1)) is not None


def _must_count_itself(person: Person) -> None:
    merged = sa.select(PersonMerge).where(PersonMerge.person_id == person.id, PersonMerge.in_force())
    if (merge := db.session().scalar(merged)) is not None:
        main = merge.same_as.pseudonym
        raise Refused(f"{person.pseudonym} counts as {main}. Propose the elimination of {main}.")


def _must_be_new(person: Person, disclosure: Disclosure, claim: Claim | None, ground: Ground) -> None:
    same = sa.select(Elimination).where(
        Elimination.person_id == person.id, Elimination.disclosure_id == disclosure.id, Elimination.ground == ground,
        Elimination.claim_id == (claim.id if claim is not None else None),
    )  # fmt: skip
    for known in db.session().scalars(same):
        if known.state in {"proposed", "confirmed"}:
            raise Refused(f"Elimination {known.number} already says this.")
