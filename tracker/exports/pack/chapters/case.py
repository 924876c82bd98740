"""The chapter on the case: what is asked, its course, who works on it."""

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from tracker.base import db
from tracker.exports.pack.blocks import Block, facts, heading, passage, small, table
from tracker.exports.pack.voice import Voice
from tracker.models.case.assignments import Assignment
from tracker.models.case.stages import events_of
from tracker.models.case.step_times import steps_of
from tracker.models.case.words import Role


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
    given = {one.name: one.time for one in steps_of(voice.case)}

    def when(name: str, at: datetime) -> str:
        time, recorded = given.get(name), voice.clock(at)
        return f"{voice.say(time.took_place)}, recorded {recorded}" if time is not None else recorded

    yield [when("opening", voice.case.opened), "Case opened"]
    for one in events_of(voice.case):
        if one.from_stage is not None and one.to_stage is not None:
            words = f"{one.from_stage.label} to {one.to_stage.label.lower()}"
            yield [when(f"move:{one.number}", one.at), words]
        elif voice.is_whole:
            name, words = ("waiver", "Review waived") if one.kind == "waived" else (one.kind, "Case suspended")
            lifted = f" Lifted {voice.clock(one.lifted_at)}." if one.lifted_at else ""
            yield [when(f"{name}:{one.number}", one.at), f"{words}: {one.reason}{lifted}"]


def _team(voice: Voice) -> Iterator[Block]:
    held = db.session().execute(
        sa.select(Assignment.role, Assignment.accepted_at, Assignment.ended_at)
        .where(Assignment.case_id == voice.case.id, Assignment.accepted_at <= voice.at)
        .order_by(Assignment.number)
    )
    rows = ([Role(role).label, voice.clock(since), voice.clock(until)] for role, since, until in held)
    yield table(["Role", "Since", "Until"], rows, [1, 1, 1], "Nobody has accepted a role.")
    yield small("An account is its role: no name of an account is in this file.")
