"""Things of LK-AAAA that wait for somebody, laid into the record as other rooms leave them."""

from typing import Any

from tests import world
from tests.builders import build_access
from tests.builders.build_material import person
from tracker.audit.doors import action, now
from tracker.base import db
from tracker.models.access.eliminations import Elimination
from tracker.models.access.words import Ground, Strength
from tracker.models.case.assessed_claims import assessed_sha256, claims_of
from tracker.models.case.assessments import Assessment
from tracker.models.case.cases import Case
from tracker.models.findings.known_sources import KnownSource
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.reviews import Review
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.findings.words import Breach, Happened, Source, Verdict
from tracker.models.register.accounts import Account
from tracker.models.words import Answer
from tracker.policy import Permission


@action(Permission.READ_CASE, "trial.laid_out")
def lay_out(actor: Account, case: Case, *things: Any) -> None:
    """New rows."""
    db.session().add_all(things)


@action(Permission.READ_CASE, "trial.changed")
def change(actor: Account, case: Case, thing: Any, **facts: Any) -> None:
    """Other values in a row."""
    for name, value in facts.items():
        setattr(thing, name, value)


def laid(*things: Any) -> Any:
    """Lay them into the record; gives the first."""
    lay_out(world.person("lena"), world.case(), *things)
    return things[0]


def altered(thing: Any, **facts: Any) -> None:
    """Change it as another room would."""
    change(world.person("lena"), world.case(), thing, **facts)


def eliminated(number: int = 1) -> Elimination:
    """An elimination that Ines proposed."""
    return Elimination(
        case=world.case(), number=number, person=person(), disclosure=build_access.disclosure(),
        ground=Ground.NO_ACCOUNT, evidence="No account", strength=Strength.X1, by=world.person("ines"), at=now(),
    )  # fmt: skip


def designated(number: int = 1, *, by: str = "lena") -> SubjectStatus:
    """A subject status that the lead proposed."""
    return SubjectStatus(
        case=world.case(), number=number, person=person(), allegation="Passed on", alternatives="None", at=now(),
        by=world.person(by),
    )  # fmt: skip


def assessed(number: int = 1) -> Assessment:
    """An assessment by the lead."""
    made = Assessment(
        case=world.case(), number=number, reason="Claims", damage=Answer.NO, damage_reason="None",
        by=world.person("lena"), at=now(),
    )  # fmt: skip
    made.text_sha256 = assessed_sha256(made, claims_of(made.case))
    return made


def outcome(number: int = 1) -> Outcome:
    """An outcome that the deciding official drafted and submitted."""
    return Outcome(
        case=world.case(), number=number, happened=Happened.UNDETERMINED, breach=Breach.NONE,
        sources=(KnownSource(Source.NOT_IDENTIFIED),), note="Closed", by=world.person("dora"), at=now(),
        submitted_at=now(),
    )  # fmt: skip


def judged(number: int, verdict: Verdict = Verdict.APPROVED, **thing: Any) -> Review:
    """The reviewer's verdict on a thing, by its id."""
    return Review(
        case=world.case(), number=number, reviewer=world.person("rhea"), verdict=verdict, at=now(),
        **{"text_sha256": "0" * 64, **thing},
    )  # fmt: skip
