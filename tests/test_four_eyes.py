"""Four eyes over the whole house: whatever is approved, nobody approves what is hers, by the page or by the action."""

import pytest
import sqlalchemy as sa

from tests import build_case, build_inquiry
from tests import world as people
from tests.build_case import newest
from tests.intruder import force_duty, force_the_end_of_duties, run_past_the_program
from tests.snapshots import built_once
from tests.test_independence import alias, second
from tracker import db
from tracker.actions import exclusions, outcomes, reviews
from tracker.audit.doors import Denied
from tracker.models.appraisals import Appraisal
from tracker.models.exclusions import Exclusion
from tracker.models.findings import Finding
from tracker.models.outcomes import Outcome
from tracker.models.reviews import Review
from tracker.models.revisions import FindingRevision
from tracker.models.words.cases import Stage
from tracker.models.words.duties import Duty
from tracker.models.words.people import IdentifierKind
from tracker.models.words.reviews import Verdict

APPROVED = {"verdict": Verdict.APPROVED, "note": "Read."}
KINDS = {  # the page on which it is approved, and the action
    Finding: ("findings/1/approval", lambda who, thing: reviews.approve_finding(
        who, thing, revision=thing.revision, text_sha256=thing.text_sha256, reasons="Read.")),
    Exclusion: ("exclusions/1/review", lambda who, thing: exclusions.confirm_exclusion(
        who, thing, text_sha256=thing.text_sha256)),
    Appraisal: ("appraisals/2/approval", lambda who, thing: build_case.appraisals.review_appraisal(
        who, thing, **APPROVED, text_sha256=thing.text_sha256)),
    Outcome: ("outcomes/1/approval", lambda who, thing: outcomes.review_outcome(
        who, thing, **APPROVED, revision=thing.revision, text_sha256=thing.text_sha256)),
}  # fmt: skip


@pytest.fixture(autouse=True)
def waiting(world):
    wait_for_the_reviewer()


@built_once
def wait_for_the_reviewer():
    """A finding, an exclusion, an appraisal and an outcome, each of which waits for the reviewer."""
    build_case.ready(Stage.REVIEW, "approved", "outcome approved")
    build_case.appraise()
    build_inquiry.excluded()


def written_by(model, who, **more):
    """As if somebody else had written it."""
    column = {"author_id" if model is Finding else "by_id": people.person(who).id, **more}
    run_past_the_program(sa.update(model.__table__).where(model.id == newest(model).id).values(column))


# Who tries, after what has come about behind the program's back: no action lets it come that far.


def the_author(model):
    written_by(model, "nora")
    force_duty("nora", Duty.REVIEWER)
    return "nora"


def of_the_texts(model, which):
    """Of a finding the texts are kept with who wrote each; an outcome is written by deciders alone."""
    if model is Finding:
        kept = db.session().scalars(sa.select(FindingRevision).order_by(FindingRevision.revision)).all()[which]
        there = FindingRevision.id == kept.id
        run_past_the_program(sa.update(FindingRevision).where(there).values(by_id=people.person("nora").id))
    else:
        force_duty("nora", Duty.DECIDER)
        one = newest(Outcome)
        outcomes.edit_outcome(people.person("nora"), one, row=one.row, note="Other words.")
        if which == 0:
            outcomes.edit_outcome(people.person("dora"), one, row=one.row, note="Nobody was identified, again.")
        force_the_end_of_duties("nora")
    force_duty("nora", Duty.REVIEWER)
    return "nora"


def a_co_author(model):
    return of_the_texts(model, 0)


def the_last_editor(model):
    return of_the_texts(model, -1)


def an_alias_of_the_author(model):
    writer = newest(model).author if model is Finding else newest(model).by
    alias(people.person("nora"), IdentifierKind.EMAIL, writer.email)
    force_duty("nora", Duty.REVIEWER)
    return "nora"


def the_author_s_name_again(model):
    writer = newest(model).author if model is Finding else newest(model).by
    second(name=f" {writer.name.upper()} ")
    force_duty("second", Duty.REVIEWER)
    return "second"


def the_author_with_the_duty_given_afterwards(model):
    who = {Appraisal: "lena", Outcome: "dora"}.get(model, "ines")
    force_the_end_of_duties(who)
    force_duty(who, Duty.REVIEWER)
    return who


def a_reviewer_who_observes_now(model):
    force_the_end_of_duties("rhea")
    force_duty("rhea", Duty.OBSERVER)
    return "rhea"


def who_worked_the_case_before(model):
    force_duty("nora", Duty.INVESTIGATOR)
    force_the_end_of_duties("nora")
    force_duty("nora", Duty.REVIEWER)
    return "nora"


TRIES = [the_author, an_alias_of_the_author, the_author_s_name_again, the_author_with_the_duty_given_afterwards,
         a_reviewer_who_observes_now, who_worked_the_case_before, a_co_author, the_last_editor]  # fmt: skip
WRITTEN_ONCE = {Exclusion, Appraisal}  # their words are fixed: another wording is another one
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
