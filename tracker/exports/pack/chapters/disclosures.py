"""The chapter on what was published: disclosures, claims, official releases, and what was assessed of them."""

from collections.abc import Iterator

from sqlalchemy.orm import joinedload, selectinload

from tracker.base import db
from tracker.exports.pack.blocks import RECORD, Block, facts, heading, mono, paragraphs, quote, small, table
from tracker.exports.pack.voice import Voice
from tracker.models.case.assessments import Assessment
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.conflict_fields import FIELDS, name_of, things_of
from tracker.models.disclosure.conflicts import Conflict
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.official_releases import OfficialRelease
from tracker.models.disclosure.versions import Version
from tracker.models.disclosure.words import Protected, Question


def disclosures_of(voice: Voice) -> list[Disclosure]:
    """The disclosures of the case with their claims and all that is asked of each."""
    claims = selectinload(Disclosure.claims).options(
        selectinload(Claim.checks), joinedload(Claim.version).defer(Version.text).joinedload(Version.material)
    )
    those = Disclosure.of(voice.case).order_by(Disclosure.number).options(claims, selectinload(Disclosure.captures))
    return list(db.session().scalars(those))


def disclosures_chapter(voice: Voice) -> Iterator[Block]:
    """Each disclosure with its claims; official releases; what was assessed of them."""
    found = disclosures_of(voice)
    if not found:
        yield small("No disclosure is recorded.")
    for one in found:
        yield RECORD
        yield heading(2, f"Disclosure {one.number}: {voice.text(one.heading)}")
        yield from _facts_of(voice, one)
        for claim in one.claims:
            yield from _claim(voice, claim)
    yield heading(2, "Official releases")
    releases = db.session().scalars(OfficialRelease.of(voice.case).order_by(OfficialRelease.number))
    rows = ([str(one.number), voice.say(one.released), voice.text(one.heading), one.medium.label] for one in releases)
    yield table(
        ["No.", "Released", "By and title", "Medium"], rows, [0.4, 1.3, 2.4, 0.9], "No official release is recorded."
    )
    if voice.is_whole:
        yield from _assessments(voice)
        yield from _conflicts(voice)


def _facts_of(voice: Voice, one: Disclosure) -> Iterator[Block]:
    yield from facts(
        ("Medium", one.medium.label),
        ("Author as printed", voice.text(one.author)),
        ("Published", voice.say(one.published)),
        ("First seen", voice.say(one.first_seen)),
        ("Comment requested", voice.say(one.comment_requested)),
        ("Form", one.form.label if one.form else ""),
        ("Sourcing", voice.text(one.sourcing)),
        ("Address", voice.text(one.url)),
        ("Derived from", ", ".join(f"disclosure {origin.number}" for origin in one.derived_from)),
        ("SHA-256 of the text", mono(one.text_sha256)),
        *((f"Capture {file.number}", mono(file.sha256)) for file in one.captures if voice.is_whole),
    )


def _claim(voice: Voice, claim: Claim) -> Iterator[Block]:
    yield heading(3, f"Claim {claim.label} of disclosure {claim.disclosure.number}")
    yield from quote(voice.text(claim.quote))
    tells = voice.is_whole or claim.protected is Protected.NOT_PROTECTED  # else it would confirm what is protected
    version, wording = claim.version.heading if claim.version else "", claim.wording.label if claim.wording else ""
    accuracy = ". ".join(
        filter(None, (claim.accuracy.label if claim.accuracy else "", voice.text(claim.accuracy_basis)))
    )
    yield from facts(
        ("Where", voice.text(claim.locator)),
        ("Protected", ": ".join(filter(None, (claim.protected.label, voice.text(claim.authority))))),
        ("Accuracy", (accuracy or "Not assessed") if tells else "Not in this profile"),
        ("Version", ": ".join(filter(None, (version, wording))) if tells else ""),
        *((question.label, voice.text(_answer(voice, claim, question))) for question in Question if tells),
    )


def _answer(voice: Voice, claim: Claim, question: Question) -> str:
    said = claim.checked(question)
    label = said.answer.label if said.answer else "Not answered"
    return "; ".join(filter(None, (label, voice.say(said.at), said.source, said.note)))


def _assessments(voice: Voice) -> Iterator[Block]:
    yield heading(2, "Preliminary assessment")
    those = Assessment.of(voice.case).order_by(Assessment.number).options(selectinload(Assessment.reviews))
    found = list(db.session().scalars(those))
    if not found:
        yield small("No preliminary assessment is recorded.")
    for one in found:
        yield heading(3, f"Assessment {one.number}, {voice.clock(one.at)}")
        yield from facts(
            ("Conclusion", one.happened.label if one.happened else "To be investigated"),
            ("Would inquiry add damage?", f"{one.damage.label}. {one.damage_reason}"),
            *((f"Review {voice.clock(review.at)}", f"{review.verdict.label}. {review.note}") for review in one.reviews),
        )
        yield from paragraphs(one.reason)


def _conflicts(voice: Voice) -> Iterator[Block]:
    those = db.session().scalars(
        Conflict.of(voice.case).where(Conflict.withdrawn_at.is_(None)).order_by(Conflict.number)
    )
    if found := list(those):
        things = things_of(found)
        rows = (
            [name_of(things[one.thing, one.thing_id]), FIELDS[one.thing].get(one.field, one.field), one.value,
             one.source, one.confidence.label]
            for one in found
        )  # fmt: skip
        yield heading(2, "Conflicting sources")
        yield table(["Record", "Field", "Another value", "Source", "Confidence"], rows, [0.9, 0.9, 1.7, 1.5, 0.8])
