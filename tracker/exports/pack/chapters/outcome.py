"""The chapters on what was decided, what follows from it, and what is open."""

from collections.abc import Iterator

from sqlalchemy.orm import selectinload

from tracker.base import db
from tracker.exports.pack.blocks import RECORD, Block, bullets, facts, heading, mono, note, passage, small, table
from tracker.exports.pack.chapters.case import closed_words
from tracker.exports.pack.voice import Voice
from tracker.gates import Facts, checklist, next_step
from tracker.models.findings.decisions import Decision
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.recommendations import Recommendation
from tracker.models.findings.referrals import Referral
from tracker.models.findings.words import OutcomeState
from tracker.models.register.words import Profile


def decisions_chapter(voice: Voice) -> Iterator[Block]:
    """The decision log."""
    found = list(db.session().scalars(Decision.of(voice.case).order_by(Decision.number)))
    if not found:
        yield small("No decision is recorded.")
    for one in found:
        yield RECORD
        yield heading(2, f"Decision {one.number}")
        yield from facts(("Recorded", f"{voice.clock(one.at)}, by {voice.role(one.by_id)}"), ("Revisit", one.revisit))
        for title, text in (
            ("Decision", one.what),
            ("Alternatives rejected", one.alternatives),
            ("Reason", one.reason),
        ):
            yield from passage(title, text)


def outcome_of(voice: Voice) -> Outcome | None:
    """The outcome that counts: the last one, whatever its state."""
    last = Outcome.of(voice.case).order_by(Outcome.number.desc()).limit(1).options(selectinload(Outcome.reviews))
    return db.session().scalars(last).first()


def outcome_chapter(voice: Voice) -> Iterator[Block]:
    """What was decided on the four axes, and what follows from it."""
    one = outcome_of(voice)
    if one is None or (not voice.is_whole and one.state is not OutcomeState.CLOSED):
        yield small("The outcome is not decided.")
    else:
        yield from axes(voice, one)
    yield heading(2, "Recommendations")
    found = db.session().scalars(Recommendation.of(voice.case).order_by(Recommendation.number))
    rows = (
        [str(each.number), voice.text(each.text), voice.text(each.addressee), voice.say(each.due), each.state.label]
        for each in found
    )
    yield table(
        ["No.", "Recommendation", "To", "Due", "State"], rows, [0.4, 2.6, 1.2, 1, 0.8], "No recommendation is recorded."
    )
    if voice.is_whole:
        yield heading(2, "Referrals")
        sent = db.session().scalars(Referral.of(voice.case).order_by(Referral.number))
        rows = (
            [str(each.number), each.to, each.reference, voice.say(each.sent), each.result or "No result yet"]
            for each in sent
        )
        yield table(
            ["No.", "To", "Reference", "Sent", "Result"], rows, [0.4, 1.6, 1, 1.2, 1.6], "The case was not referred."
        )


def axes(voice: Voice, one: Outcome, level: int = 2) -> Iterator[Block]:
    """The four axes, which are never merged; for readers outside without the reasons, which may be about people."""
    intent = f", {one.intent.label.lower()}" if one.intent else ""
    sources = [each.words if voice.is_whole else each.source.label for each in one.sources]
    yield from facts(
        ("State", one.state.label),
        ("Ending", one.ending.label),
        ("What happened", one.happened.label),
        ("Breach of a rule", f"{one.breach.label}{intent}"),
        ("Source", "; ".join(sources) or "Not said"),
        ("Closed", closed_words(voice) if one.state is OutcomeState.CLOSED else voice.clock(one.closed_at)),
        ("Independently reviewed", ("Yes" if one.reviewed else "No") if one.is_sealed else ""),
        ("SHA-256 of the text", mono(one.text_sha256)),
    )
    if voice.profile is not Profile.PUBLICATION:
        yield from passage("Closing note", voice.text(one.note), level)
    if voice.is_whole:
        yield from passage("Letters", one.letters, level)
        yield from passage("Reason for the missing evidence", one.why_bare, level)


def open_points_chapter(voice: Voice) -> Iterator[Block]:
    """What must be settled before the next step, as the page of the case lists it."""
    facts_of_case = Facts(voice.case)
    step = next_step(facts_of_case)
    if step is None:
        yield small("The case is closed. No step lies before it.")
        return
    missing = [one.text for one in checklist(facts_of_case, step.gates) if not one.done]
    yield note(
        f"Next step: {step.end.label.lower()}. {len(missing)} open."
        if missing
        else f"Nothing is open before: {step.end.label.lower()}."
    )
    yield from bullets(voice.without_accounts(text) for text in missing)
