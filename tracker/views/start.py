"""The start page: what waits for me, my cases, their last changes; and who may do what."""

import sqlalchemy as sa
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import selectinload

from tracker import db
from tracker.guard import Area, me
from tracker.models.cases import Case
from tracker.models.duties import Assignment, know_duties
from tracker.policy import RULES, Permission
from tracker.rendering import page
from tracker.views import waiting

area = Area("start", __name__)
SHOWN = 10


@area.route("/", needs=Permission.SIGNED_IN)
def home() -> ResponseReturnValue:
    """What is mine."""
    people = selectinload(Case.assignments).joinedload(Assignment.user)
    mine = Case.visible_to(me()).options(people, selectinload(Case.screens)).order_by(Case.changed.desc())
    cases = list(db.session().scalars(mine))
    know_duties(db.session(), cases)
    return page(
        "start/home.html",
        waits=[*waiting.proposals(me()), *waiting.in_cases(me(), cases), *waiting.for_administrator(me())],
        cases=cases[:SHOWN],
        more=len(cases) > SHOWN,
        changes=waiting.last_changes(cases, SHOWN),
    )


@area.route("/rules", needs=Permission.SIGNED_IN)
def rules() -> ResponseReturnValue:
    """Who may do what, drawn from the policy itself."""
    return page("start/rules.html", rules=RULES)


@area.route("/healthz", needs=Permission.ANYONE)
def health() -> ResponseReturnValue:
    """Whether the program answers and its database does."""
    db.session().execute(sa.select(sa.literal(1)))
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
