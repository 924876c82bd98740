"""Findings, comments, replies, reviews of findings."""

from tests import world
from tracker.actions.findings import comments, findings, replies
from tracker.analysis.moments import stated
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.case.cases import Case
from tracker.models.findings.words import Conclusion, Standard


def furnish(case: Case, who: str, number: int) -> None:
    """The `number`th of every kind, recorded by `who`, who is on the team."""
    writer = world.person(who)
    about = db.session().scalars(Person.of(case).where(Person.number == number)).one()
    finding = findings.draft_finding(
        writer, case, standard=Standard.BALANCE, allegation=f"The cards were passed on ({number})", person=about
    )
    findings.edit_finding(
        writer, finding, lock_version=1, rule="Handling rule 4",
        evidence_for="The portal shows that the cards were opened.",
        evidence_against="Eleven others opened them too.", reasoning="Access is no more than opportunity.",
        conclusion=Conclusion.INCONCLUSIVE,
    )  # fmt: skip
    comments.comment_on(writer, finding, field="reasoning", passage="no more than", text="Say what it would take.")
    replies.put_passage(
        writer, finding, passage="The cards were passed on", put_at=stated("2018-04-02 09:00", "UTC"), days=10
    )
