"""The review queue: what waits for whoever asks, over all her cases, and the way from one item to the next."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.analysis.ages import age
from tracker.audit.doors import now
from tracker.exports.columns import instant, label, plain, text
from tracker.guard import Area, me
from tracker.models.reviews import Review
from tracker.policy import Permission
from tracker.rendering import page
from tracker.views.queue import following, queue_of
from tracker.web.lists import register

area = Area("reviews", __name__)
register(
    area, Review, "reviews", of_persons=(Review.exclusion_id,),
    columns=(
        label("finding", "finding_numbers", Review.finding_id),
        plain("revision", Review.revision),
        label("reviewer", "accounts", Review.reviewer_id),
        plain("verdict", Review.verdict),
        text("note", Review.note),
        plain("text_sha256", Review.text_sha256),
        instant("at", Review.at),
        plain("number", Review.number),
        label("exclusion", "exclusion_numbers", Review.exclusion_id),
        label("appraisal", "appraisal_numbers", Review.appraisal_id),
        label("outcome", "outcome_numbers", Review.outcome_id),
        plain("seal", Review.seal),
    ),
)  # fmt: skip


@area.route("/reviews", needs=Permission.OPEN_CASE)
def listed() -> ResponseReturnValue:
    """What only she, or one like her, can do: the oldest first."""
    return page("reviews/list.html", items=queue_of(me()), now=now(), age=age)


@area.route("/reviews/next", needs=Permission.OPEN_CASE)
def onward() -> ResponseReturnValue:
    """On to the oldest item after the one that `after` names; to the whole queue when there is none."""
    item = following(queue_of(me()), request.args.get("after", ""))
    return redirect(item.url if item else url_for(".listed"), 303)
