"""Custody of an exhibit: handing it over, and ending it by two people."""

from flask import flash
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from tracker.actions.inquiry import custody as actions
from tracker.analysis.letters import read_number
from tracker.models.inquiry.custody import CustodyEntry, Disposal
from tracker.models.inquiry.exhibits import Exhibit
from tracker.policy import Permission
from tracker.views.inquiry.exhibit_forms import HandoverFields
from tracker.views.inquiry.exhibits import ONE
from tracker.web.fields import ShortText, needed
from tracker.web.forms import ReasonForm, RecordForm
from tracker.web.guard import Area, me
from tracker.web.lists import register
from tracker.web.moment_field import MomentField
from tracker.web.places import to
from tracker.web.rendering import page
from tracker.web.uploads import forget

area = Area("custody", __name__)
register(
    area, CustodyEntry, "custody", order=(CustodyEntry.exhibit_id, CustodyEntry.number),
    columns=(
        "exhibit", "number", "from_holder", "to_holder", "at", "why", "seal", "seal_number", "condition", "by",
        "recorded",
    ),
)  # fmt: skip
register(
    area, Disposal, "disposals", order=(Disposal.exhibit_id, Disposal.number),
    columns=(
        "exhibit", "number", "reason", "by", "at", "confirmed_by", "confirmed", "declined",
    ),
)  # fmt: skip
PART = f"{ONE}/disposals/<number:part>"


class HandoverForm(HandoverFields, RecordForm):
    """To whom, when and why; from whom is never asked, for somebody holds it."""

    after = HiddenField(filters=[lambda text: read_number(text) or 0])
    to_holder = ShortText("New holder", [needed("Enter the new holder.")], longest=200)
    at = MomentField("Time of handover", required=True)


@area.form(f"{ONE}/custody/new", needs=Permission.RECORD_EXHIBIT, of=Exhibit)
def hand_over(exhibit: Exhibit) -> ResponseReturnValue:
    """Hand it over from whoever holds it. The form carries which entry was the last one when it was shown."""
    form = HandoverForm()
    answer = form.act(actions.hand_over_exhibit, exhibit, to=lambda _: to(exhibit))
    return answer or page("inquiry/exhibits/hand_over.html", form.carry(after=exhibit.custody[-1].number))


@area.form(f"{ONE}/disposals/new", needs=Permission.RECORD_EXHIBIT, of=Exhibit, unless=actions.why_not_disposed_of)
def propose(exhibit: Exhibit) -> ResponseReturnValue:
    """Propose its disposal."""
    form = ReasonForm.asking(
        "Enter why the exhibit is no longer needed.",
        hint="Say who it is returned to or how it is destroyed, and on what basis.",
    )
    return form.takes(actions.propose_disposal, exhibit, "inquiry/exhibits/propose.html", to=_to_exhibit)


@area.form(f"{PART}/confirm", needs=Permission.CONFIRM_DISPOSAL, of=Disposal, fresh=True)
def confirm(disposal: Disposal) -> ResponseReturnValue:
    """Confirm a disposal that another person proposed; the file goes once that is written."""
    form, exhibit = RecordForm(), disposal.exhibit
    if form.validate_on_submit():
        with form.conflicts():
            actions.confirm_disposal(me(), disposal)
            if exhibit.sha256:
                forget(exhibit.sha256)
            flash(f"Exhibit {exhibit.number} was disposed of. Its record stays.", "success")
            return to(exhibit)
    return page("inquiry/exhibits/confirm.html", form, exhibit=exhibit)


@area.form(f"{PART}/decline", needs=Permission.DECLINE_DISPOSAL, of=Disposal)
def decline(disposal: Disposal) -> ResponseReturnValue:
    """Say why it has to stay."""
    return ReasonForm.asking("Enter why the exhibit must be kept.").takes(
        actions.decline_disposal, disposal, "inquiry/exhibits/decline.html", to=_to_exhibit, exhibit=disposal.exhibit
    )


def _to_exhibit(disposal: Disposal) -> ResponseReturnValue:
    return to(disposal.exhibit)
