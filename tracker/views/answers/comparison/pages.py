"""The pages of text comparison: a pasted text, and what the record holds of a disclosure, against the versions."""

from typing import Any

import sqlalchemy as sa
from flask import request
from flask.typing import ResponseReturnValue
from wtforms import ValidationError

from tracker.actions.answers.comparison.corpus import Corpus, corpus_of
from tracker.actions.answers.comparison.readings import read_comparison
from tracker.actions.answers.precedents import verdicts_of
from tracker.analysis.comparison.texts import RUN, read
from tracker.analysis.pitfalls import OF_COMPARISON
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.disclosure.captures import Capture
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.policy import Permission
from tracker.views.answers.comparison.area import area
from tracker.views.answers.comparison.recorded import ALL, Recorded, find_recorded
from tracker.views.answers.comparison.result import CLAIMS, Result, claims_with_checks
from tracker.web.fields import LongText, needed
from tracker.web.forms import RecordForm
from tracker.web.guard import keyed_hash, me
from tracker.web.places import address, go
from tracker.web.rendering import page
from tracker.web.uploads import store

LONGEST, DISCLOSURES = 200_000, 200
ONE = "/cases/<ref:case>/disclosures/<number:number>"
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
    if request.method == "GET" and "text" in request.args:
        return _go_to(case, request.args["text"])
    form = PastedForm()
    result = None
    if form.validate_on_submit():
        result = _result(case, form.text.data, keyed_hash("comparison", form.text.data)[:32])
    return page("answers/comparison/landing.html", form, result=result, **_texts_of(case))


def _go_to(case: Case, key: str) -> ResponseReturnValue:
    """The page of the text of this key, as a snapshot names it."""
    subject = None if key == ALL else find_recorded(case, key)
    if subject is None:
        return go("comparison.claims" if key == ALL else "comparison.landing", case)
    return go(f"comparison.of_{type(subject).__name__.lower()}", subject)


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
    corpus, some = corpus_of(case, store()), claims_with_checks(case)
    quotes = "\n".join(db.session().scalars(some.with_only_columns(Claim.quote, maintain_column_froms=True)))
    _record(case, corpus, quotes, keyed_hash("comparison", quotes)[:32])
    found = list(db.session().scalars(some))
    results = [(claim, verdicts_of(claim), Result(case, claim.quote, corpus)) for claim in found[:CLAIMS]]
    rows = [(claim, verdicts, result.sentence, result.groups) for claim, verdicts, result in results]
    return page(
        "answers/comparison/claims.html", rows=rows, is_cut=len(found) > CLAIMS, pitfalls=OF_COMPARISON, corpus=corpus
    )


@area.route(f"{ONE}/comparison", needs=Permission.READ_CASE, of=Disclosure)
def of_disclosure(disclosure: Disclosure) -> ResponseReturnValue:
    """The published text of a disclosure against the versions."""
    return _page(disclosure)


@area.route(f"{ONE}/claims/<number:claim>/comparison", needs=Permission.READ_CASE, of=Claim)
def of_claim(claim: Claim) -> ResponseReturnValue:
    """The quote of a claim against the versions."""
    return _page(claim)


@area.route(f"{ONE}/captures/<number:capture>/comparison", needs=Permission.READ_CASE, of=Capture)
def of_capture(capture: Capture) -> ResponseReturnValue:
    """The text of a capture against the versions."""
    return _page(capture)


def _page(subject: Disclosure | Claim | Capture) -> ResponseReturnValue:
    """The page of a text of the record; without the result where it has no text."""
    one = Recorded.of(subject)
    result = None if one.fault else _result(subject, one.text, keyed_hash("comparison", one.text)[:32])
    return page(
        "answers/comparison/show.html", case=subject.case, disclosure=one.disclosure, back=address(one.disclosure),
        one=one, result=result,
    )  # fmt: skip


def _result(subject: Case | Disclosure | Claim | Capture, text: str, digest: str) -> Result:
    """The text compared with the versions of the case, once it is recorded that somebody compares it."""
    corpus = corpus_of(subject.case, store())
    _record(subject, corpus, text, digest)
    return Result(subject.case, text, corpus)


def _record(subject: Case | Disclosure | Claim | Capture, corpus: Corpus, text: str, digest: str) -> None:
    keys = [version.key for version in corpus.versions]
    read_comparison(me(), subject, text=digest, characters=len(text), versions=keys)
