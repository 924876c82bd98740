"""Who told whom: the chains of second-hand access."""

from flask.typing import ResponseReturnValue

from tracker.actions.answers.coverage import coverage_lines
from tracker.actions.answers.questions.questions import read_questions
from tracker.actions.answers.questions.second_hand import MOST, Told, chains, find_told, people_numbered
from tracker.analysis.pitfalls import OF_SECOND_HAND
from tracker.base.text import counted
from tracker.exports.results import Result
from tracker.gates import withheld_reason
from tracker.models.case.cases import Case
from tracker.policy import Permission
from tracker.views.answers.questions.area import HERE, area
from tracker.web.guard import me
from tracker.web.rendering import page


@area.route(f"{HERE}/second-hand", needs=Permission.READ_EXPOSURE, of=Case)
def second_hand(case: Case) -> ResponseReturnValue:
    """Each teller above whom they told, one step further in."""
    if reason := withheld_reason(case):
        return page("answers/questions/second_hand.html", shut=reason)
    read_questions(me(), case)
    told = find_told(case)
    links = chains(told)
    people = people_numbered(case, {link.person for link in links})
    result = _result(case, told)
    return page(
        "answers/questions/second_hand.html", links=links, people=people, result=result, is_whole=len(told) < MOST,
        most=MOST,
    )  # fmt: skip


def _result(case: Case, told: list[Told]) -> Result:
    """How many records there are, how complete they are, and what can be wrong with them."""
    nameless = sum(one.teller is None for one in told)
    sentence = f"{counted(len(told), 'second-hand access record')}, {nameless:,} without a teller."
    return Result(sentence, [sentence, *coverage_lines(case)], OF_SECOND_HAND)
