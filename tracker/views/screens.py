"""Counsel's protected-disclosure screen: its questions, its result, and what was answered before."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from wtforms import ValidationError

from tracker import db
from tracker.actions import cases as actions
from tracker.audit.doors import now
from tracker.exports.columns import plain, text
from tracker.fields import Line, Text, WordField, needed
from tracker.forms import RecordForm
from tracker.guard import Area
from tracker.models.cases import Case
from tracker.models.screening import Screen
from tracker.models.words import Answer
from tracker.models.words.screening import ProtectedBy, ScreenResult
from tracker.policy import Permission
from tracker.web.lists import register
from tracker.web.places import to

area = Area("screens", __name__)
register(
    area, Screen, "screens", of=lambda case: sa.select(Screen).where(Screen.case_id == case.id), order=(Screen.id,),
    columns=(plain("result", Screen.result), text("answered_on", Screen.answered_on)),
)  # fmt: skip


class ScreenForm(RecordForm):
    """Asked before anybody is asked about. Answers and reason are counsel's own; the team sees the result."""

    wrongdoing = WordField(
        "Does the disclosure show wrongdoing or a danger to somebody?", Answer, default=Answer.UNKNOWN
    )
    lawful_recipient = WordField(
        "Was it, or could it have been, given to a lawful recipient?", Answer, default=Answer.UNKNOWN
    )
    protected_by = WordField(
        "What protects the information?",
        ProtectedBy,
        default=ProtectedBy.UNKNOWN,
        description="Only a statute makes passing the information on unlawful by itself.",
    )
    raised_before = WordField("Was the matter raised before, without action?", Answer, default=Answer.UNKNOWN)
    identifies = WordField("Would this inquiry identify the reporting person?", Answer, default=Answer.UNKNOWN)
    requester = Line("Who asked for the inquiry?", longest=200, description="Enter a post, not a name.")
    requester_figures = WordField("Does the requester appear in the disclosure?", Answer, default=Answer.UNKNOWN)
    result = WordField("Result", ScreenResult, empty="Choose", validators=[needed("Choose a result.")])
    answered_on = Line(
        "Date", [needed("Enter the date in the form 2018-03-21.")], longest=10, description="For example, 2018-03-21."
    )
    reason = Text("Reason", [needed("Enter the reason. Only counsel can read it.")])

    def validate_answered_on(self, field: Any) -> None:
        """A day of the calendar, and not one to come."""
        try:
            day = date.fromisoformat(field.data)
        except ValueError as wrong:
            raise ValidationError("Enter the date in the form 2018-03-21.") from wrong
        if day.isoformat() != field.data or day > now().date() + timedelta(days=1):
            raise ValidationError("Enter the date in the form 2018-03-21. It cannot be in the future.")


@area.form("/cases/<ref:case>/screen", needs=Permission.SCREEN_CASE, of=Case)
def answer(case: Case) -> ResponseReturnValue:
    """Answer the screen; on the same page what counsel answered before."""
    return ScreenForm().takes(
        actions.answer_screen, case, "screens/answer.html", to=lambda _: to(case), screens=_answered(case)
    )


def _answered(case: Case) -> list[Screen]:
    """The answers so far, the newest first."""
    those = sa.select(Screen).where(Screen.case_id == case.id).order_by(Screen.id.desc())
    return list(db.session().scalars(those.options(joinedload(Screen.answers), joinedload(Screen.by))))
