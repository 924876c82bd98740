"""Citations: the one form by which a hypothesis, a finding or a subject status cites, and taking a citation back."""

from typing import Any

import sqlalchemy as sa
from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.actions.findings import citations as actions
from tracker.base import db
from tracker.exports.columns import plain
from tracker.models.case.cases import Case
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.findings.citations import MODELS, Citation
from tracker.models.findings.findings import Finding
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.findings.words import Bearing, Cited
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.register.accounts import Account
from tracker.policy import Permission
from tracker.views.inquiry.evidence import EvidenceField, evidence_offered, kind_of
from tracker.web.choices import ThingField, asked_text
from tracker.web.fields import ShortText, WordField, needed
from tracker.web.forms import ReasonForm, RecordForm
from tracker.web.guard import Area
from tracker.web.lists import register
from tracker.web.places import address, to

area = Area("citations", __name__)


def _record_address() -> Any:
    """`exhibit:3`, `claim:1/2`: what is cited, as addresses name it."""
    found = []
    for kind in Cited:
        model, key = MODELS[kind], getattr(Citation, f"{kind.value}_id")
        number: Any = sa.cast(model.number, sa.String)
        if kind is Cited.CLAIM:
            of = sa.select(Disclosure.number).where(Disclosure.id == model.disclosure_id).scalar_subquery()
            number = sa.cast(of, sa.String) + "/" + number
        named = sa.select(sa.literal(f"{kind.value}:", sa.String) + number).where(model.id == key)
        found.append((key.is_not(None), named.scalar_subquery()))
    return sa.case(*found)


register(
    area, Citation, "citations", of_persons=(Citation.subject_status_id,),
    columns=(
        "number", "finding", "hypothesis", "subject_status",
        plain("cited", _record_address()),
        "bearing", "note", "by", "at", "withdrawn", "withdrawn_by", "why_withdrawn",
    ),
)  # fmt: skip


class CiteForm(RecordForm):
    """What is cited, and whether it supports or contradicts."""

    evidence = EvidenceField(
        "Evidence", [needed("Enter the evidence.")],
        description="A reference, such as exhibit 3, interview 4 or claim 1/2; or a word to search for.",
    )  # fmt: skip
    bearing = WordField(
        "Effect", Bearing, empty="Choose", validators=[needed("Choose whether it supports or contradicts.")]
    )
    note = ShortText("Note", longest=500, description="Where to look, and why it matters.")


def _find_citing(subject: Any) -> list[Any]:
    kinds = (Finding, Hypothesis)
    return [one for kind in kinds for one in db.session().scalars(kind.of(subject.case).order_by(kind.number))]


class CiteInForm(CiteForm):
    """The same, from the page of the evidence."""

    citing = ThingField(
        "Finding or hypothesis", _find_citing, empty="Choose",
        validators=[needed("Choose the finding or the hypothesis.")],
        key=lambda one: f"{one.__tablename__}-{one.number}",
        words=lambda one: f"Finding {one.number}: {one.allegation}"[:100] if isinstance(one, Finding) else one.label,
    )  # fmt: skip


@area.form("/cases/<ref:case>/citations/new", needs=Permission.WRITE_FINDING, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Cite what the address names, in a finding or a hypothesis of the case."""
    form = CiteInForm(data={"evidence": request.args.get("evidence")})
    return form.takes(_cite_in, case, "findings/citations/new.html", to=lambda made: to(made.whole), back=None)


def _cite_in(writer: Account, _case: Case, *, citing: Any, **said: Any) -> Citation:
    return _cite_thing(writer, citing, **said)


@area.route("/cases/<ref:case>/citations/choices", needs=Permission.WRITE_FINDING, of=Case)
def choices(case: Case) -> ResponseReturnValue:
    """The piece of a page that offers evidence to a field: what fits its text."""
    return render_template("_macros/choices.html", choices=evidence_offered(case, asked_text()))


@area.form("/cases/<ref:case>/hypotheses/<number:number>/citations/new", needs=Permission.WRITE_FINDING, of=Hypothesis)
def for_hypothesis(hypothesis: Hypothesis) -> ResponseReturnValue:
    """Cite for or against a hypothesis."""
    return _cite(hypothesis)


@area.form("/cases/<ref:case>/findings/<number:number>/citations/new", needs=Permission.WRITE_FINDING, of=Finding)
def for_finding(finding: Finding) -> ResponseReturnValue:
    """Cite for or against a finding."""
    return _cite(finding)


@area.form(
    "/cases/<ref:case>/people/<number:number>/subject-status/<number:part>/citations/new",
    needs=Permission.WRITE_FINDING,
    of=SubjectStatus,
)
def for_subject_status(subject_status: SubjectStatus) -> ResponseReturnValue:
    """Cite for or against a subject status."""
    return _cite(subject_status)


@area.form("/cases/<ref:case>/citations/<number:number>/withdraw", needs=Permission.WRITE_FINDING, of=Citation)
def withdraw(citation: Citation) -> ResponseReturnValue:
    """Take a citation back."""
    citing = citation.whole
    form = ReasonForm.asking("Enter the reason for the withdrawal.", longest=2000)
    return form.takes(
        actions.withdraw_citation,
        citation,
        "findings/citations/withdraw.html",
        to=lambda _: to(citing),
        back=_way_back(citing),
    )


def _cite(citing: Any) -> ResponseReturnValue:
    return CiteForm().takes(
        _cite_thing, citing, "findings/citations/new.html", to=lambda _: to(citing), back=_way_back(citing)
    )


def _cite_thing(writer: Account, citing: Any, *, evidence: Any, **said: Any) -> Citation:
    return actions.cite(writer, citing, kind=kind_of(evidence), thing=evidence, **said)


def _way_back(citing: Any) -> tuple[str, str]:
    """What cites, in words, and its page."""
    match citing:
        case Hypothesis():
            words = f"hypothesis {citing.number}"
        case Finding():
            words = f"finding {citing.number}"
        case _:
            words = f"subject status {citing.number} of {citing.person.pseudonym}"
    return words, address(citing)


@area.app_template_global()
def cited_url(citation: Citation) -> str | None:
    """The page of what is cited; None where it has none, or none any more because its log was reverted."""
    return address(citation.thing) if citation.reverted_log is None else None
