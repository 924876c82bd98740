"""The team of a case: who has, had or was offered which duty, on whose word; and the wall."""

from typing import Any

import sqlalchemy as sa
from flask import flash
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from werkzeug import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker import db
from tracker.actions import duties as actions
from tracker.exports.columns import instant, label, plain, text
from tracker.fields import Line, Text, WordField, needed
from tracker.forms import RecordForm
from tracker.guard import Area, me
from tracker.models.cases import Case
from tracker.models.duties import Assignment, WallMatch
from tracker.models.words.duties import Duty, MatchState
from tracker.policy import Permission, allows
from tracker.rendering import page
from tracker.web.lists import Tab, register
from tracker.web.places import go

area = Area("team", __name__)
register(
    area, Assignment, "team", of=lambda case: sa.select(Assignment).where(Assignment.case_id == case.id),
    order=(Assignment.id,), tab=Tab.TEAM, title="Team",
    columns=(
        plain("number", Assignment.id),
        plain("duty", Assignment.duty),
        label("by", "accounts", Assignment.by_id),
        instant("proposed", Assignment.proposed_at),
        instant("accepted", Assignment.accepted_at),
        instant("declined", Assignment.declined_at),
        instant("asleep", Assignment.asleep_at),
        instant("ended", Assignment.ended_at),
        text("declaration", Assignment.declaration),
        text("end_reason", Assignment.end_reason),
    ),
)  # fmt: skip


class ProposeForm(RecordForm):
    """A duty for a member; she is asked, and begins when she accepts."""

    email = Line(
        "Email address",
        [needed("Enter the email address of a member account.")],
        longest=254,
        render_kw={"type": "email", "autocomplete": "off"},
    )
    duty = WordField("Role", Duty, validators=[needed("Choose a role.")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [SelectChoice(word.value, word.label) for word in Duty if word is not Duty.LEAD]
        self.duty.choices = [SelectChoice("", "Choose"), *words]


class HandOverForm(RecordForm):
    """Which investigator leads from now on."""

    email = SelectField("New lead investigator", [needed("Choose an investigator.")])

    def __init__(self, case: Case) -> None:
        super().__init__()
        able = [held.user for held in case.assignments if held.duty is Duty.INVESTIGATOR and held.is_working]
        self.email.choices = [SelectChoice(user.email, f"{user.name} ({user.email})") for user in able]


class NameForm(RecordForm):
    """A lead for a case that has none who can act."""

    email = Line(
        "Email address of the new lead investigator",
        [needed("Enter the email address of a member account.")],
        longest=254,
        render_kw={"type": "email", "autocomplete": "off"},
    )


class EndForm(RecordForm):
    """Why a duty ends."""

    reason = Text("Reason", [needed("Enter the reason. It stays in the history of the team.")])


class SettleForm(RecordForm):
    """Whether the user is that person."""

    state = WordField("Is it the same person?", MatchState, validators=[needed("Choose yes or no.")])
    reason = Text("Reason", [needed("Enter the reason. Say how you know.")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = [
            SelectChoice("", "Choose"),
            SelectChoice(MatchState.CONFIRMED.value, "Yes, keep the recusal"),
            SelectChoice(MatchState.REJECTED.value, "No, end the recusal"),
        ]


@area.route("/cases/<ref:case>/team", needs=Permission.READ_CASE, of=Case)
def listed(case: Case) -> ResponseReturnValue:
    """Everybody's duties, past and present."""
    held = sa.select(Assignment).where(Assignment.case_id == case.id).order_by(Assignment.id)
    everybody = db.session().scalars(held.options(joinedload(Assignment.user), joinedload(Assignment.by))).all()
    matches = WallMatch.visible_to(me()).where(WallMatch.case_id == case.id).order_by(WallMatch.id)
    known = matches.options(joinedload(WallMatch.user), joinedload(WallMatch.person), joinedload(WallMatch.settled_by))
    walls = [match for match in db.session().scalars(known) if allows(me(), Permission.SETTLE_WALL, match)]
    shut_out = sa.select(WallMatch.user_id).where(WallMatch.case_id == case.id, WallMatch.state != MatchState.REJECTED)
    return page(
        "team/list.html",
        present=[one for one in everybody if not one.is_over],
        past=[one for one in everybody if one.is_over],
        walls=walls,
        shut_out=set(db.session().scalars(shut_out)),
    )


@area.form("/cases/<ref:case>/team/new", needs=Permission.ASSIGN_DUTY, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Propose a duty."""
    return ProposeForm().takes(
        actions.assign_user, case, "team/new.html", to=_to_team,
        done=lambda proposal: f"{proposal.user.name} was offered the role of {proposal.duty.label.lower()}.",
    )  # fmt: skip


@area.form("/cases/<ref:case>/team/lead", needs=Permission.ASSIGN_DUTY, of=Case)
def hand_over(case: Case) -> ResponseReturnValue:
    """Hand over the lead to an investigator."""
    return HandOverForm(case).takes(
        actions.hand_over_lead, case, "team/lead.html", to=_to_team,
        done=lambda held: f"{held.user.name} is now lead investigator, and you are an investigator.",
    )  # fmt: skip


@area.form("/cases/<ref:case>/team/new-lead", needs=Permission.NAME_LEAD, of=Case)
def name_lead(case: Case) -> ResponseReturnValue:
    """Name a lead where there is none who can act."""
    return NameForm().takes(
        actions.name_lead, case, "team/new_lead.html", to=_to_team,
        done=lambda proposal: f"{proposal.user.name} was offered the role of lead investigator.",
    )  # fmt: skip


@area.form("/cases/<ref:case>/team/<number:number>/end", needs=Permission.ASSIGN_DUTY, of=Assignment)
def end(assignment: Assignment) -> ResponseReturnValue:
    """End a duty, or withdraw a proposal."""
    return EndForm().takes(actions.end_duty, assignment, "team/end.html", to=_to_team)


@area.post("/cases/<ref:case>/team/<number:number>/wake", needs=Permission.WAKE_DUTY, of=Assignment)
def wake(assignment: Assignment) -> ResponseReturnValue:
    """Let a sleeping duty work again."""
    actions.wake_duty(me(), assignment)
    flash(f"The role of {assignment.user.name} is active again.", "success")
    return _to_team(assignment)


@area.form("/cases/<ref:case>/wall/<number:number>", needs=Permission.SETTLE_WALL, of=WallMatch)
def settle(wall_match: WallMatch) -> ResponseReturnValue:
    """Say whether a user is a person of the case."""
    return SettleForm().takes(actions.settle_wall, wall_match, "team/wall.html", to=_to_team, match=wall_match)


def _to_team(thing: Assignment | WallMatch) -> Response:
    return go(".listed", thing.case)
