"""What the inquiry pursues as files: contacts, lines of inquiry, hypotheses, citations."""

from typing import Any

import sqlalchemy as sa

from tracker.exports.columns import Table, instant, label, moment, plain, text
from tracker.models.citations import MODELS, Citation
from tracker.models.contacts import Contact
from tracker.models.disclosures import Disclosure
from tracker.models.hypotheses import Hypothesis
from tracker.models.lines import LineOfInquiry
from tracker.models.words.citations import Cited


def _cited() -> Any:
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


CONTACTS = Table(
    "contacts",
    Contact.of,
    (Contact.number,),
    (
        plain("number", Contact.number),
        label("person", "people", Contact.person_id),
        text("with_whom", Contact.with_whom),
        moment("at", Contact),
        plain("minutes", Contact.minutes),
        text("channel", Contact.channel),
        plain("basis", Contact.basis),
        plain("content_known", Contact.content_known),
        text("content", Contact.content),
        text("explanation", Contact.explanation),
        text("source", Contact.source),
        label("corrects", "corrected_contacts", Contact.corrects_id),
        text("why_corrected", Contact.why_corrected),
        label("by", "accounts", Contact.by_id),
        instant("recorded", Contact.recorded),
    ),
)

LINES = Table(
    "lines-of-inquiry",
    LineOfInquiry.of,
    (LineOfInquiry.number,),
    (
        plain("number", LineOfInquiry.number),
        text("question", LineOfInquiry.question),
        plain("direction", LineOfInquiry.direction),
        label("owner", "accounts", LineOfInquiry.owner_id),
        moment("due", LineOfInquiry),
        plain("state", LineOfInquiry.state),
        text("result", LineOfInquiry.result),
        label("hypothesis", "hypothesis_numbers", LineOfInquiry.hypothesis_id),
        label("by", "accounts", LineOfInquiry.by_id),
        instant("at", LineOfInquiry.at),
    ),
)

HYPOTHESES = Table(
    "hypotheses",
    Hypothesis.of,
    (Hypothesis.number,),
    (
        plain("number", Hypothesis.number),
        text("text", Hypothesis.text),
        plain("state", Hypothesis.state),
        text("reason", Hypothesis.reason),
    ),
)

CITATIONS = Table(
    "citations",
    Citation.of,
    (Citation.number,),
    (
        plain("number", Citation.number),
        label("finding", "finding_numbers", Citation.finding_id),
        label("hypothesis", "hypothesis_numbers", Citation.hypothesis_id),
        label("designation", "designation_numbers", Citation.designation_id),
        plain("cited", _cited()),
        plain("bearing", Citation.bearing),
        text("note", Citation.note),
        label("by", "accounts", Citation.by_id),
        instant("at", Citation.at),
        instant("withdrawn", Citation.withdrawn_at),
        label("withdrawn_by", "accounts", Citation.withdrawn_by_id),
        text("why_withdrawn", Citation.why_withdrawn),
    ),
    of_persons=(Citation.designation_id,),
)
