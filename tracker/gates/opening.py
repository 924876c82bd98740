"""Gates at the beginning: no conflict, counsel's check, and whether anything was disclosed at all."""

from tracker.analysis.letters import says
from tracker.gates.facts import Facts
from tracker.gates.requirements import TEAM, Gate, Missing, Requirement, missing, way
from tracker.models.case.assessed_claims import open_questions
from tracker.models.case.cases import Case
from tracker.models.case.words import MatchState, ProtectionResult, Role
from tracker.models.disclosure.claims import Claim
from tracker.models.findings.words import Happened

UNANSWERED = (
    "Person-level results are withheld until counsel has done the protected-disclosure check. "
    "If the case has no counsel, the lead investigator offers that role on the Team page."
)
LETS_ON = frozenset({ProtectionResult.PROCEED, ProtectionResult.PROCEED_WITH_FIREWALL})


def _suspended(facts: Facts) -> list[Missing] | None:
    if (suspension := facts.suspension) is None:
        return None
    text = "Lift the suspension before you change the stage."
    return [missing(text, "stages.lift", Role.LEAD, Role.COUNSEL, number=suspension.number)]


def _undeclared(facts: Facts) -> list[Missing]:
    text = "{} has not declared conflicts of interest. End the assignment, and offer the role again."
    silent = [one.account.name for one in facts.assignments if one.is_working and not says(one.declaration)]
    return [_on_team_page(text.format(name)) for name in silent]


def _on_team_page(text: str) -> Missing:
    return missing(text, "team.list_page", Role.LEAD)


def _recusals(facts: Facts) -> list[Missing]:
    lead = {one.account_id for one in facts.assignments if one.role is Role.LEAD and one.ended_at is None}
    text = "A team member matches a person in the access register. Confirm or reject the match."
    open_ones = [match for match in facts.recusals if match.state is MatchState.OPEN]
    return [missing(text, "team.settle", *settlers(one.account_id in lead), number=one.number) for one in open_ones]


def settlers(concerns_lead: bool) -> tuple[Role, ...]:
    """Who says whether it is that person."""
    return (Role.COUNSEL, Role.DECIDING_OFFICIAL) if concerns_lead else (Role.LEAD,)


def withheld_reason(case: Case) -> str | None:
    """The sentence that says why no answer about persons is open in this case, or None."""
    if (protection_check := case.protection_check) is None:
        return UNANSWERED
    if protection_check.result is ProtectionResult.PROCEED:
        return None
    return f"Protected-disclosure check: {protection_check.result.label.lower()}. Person-level results are withheld."


def _persons(facts: Facts) -> list[Missing]:
    sentence = withheld_reason(facts.case)
    return [_check(sentence)] if sentence else []


def _check(text: str) -> Missing:
    return missing(text, "protection_checks.answer", Role.COUNSEL)


def _go_on(facts: Facts) -> list[Missing]:
    protection_check = facts.case.protection_check
    if protection_check is None:
        text = "Counsel has not done the protected-disclosure check."
        if facts.at_work(Role.COUNSEL) is None:
            offer = f"{text} Offer the role of counsel on the Team page."
            return cannot_act(facts, Role.COUNSEL) or [missing(offer, "team.new", Role.LEAD)]
        return [_check(text)]
    if protection_check.result in LETS_ON:
        return []
    said = protection_check.result.label.lower()
    text = f"Protected-disclosure check: {said}. The case cannot move on until counsel records a new result."
    return [_check(text)]


def _no_claims(facts: Facts) -> list[Missing]:
    text = "Record at least one claim of a disclosure."
    return [] if facts.claims else [missing(text, "disclosures.list_page", *TEAM)]


def _nothing_recorded(facts: Facts) -> list[Missing] | None:
    """What was public, or released, is a statement of a disclosure; a false alarm may have neither."""
    if facts.assessment is None or facts.assessment.happened is Happened.NO_DISCLOSURE:
        return None
    return _no_claims(facts)


def _unanswered(facts: Facts) -> list[Missing] | None:
    if not facts.claims:
        return None
    return [_of_claim(claim, asked) for claim in facts.claims if (asked := open_questions(claim))]


def _of_claim(claim: Claim, asked: list[str]) -> Missing:
    number = claim.disclosure.number
    text = f"Claim {claim.label} of disclosure {number} has open checks: {' '.join(asked)}"
    return missing(text, "claims.checks", *TEAM, number=number, claim=claim.number)


def _unassessed(facts: Facts) -> list[Missing]:
    assessment = facts.assessment
    if assessment is None:
        return [_assess("Add a preliminary assessment. Say whether further inquiry would add damage.")]
    if not facts.assessment_is_current:
        number = assessment.number
        return [_assess(f"A claim has changed since preliminary assessment {number}. Add a new assessment.")]
    return []


def _assess(text: str) -> Missing:
    return missing(text, "assessments.new", Role.LEAD)


def _disagreed(facts: Facts) -> list[Missing] | None:
    assessment = facts.assessment
    if assessment is None or not facts.assessment_is_current:
        return None
    last, number = assessment.last_review, assessment.number
    if last is not None and last.is_approval and last.text_sha256 == assessment.text_sha256:
        return []
    if last is not None:
        return [_assess(f"Preliminary assessment {number} was returned. Assess the case again.")]
    if facts.waived:
        return []
    text = f"Preliminary assessment {number} is with the reviewer."
    return nobody_reviews(facts) or [missing(text, "assessments.review", Role.REVIEWER, number=number)]


def nobody_reviews(facts: Facts) -> list[Missing]:
    """A reviewer outside the team is at work, or the review was waived."""
    if facts.waived:
        return []
    if facts.at_work(Role.REVIEWER):
        return not_apart(facts, Role.REVIEWER)
    text = "This case has no reviewer. Offer that role, or let counsel or the deciding official waive the review."
    ways = (way("stages.waive", Role.COUNSEL, Role.DECIDING_OFFICIAL), way("team.new", Role.LEAD))
    return cannot_act(facts, Role.REVIEWER) or [Missing(text, ways)]


def cannot_act(facts: Facts, role: Role) -> list[Missing]:
    """Somebody has a role and cannot act in it: until it ends nobody else is offered it, and no review is waived."""
    if (account := facts.unable(role)) is None:
        return []
    text = f"{account.name} ({role.label.lower()}) cannot act. Reactivate the role, or end it and offer it again."
    return [_on_team_page(text)]


def not_apart(facts: Facts, role: Role) -> list[Missing]:
    """It came to light after the role began whose account that is. Which mark the two share is not said here."""
    if (account := facts.not_apart(role)) is None:
        return []
    was = "decided" if role is Role.REVIEWER else "reviewed"
    text = (
        f"{account.name} ({role.label.lower()}) cannot act. Under another account, they led, investigated or {was} "
        "this case. End the assignment, and offer the role to somebody else."
    )
    return [_on_team_page(text)]


def _nothing_to_go_into(facts: Facts) -> list[Missing] | None:
    if facts.assessment is None or not facts.assessment.is_short:
        return None
    text = f"Preliminary assessment {facts.assessment.number} leads straight to review. Move it on, or assess it again."
    return [_assess(text)]


def _something_to_go_into(facts: Facts) -> list[Missing] | None:
    if facts.assessment is None or facts.assessment.is_short:
        return None
    text = f"Preliminary assessment {facts.assessment.number} leads to an investigation. Move the case back."
    return [missing(text, "stages.move", Role.LEAD)]


def _protection_check_says(result: ProtectionResult | None) -> Requirement:
    """How counsel's check stands, where nothing is asked about persons and it therefore opens nothing."""
    said = result.label.lower() if result else "not done"
    text = f"Protected-disclosure check: {said}. This step does not need it, because it concerns no person."

    def here(facts: Facts) -> list[Missing] | None:
        protection_check = facts.case.protection_check
        return [] if (protection_check.result if protection_check is not None else None) is result else None

    return Requirement(text, here, told=True)


NOT_SUSPENDED = Gate("suspension", "every move", (Requirement("The case is not suspended.", _suspended),))
CONFLICT = Gate(
    "conflict check",
    "any work",
    (
        Requirement("Every team member declared no conflict of interest.", _undeclared),
        Requirement("No team member is in the access register.", _recusals),
    ),
)
PROTECTION_CHECK = Gate(
    "protected-disclosure check",
    "person-level results",
    (Requirement("Person-level results are available.", _persons),),
)
GO_ON = Gate(
    "protected-disclosure check",
    "the inquiry",
    (Requirement("The protected-disclosure check lets the case continue.", _go_on),),
)
ASSESSED = Requirement("The preliminary assessment is up to date.", _unassessed)
AGREED = Requirement("The review of the preliminary assessment is settled.", _disagreed)
DISCLOSED = Gate(
    "was there a disclosure",
    "the investigation",
    (
        Requirement("Claims are recorded.", _no_claims),
        Requirement("Every claim is checked.", _unanswered),
        ASSESSED,
        Requirement("There is something to investigate.", _nothing_to_go_into),
        AGREED,
    ),
)
SHORT = Gate(
    "was there a disclosure",
    "review without an investigation",
    (
        Requirement("The alleged disclosure is recorded.", _nothing_recorded),
        ASSESSED,
        Requirement("There is nothing to investigate.", _something_to_go_into),
        AGREED,
        *(_protection_check_says(result) for result in (None, *ProtectionResult)),
    ),
)
