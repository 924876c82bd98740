"""Accesses, whereabouts and disclosures of LK-AAAA, recorded by actions; tests say what they care about."""

from typing import Any

from tests import world
from tests.pieces import NOWHEN, material, person
from tracker.actions import accesses, cases, claims, disclosures, whereabouts
from tracker.analysis.moments import Moment, stated
from tracker.models.accesses import Access, Whereabouts
from tracker.models.disclosures import Claim, Disclosure
from tracker.models.evidence import Level
from tracker.models.materials import Material
from tracker.models.people import Person
from tracker.models.words import ScreenResult


def utc(text: str) -> Moment:
    """A time in UTC."""
    return stated(text, "UTC")


def access(who: Person | None = None, of: Material | None = None, *, by: str = "ines", **facts: Any) -> Access:
    """An access; to a new material, of a new person, unless told."""
    about = {"level": Level.E3, "since": NOWHEN, "until": NOWHEN, **facts}
    return accesses.record_access(
        world.person(by), world.case(), person=who or person(), material=of or material(), **about
    )


def seen(who: Person | None = None, place: str = "Reading room", *, by: str = "ines", **facts: Any) -> Whereabouts:
    """Where somebody was."""
    about = {"since": NOWHEN, "until": NOWHEN, **facts}
    return whereabouts.record_whereabouts(world.person(by), world.case(), person=who or person(), place=place, **about)


def disclosure(outlet: str = "A daily", **facts: Any) -> Disclosure:
    """A disclosure."""
    return disclosures.record_disclosure(world.person("ines"), world.case(), outlet=outlet, **facts)


def claim(of: Disclosure, quote: str = "Do not.", **facts: Any) -> Claim:
    """A claim of it."""
    return claims.record_claim(world.person("ines"), of, quote=quote, **facts)


def screened(result: ScreenResult = ScreenResult.PROCEED) -> None:
    """Counsel answers the screen."""
    cases.answer_screen(
        world.person("cora"), world.case(), result=result, answered_on="2018-03-21", reason="Nothing points there."
    )
