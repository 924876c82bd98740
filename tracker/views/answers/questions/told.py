"""Who told whom: the chains of second-hand access."""

from flask.typing import ResponseReturnValue

from tracker.actions.answers.questions.questions import read_questions
from tracker.actions.answers.questions.second_hand import MOST, chains, find_told, people_numbered
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
    return page("answers/questions/second_hand.html", links=links, people=people, is_whole=len(told) < MOST, most=MOST)
