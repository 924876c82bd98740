"""A text comparison as a snapshot keeps it: a text of the record, or the quotes of all claims. Holders are left out."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import request

from tracker.actions.answers.comparison.corpus import Corpus, corpus_of
from tracker.actions.answers.precedents import verdicts_of
from tracker.analysis.pitfalls import OF_COMPARISON
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.base.text import counted
from tracker.exports.results import Kept
from tracker.exports.results import Result as Around
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.views.answers.comparison.recorded import ALL, Recorded, find_recorded
from tracker.views.answers.comparison.result import CLAIMS, Result, claims_with_checks
from tracker.web.uploads import store

OF_TEXT = ("part", "words", "which_version", "quoted_places", "published_words", "the_same_in", "not_in")
OF_CLAIMS = (
    "claim",
    "quote",
    "published_words",
    "which_version",
    "recorded_wording",
    "recorded_version",
    "public_earlier",
)
OPEN_ONE = "Open the comparison of a recorded text, and keep the result from there. A pasted text is not kept."


def keep_comparison(case: Case) -> Kept:
    """That of the text which `text` of the address names. Refused for a text that is pasted, or cannot be read."""
    key = request.args.get("text", "")
    if key == ALL:
        return _keep_claims(case)
    subject = find_recorded(case, key)
    if subject is None:
        raise Refused(OPEN_ONE, "of")
    one = Recorded.of(subject)
    if one.fault:
        raise Refused(one.fault, "of")
    result = Result(case, one.text, corpus_of(case, store()))
    around = Around(result.sentence, say_coverage(result.corpus), result.pitfalls)
    title = f"Text comparison: {one.about}"
    return Kept(title, "comparison", f"text={key}", around, OF_TEXT, list(_rows_of(result)))


def say_coverage(corpus: Corpus) -> list[str]:
    """How many versions were compared, and which were not, each with the reason."""
    lacking = [f"Not compared: {one.heading} ({why})." for one, why in corpus.without]
    return [f"Compared with {counted(len(corpus.versions), 'version')}.", *lacking]


def _rows_of(result: Result) -> Iterator[Sequence[Any]]:
    """What the page shows: versions by standing, passages, places, numbers, and copies with their marks."""
    found = result.found
    for group in result.groups:
        for row in group.rows:
            standing = group.standing.value
            yield "version", row.version.heading, standing, result.say_places(row), row.wording.words, "", ""
        for one in group.others:
            yield "version", one.heading, group.standing.value, "", "", "", ""
    for passage in found.passages:
        yield "passage", result.says(passage), "", "", "", result.named(passage.holders), ""
    for place in found.places:
        yield "place", result.says(place), "", "", "", result.named(place.agree), result.named(place.against)
    for number, versions in result.numbers:
        yield "number", number, "", "", "", versions, ""
    for copy, marked in result.copies.shown:
        name = f"{copy.material.identifier}, copy {copy.number}"
        version = f"{copy.material.identifier} {copy.version.label}" if copy.version else ""
        yield "copy", name, version, marked.words, "; ".join(marked.found), "", ""


def _keep_claims(case: Case) -> Kept:
    corpus, found = corpus_of(case, store()), list(db.session().scalars(claims_with_checks(case)))
    coverage = say_coverage(corpus)
    if len(found) > CLAIMS:
        coverage.append(f"These are the first {CLAIMS} claims.")
    rows = [_row_of(claim, Result(case, claim.quote, corpus)) for claim in found[:CLAIMS]]
    sentence = f"The quotes of {counted(len(rows), 'claim')} against {counted(len(corpus.versions), 'version')}."
    title = "Text comparison: all claims"
    return Kept(title, "comparison", f"text={ALL}", Around(sentence, coverage, OF_COMPARISON), OF_CLAIMS, rows)


def _row_of(claim: Claim, result: Result) -> Sequence[Any]:
    """One claim: words of the versions that may be its source, what is recorded, and what its checks answer."""
    words = [f"{row.version.heading}: {row.wording.words}" for row in result.sources]
    version, wording = claim.version, claim.wording
    return (
        f"D{claim.disclosure.number} {claim.label}", claim.quote, "; ".join(words), result.sentence,
        wording.label if wording else "", version.heading if version else "",
        "; ".join(" ".join(filter(None, one)) for one in verdicts_of(claim)),
    )  # fmt: skip
