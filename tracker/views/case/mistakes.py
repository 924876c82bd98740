"""A case that was opened by mistake: closing it as such, and opening it again."""

from flask.typing import ResponseReturnValue

from tracker.actions.case import mistakes as actions
from tracker.models.case.cases import Case
from tracker.policy import Permission
from tracker.web.forms import ReasonForm
from tracker.web.guard import Area
from tracker.web.places import to

area = Area("mistakes", __name__)
HERE = "/cases/<ref:case>/mistake"


@area.form(HERE, needs=Permission.CLOSE_MISTAKE, of=Case, unless=actions.why_no_mistake)
def close(case: Case) -> ResponseReturnValue:
    """Close the case as opened by mistake."""
    form = ReasonForm.asking("Enter the reason why the case was opened by mistake.")
    return form.takes(actions.close_mistake, case, "case/mistakes/close.html", to=lambda _: to(case))


@area.form(f"{HERE}/reopen", needs=Permission.CLOSE_MISTAKE, of=Case)
def reopen(case: Case) -> ResponseReturnValue:
    """Open it again."""
    form = ReasonForm.asking("Enter the reason for reopening the case.")
    return form.takes(actions.reopen_mistake, case, "case/mistakes/reopen.html", to=lambda _: to(case))
