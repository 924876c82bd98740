"""The closing memo: what is filed when the case ends."""

from collections.abc import Iterator

import sqlalchemy as sa

from tracker.base import db
from tracker.base.text import counted
from tracker.exports.pack.blocks import (
    Block,
    Document,
    facts,
    heading,
    note,
    paragraphs,
    signatures,
    small,
    table,
    title,
)
from tracker.exports.pack.chapters.outcome import axes, outcome_of
from tracker.exports.pack.letters import cleared
from tracker.exports.pack.voice import Voice
from tracker.gates import Facts
from tracker.models.case.assignments import Assignment
from tracker.models.case.words import Role
from tracker.models.findings.closings import closing_of
from tracker.models.findings.recommendations import Recommendation
from tracker.models.findings.words import OutcomeState
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.lines_of_inquiry import LineOfInquiry
from tracker.models.inquiry.words import LineOfInquiryState


def closing_memo(voice: Voice) -> Iterator[Document]:
    """The memo of the closing, once there is an outcome; until the case is closed on it, it says that it is a draft."""
    one = outcome_of(voice)
    if one is None or one.state is OutcomeState.REOPENED:
        return
    blocks = [title("Closing memo", voice.case.title)]
    if not one.is_sealed:
        blocks.append(note("Draft. The case is not closed."))
    for name, text in (("Question", voice.case.question), ("Reason for opening", voice.case.why_opened)):
        blocks += [heading(2, name), *(list(paragraphs(text)) or [small("Not recorded.")])]
    blocks += [heading(2, "Outcome"), *axes(voice, one, 3)]
    if one.as_it_stood:
        counts = closing_of(one.as_it_stood).counts
        blocks += [
            heading(2, "The record at the closing"),
            *facts(*((name.capitalize(), f"{count:,}") for name, count in counts.items())),
        ]
    blocks += [heading(2, "Questions left open, with the reasons"), *_undone(voice)]
    blocks += [heading(2, "People without a finding against them"), small(_due(len(cleared(voice))))]
    blocks += [heading(2, "Recommendations"), *_recommended(voice)]
    blocks += [heading(2, "Independence"), *_independence(voice)]
    blocks += [
        heading(2, "Reopening"),
        *paragraphs("New evidence, a reply that came late, or a fault in the record. The deciding official decides."),
    ]
    blocks.append(signatures("Deciding official", "Date"))
    yield Document("closing-memo", f"Closing memo, {voice.case.reference}", "Closing memo", blocks)


def _due(letters: int) -> str:
    if not letters:
        return "No letter of clearance is due."
    return f"{counted(letters, 'letter')} of clearance {'is' if letters == 1 else 'are'} due."


def _undone(voice: Voice) -> Iterator[Block]:
    lines = db.session().scalars(
        LineOfInquiry.of(voice.case)
        .where(LineOfInquiry.state != LineOfInquiryState.CLOSED)
        .order_by(LineOfInquiry.number)
    )
    untested = (
        one
        for one in db.session().scalars(Hypothesis.of(voice.case).order_by(Hypothesis.number))
        if one.state.value == "not_tested"
    )
    facts_of_case, nothing = Facts(voice.case), "No reason recorded"
    assessed = facts_of_case.assessment if facts_of_case.skipped_investigation else None
    said = f"Preliminary assessment {assessed.number}, below" if assessed else nothing
    rows = [[f"Line of inquiry {one.number}", one.question, one.result or nothing] for one in lines]
    rows += [[f"Hypothesis H{one.number}", one.text, one.reason or said] for one in untested]
    yield table(
        ["What", "Words", "Reason"], rows, [1, 2, 2], "Every line of inquiry is closed, and every hypothesis is tested."
    )
    if assessed:
        yield from facts((f"Preliminary assessment {assessed.number}", assessed.reason))


def _recommended(voice: Voice) -> Iterator[Block]:
    found = db.session().scalars(Recommendation.of(voice.case).order_by(Recommendation.number))
    rows = ([str(one.number), one.text, one.addressee, one.state.label] for one in found)
    yield table(["No.", "Recommendation", "To", "State"], rows, [0.4, 2.6, 1.2, 0.8], "No recommendation is recorded.")


def _independence(voice: Voice) -> Iterator[Block]:
    if (waived := Facts(voice.case).waived) is not None:
        yield note(f"Not independently reviewed. {waived.reason}")
    ended = db.session().execute(
        sa.select(Assignment.role, Assignment.ended_at, Assignment.end_reason)
        .where(
            Assignment.case_id == voice.case.id, Assignment.ended_at.is_not(None), Assignment.accepted_at.is_not(None)
        )
        .order_by(Assignment.number)
    )
    rows = ([Role(role).label, voice.clock(at), reason] for role, at, reason in ended)
    yield table(["Role that ended", "When", "Reason"], rows, [1, 1, 2.4], "Nobody with a role was replaced.")
