"""Lines of inquiry, hypotheses, citations, exclusions, designations. Nobody's name is revealed: all is masked."""

from tests import world
from tests.build_access import screened
from tracker import db
from tracker.actions import citations, designations, exclusions, hypotheses, lines
from tracker.actions.numbering import next_number
from tracker.analysis.moments import stated
from tracker.audit.doors import action, now, seal
from tracker.models.accesses import Access
from tracker.models.cases import Case
from tracker.models.claims import Claim
from tracker.models.designations import Designation
from tracker.models.disclosures import Disclosure
from tracker.models.exclusions import Exclusion
from tracker.models.people import Person
from tracker.models.words.citations import Bearing, Cited
from tracker.models.words.exclusions import Ground, Strength
from tracker.models.words.lines import Direction
from tracker.policy import Permission

EXCLUDING = {"ground": Ground.WAS_ELSEWHERE, "evidence": "The door log of that evening.", "strength": Strength.X2}
ALLEGED = {"allegation": "Passed it on.", "alternatives": "The print room.", "notice_plan": "By letter, next week."}


def furnish(case: Case, who: str, number: int) -> None:
    """The `number`th of every kind, recorded by `who`, who is on the team."""
    user = world.person(who)
    hypothesis = hypotheses.add_hypothesis(user, case, text=f"A cleaner, {number}")
    lines.open_line(
        user, case, question="Who else had the papers?", direction=Direction.AGAINST, owner=user,
        due=stated("2018-04-01", "UTC"), hypothesis=hypothesis,
    )  # fmt: skip
    access = numbered(Access, case, number)
    citations.cite(user, hypothesis, kind=Cited.ACCESS, thing=access, bearing=Bearing.CONTRADICTS)
    disclosure = numbered(Disclosure, case, number)
    if case.reference == "LK-BBBB":
        lay_out(user, case, number=number)
        return
    screened()
    person = numbered(Person, case, number)
    exclusions.propose_exclusion(user, case, person=person, disclosure=disclosure, **EXCLUDING)
    made = designations.propose_designation(world.person("lena"), person, **ALLEGED)
    claim = db.session().scalars(Claim.of(case).where(Claim.disclosure_id == disclosure.id)).one()
    citations.cite(user, made, kind=Cited.CLAIM, thing=claim, bearing=Bearing.SUPPORTS)


# LK-BBBB has no counsel, so that nothing about persons is open there; addresses are asked for all the same.
@action(Permission.PROPOSE_EXCLUSION, "exclusion.laid_out")
def lay_out(user, case, *, number):
    """An exclusion; and designations of the third person, once there is one: their numbers are those of the case."""
    about = {"case": case, "by": user, "at": now()}
    excluded = {"person": numbered(Person, case, number), "disclosure": numbered(Disclosure, case, number)}
    exclusion = Exclusion(number=next_number(Exclusion, case_id=case.id), **excluded, **about, **EXCLUDING)
    db.session().add(exclusion)
    seal(exclusion)
    for part in (1, 2, 3) if number == 3 else ():
        db.session().add(Designation(number=part, person=excluded["person"], **about, **ALLEGED))


def numbered(model, case, number):
    """The thing of the case with this number."""
    return db.session().scalars(model.of(case).where(model.number == number)).one()
