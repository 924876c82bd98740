"""The overview of a case: its first steps until each is taken, its key facts, and what is still asked of its claims."""

from dataclasses import dataclass

from flask import url_for

from tracker.analysis.exposure import first_of
from tracker.analysis.moments import Moment
from tracker.gates import Facts
from tracker.models.case.assessed_claims import NEEDED, open_questions
from tracker.models.case.cases import Case
from tracker.models.case.words import Role, Stage
from tracker.models.disclosure.claims import Claim
from tracker.policy import Permission, allows
from tracker.web.clocks import say
from tracker.web.guard import me
from tracker.web.navigation import counts_of

WANTED = (Role.REVIEWER, Role.COUNSEL, Role.DECIDING_OFFICIAL)  # each a gate asks for
FIRST_STAGES = (Stage.INTAKE, Stage.INQUIRY)
MOST_CLAIMS = 12  # the rest stands on the pages of the disclosures


@dataclass(frozen=True)
class FirstStep:
    """One step of a new case, as the record shows it: taken, open with its button, or waiting for an earlier one."""

    title: str
    text: str
    done: bool
    label: str = ""
    url: str | None = None
    after: int | None = None


@dataclass(frozen=True)
class KeyFact:
    """One figure of a case, and the list it counts."""

    label: str
    figure: int | Moment
    url: str
    note: str = ""


@dataclass(frozen=True)
class ClaimRow:
    """A claim, and how many of its checks are answered."""

    claim: Claim
    answered: int
    asked: int


def first_steps(facts: Facts) -> list[FirstStep]:
    """What to begin with; nothing once all of it exists, or the investigation has begun."""
    case, counts = facts.case, counts_of(facts.case)
    if case.stage not in FIRST_STAGES:
        return []
    held = {one.role for one in facts.assignments if not one.is_over}
    disclosed = counts["disclosures"] > 0
    found = [
        FirstStep("Open the case", "Title, marking and lead investigator are recorded.", done=True),
        _step(
            case, "Record the disclosure",
            "Say which outlet published what, and when. The time of publication ends the window for access.",
            disclosed, "Add disclosure", "disclosures.new", Permission.RECORD_DISCLOSURE,
        ),
        _step(
            case, "List the claims", "Copy each leaked statement word for word. The checks of each claim follow.",
            bool(facts.claims), "Add claims", "disclosures.list_page", Permission.RECORD_DISCLOSURE,
            after=None if disclosed else 2,
        ),
        _step(
            case, "Register the material",
            "Add the document and its versions. The first version starts the window for access.",
            counts["materials"] > 0, "Add material", "materials.new", Permission.RECORD_MATERIAL,
        ),
        *_steps_of_people(case, counts, held),
    ]  # fmt: skip
    return [] if all(step.done for step in found) else found


def _steps_of_people(case: Case, counts: dict[str, int], held: set[Role]) -> list[FirstStep]:
    return [
        _step(
            case, "List the people", "Add those who could have had access. An access log adds those it names.",
            counts["people"] > 0, "Add people", "several_people.new", Permission.RECORD_PERSON,
        ),
        _step(
            case, "Invite the team",
            "Offer the roles of reviewer, counsel and deciding official. Three people are enough.",
            held.issuperset(WANTED), "Offer role", "team.new", Permission.OFFER_ROLE,
        ),
        _step(
            case, "Make the protected-disclosure check",
            "Counsel says whether the law protects the disclosure. No results about people are shown before.",
            case.protection_check is not None, "Record check", "protection_checks.answer",
            Permission.RECORD_PROTECTION_CHECK, after=None if Role.COUNSEL in held else 6,
        ),
        _step(
            case, "Preserve the access logs",
            "Import portal, mail and door logs as soon as you obtain them. Systems delete logs early.",
            counts["access-logs"] + counts["access"] > 0, "Import log", "imports.access", Permission.IMPORT_LOG,
        ),
    ]  # fmt: skip


def _step(
    case: Case, title: str, text: str, done: bool, label: str, page: str, needs: Permission,
    after: int | None = None,
) -> FirstStep:  # fmt: skip
    may = not done and after is None and allows(me(), needs, case)
    url = url_for(page, case=case.reference) if may else None
    return FirstStep(title, text, done, label, url, None if done else after)


def key_facts(facts: Facts) -> list[KeyFact]:
    """The figures of a case, each with the list behind it."""
    case, counts = facts.case, counts_of(facts.case)
    published = [claim.disclosure.published for claim in _claims(facts) if claim.disclosure.published]
    first = first_of(published)

    def list_of(area: str) -> str:
        return url_for(f"{area}.list_page", case=case.reference)

    return [
        KeyFact("Disclosures", counts["disclosures"], list_of("disclosures"), f"first {say(first)}" if first else ""),
        KeyFact("Materials", counts["materials"], list_of("materials")),
        KeyFact("People", counts["people"], list_of("people"), f"{counts['access']:,} access records"),
        KeyFact("Interviews", counts["interviews"], list_of("interviews")),
        KeyFact("Findings", counts["findings"], list_of("findings")),
    ]


def claim_rows(facts: Facts) -> list[ClaimRow]:
    """The first claims of the case, with how many of the questions that a gate asks are answered."""
    return [ClaimRow(claim, NEEDED - len(open_questions(claim)), NEEDED) for claim in _claims(facts)[:MOST_CLAIMS]]


def _claims(facts: Facts) -> list[Claim]:
    """The claims, but of a case in review: there its gates ask the most, and the outcome is what is read."""
    return [] if facts.case.stage is Stage.REVIEW else facts.claims
