"""The right of reply: what was put to the person, their reply or that none was received, and the response."""

from typing import Any

import sqlalchemy as sa
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from wtforms.validators import NumberRange

from tracker.actions.findings import replies as actions
from tracker.base import db
from tracker.exports.columns import instant
from tracker.models.findings.findings import Finding
from tracker.models.findings.replies import Reply
from tracker.policy import Permission
from tracker.views.disclosure.version_forms import Count
from tracker.web.fields import LongText, needed
from tracker.web.forms import EditForm, RecordForm
from tracker.web.guard import Area, me
from tracker.web.lists import register
from tracker.web.moment_field import MomentField
from tracker.web.places import go
from tracker.web.rendering import page

area = Area("replies", __name__)
register(
    area, Reply, "replies", order=(Reply.finding_id, Reply.number),
    columns=(
        "finding", "number", "passage", "gist", "put_at", "days", "answer", "answered_at",
        instant("silent", Reply.no_response_at),
        "came", "response", "responded_by", "why_extended", "by", "at",
    ),
)  # fmt: skip
LIST = "/cases/<ref:case>/findings/<number:number>/replies"
ONE = f"{LIST}/<number:part>"
DAYS = 10


class Days(Count):
    """A number of days."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        bounds = NumberRange(1, actions.MOST_DAYS, message=actions.HOW_MANY)
        super().__init__(label, [bounds], render_kw={"inputmode": "numeric", "autocomplete": "off"}, **kwargs)


class PassageForm(RecordForm):
    """What is put to the person, and how long they have to reply."""

    passage = LongText(
        "Passage put to the person", [needed("Enter the passage exactly as it was put to the person.")],
        longest=10_000, description="Copy the words exactly from a part of the finding.",
    )  # fmt: skip
    gist = LongText("Gist of the evidence", longest=10_000, description="Enough to answer. Do not name a source.")
    put_at = MomentField("Time put to the person", required=True, description="The days to reply start then.")
    days = Days("Days to reply", default=DAYS)


class AnswerForm(EditForm):
    """What the person answered, and when."""

    answer = LongText("Reply", [needed("Enter the reply.")], description="In full, in the person's own words.")
    answered_at = MomentField("Time received", required=True)


class DaysForm(EditForm):
    """More days, and why."""

    days = Days("Total days to reply")
    why_extended = LongText("Reason", [needed("Enter the reason for the extension.")], longest=2000)


class ResponseForm(EditForm):
    """What the team says to it."""

    response = LongText(
        "Team response", [needed("Enter the response.")], description="What the reply changed, or why not."
    )


@area.route(LIST, needs=Permission.READ_CASE, of=Finding)
def list_page(finding: Finding) -> ResponseReturnValue:
    """Side by side: passage, reply or that none was received, response. That it was read is recorded."""
    actions.read_replies(me(), finding)
    those = sa.select(Reply).where(Reply.finding_id == finding.id).order_by(Reply.number)
    return page("findings/replies/list.html", replies=db.session().scalars(those.options(joinedload(Reply.by))).all())


@area.form(f"{LIST}/new", needs=Permission.PUT_REPLY, of=Finding)
def new(finding: Finding) -> ResponseReturnValue:
    """Record that a passage was put to the person."""
    form = PassageForm(data={"passage": finding.allegation, "days": DAYS})
    return form.takes(actions.put_passage, finding, "findings/replies/new.html", to=_to)


@area.form(f"{ONE}/answer", needs=Permission.PUT_REPLY, of=Reply)
def answer(reply: Reply) -> ResponseReturnValue:
    """Record the reply of the person."""
    return _form(reply, AnswerForm(obj=reply), actions.record_answer, "Record reply")


@area.form(f"{ONE}/no-response", needs=Permission.PUT_REPLY, of=Reply)
def no_response(reply: Reply) -> ResponseReturnValue:
    """Record that no reply was received."""
    return _form(reply, EditForm(obj=reply), actions.record_no_response, "Record no response")


@area.form(f"{ONE}/days", needs=Permission.PUT_REPLY, of=Reply)
def extend(reply: Reply) -> ResponseReturnValue:
    """Give the person more days."""
    return _form(reply, DaysForm(obj=reply), actions.extend_reply, "Extend deadline")


@area.form(f"{ONE}/response", needs=Permission.PUT_REPLY, of=Reply)
def respond(reply: Reply) -> ResponseReturnValue:
    """Respond to it."""
    return _form(reply, ResponseForm(obj=reply), actions.respond, "Add response")


def _form(reply: Reply, form: Any, act: Any, title: str) -> ResponseReturnValue:
    """The page of one act on a reply, beside what was put to the person."""
    return form.takes(act, reply, "findings/replies/act.html", to=_to, finding=reply.finding, title=title)


def _to(reply: Reply) -> ResponseReturnValue:
    return go(".list_page", reply.finding, _anchor=f"reply-{reply.number}")
