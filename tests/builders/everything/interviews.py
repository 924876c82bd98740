"""Interviews and what belongs to them: in each turn one that is planned, and one that is sealed and added to."""

from tests import world
from tests.builders.build_interview import BEGAN, ENDED, accounted, engaged, planned, sealed
from tracker.actions.inquiry import addenda, interviews
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.case.cases import Case
from tracker.models.inquiry.words import AddendumKind


def furnish(case: Case, who: str, number: int) -> None:
    """The `number`th of every kind, recorded by `who`, who is on the team."""
    actor = world.person(who)
    aide = db.session().scalars(Person.of(case).where(Person.number == number)).one()
    first = accounted(engaged(planned(aide, who=who, case=case.reference, planned_for=BEGAN), who=who), who=who)
    interviews.add_presence(actor, first, who="Clerk", why="Takes the note")
    second = sealed(aide, who=who, case=case.reference)
    addenda.add_addendum(
        actor, second, kind=AddendumKind.CORRECTION, text="It was Tuesday.", signed_by=aide.pseudonym, signed=ENDED
    )
    addenda.write_evaluation(actor, second, text="Clear on times.")
