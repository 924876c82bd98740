"""The start page: what waits for me, my cases, their last changes; and who may do what."""

import sqlalchemy as sa
from flask.typing import ResponseReturnValue

from tracker.audit.upkeep import why_nothing_is_written
from tracker.base import db, trouble
from tracker.models.case.cases import Case
from tracker.models.case.staffing import lead_name
from tracker.policy import Permission
from tracker.policy.drawing import CONDITIONS, draw_incompatible, draw_table
from tracker.policy.rules import HOLDERS
from tracker.views.register import to_do_items
from tracker.web.guard import Area, me
from tracker.web.rendering import page

area = Area("home", __name__)
SHOWN = 10
LISTED = (Case.reference, Case.title, Case.stage, Case.changed, lead_name())


@area.route("/", needs=Permission.SIGNED_IN)
def home() -> ResponseReturnValue:
    """What is mine."""
    newest = Case.visible_to(me()).with_only_columns(*LISTED).order_by(Case.changed.desc()).limit(SHOWN + 1)
    cases = db.session().execute(newest).all()
    return page(
        "register/home/home.html",
        waits=[*to_do_items.proposals(me()), *to_do_items.in_cases(me()), *to_do_items.for_administrator(me())],
        cases=cases[:SHOWN],
        more=len(cases) > SHOWN,
        changes=to_do_items.last_changes([case.reference for case in cases], SHOWN),
    )


@area.route("/permissions", needs=Permission.SIGNED_IN)
def permissions() -> ResponseReturnValue:
    """Who may do what, drawn from the policy itself."""
    return page(
        "register/home/permissions.html",
        holders=HOLDERS,
        subjects=draw_table(),
        conditions=CONDITIONS,
        incompatible=draw_incompatible(),
    )


@area.route("/healthz", needs=Permission.ANYONE)
def health() -> ResponseReturnValue:
    """Whether the program answers, its database does, and what changes can be written."""
    plain = {"Content-Type": "text/plain; charset=utf-8"}
    try:
        db.session().execute(sa.select(sa.literal(1)))
        cause = trouble.current() and why_nothing_is_written()
    except trouble.FAULTS as fault:
        cause = trouble.trouble_of(fault) or trouble.AWAY
        db.sessions.remove()
    return (f"{cause.sentence}\n", cause.status, plain) if cause else ("ok\n", 200, plain)
