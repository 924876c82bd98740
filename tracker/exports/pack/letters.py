"""Letters: what is sent to people whom the inquiry is about."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.base import db
from tracker.exports.pack.blocks import Block, Document, facts, heading, paragraphs, quote, signatures, title
from tracker.exports.pack.voice import Voice
from tracker.models.access.people import Person
from tracker.models.findings.findings import Finding
from tracker.models.findings.replies import Reply
from tracker.models.findings.words import ADVERSE, Conclusion, FindingState
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import InterviewState

UNCLEAR = ADVERSE | {Conclusion.INCONCLUSIVE}  # conclusions that no letter of clearance goes with
UNUSED = frozenset({Conclusion.WITHDRAWN})
REPLY = """The inquiry named above may criticise you in the passage below. Nothing is decided yet.

You may reply, in writing or in a conversation. You may be helped by somebody you trust. Tell us what is wrong or \
missing, and which documents or people could show it. If you need more time, ask for it with a reason.

You need not reply, and no response is no evidence of anything. Your answer is printed beside the passage."""
CLEARED = """The inquiry named above is closed. No finding against you stands.

You may have had access to the material, or have been interviewed. Neither says anything about your conduct. \
You may show this letter to anybody."""


def reply_letters(voice: Voice) -> Iterator[Document]:
    """A letter for each passage that was put to a person."""
    loads = (joinedload(Reply.finding).joinedload(Finding.person),)
    for one in db.session().scalars(Reply.of(voice.case).options(*loads).order_by(Reply.finding_id, Reply.number)):
        if voice.shows(one.finding.person):
            number = f"{one.finding.number}-{one.number}"
            words = f"Right of reply, finding {one.finding.number}"
            yield Document(
                f"letters/right-of-reply-{number}", f"{words}, {voice.case.reference}", words, list(_reply(voice, one))
            )


def _reply(voice: Voice, one: Reply) -> Iterator[Block]:
    yield title("Your right of reply", f"{voice.case.reference}, finding {one.finding.number}")
    yield from facts(
        ("To", voice.who(one.finding.person)),
        ("Put to you", voice.say(one.put_at)),
        ("Reply until", voice.clock(one.due)),
    )
    yield from paragraphs(REPLY)
    yield heading(2, "The passage")
    yield from quote(voice.text(one.passage))
    if one.gist:
        yield heading(2, "The evidence in short")
        yield from paragraphs(voice.text(one.gist))
    yield signatures("For the inquiry", "Date", "Received by", "Date")


def clearance_letters(voice: Voice) -> Iterator[Document]:
    """A letter for everybody who was asked or examined, once the case is closed and nothing stands against them."""
    if not voice.case.is_closed:
        return
    for person in cleared(voice):
        if voice.shows(person):
            blocks = [
                title("Result of the inquiry for you", voice.case.reference),
                *facts(("To", voice.who(person)), ("Case closed", voice.clock(voice.case.closed))),
                *paragraphs(CLEARED),
                signatures("For the deciding official", "Date"),
            ]
            words = f"Clearance, {person.pseudonym}"
            yield Document(f"letters/clearance-{person.pseudonym}", f"{words}, {voice.case.reference}", words, blocks)


def cleared(voice: Voice) -> list[Person]:
    """Who was interviewed or named in a finding, and has no finding left that says or leaves open more than that."""
    talked = sa.select(Interview.person_id).where(
        Interview.case_id == voice.case.id, Interview.state.in_((InterviewState.HELD, InterviewState.SIGNED))
    )
    about = sa.select(Finding.person_id).where(Finding.case_id == voice.case.id, Finding.person_id.is_not(None))
    left = about.where(
        sa.or_(Finding.conclusion.is_(None), Finding.conclusion.in_(UNCLEAR), Finding.state != FindingState.APPROVED),
        sa.or_(Finding.conclusion.is_(None), Finding.conclusion.not_in(UNUSED)),
    )
    those = Person.of(voice.case).where(Person.id.in_(sa.union(talked, about)), Person.id.not_in(left))
    return list(db.session().scalars(those.order_by(Person.number)))
