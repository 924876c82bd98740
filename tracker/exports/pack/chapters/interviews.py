"""Interviews: the chapter with their sealed statements, the record of one for signature, and the exact bytes sealed."""

from collections.abc import Iterator

from sqlalchemy.orm import joinedload, selectinload

from tracker.base import db
from tracker.base.text import counted
from tracker.exports.pack.blocks import (
    RECORD,
    Block,
    Document,
    facts,
    heading,
    mono,
    note,
    paragraphs,
    passage,
    signatures,
    small,
    table,
)
from tracker.exports.pack.voice import Voice
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import InterviewState, Mode, Signature

TOLD = (  # the parts of a statement in the order of the conversation
    ("notice", "Notice"), ("confidentiality", "Confidentiality instruction"), ("engaged", "Opening"),
    ("narrative", "Narrative"), ("answers", "Answers to core questions"), ("clarified", "Clarification and challenge"),
    ("shown", "Documents shown"), ("deviation", "Deviation from the core questions"), ("closure", "Closing words"),
    ("corrections", "Corrections by the person"), ("refusal", "Reason for not signing"),
)  # fmt: skip
NOT_SEALED = "Not sealed: this text may still change, and no finding may rest on it."


def interviews_of(voice: Voice) -> list[Interview]:
    """The interviews of the case, but those that were cancelled."""
    texts = (joinedload(getattr(Interview, name)) for name in Interview.TEXTS)
    loads = (joinedload(Interview.person), selectinload(Interview.present), selectinload(Interview.addenda), *texts)
    those = Interview.of(voice.case).where(Interview.state != InterviewState.CANCELLED).order_by(Interview.number)
    return list(db.session().scalars(those.options(*loads)))


def interviews_chapter(voice: Voice) -> Iterator[Block]:
    """Each interview with its sealed statement; of one that the reader may not read, number and hash stand instead."""
    found = interviews_of(voice)
    if not found:
        yield small("No interview is recorded.")
    others = [one for one in found if not voice.shows(one.person)]
    for one in found:
        if one not in others:
            yield RECORD
            yield heading(2, f"Interview {one.number}: {voice.who(one.person)}")
            yield from statement(voice, one)
    if others:
        rows = ([str(one.number), mono(one.seal) if one.seal else "Not sealed"] for one in others)
        yield small("A statement stands here by its number and the SHA-256 of the sealed text alone.")
        yield table(["Interview", "SHA-256 of the statement"], rows, [0.5, 3])


def statement(voice: Voice, one: Interview) -> Iterator[Block]:
    """What was said, as it was written, in the parts of the conversation; planning and evaluation are no part of it."""
    yield from facts(
        ("State", one.state.label),
        ("Capacity", f"{one.capacity.label}, {one.voluntary.label.lower()}"),
        ("Notice given", voice.say(one.notice_given)),
        ("Held", " to ".join(filter(None, (voice.say(one.started), voice.say(one.ended))))),
        ("Breaks", counted(one.break_minutes, "minute") if one.break_minutes else ""),
        ("Place and mode", ", ".join(filter(None, (one.place, one.mode.label if one.mode else "")))),
        ("Present", "; ".join(f"{each.who} ({each.why})" if voice.names else each.why for each in one.present)),
        ("Advisement", one.advisement.label if one.advisement else ""),
        ("Answer to it", one.acknowledged.label if one.acknowledged else ""),
        ("Prosecutor's declination", one.declination),
        ("Advisement when counsel attends", one.counsel_text.label if one.counsel_text else ""),
        ("Whistleblower text", one.whistleblower.label if one.whistleblower else ""),
        ("Companion", ": ".join(filter(None, (one.companion.label, one.companion_words)))),
        ("Offer made", voice.say(one.offered)),
        ("Recording", ", ".join(filter(None, (one.recording.label if one.recording else "", one.recorder)))),
        ("Core questions", one.questions.label if one.questions else ""),
        ("First learned of the material", voice.say(one.learned)),
        ("Read back", _read_back(one)),
        ("Signature", one.signature.label if one.signature else ""),
        ("Signed", voice.say(one.signed)),
        ("SHA-256", mono(one.seal)),
    )
    if one.state is InterviewState.PLANNED:
        return
    if not one.is_sealed:
        yield note(NOT_SEALED)
    for name, title in TOLD:
        yield from passage(title, getattr(one, name))
    for each in one.addenda:
        signed = f"signed by {each.signed_by}" if voice.names else "signed"
        yield heading(3, f"{each.kind.label} {each.number}, {signed} {voice.say(each.signed)}")
        yield from paragraphs(each.text)
        yield from facts(("SHA-256", mono(each.seal)))


def _read_back(one: Interview) -> str:
    if one.state is InterviewState.PLANNED:
        return ""
    return "Yes" if one.read_back else "Not applicable: written answers" if one.mode is Mode.WRITTEN else "No"


def record_documents(voice: Voice) -> Iterator[Document]:
    """The record of each interview that was held, to be read back and signed, or as it was signed."""
    for one in interviews_of(voice):
        if one.state in {InterviewState.HELD, InterviewState.SIGNED} and voice.shows(one.person):
            yield Document(
                f"interview-records/interview-{one.number}",
                f"Record of interview {one.number}, {voice.case.reference}",
                f"Interview record {one.number}",
                list(record(voice, one)),
            )


def record(voice: Voice, one: Interview) -> Iterator[Block]:
    """What is read back and signed: the standard texts that were given, the conversation, lines to sign on."""
    yield {"k": "title", "t": f"Record of interview {one.number}", "sub": f"With {voice.who(one.person)}"}
    for name, given in (
        ("Advisement", one.advisement),
        ("Advisement when counsel attends", one.counsel_text),
        ("Whistleblower text", one.whistleblower),
        ("Core questions", one.questions),
    ):
        if given is not None:
            yield from passage(f"{name}: {given.label}", given.text, 2)
    yield heading(2, "Conversation")
    yield from statement(voice, one)
    yield heading(2, "Signature")
    if one.is_sealed:
        how = one.signature.label if one.signature else Signature.SIGNED.label
        yield small(f"{how}. The text was sealed, and has not changed since. A change is an addendum.")
        return
    yield from paragraphs(
        "I have read this record, or it was read to me. I could correct it, and my corrections stand above. "
        "It says what I said. I know that I need not sign."
    )
    yield signatures("Interviewee", "Date", "Interviewer", "Date", "Companion or representative, if present", "Date")
