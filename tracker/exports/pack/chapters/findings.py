"""The chapter on the findings, with citations, replies side by side, and reviews."""

from collections.abc import Iterator

from sqlalchemy.orm import joinedload, selectinload

from tracker.base import db
from tracker.exports.pack.blocks import RECORD, Block, facts, heading, mono, passage, small, table
from tracker.exports.pack.voice import Voice
from tracker.models.findings.citations import Citation
from tracker.models.findings.findings import TEXTS, Finding
from tracker.models.findings.replies import Reply
from tracker.models.findings.reviews import Review
from tracker.models.findings.words import FindingState
from tracker.models.register.words import Profile


def findings_of(voice: Voice) -> list[Finding]:
    """The findings that are in the pack: outside the case what was approved of its reader, or of nobody."""
    cited = selectinload(Finding.citations).options(*Citation.weighing_options())
    parts = (joinedload(Finding.person), selectinload(Finding.reviews), selectinload(Finding.replies), cited)
    found = db.session().scalars(Finding.of(voice.case).order_by(Finding.number).options(*parts)).unique()
    if voice.is_whole:
        return list(found)
    approved = [one for one in found if one.state is FindingState.APPROVED]
    return [one for one in approved if voice.shows(one.person) or (one.person is None and voice.own is None)]


def findings_chapter(voice: Voice) -> Iterator[Block]:
    """Each finding with what it cites, what its reviewer said, and the replies beside the passages."""
    found = findings_of(voice)
    if voice.profile is Profile.PUBLICATION:
        yield small("Findings about persons are not published. Evidence and reasoning are not in this profile.")
    if not found:
        yield small("No finding is in this file.")
    for one in found:
        yield RECORD
        yield heading(2, f"Finding {one.number}" + (f": {voice.who(one.person)}" if one.person else ""))
        yield from facts(
            ("State", one.state.label), ("Revision", str(one.revision)), ("SHA-256 of the text", mono(one.text_sha256))
        )
        shown = (
            TEXTS
            if voice.profile is not Profile.PUBLICATION
            else {name: TEXTS[name] for name in ("allegation", "rule", "standard", "conclusion")}
        )
        for name, title in shown.items():
            yield from passage(title, voice.text(one.part(name)))
        if voice.profile is not Profile.PUBLICATION:
            yield from _citations(voice, one)
            yield from _replies(voice, one.replies)
        yield from _reviews(voice, one.reviews)


def _citations(voice: Voice, finding: Finding) -> Iterator[Block]:
    rows = (
        [
            one.bearing.label,
            one.cited_label,
            voice.text(one.note),
            "Withdrawn" if not one.stands else (one.changed_since or "").capitalize(),
        ]
        for one in sorted(finding.citations, key=lambda each: (each.bearing, each.number))
    )
    yield heading(3, "Citations")
    yield table(["Bearing", "Cited", "Note", "Since then"], rows, [0.8, 1.6, 2, 1], "Nothing is cited.")


def _replies(voice: Voice, replies: list[Reply]) -> Iterator[Block]:
    if replies:
        yield heading(3, "Right of reply")
        rows = (
            [voice.text(one.passage), _answer(voice, one), voice.text(one.response) or "No response yet"]
            for one in replies
        )
        yield table(["Passage as put", "Answer", "Response of the team"], rows, [1, 1, 1])


def _answer(voice: Voice, one: Reply) -> str:
    put = f"Put {voice.say(one.put_at)}, {one.days} days."
    if one.no_response_at is not None:
        return f"No response received. {put}"
    return f"{voice.text(one.answer)}\n{put}" if one.answer else f"Not answered yet. {put}"


def _reviews(voice: Voice, reviews: list[Review]) -> Iterator[Block]:
    rows = (
        [
            voice.clock(one.at),
            one.verdict.label,
            str(one.revision),
            mono(one.text_sha256[:16]),
            *([one.note] if voice.is_whole else []),
        ]
        for one in reviews
    )
    yield heading(3, "Reviews")
    head, widths = ["When", "Verdict", "Revision", "Text read", "Note"], [1.2, 0.8, 0.6, 1.2, 2]
    columns = len(head) if voice.is_whole else len(head) - 1
    yield table(head[:columns], rows, widths[:columns], "Not reviewed.")
