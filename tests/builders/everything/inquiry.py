"""Lines of inquiry, hypotheses, citations, eliminations, snapshots, subject statuses. No name is revealed."""

import io

from flask import current_app

from tests import world
from tests.builders.build_access import person_level
from tracker.actions.access import eliminations
from tracker.actions.answers import snapshots
from tracker.actions.checks import next_number
from tracker.actions.findings import citations, subject_status
from tracker.actions.inquiry import hypotheses, lines_of_inquiry
from tracker.analysis.moments import stated
from tracker.audit.doors import action, now, seal
from tracker.base import db
from tracker.exports.results import Kept, Result
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.eliminations import Elimination
from tracker.models.access.people import Person
from tracker.models.access.snapshots import Snapshot
from tracker.models.access.words import Ground, Strength
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.findings.words import Bearing, Cited
from tracker.models.inquiry.words import Direction
from tracker.policy import Permission

ELIMINATING = {"ground": Ground.WAS_ELSEWHERE, "evidence": "The door log of that evening.", "strength": Strength.X2}
ELIMINATING |= {"why_wrong": "The portal counts the clerk's reading as theirs."}
ALLEGED = {"allegation": "Passed it on.", "alternatives": "The print room.", "notice_plan": "By letter, next week."}


def furnish(case: Case, who: str, number: int) -> None:
    """The `number`th of every kind, recorded by `who`, who is on the team."""
    account = world.person(who)
    hypothesis = hypotheses.add_hypothesis(account, case, text=f"A cleaner, {number}")
    lines_of_inquiry.open_line_of_inquiry(
        account, case, question="Who else had the papers?", direction=Direction.AGAINST, owner=account,
        due=stated("2018-04-01", "UTC"), hypothesis=hypothesis,
    )  # fmt: skip
    access = numbered(AccessRecord, case, number)
    citations.cite(account, hypothesis, kind=Cited.ACCESS_RECORD, thing=access, bearing=Bearing.CONTRADICTS)
    disclosure = numbered(Disclosure, case, number)
    if case.reference == "LK-BBBB":
        lay_out(account, case, number=number)
        return
    person_level()
    person = numbered(Person, case, number)
    eliminations.propose_elimination(account, case, person=person, disclosure=disclosure, **ELIMINATING)
    snapshots.keep_snapshot(account, case, **kept(number))
    made = subject_status.propose_subject_status(world.person("lena"), person, **ALLEGED)
    claim = db.session().scalars(Claim.of(case).where(Claim.disclosure_id == disclosure.id)).one()
    citations.cite(account, made, kind=Cited.CLAIM, thing=claim, bearing=Bearing.SUPPORTS)


# LK-BBBB has no counsel, so that nothing about persons is open there; addresses are asked for all the same.
@action(Permission.PROPOSE_ELIMINATION, "elimination.laid_out")
def lay_out(account, case, *, number):
    """An elimination; and subject statuses of the third person, once there is one, numbered within the case."""
    about = {"case": case, "by": account, "at": now()}
    eliminated = {"person": numbered(Person, case, number), "disclosure": numbered(Disclosure, case, number)}
    elimination = Elimination(number=next_number(Elimination, case_id=case.id), **eliminated, **about, **ELIMINATING)
    db.session().add(elimination)
    seal(elimination)
    made = kept(number)
    file = made.pop("file")
    db.session().add(Snapshot(number=number, sha256=file.sha256, size=file.size, **made, **about))
    for part in (1, 2, 3) if number == 3 else ():
        db.session().add(SubjectStatus(number=part, person=eliminated["person"], **about, **ALLEGED))


def kept(number):
    """What a snapshot of the matrix keeps, with its file in the store."""
    said = Kept("Matrix", "matrix", "", Result("1 person.", [], ["No record does not mean no access."]), ["person"],
                [["P-001"]])  # fmt: skip
    body = said.spell(world.case(), now(), number, "0" * 64)
    file = current_app.extensions["files"].put(io.BytesIO(body))
    about = {"page": "matrix", "query": "", "title": "Matrix", "sentence": "1 person.", "rows": 1, "why": "For later."}
    return {**about, "entries": number, "last_entry": "0" * 64, "file": file}


def numbered(model, case, number):
    """The thing of the case with this number."""
    return db.session().scalars(model.of(case).where(model.number == number)).one()
