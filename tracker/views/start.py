"""The start page: what waits for me, my cases, their last changes; and who may do what."""

import sqlalchemy as sa
from flask.typing import ResponseReturnValue

from tracker import db
from tracker.guard import Area, me
from tracker.models.cases import Case
from tracker.models.staffing import lead_name
from tracker.policy import Permission
from tracker.policy.drawing import CONDITIONS, draw_exclusions, draw_table
from tracker.policy.rules import HOLDERS
from tracker.rendering import page
from tracker.views import waiting

area = Area("start", __name__)
SHOWN = 10
LISTED = (Case.reference, Case.title, Case.stage, Case.changed, lead_name())


@area.route("/", needs=Permission.SIGNED_IN)
def home() -> ResponseReturnValue:
    """What is mine."""
    newest = Case.visible_to(me()).with_only_columns(*LISTED).order_by(Case.changed.desc()).limit(SHOWN + 1)
    cases = db.session().execute(newest).all()
    mine = Case.visible_ids(me())
    return page(
        "start/home.html",
        waits=[*waiting.proposals(me()), *waiting.in_cases(me(), mine), *waiting.for_administrator(me())],
        cases=cases[:SHOWN],
        more=len(cases) > SHOWN,
        changes=waiting.last_changes([case.reference for case in cases], SHOWN),
    )


@area.route("/permissions", needs=Permission.SIGNED_IN)
def permissions() -> ResponseReturnValue:
    """Who may do what, drawn from the policy itself."""
    return page(
        "start/permissions.html",
        holders=HOLDERS,
        subjects=draw_table(),
        conditions=CONDITIONS,
        exclusions=draw_exclusions(),
    )


@area.route("/healthz", needs=Permission.ANYONE)
def health() -> ResponseReturnValue:
    """Whether the program answers and its database does."""
    db.session().execute(sa.select(sa.literal(1)))
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
