"""Counsel's protected-disclosure screen: its questions, its result, and what was answered before."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from wtforms import ValidationError

from tracker import db
from tracker.actions import cases as actions
from tracker.audit.doors import now
from tracker.fields import Line, Text, WordField, needed
from tracker.forms import RecordForm
from tracker.guard import Area, me
from tracker.models.cases import Case
from tracker.models.screening import Screen
from tracker.models.words import Answer
from tracker.models.words.screening import ProtectedBy, ScreenResult
from tracker.policy import Permission
from tracker.rendering import page

area = Area("screens", __name__)


class ScreenForm(RecordForm):
    """Asked before anybody is asked about. Answers and reason are counsel's own; the team sees the result."""

    wrongdoing = WordField(
        "Does what came out show wrongdoing, or a danger to somebody?", Answer, default=Answer.UNKNOWN
    )
    lawful_recipient = WordField(
        "Was it, or may it have been, given to somebody who may lawfully receive it?", Answer, default=Answer.UNKNOWN
    )
    protected_by = WordField(
        "What protects it?",
        ProtectedBy,
        default=ProtectedBy.UNKNOWN,
        description="Only a statute makes passing it on unlawful by itself.",
    )
    raised_before = WordField("Was it raised before, and nothing done?", Answer, default=Answer.UNKNOWN)
    identifies = WordField("Would steps of this inquiry identify whoever raised it?", Answer, default=Answer.UNKNOWN)
    requester = Line("Who asked for the inquiry?", longest=200, description="By post, not by name.")
    requester_figures = WordField("Do they figure in what came out?", Answer, default=Answer.UNKNOWN)
    result = WordField("Result", ScreenResult, empty="Choose", validators=[needed("Choose a result.")])
    answered_on = Line("Date", [needed("Enter the date, like 2018-03-21.")], longest=10, description="Like 2018-03-21.")
    reason = Text("Reason", [needed("Give the reason; it is kept with counsel.")])

    def validate_answered_on(self, field: Any) -> None:
        """A day of the calendar, and not one to come."""
        try:
            day = date.fromisoformat(field.data)
        except ValueError as wrong:
            raise ValidationError("Write the date like 2018-03-21.") from wrong
        if day.isoformat() != field.data or day > now().date() + timedelta(days=1):
            raise ValidationError("Write the date like 2018-03-21; it cannot be a day to come.")


@area.form("/cases/<ref:case>/screen", needs=Permission.SCREEN_CASE, of=Case)
def answer(case: Case) -> ResponseReturnValue:
    """Answer the screen; on the same page what counsel answered before."""
    form = ScreenForm()
    if form.validate_on_submit():
        with form.conflicts():
            actions.answer_screen(me(), case, **form.values())
            return redirect(url_for("cases.show", case=case.reference), 303)
    return page("screens/answer.html", form=form, case=case, screens=_answered(case))


def _answered(case: Case) -> list[Screen]:
    """The answers so far, the newest first."""
    those = sa.select(Screen).where(Screen.case_id == case.id).order_by(Screen.id.desc())
    return list(db.session().scalars(those.options(joinedload(Screen.answers), joinedload(Screen.by))))
