"""Things of LK-AAAA that wait for somebody, laid into the record as other rooms leave them."""

from typing import Any

from tests import build_access, world
from tests.build_material import person
from tracker import db
from tracker.audit.doors import action, now
from tracker.models.accounts import User
from tracker.models.appraisals import Appraisal
from tracker.models.appraised import appraised_sha256, claims_of
from tracker.models.cases import Case
from tracker.models.designations import Designation
from tracker.models.exclusions import Exclusion
from tracker.models.outcomes import Outcome
from tracker.models.reviews import Review
from tracker.models.words import Answer
from tracker.models.words.exclusions import Ground, Strength
from tracker.models.words.outcomes import Breach, Happened, Source
from tracker.models.words.reviews import Verdict
from tracker.policy import Permission


@action(Permission.READ_CASE, "trial.laid_out")
def lay_out(actor: User, case: Case, *things: Any) -> None:
    """New rows."""
    db.session().add_all(things)


@action(Permission.READ_CASE, "trial.changed")
def change(actor: User, case: Case, thing: Any, **facts: Any) -> None:
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


def excluded(number: int = 1) -> Exclusion:
    """An exclusion that Ines proposed."""
    return Exclusion(
        case=world.case(), number=number, person=person(), disclosure=build_access.disclosure(),
        ground=Ground.NO_ACCOUNT, evidence="No account", strength=Strength.X1, by=world.person("ines"), at=now(),
    )  # fmt: skip


def designated(number: int = 1, *, by: str = "lena") -> Designation:
    """A designation that the lead proposed."""
    return Designation(
        case=world.case(), number=number, person=person(), allegation="Passed on", alternatives="None", at=now(),
        by=world.person(by),
    )  # fmt: skip


def appraised(number: int = 1) -> Appraisal:
    """An appraisal by the lead."""
    made = Appraisal(
        case=world.case(), number=number, reason="Claims", damage=Answer.NO, damage_reason="None",
        by=world.person("lena"), at=now(),
    )  # fmt: skip
    made.text_sha256 = appraised_sha256(made, claims_of(made.case))
    return made


def outcome(number: int = 1) -> Outcome:
    """An outcome that the decider drafted."""
    return Outcome(
        case=world.case(), number=number, happened=Happened.UNDETERMINED, breach=Breach.NONE,
        source=Source.NOT_IDENTIFIED, note="Closed", by=world.person("dora"), at=now(),
    )  # fmt: skip


def judged(number: int, verdict: Verdict = Verdict.APPROVED, **thing: Any) -> Review:
    """The reviewer's verdict on a thing, by its id."""
    return Review(
        case=world.case(), number=number, reviewer=world.person("rhea"), verdict=verdict, at=now(),
        **{"text_sha256": "0" * 64, **thing},
    )  # fmt: skip
