"""Claims: recording the leaked statements of a disclosure, and answering what is asked of each of them."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from tracker.actions.checks import add_numbered, change
from tracker.actions.disclosure.derivations import set_origins
from tracker.actions.findings.revisions import save_revisions
from tracker.audit.doors import Refused, action, note
from tracker.base import db
from tracker.models.disclosure.claims import WORDS, Checked, Claim, ClaimCheck
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.words import Question, Wording
from tracker.models.findings.citations import Citation
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.register.accounts import Account
from tracker.policy import Permission

SIGNED = "A signed record relies on this claim, so its words cannot change. If they are wrong, add another claim."


@action(Permission.RECORD_DISCLOSURE, "claim.recorded")
def record_claim(investigator: Account, disclosure: Disclosure, *, quote: str, **facts: Any) -> Claim:
    """Record one leaked statement. Details are the columns of a claim, and its questions, by their names."""
    return _add(disclosure, quote=quote, **facts)


@action(Permission.RECORD_DISCLOSURE, "claims.recorded")
def record_claims(investigator: Account, disclosure: Disclosure, *, claims: Sequence[dict[str, Any]]) -> None:
    """Record several statements at once, all or none. Each is what `record_claim` takes."""
    for facts in claims:
        _add(disclosure, **facts)
    note(claims=len(claims))


@action(Permission.RECORD_DISCLOSURE, "claim.changed", edits=True)
def edit_claim(investigator: Account, claim: Claim, **facts: Any) -> None:
    """Change what is said of a claim; old values stay in the audit log's details.

    A finding that cites it is another text by that, and what was submitted or approved of the text before is void.
    """
    before, resting = claim.sha256_of(WORDS), records_citing(claim)
    _say(claim, facts)
    if claim.sha256_of(WORDS) != before and any(seal is not None for _, seal in resting):
        raise Refused(SIGNED)  # by which subject status is told to nobody here: it is about a person
    save_revisions(investigator, {finding for finding, _ in resting if finding is not None})


def _add(disclosure: Disclosure, *, quote: str, **facts: Any) -> Claim:
    claim = add_numbered(Claim, disclosure=disclosure, quote=quote)
    _say(claim, facts)
    return claim


def records_citing(claim: Claim) -> Sequence[sa.Row[int | None, str | None]]:
    """What cites it: a finding, or a subject status, which counsel has signed where it has a seal."""
    citing = sa.select(Citation.finding_id, SubjectStatus.seal).outerjoin(SubjectStatus)
    return db.session().execute(citing.where(Citation.claim_id == claim.id, Citation.withdrawn_at.is_(None))).all()


def _say(claim: Claim, facts: dict[str, Any]) -> None:
    answers = {question: facts.pop(question.value) for question in Question if question.value in facts}
    if (origins := facts.pop("derived_from", None)) is not None:
        set_origins(claim.disclosure, origins, claim)
    change(claim, **facts)
    if claim.version is not None and claim.version.case_id != claim.case.id:
        raise Refused("Choose a version of a material of this case.")
    if claim.version is None and claim.wording not in {None, Wording.NONE}:
        raise Refused("Choose the matched version, or set the wording to “Not compared”.")
    for question, checked in answers.items():
        _answer(claim, question, checked)


def _answer(claim: Claim, question: Question, checked: Checked) -> None:
    """Write an answer down, if it says anything that is not there yet."""
    if checked == claim.checked(question):
        return
    row = claim.check(question)
    if row is None:
        row = ClaimCheck(case=claim.case, claim=claim, question=question)
        db.session().add(row)
    row.answer, row.at, row.source, row.note = checked.answer, checked.at, checked.source, checked.note
