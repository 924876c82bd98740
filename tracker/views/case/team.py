"""The team of a case: who has, had or was offered which role, on whose word; and the recusal."""

from typing import Any

import sqlalchemy as sa
from flask import flash
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from werkzeug import Response
from wtforms import SelectField
from wtforms.datalist import DataList, DataListChoice
from wtforms.fields.choices import SelectChoice

from tracker.actions.access.recusal import SETTLERS
from tracker.actions.case import roles as actions
from tracker.base import db
from tracker.exports.columns import instant
from tracker.models.access.recusal_questions import with_recorders
from tracker.models.case.assignments import Assignment, RecusalMatch
from tracker.models.case.cases import Case
from tracker.models.case.staffing import roles_of
from tracker.models.case.words import MatchState, Role
from tracker.models.register.accounts import Account
from tracker.models.register.words import Kind
from tracker.policy import Permission, allows
from tracker.web.choices import MOST_OFFERED
from tracker.web.fields import EmailText, LongText, WordField, needed
from tracker.web.forms import ReasonForm, RecordForm
from tracker.web.guard import Area, me
from tracker.web.lists import Tab, register
from tracker.web.places import go
from tracker.web.rendering import page

area = Area("team", __name__)
MEMBER = needed("Enter the email address of a member account.")
register(
    area, Assignment, "team", of=lambda case: sa.select(Assignment).where(Assignment.case_id == case.id),
    order=(Assignment.number,), tab=Tab.TEAM, title="Team",
    columns=(
        "number",
        "role", "by", "proposed", "accepted", "declined",
        instant("inactive", Assignment.inactive_since),
        "ended", "declaration", "end_reason",
    ),
)  # fmt: skip


class ProposeForm(RecordForm):
    """A role for a member; she is asked, and begins when she accepts."""

    email = EmailText("Email address", [MEMBER], datalist=DataList(lambda _form, _field: _colleagues()))
    role = WordField("Role", Role, validators=[needed("Choose a role.")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [SelectChoice(word.value, word.label) for word in Role if word is not Role.LEAD]
        self.role.choices = [SelectChoice("", "Choose"), *words]


def _colleagues() -> list[DataListChoice]:
    """Members with a role in a case that whoever asks reads: nobody else is told of."""
    mine = sa.select(Assignment.account_id).where(
        Assignment.case_id.in_(Case.visible_to(me()).with_only_columns(Case.id)), *Assignment.in_force(Assignment)
    )
    members = sa.select(Account).where(Account.kind == Kind.MEMBER, Account.disabled_at.is_(None))
    known = members.where(Account.id.in_(mine), Account.id != me().id)
    found = db.session().scalars(known.order_by(Account.name).limit(MOST_OFFERED))
    return [DataListChoice(one.email, f"{one.name}, {one.email}") for one in found]


class HandOverForm(RecordForm):
    """Which investigator leads from now on."""

    email = SelectField("New lead investigator", [needed("Choose an investigator.")])

    def __init__(self, case: Case) -> None:
        super().__init__()
        able = [held.account for held in case.assignments if held.role is Role.INVESTIGATOR and held.is_working]
        self.email.choices = [SelectChoice(account.email, f"{account.name} ({account.email})") for account in able]


class NameForm(RecordForm):
    """A lead for a case that has none who can act."""

    email = EmailText("Email address of the new lead investigator", [MEMBER])


class SettleForm(RecordForm):
    """Whether the account is that person."""

    state = WordField("Is it the same person?", MatchState, validators=[needed("Choose yes or no.")])
    reason = LongText("Reason", [needed("Enter the reason. Say how you know.")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = [
            SelectChoice("", "Choose"),
            SelectChoice(MatchState.CONFIRMED.value, "Yes, keep the recusal"),
            SelectChoice(MatchState.REJECTED.value, "No, end the recusal"),
        ]


@area.route("/cases/<ref:case>/team", needs=Permission.READ_CASE, of=Case)
def list_page(case: Case) -> ResponseReturnValue:
    """Everybody's roles, past and present."""
    held = sa.select(Assignment).where(Assignment.case_id == case.id).order_by(Assignment.id)
    everybody = db.session().scalars(held.options(joinedload(Assignment.account), joinedload(Assignment.by))).all()
    matches = RecusalMatch.visible_to(me()).where(RecusalMatch.case_id == case.id).order_by(RecusalMatch.id)
    known = matches.options(joinedload(RecusalMatch.account), joinedload(RecusalMatch.settled_by), *with_recorders())
    told = bool(roles_of(me(), case) & set(SETTLERS))  # of a near match, also those who do not decide it
    recusals = [match for match in db.session().scalars(known).unique()
                if allows(me(), Permission.SETTLE_RECUSAL, match) or (told and match.is_near)]  # fmt: skip
    shut_out = sa.select(RecusalMatch.account_id).where(
        RecusalMatch.case_id == case.id, RecusalMatch.state != MatchState.REJECTED
    )
    return page(
        "case/team/list.html",
        present=[one for one in everybody if not one.is_over],
        past=[one for one in everybody if one.is_over],
        recusals=recusals,
        shut_out=set(db.session().scalars(shut_out)),
    )


@area.form("/cases/<ref:case>/team/new", needs=Permission.OFFER_ROLE, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Propose a role."""
    return ProposeForm().takes(
        actions.offer_role, case, "case/team/new.html", to=_to_team,
        done=lambda proposal: f"{proposal.account.name} was offered the role of {proposal.role.label.lower()}.",
    )  # fmt: skip


@area.form("/cases/<ref:case>/team/lead", needs=Permission.OFFER_ROLE, of=Case)
def hand_over(case: Case) -> ResponseReturnValue:
    """Hand over the lead to an investigator."""
    return HandOverForm(case).takes(
        actions.hand_over_lead, case, "case/team/lead.html", to=_to_team,
        done=lambda held: f"{held.account.name} is now lead investigator, and you are an investigator.",
    )  # fmt: skip


@area.form("/cases/<ref:case>/team/new-lead", needs=Permission.NAME_LEAD, of=Case)
def name_lead(case: Case) -> ResponseReturnValue:
    """Name a lead where there is none who can act."""
    return NameForm().takes(
        actions.name_lead, case, "case/team/new_lead.html", to=_to_team,
        done=lambda proposal: f"{proposal.account.name} was offered the role of lead investigator.",
    )  # fmt: skip


@area.form("/cases/<ref:case>/team/<number:number>/end", needs=Permission.OFFER_ROLE, of=Assignment)
def end(assignment: Assignment) -> ResponseReturnValue:
    """End a role, or withdraw a proposal."""
    form = ReasonForm.asking("Enter the reason. It stays in the history of the team.")
    return form.takes(actions.end_assignment, assignment, "case/team/end.html", to=_to_team)


@area.post("/cases/<ref:case>/team/<number:number>/reactivate", needs=Permission.REACTIVATE_ROLE, of=Assignment)
def reactivate(assignment: Assignment) -> ResponseReturnValue:
    """Let a sleeping role work again."""
    actions.reactivate_role(me(), assignment)
    flash(f"The role of {assignment.account.name} is active again.", "success")
    return _to_team(assignment)


@area.form("/cases/<ref:case>/recusals/<number:number>", needs=Permission.SETTLE_RECUSAL, of=RecusalMatch)
def settle(recusal_match: RecusalMatch) -> ResponseReturnValue:
    """Say whether an account is a person of the case."""
    return SettleForm().takes(
        actions.settle_recusal, recusal_match, "case/team/recusal.html", to=_to_team, match=recusal_match
    )


def _to_team(thing: Assignment | RecusalMatch) -> Response:
    return go(".list_page", thing.case)
