"""The pages of text comparison: a pasted text, and what the record holds of a disclosure, against the versions."""

from typing import Any

import sqlalchemy as sa
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload
from wtforms import ValidationError

from tracker.actions.answers.comparison.corpus import Corpus, corpus_of, text_of_file
from tracker.actions.answers.comparison.readings import read_comparison
from tracker.actions.answers.precedents import verdicts_of
from tracker.analysis.comparison.texts import RUN, read
from tracker.analysis.documents.reading import DocumentFault
from tracker.analysis.pitfalls import OF_COMPARISON
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.disclosure.captures import Capture
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.versions import Version
from tracker.policy import Permission
from tracker.views.answers.comparison.area import area
from tracker.views.answers.comparison.result import Result
from tracker.web.fields import LongText, needed
from tracker.web.forms import RecordForm
from tracker.web.guard import keyed_hash, me
from tracker.web.places import address
from tracker.web.rendering import page
from tracker.web.uploads import store

LONGEST, CLAIMS, DISCLOSURES = 200_000, 100, 200
ONE = "/cases/<ref:case>/disclosures/<number:number>"
NO_TEXT = "No text of this disclosure is recorded. Edit the disclosure and paste its text."
TOO_SHORT = "Enter at least three words."


class PastedForm(RecordForm):
    """A text that is compared and not kept."""

    text = LongText(
        "Published text", [needed("Paste the published text.")], longest=LONGEST,
        description="The text is compared and not stored. The audit log records its length and a keyed hash.",
    )  # fmt: skip

    def validate_text(self, field: Any) -> None:
        """Fewer words cannot be compared."""
        if len(read(field.data[:LONGEST]).words) < RUN:
            raise ValidationError(TOO_SHORT)


@area.form("/cases/<ref:case>/comparison", needs=Permission.READ_CASE, of=Case)
def landing(case: Case) -> ResponseReturnValue:
    """Paste a text, or choose one of the record; a text that was sent is compared on the same page."""
    form = PastedForm()
    result = None
    if form.validate_on_submit():
        result = _result(case, form.text.data, keyed_hash("comparison", form.text.data)[:32])
    return page("answers/comparison/landing.html", form, result=result, **_texts_of(case))


def _texts_of(case: Case) -> dict[str, Any]:
    """What the record holds that can be compared: disclosures, with whether they have a text, and their captures."""
    columns = Disclosure.id, Disclosure.number, Disclosure.outlet, Disclosure.title, (Disclosure.text != "")
    some = sa.select(*columns).where(Disclosure.case_id == case.id).order_by(Disclosure.number).limit(DISCLOSURES)
    captures: dict[int, list[Capture]] = {}
    for one in db.session().scalars(Capture.of(case).where(Capture.uncorrected()).order_by(Capture.number)):
        captures.setdefault(one.disclosure_id, []).append(one)
    return {"disclosures": db.session().execute(some).all(), "captures": captures}


@area.route("/cases/<ref:case>/comparison/claims", needs=Permission.READ_CASE, of=Case)
def claims(case: Case) -> ResponseReturnValue:
    """The quote of every claim against the versions, beside the wording that is recorded."""
    corpus, some = corpus_of(case, store()), Claim.of(case).join(Claim.disclosure)
    some = some.order_by(Disclosure.number, Claim.number).limit(CLAIMS + 1)
    quotes = "\n".join(db.session().scalars(some.with_only_columns(Claim.quote, maintain_column_froms=True)))
    _record(case, corpus, quotes, keyed_hash("comparison", quotes)[:32])
    version = joinedload(Claim.version).options(defer(Version.text), joinedload(Version.material))
    checked = some.options(contains_eager(Claim.disclosure), version, selectinload(Claim.checks))
    found = list(db.session().scalars(checked))
    results = [(claim, verdicts_of(claim), Result(case, claim.quote, corpus)) for claim in found[:CLAIMS]]
    rows = [(claim, verdicts, result.sentence, result.groups) for claim, verdicts, result in results]
    return page(
        "answers/comparison/claims.html", rows=rows, is_cut=len(found) > CLAIMS, pitfalls=OF_COMPARISON, corpus=corpus
    )


@area.route(f"{ONE}/comparison", needs=Permission.READ_CASE, of=Disclosure)
def of_disclosure(disclosure: Disclosure) -> ResponseReturnValue:
    """The published text of a disclosure against the versions."""
    about = f"the text of disclosure {disclosure.number}"
    return _page(disclosure, disclosure, about, disclosure.text, fault="" if disclosure.text else NO_TEXT)


@area.route(f"{ONE}/claims/<number:claim>/comparison", needs=Permission.READ_CASE, of=Claim)
def of_claim(claim: Claim) -> ResponseReturnValue:
    """The quote of a claim against the versions."""
    return _page(claim, claim.disclosure, f"claim {claim.label} of disclosure {claim.disclosure.number}", claim.quote)


@area.route(f"{ONE}/captures/<number:capture>/comparison", needs=Permission.READ_CASE, of=Capture)
def of_capture(capture: Capture) -> ResponseReturnValue:
    """The text of a capture against the versions."""
    text = fault = ""
    try:
        text = text_of_file(capture.name, capture.sha256, capture.size, store())
    except DocumentFault as said:
        fault = str(said)
    about = f"capture {capture.number} of disclosure {capture.disclosure.number}"
    return _page(capture, capture.disclosure, about, text, fault=fault)


def _page(
    subject: Disclosure | Claim | Capture, disclosure: Disclosure, about: str, text: str, *, fault: str = ""
) -> ResponseReturnValue:
    """The page of a text of the record; without the result where it has no text."""
    case, back = disclosure.case, address(disclosure)
    result = None if fault else _result(subject, text, keyed_hash("comparison", text)[:32])
    return page(
        "answers/comparison/show.html", case=case, disclosure=disclosure, back=back, about=about, fault=fault,
        result=result,
    )  # fmt: skip


def _result(subject: Case | Disclosure | Claim | Capture, text: str, digest: str) -> Result:
    """The text compared with the versions of the case, once it is recorded that somebody compares it."""
    corpus = corpus_of(subject.case, store())
    _record(subject, corpus, text, digest)
    return Result(subject.case, text, corpus)


def _record(subject: Case | Disclosure | Claim | Capture, corpus: Corpus, text: str, digest: str) -> None:
    keys = [version.key for version in corpus.versions]
    read_comparison(me(), subject, text=digest, characters=len(text), versions=keys)
