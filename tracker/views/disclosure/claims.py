"""Claims of a disclosure: leaked statements, what they are compared with, and what is asked of every claim."""

from typing import Any

import sqlalchemy as sa
from flask import request
from flask.typing import ResponseReturnValue

from tracker.actions.disclosure import claims as actions
from tracker.analysis.prior_publication import gap
from tracker.exports.columns import label, plain
from tracker.models.case.assessed_claims import ASKED, NEEDED, open_questions
from tracker.models.disclosure.claims import Claim, ClaimCheck
from tracker.models.disclosure.conflicts import conflicts_of
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.words import CheckAnswer, Question
from tracker.policy import Permission, allows
from tracker.views.disclosure.claim_forms import ChecksForm, ClaimForm, ClaimsForm
from tracker.web.guard import Area, me
from tracker.web.lists import register
from tracker.web.rendering import page

area = Area("claims", __name__)


def _answer(question: Question) -> Any:
    answer = sa.select(ClaimCheck.answer).where(ClaimCheck.claim_id == Claim.id, ClaimCheck.question == question)
    return sa.type_coerce(answer.scalar_subquery(), sa.String)


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


ONE = "/cases/<ref:case>/disclosures/<number:number>/claims/<number:claim>"


@area.form(
    "/cases/<ref:case>/disclosures/<number:number>/claims/new", needs=Permission.RECORD_DISCLOSURE, of=Disclosure
)
def new(disclosure: Disclosure) -> ResponseReturnValue:
    """Record claims: as many as were filled in, all or none."""
    form = ClaimsForm()
    if "more-rows" in request.form:
        form.add_rows()
        return page("disclosure/claims/new.html", form)
    return form.takes(actions.record_claims, disclosure, "disclosure/claims/new.html")


@area.route(ONE, needs=Permission.READ_CASE, of=Claim)
def show(claim: Claim) -> ResponseReturnValue:
    """One claim with its checks, which the team answers in place."""
    answers = allows(me(), Permission.RECORD_DISCLOSURE, claim) and not claim.case.is_closed
    return page("disclosure/claims/show.html", ChecksForm(obj=claim) if answers else None, **_checks(claim))


@area.form(f"{ONE}/checks", needs=Permission.RECORD_DISCLOSURE, of=Claim)
def checks(claim: Claim) -> ResponseReturnValue:
    """Answer the checks of a claim, on its page."""
    form = ChecksForm(obj=claim)
    return form.act(actions.edit_claim, claim, done="The checks were saved.") or page(
        "disclosure/claims/show.html", form, **_checks(claim)
    )


@area.form(f"{ONE}/edit", needs=Permission.RECORD_DISCLOSURE, of=Claim)
def edit(claim: Claim) -> ResponseReturnValue:
    """Change what is said of a claim."""
    form = ClaimForm(obj=claim)
    return form.takes(actions.edit_claim, claim, "disclosure/claims/edit.html", disclosure=claim.disclosure)


def _checks(claim: Claim) -> dict[str, Any]:
    """The claim's checks, each with how long before the publication; and how many the next stage needs."""
    return {
        "answered": NEEDED - len(open_questions(claim)),
        "needed": NEEDED,
        "asked": ASKED,
        "disclosure": claim.disclosure,
        "beside": [one for one in claim.disclosure.claims if abs(one.number - claim.number) == 1],
        "conflicts": conflicts_of(claim),
        "checks": [(question, claim.checked(question), _before(claim, question)) for question in Question],
    }


def _before(claim: Claim, question: Question) -> str:
    """How long before the publication; empty where nothing was answered."""
    checked, published = claim.checked(question), claim.disclosure.published
    if not checked.at:
        return "Unknown: enter the time" if checked.answer is CheckAnswer.YES else ""
    words = gap(checked.at, published).words if published else "unknown: the publication time is not recorded"
    return words[:1].upper() + words[1:]
