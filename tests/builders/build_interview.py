"""Interviews of LK-AAAA as the team would record them: planned, held, signed, sealed."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import time_machine

from tests import world
from tests.builders import build_access, build_inquiry
from tests.builders.build_material import person
from tests.machinery.snapshots import built_once
from tracker.actions.inquiry import addenda, interviews
from tracker.analysis.moments import stated
from tracker.audit.doors import now
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import Companion, Mode, Recording, Signature
from tracker.models.register.standard_texts import StandardText

BEGAN, ENDED = stated("2018-03-22 10:00", "UTC"), stated("2018-03-22 11:00", "UTC")
WORDS = "I read the cards on Monday evening and gave them back."


def text(key: str) -> StandardText:
    """A standard text by its key, in its newest version."""
    found = sa.select(StandardText).where(StandardText.key == key).order_by(StandardText.version.desc())
    return db.session().scalars(found).first()


@built_once
def planned(of: Person | None = None, *, who: str = "ines", case: str = "LK-AAAA", **about: Any) -> Interview:
    """A planned interview, of a new person unless told."""
    return interviews.plan_interview(world.person(who), world.case(case), person=of or person(), **about)


def engaged(interview: Interview, *, who: str = "ines", **about: Any) -> Interview:
    """The second part is written, with a start and no advisement unless told."""
    said = {"started": BEGAN, "mode": Mode.IN_PERSON, "recording": Recording.NOTE, **about}
    interviews.write_engagement(world.person(who), interview, lock_version=interview.lock_version, **said)
    return interview


def accounted(interview: Interview, *, who: str = "ines", **about: Any) -> Interview:
    """The third part is written."""
    said = {"narrative": WORDS, "clarified": "", "shown": "", "deviation": "", **about}
    interviews.write_narrative(world.person(who), interview, lock_version=interview.lock_version, **said)
    return interview


def closed(interview: Interview, *, who: str = "ines", **about: Any) -> Interview:
    """The fourth part is written: read back and signed unless told."""
    said = {"ended": ENDED, "read_back": True, "signature": Signature.SIGNED, "signed": ENDED, **about}
    interviews.write_closure(world.person(who), interview, lock_version=interview.lock_version, **said)
    return interview


@built_once
def held(of: Person | None = None, *, who: str = "ines", case: str = "LK-AAAA", **about: Any) -> Interview:
    """An interview that was held, and whose narrative is written."""
    return accounted(engaged(planned(of, who=who, case=case), who=who, **about), who=who)


@built_once
def ready(of: Person | None = None, *, who: str = "ines", case: str = "LK-AAAA", **about: Any) -> Interview:
    """One that was signed and can be sealed."""
    return closed(held(of, who=who, case=case), who=who, **about)


@built_once
def sealed(of: Person | None = None, *, who: str = "ines", case: str = "LK-AAAA", **about: Any) -> Interview:
    """One that is sealed."""
    interview = ready(of, who=who, case=case, **about)
    seal(interview, who=who)
    return interview


def seal(interview: Interview, *, who: str = "ines") -> None:
    """Seal it as it stands."""
    shown = addenda.sha256_of(interview.statement())
    addenda.seal_interview(world.person(who), interview, statement_sha256=shown)


OFFERED = {"companion": Companion.DECLINED, "offered": stated("2018-03-22 09:50", "UTC")}


def designated(of: Person, *, signed: bool = True, ago: timedelta = timedelta()) -> None:
    """A subject status of the person, proposed so long ago, and signed by counsel unless told."""
    with time_machine.travel(now() - ago):
        build_access.person_level()
        if signed:
            build_inquiry.signed(of)
        else:
            build_inquiry.designated(of)
