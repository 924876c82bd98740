"""What a member does about their own role: answer an offer, or step down. An offer shows nothing of the case."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue
from werkzeug import Response
from wtforms import RadioField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.actions.case import roles as actions
from tracker.models.case.assignments import Assignment
from tracker.models.register.accounts import Account
from tracker.policy import Permission
from tracker.web.fields import LongText, needed
from tracker.web.forms import ReasonForm, RecordForm
from tracker.web.guard import Area
from tracker.web.places import go, to

area = Area("role_offers", __name__)
ACCEPT, DECLINE = "accept", "decline"


class AnswerForm(RecordForm):
    """Accept, with the declaration in one's own words, or decline."""

    answer = RadioField(
        "Your answer",
        [needed("Choose whether you accept the role.")],
        choices=[
            SelectChoice(ACCEPT, "I accept the role and declare below that I have no conflict of interest"),
            SelectChoice(DECLINE, "I decline the role"),
        ],
    )
    words = LongText(
        "Declaration or reason for declining",
        description="To accept, declare that you had no access to the material. To decline, give the reason.",
    )

    def validate_words(self, field: Any) -> None:
        """Nobody begins without a declaration."""
        if self.answer.data == ACCEPT and not field.data:
            raise ValidationError("Enter your declaration that you have no conflict of interest, in your own words.")


@area.form("/cases/<ref:case>/team/<number:number>/answer", needs=Permission.ANSWER_OFFER, of=Assignment)
def answer(assignment: Assignment) -> ResponseReturnValue:
    """A proposal: reference, title and marking of the case, and nothing else of it."""
    if not assignment.is_waiting:
        return go("team.list_page", assignment.case)
    return AnswerForm().takes(_answer, assignment, "case/team/answer.html", to=lambda going: going, case=None)


def _answer(account: Account, assignment: Assignment, *, answer: str, words: str) -> Response:
    """Accept or decline; gives the way on."""
    if answer == ACCEPT:
        actions.accept_role(account, assignment, declaration=words)
        return to(assignment.case)
    actions.decline_role(account, assignment, reason=words)
    flash("You have declined the role. The lead is told.", "success")
    return go("home.home")


@area.form("/cases/<ref:case>/team/<number:number>/step-down", needs=Permission.ANSWER_OFFER, of=Assignment)
def step_down(assignment: Assignment) -> ResponseReturnValue:
    """Give up a role of one's own."""
    return ReasonForm.asking("Enter the reason. “Conflict of interest” is enough.").takes(
        actions.step_down, assignment, "case/team/step_down.html", case=None, done="Your role has ended.",
        to=lambda _: go("home.home"),
    )  # fmt: skip
