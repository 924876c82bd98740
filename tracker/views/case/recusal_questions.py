"""Questions about a recusal: the two identifiers alone, for somebody whom it does not concern."""

import sqlalchemy as sa
from flask.typing import ResponseReturnValue
from werkzeug import Response
from wtforms.fields.choices import SelectChoice

from tracker.actions.case import recusal_questions as actions
from tracker.base import db
from tracker.models.access.recusal_questions import RecusalQuestion
from tracker.models.case.words import MatchState
from tracker.models.register.words import Kind
from tracker.policy import Permission
from tracker.views.case.team import SettleForm
from tracker.web.guard import Area, me
from tracker.web.places import go
from tracker.web.rendering import page

area = Area("recusal_questions", __name__)


@area.route("/accounts/recusal-questions", needs=Permission.MANAGE_ACCOUNTS)
def list_page() -> ResponseReturnValue:
    """What waits for an administrator's answer, and nothing of the cases."""
    waiting = RecusalQuestion.for_administrator(me()).order_by(RecusalQuestion.id)
    together = sa.orm.joinedload(RecusalQuestion.case), sa.orm.joinedload(RecusalQuestion.account)
    return page("case/recusal_questions/list.html", questions=db.session().scalars(waiting.options(*together)).all())


@area.form("/cases/<ref:case>/recusal-questions/<number:number>", needs=Permission.ANSWER_RECUSAL, of=RecusalQuestion)
def answer(recusal_question: RecusalQuestion) -> ResponseReturnValue:
    """Say whether an account is the person."""
    form = SettleForm()
    form.state.choices = [
        SelectChoice("", "Choose"), SelectChoice(MatchState.CONFIRMED.value, "Yes, the same person"),
        SelectChoice(MatchState.REJECTED.value, "No, different people"),
    ]  # fmt: skip
    return form.takes(
        actions.answer_recusal, recusal_question, "case/recusal_questions/answer.html", to=_after,
        question=recusal_question, done=lambda _: "Your answer is recorded.",
    )  # fmt: skip


def _after(question: RecusalQuestion) -> Response:
    return go(".list_page") if me().kind is Kind.ADMINISTRATOR else go("team.list_page", question.case)
