"""Interviews of the example: alike for everybody in a class except one, which the fair-treatment page names."""

from datetime import timedelta

import sqlalchemy as sa

from tracker.actions.inquiry import interviews as actions
from tracker.actions.inquiry.addenda import add_addendum, seal_interview, sha256_of, write_evaluation
from tracker.analysis.moments import Moment, Precision
from tracker.base import db
from tracker.demo.context import UNKNOWN, Context, local_time
from tracker.models.access.people import Person
from tracker.models.inquiry.core_questions import read_questions, write_answers
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import Acknowledged, AddendumKind, Companion, Mode, Recording, Signature
from tracker.models.register.standard_texts import StandardText

ZONE = "America/New_York"
LEARNED = {  # of the people by their place: when they first learned of the cards, as they say
    6: local_time("2018-03-19 21:00", ZONE, Precision.HOUR), 10: local_time("2018-03-20 12:00", ZONE, Precision.BEFORE),
}  # fmt: skip
ANSWERED: dict[str, dict[int, str]] = {  # by class and question
    "general": {4: "To nobody.", 6: "A readout, or talk in the corridor after the call.", 7: "The call room."},
    "handler": {2: "The portal keeps a record. The printer does not.", 3: "Nobody out of the ordinary."},
    "originator": {3: "To the list, by the portal.", 6: "The congratulation itself, from midday on."},
}
TOLD = "Read the cards on Monday evening and handed them on. Showed them to nobody else and spoke to no journalist."
HELD: tuple[tuple[int, int, str, int, str, str, bool], ...] = (  # person, day, time, minutes, class, account, refused
    (0, 1, "10:00", 28, "originator", "Wrote the first card with the country officer. " + TOLD, False),
    (2, 1, "11:00", 25, "originator", "Drafted all four cards. Kept the draft in the portal only.", False),
    (3, 1, "14:00", 24, "handler", "Put the cards into the book and sent it across at night.", False),
    (6, 1, "15:00", 26, "handler", "Printed the cards near the adviser's office and collected them.", False),
    (8, 2, "10:00", 22, "handler", "Carried the book to the residence. The book was closed.", True),
    (10, 2, "11:00", 120, "general", ("Was told about the first card before the press briefing. Had a "
     "call with a journalist about the timing of the readout. Volunteers the call list."), False),
    (5, 2, "15:00", 25, "general", "Briefed the leader by telephone. Did not raise the first card.", False),
    (11, 3, "10:00", 20, "general", "Heard the call. Saw no papers.", False),
)  # fmt: skip


def hold(context: Context, people: list[Person]) -> list[Interview]:
    """Hold and seal all of them; one is added to, one is evaluated, and one more is only planned."""
    held = [_interview(context, people[told[0]], *told[1:], LEARNED.get(told[0], UNKNOWN)) for told in HELD]
    add_addendum(
        context.by, held[3], kind=AddendumKind.CORRECTION, signed_by="The person",
        text="The printer was the one in the corridor, not the one in the office.",
        signed=context.day(5),
    )  # fmt: skip
    write_evaluation(
        context.by, held[5], text="Longer than the others, because the call list was checked. Nothing more follows."
    )
    actions.plan_interview(
        context.by, context.case, person=people[12], questions=_text("handler"),
        planned_for=context.day(16, "10:00"), planning="Ask what was heard, and who else was on the line.",
    )  # fmt: skip
    return held


def _interview(
    context: Context,
    person: Person,
    day: int,
    at: str,
    minutes: int,
    questions: str,
    narrative: str,
    refused: bool,
    learned: Moment,
) -> Interview:
    by, began, noon = context.by, context.day(day, at), context.day(0, "12:00")
    notice = {"notice_given": noon, "notice": "Purpose, and that it is voluntary."}
    interview = actions.plan_interview(by, context.case, person=person, questions=_text(questions), planned_for=began)
    actions.write_planning(
        by, interview, lock_version=interview.lock_version, planning="Core questions, in order.", **notice
    )
    actions.add_presence(by, interview, who="Investigator", why="Asks the questions")
    actions.add_presence(by, interview, who="Clerk of the inquiry", why="Takes notes")
    actions.write_engagement(
        by, interview, lock_version=interview.lock_version, started=began, mode=Mode.IN_PERSON, place="Room 208",
        recorder="Clerk", recording=Recording.NOTE, advisement=_text("garrity"), acknowledged=Acknowledged.ACKNOWLEDGED,
        companion=Companion.DECLINED, offered=noon,
        confidentiality="Please do not discuss the questions until the inquiry ends.",
        whistleblower=_text("us-2302b13"), engaged="Purpose, procedure and breaks explained.",
    )  # fmt: skip
    actions.write_narrative(
        by, interview, lock_version=interview.lock_version, narrative=narrative, clarified="",
        shown="", deviation="", learned=learned, answers=_answers(questions),
    )  # fmt: skip
    end = _after(began, minutes)
    signature = Signature.REFUSED if refused else Signature.SIGNED
    actions.write_closure(
        by, interview, lock_version=interview.lock_version, ended=end, read_back=True, corrections="", signed=end,
        closure="Told how to add to it.", signature=signature,
        refusal="Wants to read the statement at home first." if refused else "",
    )  # fmt: skip
    seal_interview(by, interview, statement_sha256=sha256_of(interview.statement()))
    return interview


def _answers(key: str) -> str:
    questions = read_questions(_text(key).text)
    return write_answers({questions[number]: answer for number, answer in ANSWERED[key].items()})


def _text(key: str) -> StandardText:
    newest = sa.select(StandardText).where(StandardText.key == key).order_by(StandardText.version.desc())
    return db.session().scalars(newest.limit(1)).one()


def _after(began: Moment, minutes: int) -> Moment:
    if began.earliest is None or began.latest is None:
        return UNKNOWN
    length = timedelta(minutes=minutes)
    return Moment.of(began.earliest + length, began.latest + length, began.offset, began.precision)
