"""Four eyes over the whole house: whatever is approved, nobody approves what is hers, by the page or by the action."""

import pytest
import sqlalchemy as sa

from tests import world as people
from tests.builders import build_case, build_inquiry
from tests.builders.build_case import newest
from tests.machinery.intruder import force_role, force_the_end_of_roles, run_past_the_program
from tests.machinery.snapshots import built_once
from tests.policy.test_independence import alias, second
from tracker.actions.access import eliminations
from tracker.actions.findings import outcomes, reviews
from tracker.audit.doors import Denied
from tracker.base import db
from tracker.models.access.eliminations import Elimination
from tracker.models.access.words import IdentifierKind
from tracker.models.case.assessments import Assessment
from tracker.models.case.words import Role, Stage
from tracker.models.findings.findings import Finding
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.reviews import Review
from tracker.models.findings.revisions import FindingRevision
from tracker.models.findings.words import Verdict

APPROVED = {"verdict": Verdict.APPROVED, "note": "Read."}
KINDS = {  # the page on which it is approved, and the action
    Finding: ("findings/1/approval", lambda who, thing: reviews.approve_finding(
        who, thing, revision=thing.revision, text_sha256=thing.text_sha256, reasons="Read.")),
    Elimination: ("eliminations/1/review", lambda who, thing: eliminations.confirm_elimination(
        who, thing, text_sha256=thing.text_sha256)),
    Assessment: ("assessments/2/approval", lambda who, thing: build_case.assessments.review_assessment(
        who, thing, **APPROVED, text_sha256=thing.text_sha256)),
    Outcome: ("outcomes/1/approval", lambda who, thing: outcomes.review_outcome(
        who, thing, **APPROVED, revision=thing.revision, text_sha256=thing.text_sha256)),
}  # fmt: skip


@pytest.fixture(autouse=True)
def waiting(world):
    wait_for_the_reviewer()


@built_once
def wait_for_the_reviewer():
    """A finding, an elimination, an assessment and an outcome, each of which waits for the reviewer."""
    build_case.ready(Stage.REVIEW, "approved", "outcome approved")
    build_case.assess()
    build_inquiry.eliminated()


def written_by(model, who, **more):
    """As if somebody else had written it."""
    column = {"author_id" if model is Finding else "by_id": people.person(who).id, **more}
    run_past_the_program(sa.update(model.__table__).where(model.id == newest(model).id).values(column))


# Who tries, after what has come about behind the program's back: no action lets it come that far.


def the_author(model):
    written_by(model, "nora")
    force_role("nora", Role.REVIEWER)
    return "nora"


def of_the_texts(model, which):
    """Of a finding the texts are kept with who wrote each; an outcome is written by deciding officials alone."""
    if model is Finding:
        kept = db.session().scalars(sa.select(FindingRevision).order_by(FindingRevision.revision)).all()[which]
        there = FindingRevision.id == kept.id
        run_past_the_program(sa.update(FindingRevision).where(there).values(by_id=people.person("nora").id))
    else:
        force_role("nora", Role.DECIDING_OFFICIAL)
        one = newest(Outcome)
        outcomes.edit_outcome(people.person("nora"), one, lock_version=one.lock_version, note="Other words.")
        if which == 0:
            outcomes.edit_outcome(
                people.person("dora"), one, lock_version=one.lock_version, note="Nobody was identified, again."
            )
        force_the_end_of_roles("nora")
    force_role("nora", Role.REVIEWER)
    return "nora"


def a_co_author(model):
    return of_the_texts(model, 0)


def the_last_editor(model):
    return of_the_texts(model, -1)


def an_alias_of_the_author(model):
    writer = newest(model).author if model is Finding else newest(model).by
    alias(people.person("nora"), IdentifierKind.EMAIL, writer.email)
    force_role("nora", Role.REVIEWER)
    return "nora"


def the_author_s_name_again(model):
    writer = newest(model).author if model is Finding else newest(model).by
    second(name=f" {writer.name.upper()} ")
    force_role("second", Role.REVIEWER)
    return "second"


def the_author_with_the_role_given_afterwards(model):
    who = {Assessment: "lena", Outcome: "dora"}.get(model, "ines")
    force_the_end_of_roles(who)
    force_role(who, Role.REVIEWER)
    return who


def a_reviewer_who_observes_now(model):
    force_the_end_of_roles("rhea")
    force_role("rhea", Role.OBSERVER)
    return "rhea"


def who_worked_the_case_before(model):
    force_role("nora", Role.INVESTIGATOR)
    force_the_end_of_roles("nora")
    force_role("nora", Role.REVIEWER)
    return "nora"


TRIES = [the_author, an_alias_of_the_author, the_author_s_name_again, the_author_with_the_role_given_afterwards,
         a_reviewer_who_observes_now, who_worked_the_case_before, a_co_author, the_last_editor]  # fmt: skip
WRITTEN_ONCE = {Elimination, Assessment}  # their words are fixed: another wording is another one
TABLE = [
    pytest.param(model, comes, id=f"{model.__tablename__}: {comes.__name__.replace('_', ' ')}")
    for model in KINDS
    for comes in TRIES
    if not (model in WRITTEN_ONCE and comes in {a_co_author, the_last_editor})
]


def verdicts():
    db.session().rollback()
    return db.session().scalar(sa.select(sa.func.count(Review.id)))


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__tablename__)
def test_the_reviewer_approves_by_the_page(browse, model):
    before = verdicts()
    page = f"/cases/LK-AAAA/{KINDS[model][0]}"
    assert browse("rhea").post_form(page, verdict="approved").status_code == 303
    assert verdicts() == before + 1


@pytest.mark.cases("everything that is approved")
@pytest.mark.parametrize(("model", "comes"), TABLE)
def test_nobody_approves_what_is_hers_by_the_page_or_by_the_action(browse, model, comes):
    page, act = f"/cases/LK-AAAA/{KINDS[model][0]}", KINDS[model][1]
    who, before = comes(model), verdicts()
    thing = newest(model)
    with pytest.raises(Denied):
        act(people.person(who), thing)
    client = browse(who)
    fields = {"verdict": "approved", "revision": str(getattr(thing, "revision", 1)), "text_sha256": thing.text_sha256}
    assert client.get(page).status_code == 403
    assert client.post(page, data={**fields, **client.tokens()}).status_code == 403
    assert verdicts() == before
