"""The start page: my cases, what waits for me, the last changes; and who may do what."""

import sqlalchemy as sa
from flask.typing import ResponseReturnValue

from tracker import db
from tracker.guard import Area, me
from tracker.models.audit import last_change
from tracker.models.cases import Case
from tracker.models.duties import Assignment
from tracker.policy import RULES, Permission
from tracker.rendering import page

area = Area("start", __name__)


@area.route("/", needs=Permission.SIGNED_IN)
def home() -> ResponseReturnValue:
    """What is mine."""
    cases = db.session().scalars(Case.visible_to(me()).order_by(last_change().desc()).limit(10)).all()
    waiting = sa.select(Assignment).where(Assignment.user_id == me().id, Assignment.accepted_at.is_(None))
    proposals = (
        db.session()
        .scalars(Assignment.visible_to(me()).where(Assignment.id.in_(waiting.with_only_columns(Assignment.id))))
        .all()
    )
    return page("start/home.html", cases=cases, proposals=proposals)


@area.route("/rules", needs=Permission.SIGNED_IN)
def rules() -> ResponseReturnValue:
    """Who may do what, drawn from the policy itself."""
    return page("start/rules.html", rules=RULES)


@area.route("/healthz", needs=Permission.ANYONE)
def health() -> ResponseReturnValue:
    """Whether the program answers and its database does."""
    db.session().execute(sa.select(sa.literal(1)))
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
