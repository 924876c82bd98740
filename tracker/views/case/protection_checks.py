"""Counsel's protected-disclosure check: its questions, its result, and what was answered before."""

from typing import Any

import sqlalchemy as sa
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from wtforms import ValidationError

from tracker.actions.case import cases as actions
from tracker.audit.doors import now
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.case.protection_checks import ProtectionCheck
from tracker.models.case.words import ProtectedBy, ProtectionResult
from tracker.models.words import Answer
from tracker.policy import Permission
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.forms import RecordForm
from tracker.web.guard import Area
from tracker.web.lists import register
from tracker.web.moment_field import DayField, today
from tracker.web.places import to

area = Area("protection_checks", __name__)
register(
    area, ProtectionCheck, "protection-checks", order=(ProtectionCheck.id,),
    of=lambda case: sa.select(ProtectionCheck).where(ProtectionCheck.case_id == case.id),
    columns=(
        "result", "answered_on",
    ),
)  # fmt: skip


class ProtectionCheckForm(RecordForm):
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
    requester = ShortText("Who asked for the inquiry?", longest=200, description="Enter a post, not a name.")
    requester_figures = WordField("Does the requester appear in the disclosure?", Answer, default=Answer.UNKNOWN)
    result = WordField("Result", ProtectionResult, empty="Choose", validators=[needed("Choose a result.")])
    answered_on = DayField("Date", required=True, default=today)
    reason = LongText("Reason", [needed("Enter the reason. Only counsel can read it.")])

    def validate_answered_on(self, field: Any) -> None:
        """Not a day to come."""
        if field.data.earliest and field.data.earliest > now():
            raise ValidationError("Enter today or an earlier date.")

    def values(self) -> dict[str, Any]:
        """The answers, with the date as it is kept."""
        return super().values() | {"answered_on": self.answered_on.day}


@area.form("/cases/<ref:case>/protection-check", needs=Permission.RECORD_PROTECTION_CHECK, of=Case)
def answer(case: Case) -> ResponseReturnValue:
    """Answer the screen; on the same page what counsel answered before."""
    return ProtectionCheckForm().takes(
        actions.record_protection_check,
        case,
        "case/protection_checks/answer.html",
        to=lambda _: to(case),
        protection_checks=_earlier_checks(case),
    )


def _earlier_checks(case: Case) -> list[ProtectionCheck]:
    """The answers so far, the newest first."""
    those = sa.select(ProtectionCheck).where(ProtectionCheck.case_id == case.id).order_by(ProtectionCheck.id.desc())
    return list(
        db.session().scalars(those.options(joinedload(ProtectionCheck.answers), joinedload(ProtectionCheck.by)))
    )
