"""Claims of a disclosure: one leaked statement, what it was compared with, and what is asked of every claim."""

from typing import Any

import sqlalchemy as sa
from flask.typing import ResponseReturnValue
from wtforms import Form, FormField

from tracker.actions.disclosure import claims as actions
from tracker.analysis.prior_publication import gap
from tracker.exports.columns import label, plain
from tracker.models.disclosure.claims import Checked, Claim, ClaimCheck
from tracker.models.disclosure.conflicts import conflicts_of
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.versions import Version
from tracker.models.disclosure.words import Accuracy, Protected, Question, Wording
from tracker.models.words import Answer
from tracker.policy import Permission
from tracker.views.disclosure.disclosures import other_disclosures
from tracker.views.disclosure.version_forms import parts_of
from tracker.web.choices import ThingField, ThingsField
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.forms import EditForm
from tracker.web.guard import Area
from tracker.web.lists import register
from tracker.web.moment_field import MomentField
from tracker.web.rendering import page

area = Area("claims", __name__)


def _answer(question: Question) -> Any:
    answer = sa.select(ClaimCheck.answer).where(ClaimCheck.claim_id == Claim.id, ClaimCheck.question == question)
    return sa.func.coalesce(sa.type_coerce(answer.scalar_subquery(), sa.String), Answer.UNKNOWN.value)


register(
    area, Claim, "claims", order=(Claim.disclosure_id, Claim.number),
    columns=(
        "disclosure", "number", "quote", "locator", "protected", "authority", "accuracy", "accuracy_basis", "version",
        "wording",
        plain("already_public", _answer(Question.ALREADY_PUBLIC)),
        plain("clearance", _answer(Question.CLEARANCE)),
        plain("declassified", _answer(Question.DECLASSIFIED)),
        plain("briefing_possible", _answer(Question.BRIEFING_POSSIBLE)),
        plain("precursor", _answer(Question.PRECURSOR)),
        label("material", "version_materials", Claim.version_id),
        label("derived_from", "claim_origins", Claim.id),
    ),
)  # fmt: skip
register(
    area, ClaimCheck, "checks", order=(ClaimCheck.claim_id, ClaimCheck.id),
    columns=(
        label("disclosure", "claim_disclosures", ClaimCheck.claim_id),
        "claim", "question", "answer", "at", "source", "note",
    ),
)  # fmt: skip


def _versions(subject: Any) -> list[Version]:
    """The versions of the case's materials that no later row corrects, and the one that is chosen already."""
    return parts_of(Version, subject, Version.uncorrected() | (Version.id == getattr(subject, "version_id", None)))


def _key(version: Version) -> str:
    return f"{version.material.number}/{version.number}"


class CheckForm(Form):
    """The answer to one question."""

    answer = WordField("Answer", Answer, default=Answer.UNKNOWN)
    at = MomentField("Date and time", description="The time of the release, publication, request or decision.")
    source = ShortText("Source", description="Who says so, or the document that shows it.")
    note = LongText("Note", longest=2000)


class CheckField(FormField):
    """One of the questions asked of every claim; its data is a Checked."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        super().__init__(CheckForm, question.label, **kwargs)

    @property
    def data(self) -> Checked:
        """The answer as it was filled in."""
        return Checked(**self.form.data)


class ClaimForm(EditForm):
    """What is recorded of a claim. Only the quote is required."""

    quote = LongText("Exact quote", [needed("Enter the exact quote, as it was published.")], longest=5000)
    locator = ShortText("Place in the text", longest=200, description="Paragraph, page or minute of the disclosure.")
    protected = WordField("Protected", Protected, default=Protected.UNDETERMINED)
    authority = ShortText("Authority", description="The post or rule that says whether the claim is protected.")
    accuracy = WordField("Accuracy", Accuracy, default=Accuracy.UNKNOWN)
    accuracy_basis = LongText("Basis for accuracy", longest=5000)
    version = ThingField(
        "Matched version", _versions, empty="Not matched", key=_key, words=lambda version: version.heading
    )
    derived_from = ThingsField(
        "Repeats", other_disclosures, description="What this claim repeats, beside the whole disclosure."
    )
    wording = WordField(
        "Wording", Wording, empty="Not compared", description="The published words compared with the matched version."
    )


class CheckedClaimForm(ClaimForm):
    """The same, with the questions asked of every claim."""

    already_public = CheckField(Question.ALREADY_PUBLIC)
    precursor = CheckField(Question.PRECURSOR)
    clearance = CheckField(Question.CLEARANCE)
    declassified = CheckField(Question.DECLASSIFIED)
    briefing_possible = CheckField(Question.BRIEFING_POSSIBLE)


ONE = "/cases/<ref:case>/disclosures/<number:number>/claims/<number:claim>"


@area.form(
    "/cases/<ref:case>/disclosures/<number:number>/claims/new", needs=Permission.RECORD_DISCLOSURE, of=Disclosure
)
def new(disclosure: Disclosure) -> ResponseReturnValue:
    """Record a claim."""
    return ClaimForm().takes(actions.record_claim, disclosure, "disclosure/claims/new.html")


@area.route(ONE, needs=Permission.READ_CASE, of=Claim)
def show(claim: Claim) -> ResponseReturnValue:
    """One claim, and how long before the publication each answer was true."""
    return page(
        "disclosure/claims/show.html",
        disclosure=claim.disclosure,
        conflicts=conflicts_of(claim),
        checks=[(question, claim.checked(question), _before(claim, question)) for question in Question],
    )


@area.form(f"{ONE}/edit", needs=Permission.RECORD_DISCLOSURE, of=Claim)
def edit(claim: Claim) -> ResponseReturnValue:
    """Change what is said of a claim, and answer its questions."""
    form = CheckedClaimForm(obj=claim)
    return form.takes(actions.edit_claim, claim, "disclosure/claims/edit.html", disclosure=claim.disclosure)


def _before(claim: Claim, question: Question) -> str:
    """How long before the publication; empty where nothing was answered."""
    checked, published = claim.checked(question), claim.disclosure.published
    if not checked.at:
        return "unknown: enter the date and time of this answer" if checked.answer is Answer.YES else ""
    return gap(checked.at, published).words if published else "unknown: the publication time is not recorded"
