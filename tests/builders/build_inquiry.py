"""Eliminations, subject statuses and citations of LK-AAAA, recorded by actions; tests say what they care about."""

from typing import Any

from tests import world
from tests.builders import build_exhibit
from tests.builders.build_access import disclosure
from tests.builders.build_material import person
from tests.machinery.snapshots import built_once
from tracker.actions.access import eliminations
from tracker.actions.findings import citations, subject_status
from tracker.actions.register import accounts
from tracker.base import db
from tracker.models.access.eliminations import Elimination
from tracker.models.access.people import Person
from tracker.models.access.words import Ground, IdentifierKind, Strength
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.findings.citations import Citation
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.findings.words import Bearing, Cited
from tracker.models.inquiry.hypotheses import Hypothesis

ALLEGED = {"allegation": "Passed it on.", "alternatives": "The print room.", "notice_plan": "By letter, next week."}


@built_once
def hypothesis(number: int = 3) -> Hypothesis:
    """One of the ten that stand in LK-AAAA."""
    return db.session().scalars(Hypothesis.of(world.case()).where(Hypothesis.number == number)).one()


def cite(
    citing: Any, thing: Any, bearing: Bearing = Bearing.SUPPORTS, *, who: str = "ines", note: str = ""
) -> Citation:
    """Cite a thing, whose kind is that of its table."""
    return citations.cite(
        world.person(who), citing, kind=Cited(thing.__tablename__), thing=thing, bearing=bearing, note=note
    )


@built_once
def eliminated(
    who: Person | None = None,
    of: Disclosure | None = None,
    claim: Claim | None = None,
    *,
    by: str = "ines",
    **facts: Any,
) -> Elimination:
    """A proposed elimination; of a new person for a new disclosure, unless told."""
    about = {
        "ground": Ground.WAS_ELSEWHERE, "evidence": "The door log of that evening.", "strength": Strength.X2, **facts,
    }  # fmt: skip
    return eliminations.propose_elimination(
        world.person(by), world.case(), person=who or person(), disclosure=of or disclosure(), claim=claim, **about
    )


def confirmed(elimination: Elimination, *, who: str = "rhea") -> Elimination:
    """The same, confirmed by the reviewer."""
    eliminations.confirm_elimination(world.person(who), elimination, text_sha256=elimination.text_sha256)
    return elimination


@built_once
def designated(who: Person | None = None, *, by: str = "lena", **facts: Any) -> SubjectStatus:
    """A proposed subject status that rests on nothing yet."""
    return subject_status.propose_subject_status(world.person(by), who or person(), **{**ALLEGED, **facts})


@built_once
def signed(who: Person | None = None) -> SubjectStatus:
    """A subject status in force, which rests on an exhibit of its own."""
    made = designated(who)
    cite(made, build_exhibit.exhibit(f"paper {made.number}".encode()))
    subject_status.sign_subject_status(world.person("cora"), made, text_sha256=made.text_sha256)
    return made


def same_person(one: str, other: str) -> None:
    """It turns out, after the roles began, that two accounts are one person's."""
    for who in (one, other):
        accounts.add_alias(world.person("ada"), world.person(who), kind=IdentifierKind.BADGE, value="B-900")
