"""The chapter on the case: what is asked, its course, who works on it."""

from collections.abc import Iterator

import sqlalchemy as sa

from tracker.base import db
from tracker.exports.pack.blocks import Block, facts, heading, passage, small, table
from tracker.exports.pack.voice import Voice
from tracker.models.case.assignments import Assignment
from tracker.models.case.stages import StageMove, events_of
from tracker.models.case.words import Role, Stage


def case_chapter(voice: Voice) -> Iterator[Block]:
    """What is asked, by whom, who works on it, and the course of the case."""
    case, check = voice.case, voice.case.protection_check
    for name, text in (("Terms of reference", case.question), ("Reason for opening", case.why_opened)):
        if name == "Terms of reference" or voice.is_whole:
            yield from passage(name, voice.text(text), 2)
    if voice.is_whole:
        yield from facts(("Requested by", case.requested_by), ("Legal hold", case.legal_hold))
    yield heading(2, "Course of the case")
    yield table(["When", "Step"], _steps(voice), [1, 2.4])
    result = f"{check.result.label}, {check.day_words}" if check is not None else "Not done"
    yield from facts(("Protected-disclosure check", result))
    if voice.is_whole:
        yield heading(2, "Team")
        yield from _team(voice)


def _steps(voice: Voice) -> Iterator[list[str]]:
    """Each step with its time: that at which it happened, if somebody gave it, beside that at which it was recorded."""
    yield [voice.step("opening", voice.case.opened), "Case opened"]
    for one in events_of(voice.case):
        if one.from_stage is not None and one.to_stage is not None:
            words = f"{one.from_stage.label} to {one.to_stage.label.lower()}"
            yield [voice.step(f"move:{one.number}", one.at), words]
        elif voice.is_whole:
            name, words = ("waiver", "Review waived") if one.kind == "waived" else (one.kind, "Case suspended")
            lifted = f" Lifted {voice.clock(one.lifted_at)}." if one.lifted_at else ""
            yield [voice.step(f"{name}:{one.number}", one.at), f"{words}: {one.reason}{lifted}"]


def _team(voice: Voice) -> Iterator[Block]:
    held = db.session().execute(
        sa.select(Assignment.role, Assignment.accepted_at, Assignment.ended_at)
        .where(Assignment.case_id == voice.case.id, Assignment.accepted_at <= voice.at)
        .order_by(Assignment.number)
    )
    rows = ([Role(role).label, voice.clock(since), voice.clock(until)] for role, since, until in held)
    yield table(["Role", "Since", "Until"], rows, [1, 1, 1], "Nobody has accepted a role.")
    yield small("An account is its role: no name of an account is in this file.")


def closed_words(voice: Voice) -> str:
    """When the case was closed, the last time; empty while it is not closed."""
    if voice.case.closed is None:
        return ""
    moves = StageMove.of(voice.case).where(StageMove.to_stage == Stage.CLOSED).order_by(StageMove.number.desc())
    return voice.step(f"move:{db.session().scalars(moves.limit(1)).one().number}", voice.case.closed)
