"""Home: the one list of what waits for me, my cases, their last changes; and who may do what."""

from collections import Counter
from datetime import datetime

import sqlalchemy as sa
from flask import request
from flask.typing import ResponseReturnValue

from tracker.audit.doors import now
from tracker.audit.upkeep import why_nothing_is_written
from tracker.base import db, trouble
from tracker.models.case.assignments import Assignment
from tracker.models.case.cases import Case
from tracker.models.case.words import Role, Stage
from tracker.policy import Permission
from tracker.policy.drawing import CONDITIONS, draw_incompatible, draw_table
from tracker.policy.rules import HOLDERS
from tracker.views.register.recent_activity import last_changes
from tracker.views.register.to_do import chips_of, items_of
from tracker.web.guard import Area, me
from tracker.web.navigation import to_do
from tracker.web.rendering import page

area = Area("home", __name__)
SHOWN, CASES_SHOWN, CHANGES_SHOWN = 20, 8, 7
LISTED = (Case.id, Case.reference, Case.title, Case.stage, Case.changed)


@area.route("/", needs=Permission.SIGNED_IN)
def home() -> ResponseReturnValue:
    """What is mine. `kind` narrows the list to one group, `all` shows all of it."""
    moment = now()
    every = items_of(to_do(), moment)
    group = request.args.get("kind", "")
    items = [item for item in every if item.group == group] if group else every
    cases = db.session().execute(_newest()).all()
    return page(
        "register/home/home.html",
        today=moment,
        items=items if "all" in request.args else items[:SHOWN],
        found=len(items),
        every=len(every),
        chips=chips_of(every),
        group=group,
        cases=sorted(cases[:CASES_SHOWN], key=lambda case: case.stage.value == "closed"),
        roles=_my_roles([case.id for case in cases]),
        waits=Counter(item.reference for item in every),
        more=len(cases) > CASES_SHOWN,
        changes=last_changes([case.reference for case in cases], CHANGES_SHOWN),
    )


def _newest() -> sa.Select[int, str, str, Stage, datetime]:
    return Case.visible_to(me()).with_only_columns(*LISTED).order_by(Case.changed.desc()).limit(CASES_SHOWN + 1)


def _my_roles(case_ids: list[int]) -> dict[int, str]:
    """The roles of the reader in these cases, in words."""
    held = sa.select(Assignment.case_id, Assignment.role).where(
        Assignment.account_id == me().id, Assignment.case_id.in_(case_ids), *Assignment.in_force(Assignment)
    )
    found: dict[int, list[Role]] = {}
    for case_id, role in db.session().execute(held) if case_ids else ():
        found.setdefault(case_id, []).append(role)
    return {
        case_id: ", ".join(role.label for role in sorted(roles, key=list(Role).index))
        for case_id, roles in found.items()
    }


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
