"""Core questions: what everybody of a class answered to one of them, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, load_only

from tracker.actions.checks import must_be_available
from tracker.audit.doors import action, note
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.case.cases import Case
from tracker.models.inquiry.core_questions import read_answers, read_questions
from tracker.models.inquiry.interviews import Interview
from tracker.models.register.accounts import Account
from tracker.models.register.standard_texts import StandardText
from tracker.policy import Permission


@dataclass(frozen=True)
class CoreAnswer:
    """What one person answered in one interview: the question as it was put, in which version; empty if not written."""

    interview: Interview
    question: str
    answer: str


@action(Permission.READ_INTERVIEW, "core_answers.read", changes=False)
def read_core_answers(reader: Account, case: Case, *, questions: StandardText, number: int) -> list[CoreAnswer]:
    """The answers to one core question, in the order of the people. The entry names the interviews that were read."""
    must_be_available(case)
    found = [_answer(one, number) for one in interviews_asked(case, questions)]
    note(questions=questions.key, question=number, interviews=[one.interview.number for one in found])
    return found


def classes_asked(case: Case) -> Sequence[StandardText]:
    """The core questions that were put in interviews of the case, each class once, in the newest version put."""
    put = sa.select(Interview.questions_id).where(Interview.case_id == case.id, Interview.was_held())
    texts = db.session().scalars(
        sa.select(StandardText).where(StandardText.id.in_(put)).order_by(StandardText.name, StandardText.version)
    )
    return list({text.key: text for text in texts}.values())


def interviews_asked(case: Case, questions: StandardText) -> Sequence[Interview]:
    """The interviews that were held with these core questions, in whichever version."""
    held = Interview.of(case).join(Interview.person).join(Interview.questions).where(Interview.was_held())
    held = held.where(StandardText.key == questions.key, StandardText.kind == questions.kind)
    needed = load_only(Interview.number, Interview.case_id, Interview.state, Interview.answers, Interview.seal)
    held = held.options(needed, contains_eager(Interview.person), contains_eager(Interview.questions))
    return db.session().scalars(held.order_by(Person.number, Interview.number)).all()


def _answer(interview: Interview, number: int) -> CoreAnswer:
    asked = read_questions(interview.questions.text if interview.questions else "").get(number, "")
    return CoreAnswer(interview, asked, read_answers(interview.answers).get(asked, ""))
