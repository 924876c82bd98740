"""Exclusions: who is excluded for what, by which evidence; proposed by the team, confirmed by a reviewer."""

from typing import Any

import sqlalchemy as sa
from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload
from wtforms import HiddenField

from tracker import db
from tracker.actions import exclusions as actions
from tracker.actions.exposures import must_be_screened
from tracker.exports.columns import instant, label, same_names
from tracker.fields import Text, WordField, needed
from tracker.forms import ReasonForm, RecordForm
from tracker.guard import Area, me
from tracker.models.cases import Case
from tracker.models.claims import Claim
from tracker.models.disclosures import Disclosure
from tracker.models.exclusions import Exclusion
from tracker.models.people import Person
from tracker.models.reviews import Review
from tracker.models.words.exclusions import Ground, Strength
from tracker.models.words.reviews import Verdict
from tracker.policy import Permission
from tracker.rendering import page
from tracker.views.choices import ThingField, all_of
from tracker.views.occurrences import AboutPersonFilter, person_words
from tracker.web.lists import Tab, register
from tracker.web.places import to

area = Area("exclusions", __name__)
ALL = "/cases/<ref:case>/exclusions"
ONE = f"{ALL}/<number:number>"


class ExclusionFilter(AboutPersonFilter):
    """Narrow the list of exclusions."""

    model = Exclusion
    ground = WordField("Ground", Ground, empty="Any")
    strength = WordField("Strength", Strength, empty="Any")


def _claims(subject: Any) -> list[Claim]:
    those = Claim.of(subject.case).join(Claim.disclosure).options(joinedload(Claim.disclosure))
    return list(db.session().scalars(those.order_by(Disclosure.number, Claim.number)))


class ExclusionForm(RecordForm):
    """Whom, for what, and on which evidence."""

    person = ThingField(
        "Person", all_of(Person), empty="Choose", validators=[needed("Choose the person.")],
        key=lambda person: person.pseudonym, words=person_words,
    )  # fmt: skip
    disclosure = ThingField(
        "Disclosure", all_of(Disclosure), empty="Choose", validators=[needed("Choose the disclosure.")]
    )
    claim = ThingField(
        "Claim", _claims, empty="The whole disclosure", key=lambda claim: f"{claim.disclosure.number}/{claim.number}",
        words=lambda claim: f"{claim.label} of disclosure {claim.disclosure.number}: {claim.quote[:60]}",
    )  # fmt: skip
    ground = WordField("Ground", Ground, empty="Choose", validators=[needed("Choose the ground.")])
    evidence = Text(
        "Evidence", [needed("Enter the evidence. Nobody is eliminated without evidence.")], longest=5000,
        description="What shows it and where it is recorded. For “Absent with log”, name the access log, such as L3.",
    )  # fmt: skip
    strength = WordField("Strength", Strength, empty="Choose", validators=[needed("Choose the strength.")])


class ReviewForm(RecordForm):
    """A reviewer's answer to the text on this page."""

    verdict = WordField("Your verdict", Verdict, empty="Choose", validators=[needed("Choose your verdict.")])
    note = Text("Note", longest=5000, description="Required if you return the elimination: say what is missing.")
    text_sha256 = HiddenField()


ANSWERS = {Verdict.APPROVED: actions.confirm_exclusion, Verdict.RETURNED: actions.return_exclusion}


def _confirmed_by() -> Any:
    """Whoever confirmed the exclusion last, as `Exclusion.confirmation` has it: no return since, not withdrawn."""
    later = sa.orm.aliased(Review)
    answered = sa.exists().where(later.exclusion_id == Exclusion.id, later.id > Review.id)
    confirmed = sa.select(Review.reviewer_id).where(
        Review.exclusion_id == Exclusion.id, Review.verdict == Verdict.APPROVED, ~answered,
        Exclusion.withdrawn_at.is_(None),
    )  # fmt: skip
    return confirmed.correlate(Exclusion).scalar_subquery()


LIST = register(
    area, Exclusion, "exclusions", screened=True, tab=Tab.ACCESS, title="Eliminations", noun="elimination",
    filter=ExclusionFilter, sorts={"number": Exclusion.number, "strength": Exclusion.strength},
    template="exclusions/list.html",
    load=(
        joinedload(Exclusion.person), joinedload(Exclusion.disclosure), joinedload(Exclusion.claim),
        selectinload(Exclusion.reviews).joinedload(Review.reviewer),
    ),
    columns=(
        label("person", "people", Exclusion.person_id),
        label("disclosure", "disclosure_numbers", Exclusion.disclosure_id),
        label("claim", "claim_numbers", Exclusion.claim_id),
        *same_names(Exclusion, "ground", "evidence", "strength"),
        label("proposed_by", "accounts", Exclusion.by_id),
        label("confirmed_by", "accounts", _confirmed_by()),
        *same_names(Exclusion, "number"),
        instant("proposed", Exclusion.at),
        instant("withdrawn", Exclusion.withdrawn_at),
        label("withdrawn_by", "accounts", Exclusion.withdrawn_by_id),
        *same_names(Exclusion, "why_withdrawn", "seal"),
    ),
)  # fmt: skip


@area.form(f"{ALL}/new", needs=Permission.PROPOSE_EXCLUSION, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Propose an exclusion."""
    must_be_screened(case)
    return ExclusionForm().takes(actions.propose_exclusion, case, "exclusions/new.html")


@area.route(ONE, needs=Permission.READ_CASE, of=Exclusion)
def show(exclusion: Exclusion) -> ResponseReturnValue:
    """One exclusion with its evidence and what a reviewer said."""
    must_be_screened(exclusion.case)
    return page("exclusions/show.html")


@area.form(f"{ONE}/review", needs=Permission.REVIEW_EXCLUSION, of=Exclusion, fresh=True)
def review(exclusion: Exclusion) -> ResponseReturnValue:
    """Confirm an exclusion, or return it."""
    must_be_screened(exclusion.case)
    form = ReviewForm(obj=exclusion)
    if form.validate_on_submit():
        with form.conflicts():
            ANSWERS[form.verdict.data](me(), exclusion, text_sha256=form.text_sha256.data, note=form.note.data)
            return to(exclusion)
        form.text_sha256.data = exclusion.text_sha256
    return page("exclusions/review.html", form)


@area.form(f"{ONE}/withdraw", needs=Permission.PROPOSE_EXCLUSION, of=Exclusion)
def withdraw(exclusion: Exclusion) -> ResponseReturnValue:
    """Take an exclusion back: possible while the screen is shut, too."""
    form = ReasonForm.asking("Enter the reason for the withdrawal.", longest=2000)
    return form.takes(actions.withdraw_exclusion, exclusion, "exclusions/withdraw.html", to=_to_list)


def _to_list(exclusion: Exclusion) -> ResponseReturnValue:
    return redirect(url_for(".listed", case=exclusion.case.reference), 303)
