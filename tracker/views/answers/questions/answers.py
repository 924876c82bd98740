"""What everybody of a class answered to one core question, side by side. Opening it is a recorded read."""

from flask import request
from flask.typing import ResponseReturnValue

from tracker.actions.answers.questions.core_answers import classes_asked, read_core_answers
from tracker.analysis.letters import read_number
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
    return page(TEMPLATE, classes=classes, chosen=chosen, asked=asked, number=number, answers=found)
