"""What everybody of a class answered to one core question, side by side. Opening it is a recorded read."""

from flask import request
from flask.typing import ResponseReturnValue

from tracker.actions.answers.questions.core_answers import CoreAnswer, classes_asked, read_core_answers
from tracker.analysis.letters import read_number
from tracker.analysis.pitfalls import OF_CORE_ANSWERS
from tracker.base.text import counted
from tracker.exports.results import Result
from tracker.gates import withheld_reason
from tracker.models.case.cases import Case
from tracker.models.inquiry.core_questions import read_questions
from tracker.policy import Permission
from tracker.views.answers.questions.area import HERE, area
from tracker.web.guard import me
from tracker.web.rendering import page

TEMPLATE = "answers/questions/core_answers.html"


@area.route(f"{HERE}/core-answers", needs=Permission.READ_INTERVIEW, of=Case)
def core_answers(case: Case) -> ResponseReturnValue:
    """The answers to the question that the address names; the first of the first class unless told."""
    if reason := withheld_reason(case):
        return page(TEMPLATE, shut=reason)
    classes = classes_asked(case)
    wanted = request.args.get("questions")
    chosen = next((one for one in classes if one.key == wanted), classes[0] if classes else None)
    asked = read_questions(chosen.text) if chosen else {}
    number = read_number(request.args.get("number"))
    number = number if number in asked else next(iter(asked), None)
    if chosen is None or number is None:
        return page(TEMPLATE, classes=classes, chosen=chosen)
    found = read_core_answers(me(), case, questions=chosen, number=number)
    result = _result(found)
    return page(TEMPLATE, classes=classes, chosen=chosen, asked=asked, number=number, answers=found, result=result)


def _result(found: list[CoreAnswer]) -> Result:
    """How many answered, and what can be wrong with the answers."""
    answered = sum(bool(one.answer) for one in found)
    sentence = f"{counted(len(found), 'interview')} of this class, {answered:,} with an answer to this question."
    return Result(sentence, [sentence], OF_CORE_ANSWERS)
