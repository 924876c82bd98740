"""Accesses, whereabouts and disclosures of LK-AAAA, recorded by actions; tests say what they care about."""

from typing import Any

import sqlalchemy as sa

from tests import world
from tests.builders.build_material import NOWHEN, material, person, version
from tests.machinery.snapshots import built_once
from tracker.actions.access import access_records, whereabouts
from tracker.actions.access.exposure import who_had_access
from tracker.actions.case import cases
from tracker.actions.disclosure import claims, disclosures
from tracker.analysis.moments import Moment, stated
from tracker.audit.doors import action, now
from tracker.base import db
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import Level, LogKind, LogState
from tracker.models.case.words import ProtectionResult
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.materials import Material
from tracker.policy import Permission

CAME_OUT = "2018-03-20 23:15"


def utc(text: str) -> Moment:
    """A time in UTC."""
    return stated(text, "UTC")


@built_once
def access(who: Person | None = None, of: Material | None = None, *, by: str = "ines", **facts: Any) -> AccessRecord:
    """An access; to a new material, of a new person, unless told."""
    about = {"level": Level.E3, "since": NOWHEN, "until": NOWHEN, **facts}
    return access_records.record_access(
        world.person(by), world.case(), person=who or person(), material=of or material(), **about
    )


@built_once
def seen(who: Person | None = None, place: str = "Reading room", *, by: str = "ines", **facts: Any) -> Whereabouts:
    """Where somebody was."""
    about = {"since": NOWHEN, "until": NOWHEN, **facts}
    return whereabouts.record_whereabouts(world.person(by), world.case(), person=who or person(), place=place, **about)


@built_once
def disclosure(outlet: str = "A daily", **facts: Any) -> Disclosure:
    """A disclosure."""
    return disclosures.record_disclosure(world.person("ines"), world.case(), outlet=outlet, **facts)


def claim(of: Disclosure, quote: str = "Do not.", **facts: Any) -> Claim:
    """A claim of it."""
    return claims.record_claim(world.person("ines"), of, quote=quote, **facts)


def person_level(result: ProtectionResult = ProtectionResult.PROCEED) -> None:
    """Counsel answers the protected-disclosure check."""
    cases.record_protection_check(
        world.person("cora"), world.case(), result=result, answered_on="2018-03-21", reason="Nothing points there."
    )


@built_once
def two_versions():
    """A material with two versions, a disclosure whose claim names the second, and a case that is screened."""
    card = material("CARDS", created=utc("2018-03-18"))
    first, second = version(card, "v1", made=utc("2018-03-19 10:00")), version(card, "v2", made=utc("2018-03-20 06:00"))
    one = disclosure(published=utc(CAME_OUT))
    claim(one, version=second)
    person_level()
    return card, first, second, one


def placed(one, claims=None):
    """Each person's class, by pseudonym number."""
    answer = who_had_access(one, one.claims if claims is None else claims)
    return {each.person: each.standing.value for each in everybody_of(answer)}


def everybody_of(answer):
    """Everybody of an answer with what put them into their class, in the order of their numbers."""
    return sorted((each for listed in answer.listed.values() for each in listed), key=lambda each: each.person)


@action(Permission.IMPORT_LOG, "log.laid_out")
def lay_out(actor, case, *, state=LogState.VISIBLE, kind=LogKind.ACCESS, rows=()):
    """A log with rows, as an import leaves it; in other states as when it was reverted or is not finished."""
    session = db.session()
    number = len(session.scalars(sa.select(AccessLog.id)).all()) + 1
    log = AccessLog(
        case=case, number=number, kind=kind, state=state, name="log.csv", sha256="0" * 64, size=1,
        imported_by=actor, imported=now(), obtained=NOWHEN, covers_since=NOWHEN, covers_until=NOWHEN,
    )  # fmt: skip
    session.add(log)
    model, counter, common = AccessRecord, "accesses_numbered", {"level": Level.E3}
    if kind is LogKind.WHEREABOUTS:
        model, counter, common = Whereabouts, "whereabouts_numbered", {}
    for line, facts in enumerate(rows, 2):
        setattr(case, counter, getattr(case, counter) + 1)
        row = {**common, "since": NOWHEN, "until": NOWHEN, **facts}
        session.add(model(case=case, number=getattr(case, counter), log=log, line=line, by=actor, at=now(), **row))
    return log
