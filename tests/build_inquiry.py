"""Exclusions, designations and citations of LK-AAAA, recorded by actions; tests say what they care about."""

from typing import Any

from tests import build_exhibit, world
from tests.build_access import disclosure
from tests.build_material import person
from tracker import db
from tracker.actions import accounts, citations, designations, exclusions
from tracker.models.citations import Citation
from tracker.models.claims import Claim
from tracker.models.designations import Designation
from tracker.models.disclosures import Disclosure
from tracker.models.exclusions import Exclusion
from tracker.models.hypotheses import Hypothesis
from tracker.models.people import Person
from tracker.models.words.citations import Bearing, Cited
from tracker.models.words.exclusions import Ground, Strength
from tracker.models.words.people import IdentifierKind

ALLEGED = {"allegation": "Passed it on.", "alternatives": "The print room.", "notice_plan": "By letter, next week."}


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


def excluded(
    who: Person | None = None,
    of: Disclosure | None = None,
    claim: Claim | None = None,
    *,
    by: str = "ines",
    **facts: Any,
) -> Exclusion:
    """A proposed exclusion; of a new person for a new disclosure, unless told."""
    about = {
        "ground": Ground.WAS_ELSEWHERE, "evidence": "The door log of that evening.", "strength": Strength.X2, **facts,
    }  # fmt: skip
    return exclusions.propose_exclusion(
        world.person(by), world.case(), person=who or person(), disclosure=of or disclosure(), claim=claim, **about
    )


def confirmed(exclusion: Exclusion, *, who: str = "rhea") -> Exclusion:
    """The same, confirmed by the reviewer."""
    exclusions.confirm_exclusion(world.person(who), exclusion, text_sha256=exclusion.text_sha256)
    return exclusion


def designated(who: Person | None = None, *, by: str = "lena", **facts: Any) -> Designation:
    """A proposed designation that rests on nothing yet."""
    return designations.propose_designation(world.person(by), who or person(), **{**ALLEGED, **facts})


def signed(who: Person | None = None) -> Designation:
    """A designation in force, which rests on an exhibit of its own."""
    made = designated(who)
    cite(made, build_exhibit.exhibit(f"paper {made.number}".encode()))
    designations.sign_designation(world.person("cora"), made, text_sha256=made.text_sha256)
    return made


def same_person(one: str, other: str) -> None:
    """It turns out, after the duties began, that two accounts are one person's."""
    for who in (one, other):
        accounts.add_alias(world.person("ada"), world.person(who), kind=IdentifierKind.BADGE, value="B-900")
