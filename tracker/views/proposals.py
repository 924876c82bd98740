"""What somebody does about a duty of her own: answer a proposal, or step down. A proposal shows nothing of the case."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue
from werkzeug import Response
from wtforms import RadioField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.actions import duties as actions
from tracker.fields import Text, needed
from tracker.forms import RecordForm
from tracker.guard import Area
from tracker.models.accounts import User
from tracker.models.duties import Assignment
from tracker.policy import Permission
from tracker.web.places import go, to

area = Area("proposals", __name__)
ACCEPT, DECLINE = "accept", "decline"


class AnswerForm(RecordForm):
    """Accept, with the declaration in one's own words, or decline."""

    answer = RadioField(
        "Your answer",
        [needed("Choose whether you accept.")],
        choices=[
            SelectChoice(ACCEPT, "I accept, and declare below that I have no conflict of interest"),
            SelectChoice(DECLINE, "I decline"),
        ],
    )
    words = Text(
        "Declaration, or reason for declining",
        description="In your own words: for instance that you were not among those who had access. Or why you decline.",
    )

    def validate_words(self, field: Any) -> None:
        """Nobody begins without a declaration."""
        if self.answer.data == ACCEPT and not field.data:
            raise ValidationError("Declare in your own words that you have no conflict of interest.")


class StepDownForm(RecordForm):
    """Why a duty is given up."""

    reason = Text("Reason", [needed("Give the reason; it need not say more than that there is a conflict.")])


@area.form("/cases/<ref:case>/team/<number:number>/answer", needs=Permission.ANSWER_DUTY, of=Assignment)
def answer(assignment: Assignment) -> ResponseReturnValue:
    """A proposal: reference, title and marking of the case, and nothing else of it."""
    if not assignment.is_waiting:
        return go("team.listed", assignment.case)
    return AnswerForm().takes(_answer, assignment, "team/answer.html", to=lambda going: going, case=None)


def _answer(user: User, assignment: Assignment, *, answer: str, words: str) -> Response:
    """Accept or decline; gives the way on."""
    if answer == ACCEPT:
        actions.accept_duty(user, assignment, declaration=words)
        return to(assignment.case)
    actions.decline_duty(user, assignment, reason=words)
    flash("You have declined; the lead sees it.", "success")
    return go("start.home")


@area.form("/cases/<ref:case>/team/<number:number>/step-down", needs=Permission.ANSWER_DUTY, of=Assignment)
def step_down(assignment: Assignment) -> ResponseReturnValue:
    """Give up a duty of one's own."""
    return StepDownForm().takes(
        actions.step_down, assignment, "team/step_down.html", case=None, done="Your duty has ended.",
        to=lambda _: go("start.home"),
    )  # fmt: skip
