"""The chapter on how it was inquired into: hypotheses, lines of inquiry, exhibits."""

from collections.abc import Iterator

from tracker.base import db
from tracker.exports.pack.blocks import Block, heading, mono, table
from tracker.exports.pack.voice import Voice
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.lines_of_inquiry import LineOfInquiry


def inquiry_chapter(voice: Voice) -> Iterator[Block]:
    """How the possibilities were tested, which questions were followed, what was preserved."""
    yield heading(2, "Hypotheses")
    hypotheses = db.session().scalars(Hypothesis.of(voice.case).order_by(Hypothesis.number))
    columns = 4 if voice.is_whole else 3  # a reason may be about people
    rows = ([f"H{one.number}", voice.text(one.text), one.state.label, one.reason][:columns] for one in hypotheses)
    head, widths = ["No.", "Hypothesis", "State", "Reason"], [0.4, 1.8, 0.9, 2]
    yield table(head[:columns], rows, widths[:columns], "No hypothesis is recorded.")
    if not voice.is_whole:
        return
    yield heading(2, "Lines of inquiry")
    lines = db.session().scalars(LineOfInquiry.of(voice.case).order_by(LineOfInquiry.number))
    rows = ([str(one.number), one.question, one.direction.label, one.state.label, one.result] for one in lines)
    yield table(
        ["No.", "Question", "Direction", "State", "Result"],
        rows,
        [0.4, 2, 1, 0.9, 2],
        "No line of inquiry is recorded.",
    )
    yield heading(2, "Exhibits")
    exhibits = db.session().scalars(Exhibit.of(voice.case).order_by(Exhibit.number))
    kept = (
        [
            str(one.number),
            one.title,
            f"{one.obtained_from}, {voice.say(one.obtained)}",
            one.grade,
            mono((one.sha256 or one.seal or "")[:16]),
        ]
        for one in exhibits
    )
    yield table(
        ["No.", "Exhibit", "Obtained", "Grade", "SHA-256 begins"],
        kept,
        [0.4, 1.8, 1.8, 0.6, 1.2],
        "No exhibit is recorded.",
    )
