"""The way from one item of the list to the next; and the reviews of a case as a file."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audit.doors import now
from tracker.models.findings.reviews import Review
from tracker.policy import Permission
from tracker.views.register.to_do import following, items_of
from tracker.web.guard import Area
from tracker.web.lists import register
from tracker.web.navigation import to_do

area = Area("to_do", __name__)
register(
    area, Review, "reviews", of_persons=(Review.elimination_id,),
    columns=(
        "finding", "revision", "reviewer", "verdict", "note", "text_sha256", "at", "number", "elimination",
        "assessment", "outcome", "seal",
    ),
)  # fmt: skip


@area.route("/to-do/next", needs=Permission.OPEN_CASE)
def onward() -> ResponseReturnValue:
    """On to the item after the one whose page `after` is; Home when there is none."""
    item = following(items_of(to_do(), now()), request.args.get("after", ""))
    return redirect(item.url if item else url_for("home.home"), 303)
