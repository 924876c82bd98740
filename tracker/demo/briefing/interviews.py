"""Interviews of the example: alike for everybody in a class except one, which the fair-treatment page names."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker.actions.inquiry.addenda import add_addendum, seal_interview, sha256_of, write_evaluation
from tracker.actions.inquiry.interviews import (
    add_presence,
    hold_interview,
    plan_interview,
    write_closure,
    write_engagement,
    write_narrative,
    write_planning,
)
from tracker.analysis.moments import Moment
from tracker.base import db
from tracker.demo.telling import UNKNOWN, Telling, local
from tracker.models.access.people import Person
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import Acknowledged, AddendumKind, Companion, Mode, Recording, Signature
from tracker.models.register.standard_texts import StandardText

ZONE = "America/New_York"
TOLD = "Read the cards on Monday evening and handed them on. Showed them to nobody else and spoke to no journalist."
HELD: tuple[tuple[int, str, int, str, str, bool], ...] = (  # person, when, minutes, class, account, refused
    (0, "2018-03-22 10:00", 28, "originator", "Wrote the first card with the country officer. " + TOLD, False),
    (2, "2018-03-22 11:00", 25, "originator", "Drafted all four cards. Kept the draft in the portal only.", False),
    (3, "2018-03-22 14:00", 24, "handler", "Put the cards into the book and sent it across at night.", False),
    (6, "2018-03-22 15:00", 26, "handler", "Printed the cards near the adviser's office and collected them.", False),
    (8, "2018-03-23 10:00", 22, "handler", "Carried the book to the residence. The book was closed.", True),
    (10, "2018-03-23 11:00", 120, "general", ("Was told about the first card before the press briefing. Had a "
     "call with a journalist about the timing of the readout. Volunteers the call list."), False),
    (5, "2018-03-23 15:00", 25, "general", "Briefed the leader by telephone. Did not raise the first card.", False),
    (11, "2018-03-24 10:00", 20, "general", "Heard the call. Saw no papers.", False),
)  # fmt: skip


def hold(telling: Telling, people: list[Person]) -> list[Interview]:
    """Hold and seal all of them; one is added to, one is evaluated, and one more is only planned."""
    held = [_interview(telling, people[told[0]], *told[1:]) for told in HELD]
    add_addendum(
        telling.by, held[3], kind=AddendumKind.CORRECTION, signed_by="The person",
        text="The printer was the one in the corridor, not the one in the office.",
        signed=local("2018-03-26", ZONE),
    )  # fmt: skip
    write_evaluation(
        telling.by, held[5], text="Longer than the others, because the call list was checked. Nothing more follows."
    )
    plan_interview(
        telling.by, telling.case, person=people[12], questions=_text("handler"), planned_for=local("2018-03-28", ZONE),
        planning="Ask what was heard, and who else was on the line.",
    )  # fmt: skip
    return held


def _interview(
    telling: Telling, person: Person, at: str, minutes: int, questions: str, narrative: str, refused: bool
) -> Interview:
    by, began = telling.by, local(at, ZONE)
    notice: dict[str, Any] = {
        "notice_given": local("2018-03-21 12:00", ZONE),
        "notice": "Purpose, and that it is voluntary.",
    }
    interview = plan_interview(by, telling.case, person=person, questions=_text(questions), planned_for=began)
    write_planning(by, interview, lock_version=interview.lock_version, planning="Core questions, in order.", **notice)
    add_presence(by, interview, who="Investigator", why="Asks the questions")
    add_presence(by, interview, who="Clerk of the inquiry", why="Takes notes")
    write_engagement(
        by, interview, lock_version=interview.lock_version, started=began, mode=Mode.IN_PERSON, place="Room 208",
        recorder="Clerk",
        recording=Recording.NOTE, advisement=_text("garrity"), acknowledged=Acknowledged.ACKNOWLEDGED,
        companion=Companion.DECLINED, offered=local("2018-03-21 12:00", ZONE),
        confidentiality="Please do not discuss the questions until the inquiry ends.",
        whistleblower=_text("us-2302b13"), engaged="Purpose, procedure and breaks explained.",
    )  # fmt: skip
    write_narrative(by, interview, lock_version=interview.lock_version, deviates=False, narrative=narrative,
    clarified="", shown="",
                  deviation="")  # fmt: skip
    hold_interview(by, interview)
    end = _after(began, minutes)
    signed = {"signature": Signature.REFUSED, "refusal": "Wants to read the statement at home first."} if refused else {
        "signature": Signature.SIGNED, "refusal": ""}  # fmt: skip
    write_closure(by, interview, lock_version=interview.lock_version, ended=end, read_back=True,
    closure="Told how to add to it.",
                  corrections="", signed=end, **signed)  # fmt: skip
    seal_interview(by, interview, statement_sha256=sha256_of(interview.statement()))
    return interview


def _text(key: str) -> StandardText:
    newest = sa.select(StandardText).where(StandardText.key == key).order_by(StandardText.version.desc())
    return db.session().scalars(newest).first() or _missing(key)


def _missing(key: str) -> StandardText:
    raise RuntimeError(f"the text {key} does not come with the program")


def _after(began: Moment, minutes: int) -> Moment:
    if began.earliest is None or began.latest is None:
        return UNKNOWN
    length = timedelta(minutes=minutes)
    return Moment.of(began.earliest + length, began.latest + length, began.offset, began.precision)
