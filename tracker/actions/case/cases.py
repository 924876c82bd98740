"""Cases: opening one, saying what it is about, and counsel's check before anybody is asked about."""

from typing import Any

import sqlalchemy as sa

from tracker.actions.checks import change, must_be_fair
from tracker.audit.doors import Refused, action, now
from tracker.base import db
from tracker.models.case.assignments import Assignment
from tracker.models.case.cases import Case, RelatedCase
from tracker.models.case.protection_checks import ProtectionAnswers, ProtectionCheck
from tracker.models.case.words import ProtectionResult, Role
from tracker.models.inquiry.hypotheses import STANDING, Hypothesis
from tracker.models.register.accounts import Account
from tracker.models.words import Answer
from tracker.policy import Permission


@action(Permission.OPEN_CASE, "case.opened")
def open_case(lead: Account, register: None, *, title: str, marking: str, **about: Any) -> Case:
    """Open a case; whoever opens it leads it, and declares no conflict by doing so."""
    must_be_fair(title, about.get("requested_by", ""))
    case = Case(title=title, marking=marking, opened=now(), opened_by=lead, **about)
    db.session().add(case)
    begun = {"by_id": lead.id, "proposed_at": case.opened, "accepted_at": case.opened}
    declaration = "No conflict of interest, declared on opening."
    db.session().add(Assignment(case=case, number=1, account=lead, role=Role.LEAD, declaration=declaration, **begun))
    for number, text in enumerate(STANDING, 1):
        db.session().add(Hypothesis(case=case, number=number, text=text))
    return case


@action(Permission.EDIT_CASE, "case.changed", edits=True)
def edit_case(lead: Account, case: Case, **about: Any) -> None:
    """Change what is said of the case; old values stay in the audit log's details."""
    must_be_fair(*(about.get(name, "") for name in ("title", "requested_by")))
    change(case, **about)


@action(Permission.EDIT_CASE, "case.related")
def relate_case(lead: Account, case: Case, *, reference: str, reason: str) -> RelatedCase:
    """Say that another case bears on this one, and why. Only a case that exists for the lead can be named."""
    other = db.session().scalar(Case.locate(lead, case=reference))
    if other is None or other.id == case.id:
        raise Refused("Enter the reference of another case that you work on.")
    known = sa.select(RelatedCase.id).where(RelatedCase.case_id == case.id, RelatedCase.other_id == other.id)
    if db.session().scalar(known):
        raise Refused("These two cases are already related.")
    link = RelatedCase(case=case, other=other, reason=reason, by_id=lead.id, at=now())
    db.session().add(link)
    return link


@action(Permission.RECORD_PROTECTION_CHECK, "protection_check.recorded")
def record_protection_check(
    counsel: Account, case: Case, *, result: ProtectionResult, answered_on: str, reason: str, **answers: Any
) -> ProtectionCheck:
    """Counsel's result of the protected-disclosure check; the newest one counts. The answers are counsel's own."""
    if result is ProtectionResult.PROCEED and answers.get("identifies") is Answer.YES:
        raise Refused("The inquiry would identify the reporting person. Proceed with firewall, or stop and refer.")
    protection_check = ProtectionCheck(
        case=case, result=result, answered_on=answered_on, reason=reason, by=counsel, at=now()
    )
    protection_check.answers = ProtectionAnswers(**answers)
    db.session().add(protection_check)
    return protection_check


@action(Permission.READ_CASE, "case.read", changes=False)
def read_case(reader: Account, case: Case) -> None:
    """Note that somebody opened the case (asked once a session)."""
