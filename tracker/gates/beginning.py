"""Gates at the beginning: no conflict, counsel's screen, and whether anything was disclosed at all."""

from tracker.analysis.letters import says
from tracker.gates.base import Gate, Missing, Requirement, way
from tracker.gates.facts import Facts
from tracker.models.appraised import unanswered
from tracker.models.cases import Case
from tracker.models.claims import Claim
from tracker.models.words.duties import Duty, MatchState
from tracker.models.words.outcomes import Happened
from tracker.models.words.screening import ScreenResult

UNANSWERED = (
    "Person-level results are withheld until counsel has done the protected-disclosure check. "
    "If the case has no counsel, the lead investigator offers that role on the Team page."
)
LETS_ON = frozenset({ScreenResult.PROCEED, ScreenResult.FIREWALLED})
TO_SCREEN = way("screens.answer", Duty.COUNSEL)
TO_APPRAISE = way("appraisals.new", Duty.LEAD)


def _suspended(facts: Facts) -> list[Missing] | None:
    if (flag := facts.suspension) is None:
        return None
    lift = way("stages.lift", Duty.LEAD, Duty.COUNSEL, number=flag.number)
    return [Missing("Lift the suspension before you change the stage.", (lift,))]


def _undeclared(facts: Facts) -> list[Missing]:
    return [
        Missing(
            f"{one.user.name} has not declared conflicts of interest. End the assignment, and offer the role again.",
            (way("team.listed", Duty.LEAD),),
        )
        for one in facts.assignments
        if one.is_working and not says(one.declaration)
    ]


def _walls(facts: Facts) -> list[Missing]:
    lead = {one.user_id for one in facts.assignments if one.duty is Duty.LEAD and one.ended_at is None}
    return [
        Missing(
            "A team member matches a person in the access register. Confirm or reject the match.",
            (way("team.settle", *settlers(match.user_id in lead), number=match.id),),
        )
        for match in facts.walls
        if match.state is MatchState.OPEN
    ]


def settlers(about_lead: bool) -> tuple[Duty, ...]:
    """Who says whether it is that person."""
    return (Duty.COUNSEL, Duty.DECIDER) if about_lead else (Duty.LEAD,)


def shut_for_persons(case: Case) -> str | None:
    """The sentence that says why no answer about persons is open in this case, or None."""
    if (screen := case.screen) is None:
        return UNANSWERED
    if screen.result is ScreenResult.PROCEED:
        return None
    return f"Protected-disclosure check: {screen.result.label.lower()}. Person-level results are withheld."


def _persons(facts: Facts) -> list[Missing]:
    sentence = shut_for_persons(facts.case)
    return [Missing(sentence, (TO_SCREEN,))] if sentence else []


def _go_on(facts: Facts) -> list[Missing]:
    screen = facts.case.screen
    if screen is None:
        text = "Counsel has not done the protected-disclosure check."
        if facts.at_work(Duty.COUNSEL) is None:
            propose = Missing(f"{text} Offer the role of counsel on the Team page.", (way("team.new", Duty.LEAD),))
            return cannot_act(facts, Duty.COUNSEL) or [propose]
        return [Missing(text, (TO_SCREEN,))]
    if screen.result in LETS_ON:
        return []
    said = screen.result.label.lower()
    text = f"Protected-disclosure check: {said}. The case cannot move on until counsel records a new result."
    return [Missing(text, (TO_SCREEN,))]


def _no_claims(facts: Facts) -> list[Missing]:
    here = way("disclosures.listed", Duty.LEAD, Duty.INVESTIGATOR)
    return [] if facts.claims else [Missing("Record at least one claim of a disclosure.", (here,))]


def _nothing_recorded(facts: Facts) -> list[Missing] | None:
    """What was public, or released, is a statement of a disclosure; a false alarm may have neither."""
    if facts.appraisal is None or facts.appraisal.happened is Happened.NO_DISCLOSURE:
        return None
    return _no_claims(facts)


def _unanswered(facts: Facts) -> list[Missing] | None:
    if not facts.claims:
        return None
    return [_of_claim(claim, asked) for claim in facts.claims if (asked := unanswered(claim))]


def _of_claim(claim: Claim, asked: list[str]) -> Missing:
    place = {"number": claim.disclosure.number, "claim": claim.number}
    text = f"Claim {claim.label} of disclosure {claim.disclosure.number} has open checks: {' '.join(asked)}"
    return Missing(text, (way("claims.edit", Duty.LEAD, Duty.INVESTIGATOR, **place),))


def _unappraised(facts: Facts) -> list[Missing]:
    appraisal = facts.appraisal
    if appraisal is None:
        text = "Add a preliminary assessment. Say whether further inquiry would add damage."
        return [Missing(text, (TO_APPRAISE,))]
    if not facts.appraisal_is_current:
        text = f"A claim has changed since preliminary assessment {appraisal.number}. Add a new assessment."
        return [Missing(text, (TO_APPRAISE,))]
    return []


def _disagreed(facts: Facts) -> list[Missing] | None:
    appraisal = facts.appraisal
    if appraisal is None or not facts.appraisal_is_current:
        return None
    last = appraisal.reviews[-1] if appraisal.reviews else None
    if last is not None and last.is_approval and last.text_sha256 == appraisal.text_sha256:
        return []
    if last is not None:
        return [
            Missing(f"Preliminary assessment {appraisal.number} was returned. Assess the case again.", (TO_APPRAISE,))
        ]
    if facts.forgone:
        return []
    return nobody_reviews(facts) or [
        Missing(
            f"Preliminary assessment {appraisal.number} is with the reviewer.",
            (way("appraisals.review", Duty.REVIEWER, number=appraisal.number),),
        )
    ]


def nobody_reviews(facts: Facts) -> list[Missing]:
    """A reviewer outside the team is at work, or the review was forgone."""
    if facts.forgone:
        return []
    if facts.at_work(Duty.REVIEWER):
        return not_apart(facts, Duty.REVIEWER)
    text = "This case has no reviewer. Offer that role, or let counsel or the deciding official waive the review."
    ways = (way("stages.forgo", Duty.COUNSEL, Duty.DECIDER), way("team.new", Duty.LEAD))
    return cannot_act(facts, Duty.REVIEWER) or [Missing(text, ways)]


def cannot_act(facts: Facts, duty: Duty) -> list[Missing]:
    """Somebody has a duty and cannot act in it: while she has it nobody is proposed beside her, and none is forgone."""
    if (user := facts.unable(duty)) is None:
        return []
    text = f"{user.name} ({duty.label.lower()}) cannot act. Reactivate the role, or end it and offer it again."
    return [Missing(text, (way("team.listed", Duty.LEAD),))]


def not_apart(facts: Facts, duty: Duty) -> list[Missing]:
    """It came to light after the duty began whose account that is. Which mark the two share is not said here."""
    if (user := facts.not_apart(duty)) is None:
        return []
    was = "decided" if duty is Duty.REVIEWER else "reviewed"
    text = (
        f"{user.name} ({duty.label.lower()}) cannot act. Under another account, they led, investigated or {was} this "
        "case. End the assignment, and offer the role to somebody else."
    )
    return [Missing(text, (way("team.listed", Duty.LEAD),))]


def _nothing_to_go_into(facts: Facts) -> list[Missing] | None:
    if facts.appraisal is None or not facts.appraisal.is_short:
        return None
    text = f"Preliminary assessment {facts.appraisal.number} leads straight to review. Move it on, or assess it again."
    return [Missing(text, (TO_APPRAISE,))]


def _something_to_go_into(facts: Facts) -> list[Missing] | None:
    if facts.appraisal is None or facts.appraisal.is_short:
        return None
    text = f"Preliminary assessment {facts.appraisal.number} leads to an investigation. Move the case back."
    return [Missing(text, (way("stages.move", Duty.LEAD),))]


def _screen_says(result: ScreenResult | None) -> Requirement:
    """How counsel's screen stands, where nothing is asked about persons and it therefore opens nothing."""
    said = result.label.lower() if result else "not done"
    text = f"Protected-disclosure check: {said}. This step does not need it, because it concerns no person."

    def here(facts: Facts) -> list[Missing] | None:
        screen = facts.case.screen
        return [] if (screen.result if screen is not None else None) is result else None

    return Requirement(text, here, told=True)


NOT_SUSPENDED = Gate("suspension", "every move", (Requirement("The case is not suspended.", _suspended),))
CONFLICT = Gate(
    "conflict check",
    "any work",
    (
        Requirement("Every team member declared no conflict of interest.", _undeclared),
        Requirement("No team member is in the access register.", _walls),
    ),
)
SCREEN = Gate(
    "protected-disclosure check",
    "person-level results",
    (Requirement("Person-level results are available.", _persons),),
)
GO_ON = Gate(
    "protected-disclosure check",
    "the inquiry",
    (Requirement("The protected-disclosure check lets the case continue.", _go_on),),
)
APPRAISED = Requirement("The preliminary assessment is up to date.", _unappraised)
AGREED = Requirement("The review of the preliminary assessment is settled.", _disagreed)
DISCLOSED = Gate(
    "was there a disclosure",
    "the investigation",
    (
        Requirement("Claims are recorded.", _no_claims),
        Requirement("Every claim is checked.", _unanswered),
        APPRAISED,
        Requirement("There is something to investigate.", _nothing_to_go_into),
        AGREED,
    ),
)
SHORT = Gate(
    "was there a disclosure",
    "review without an investigation",
    (
        Requirement("The alleged disclosure is recorded.", _nothing_recorded),
        APPRAISED,
        Requirement("There is nothing to investigate.", _something_to_go_into),
        AGREED,
        *(_screen_says(result) for result in (None, *ScreenResult)),
    ),
)
