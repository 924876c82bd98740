"""Assessments, decisions, outcomes, suspensions."""

from typing import Any

from tests import world
from tracker.actions.case import assessments, stages, step_times
from tracker.actions.findings import decisions, recommendations, referrals
from tracker.analysis.moments import Moment, stated
from tracker.audit.doors import action, now
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.case.stages import Suspension
from tracker.models.findings.known_sources import KnownSource
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.words import Breach, Happened, Source
from tracker.models.register.accounts import Account
from tracker.models.words import Answer
from tracker.policy import Permission


def furnish(case: Case, who: str, number: int) -> None:
    """The `number`th of every kind, recorded by `who`, who is on the team."""
    lead = world.person("lena" if case.reference == "LK-AAAA" else "ivo")
    assessments.assess_case(
        lead, case, happened=None, reason="It is not known yet.", damage=Answer.NO, damage_reason="All is public."
    )
    decisions.log_decision(world.person(who), case, what=f"Decision {number}", reason="Time", alternatives="None")
    suspend_case(lead, case, number)
    unknown = Moment.of()
    step_times.date_step(lead, case, step="opening", took_place=stated("2018-03-21", "UTC"), reason="By telephone.")
    referrals.record_referral(lead, case, to=f"The inspectorate, {number}", sent=unknown, reason="It asked.")
    recommendations.add_recommendation(lead, case, text=f"Log prints ({number})", addressee="Print room", due=unknown)
    by = world.person("dora" if case.reference == "LK-AAAA" else "ivo")
    begin_outcome(by, case, number=number)


def suspend_case(lead: Account, case: Case, number: int) -> None:
    """A suspension that stands; the one before it is lifted."""
    for suspension in db.session().scalars(Suspension.of(case).where(Suspension.number == number - 1)):
        stages.lift_suspension(lead, suspension, reason="It came back.")
    stages.suspend_case(lead, case, reason="The court is asked.")


AXES: dict[str, Any] = {
    "happened": Happened.UNDETERMINED, "breach": Breach.NONE, "intent": None,
    "sources": (KnownSource(Source.NOT_IDENTIFIED),), "note": "Nobody was identified.", "letters": "None.",
}  # fmt: skip


@action(Permission.READ_CASE, "outcome.drafted")
def begin_outcome(by: Account, case: Case, *, number: int) -> Outcome:
    """A draft in a case that does not stand in review: there every kind of thing is to be had at once."""
    outcome = Outcome(case=case, number=number, by=by, at=now(), **AXES)
    db.session().add(outcome)
    return outcome
