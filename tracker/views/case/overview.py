"""The overview of a case: its first steps until each is taken, its key facts, and what is still asked of its claims."""

from dataclasses import dataclass, replace

from flask import url_for

from tracker.analysis.exposure import first_of
from tracker.analysis.moments import Moment
from tracker.base.text import counted
from tracker.gates import Facts, withheld_reason
from tracker.models.access.people import pseudonym
from tracker.models.case.assessed_claims import NEEDED, open_questions
from tracker.models.case.cases import Case
from tracker.models.case.words import Role, Stage
from tracker.models.disclosure.claims import Claim
from tracker.policy import Permission, allows
from tracker.views.case.course import Progress
from tracker.web.clocks import say
from tracker.web.guard import me
from tracker.web.navigation import counts_of
from tracker.web.places import offered

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
    """One figure of a case and the area of the list it counts; what is said beside and below it; where one is added."""

    label: str
    figure: int
    area: str
    beside: str = ""
    below: str = ""
    add: str | None = None


@dataclass(frozen=True)
class ClaimRow:
    """A claim, how many of the checks that a gate needs are answered, and the way to who had access, if it is open."""

    claim: Claim
    answered: int
    asked: int
    url: str | None


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


def key_facts(facts: Facts, progress: Progress) -> list[KeyFact]:
    """The figures of a case, each with the list behind it, or with the way to begin."""
    case, counts = facts.case, counts_of(facts.case)
    published = [claim.disclosure.published for claim in _claims(facts) if claim.disclosure.published]
    day, _, clock = say(first_of(published)).partition(", ") if published else ("", "", "")
    held, planned = progress.held, progress.count("interview", "planned")
    states = [f"{number} {word}" for word in ("approved", "returned") if (number := progress.count("finding", word))]
    ways = progress.count("channel")
    found = [
        KeyFact("Disclosures", counts["disclosures"], "disclosures", f"first {day}" if day else "", clock),
        KeyFact("Materials", counts["materials"], "materials", f"with {counted(progress.count('version'), 'version')}"),
        KeyFact(
            "People", counts["people"], "people", f"with {counted(counts['access'], 'access record')}",
            f"{counted(ways, 'channel')} unresolved" if ways else "",
        ),
        KeyFact("Interviews", counts["interviews"], "interviews", f"{held} held, {planned} planned", _next(progress)),
        KeyFact("Findings", counts["findings"], "findings", "", ", ".join(states)),
    ]  # fmt: skip
    return [replace(one, add=_way_to_add(one.area, case)) if not one.figure else one for one in found]


def _way_to_add(area: str, case: Case) -> str | None:
    return offered({"people": "several_people"}.get(area, area) + ".new", case)["url"]


def _next(progress: Progress) -> str:
    """The interview that is planned next: its day and whom it is with."""
    if progress.coming is None:
        return ""
    _, person, when = progress.coming
    day = say(Moment.of(when, when)).partition(", ")[0]
    return f"next {day}, {pseudonym(int(person))}"


def claim_rows(facts: Facts) -> list[ClaimRow]:
    """The first claims of the case, with how many of their checks are answered."""
    asks = allows(me(), Permission.READ_EXPOSURE, facts.case) and withheld_reason(facts.case) is None
    return [_row(claim, asks) for claim in _claims(facts)[:MOST_CLAIMS]]


def _row(claim: Claim, asks: bool) -> ClaimRow:
    url = url_for("who_had_access.of_claim", **claim.address_values) if asks and claim.version else None
    return ClaimRow(claim, NEEDED - len(open_questions(claim)), NEEDED, url)


def _claims(facts: Facts) -> list[Claim]:
    """The claims, but of a case in review: there its gates ask the most, and the outcome is what is read."""
    return [] if facts.case.stage is Stage.REVIEW else facts.claims
