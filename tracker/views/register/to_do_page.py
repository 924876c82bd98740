"""The review queue: what waits for whoever asks, over all her cases, and the way from one item to the next."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.analysis.ages import age
from tracker.audit.doors import now
from tracker.models.findings.reviews import Review
from tracker.policy import Permission
from tracker.views.register.to_do import following, queue_of
from tracker.web.guard import Area, me
from tracker.web.lists import register
from tracker.web.rendering import page

area = Area("to_do", __name__)
register(
    area, Review, "reviews", of_persons=(Review.elimination_id,),
    columns=(
        "finding", "revision", "reviewer", "verdict", "note", "text_sha256", "at", "number", "elimination",
        "assessment", "outcome", "seal",
    ),
)  # fmt: skip


@area.route("/to-do", needs=Permission.OPEN_CASE)
def list_page() -> ResponseReturnValue:
    """What only she, or one like her, can do: the oldest first."""
    return page("register/to_do/list.html", items=queue_of(me()), now=now(), age=age)


@area.route("/to-do/next", needs=Permission.OPEN_CASE)
def onward() -> ResponseReturnValue:
    """On to the oldest item after the one that `after` names; to the whole queue when there is none."""
    item = following(queue_of(me()), request.args.get("after", ""))
    return redirect(item.url if item else url_for(".list_page"), 303)
