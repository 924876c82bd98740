"""Accounts: whom an administrator lets in. Nothing here says who works on which case, and no password is set here."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from flask import flash
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Regexp

from tracker import db
from tracker.actions import accounts as actions
from tracker.actions.duties import name_lead
from tracker.fields import Line, WordField, needed
from tracker.forms import EditForm, FilterForm, RecordForm
from tracker.guard import Area, me, settings
from tracker.models.accounts import Alias, User
from tracker.models.cases import Case
from tracker.models.sessions import LoginSession
from tracker.models.staffing import headless
from tracker.models.words.accounts import Kind
from tracker.models.words.people import IdentifierKind
from tracker.policy import Permission
from tracker.rendering import page
from tracker.web.lists import register
from tracker.web.places import go, to

area = Area("accounts", __name__)
ADDRESS = Regexp(actions.ADDRESS + "$", message="Enter an email address, such as name@office.example.")


class AccountFilter(FilterForm):
    """Narrow the list of accounts."""

    q = Line("Name or email address")
    kind = WordField("Kind", Kind, empty="Any")
    state = SelectField(
        "State",
        default="",
        choices=[SelectChoice("", "Any"), *(SelectChoice(word, word.capitalize()) for word in User.STATES)],
    )

    def by_q(self, select: Any, text: str) -> Any:
        """Part of the name or the address."""
        return select.where(User.name.icontains(text, autoescape=True) | User.email.icontains(text, autoescape=True))

    def by_kind(self, select: Any, kind: Kind) -> Any:
        """Accounts of one kind."""
        return select.where(User.kind == kind)

    def by_state(self, select: Any, state: str) -> Any:
        """Accounts in one state."""
        return select.where(User.STATES[state]())


class InviteForm(RecordForm):
    """A new account; its owner sets the password."""

    name = Line("Name", [needed("Enter the name.")], longest=120)
    email = Line(
        "Email address",
        [needed("Enter the email address."), ADDRESS],
        longest=254,
        render_kw={"type": "email", "autocomplete": "off"},
    )
    kind = WordField("Kind", Kind, empty="Choose", validators=[needed("Choose a kind.")])


class NameForm(EditForm):
    """The name of an account."""

    name = Line("Name", [needed("Enter the name.")], longest=120)


class LeadForm(RecordForm):
    """A member to lead a case in which nobody can act."""

    reference = SelectField("Case", [needed("Choose a case.")])
    email = Line(
        "Email address of the new lead investigator",
        [needed("Enter the email address of a member account.")],
        longest=254,
        render_kw={"type": "email", "autocomplete": "off"},
    )

    def __init__(self, references: Iterable[str]) -> None:
        super().__init__()
        self.reference.choices = [SelectChoice(reference, reference) for reference in references]


class AliasForm(RecordForm):
    """Another identifier by which a user may stand in an access log."""

    kind = WordField("Kind", IdentifierKind, empty="Choose", validators=[needed("Choose a kind.")])
    value = Line("Identifier", [needed("Enter the identifier exactly as the other system writes it.")], longest=254)


register(
    area, User, "accounts", needs=Permission.MANAGE_ACCOUNTS, noun="account", everywhere=User.visible_to,
    filter=AccountFilter, sort="name", template="accounts/list.html",
    sorts={"name": User.name, "email": User.email_folded, "kind": User.kind, "created": User.created_at},
    also=lambda _case, listing: {"seen": _last_sign_ins(listing.rows)},
)  # fmt: skip


@area.form("/accounts/new", needs=Permission.MANAGE_ACCOUNTS)
def new() -> ResponseReturnValue:
    """Invite somebody; the answer shows the link, once."""
    hours = settings().invitation_hours
    return InviteForm().takes(
        lambda admin, _register, **given: actions.invite_user(admin, None, hours=hours, **given),
        None, "accounts/new.html", to=lambda made: _link(*made),
    )  # fmt: skip


def _link(user: User, token: str) -> ResponseReturnValue:
    return page("accounts/link.html", user=user, token=token, hours=settings().invitation_hours)


@area.form("/accounts/cases-without-lead", needs=Permission.MANAGE_ACCOUNTS)
def leaderless() -> ResponseReturnValue:
    """Cases in which nobody is left who could act, by their references alone; name a lead."""
    cases = {case.reference: case for case in db.session().scalars(headless().order_by(Case.reference))}
    if not cases:
        return page("accounts/leaderless.html", cases=cases)
    return LeadForm(cases).takes(
        lambda admin, _register, reference, email: name_lead(admin, cases[reference], email=email),
        None, "accounts/leaderless.html", to=lambda _: go(".leaderless"), cases=cases,
        done=lambda held: f"The member was offered the lead of {held.case.reference}. The team is told.",
    )  # fmt: skip


@area.route("/accounts/<number:number>", needs=Permission.MANAGE_ACCOUNTS, of=User)
def show(user: User) -> ResponseReturnValue:
    """One account."""
    return page("accounts/show.html", seen=_last_sign_ins([user]))


@area.form("/accounts/<number:number>/edit", needs=Permission.MANAGE_ACCOUNTS, of=User)
def edit(user: User) -> ResponseReturnValue:
    """Change the name."""
    return NameForm(obj=user).takes(actions.edit_user, user, "accounts/edit.html")


@area.post("/accounts/<number:number>/reset", needs=Permission.MANAGE_ACCOUNTS, of=User)
def reset(user: User) -> ResponseReturnValue:
    """A link for a new password, shown once."""
    token = actions.reset_user(me(), user, hours=settings().invitation_hours)
    return _link(user, token)


@area.post("/accounts/<number:number>/disable", needs=Permission.MANAGE_ACCOUNTS, of=User)
def disable(user: User) -> ResponseReturnValue:
    """Shut an account out."""
    actions.disable_user(me(), user)
    return _back_to(user, "The account is disabled, and its sessions have ended.")


@area.post("/accounts/<number:number>/enable", needs=Permission.MANAGE_ACCOUNTS, of=User)
def enable(user: User) -> ResponseReturnValue:
    """Let an account in again."""
    actions.enable_user(me(), user)
    return _back_to(user, "The account can sign in again. Its roles are inactive until the lead reactivates them.")


@area.post("/accounts/<number:number>/end-sessions", needs=Permission.MANAGE_ACCOUNTS, of=User)
def end_sessions(user: User) -> ResponseReturnValue:
    """Sign an account out everywhere."""
    actions.end_sessions(me(), user)
    return _back_to(user, "All sessions of the account have ended.")


@area.form("/accounts/<number:number>/aliases", needs=Permission.MANAGE_ACCOUNTS, of=User)
def alias(user: User) -> ResponseReturnValue:
    """Add an identifier."""
    return AliasForm().takes(
        actions.add_alias, user, "accounts/alias.html", to=lambda _: to(user),
        done="The identifier was added, and compared with the people of every case.",
    )  # fmt: skip


@area.post("/accounts/<number:number>/aliases/<number:alias>/remove", needs=Permission.MANAGE_ACCOUNTS, of=Alias)
def remove_alias(alias: Alias) -> ResponseReturnValue:
    """Take an identifier away."""
    user = alias.user
    actions.remove_alias(me(), alias)
    return _back_to(user, "The identifier was removed.")


def _back_to(user: User, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return to(user)


def _last_sign_ins(users: list[User]) -> dict[int, Any]:
    """When each of these accounts signed in last, by its id."""
    last = sa.select(LoginSession.user_id, sa.func.max(LoginSession.started_at)).group_by(LoginSession.user_id)
    found = db.session().execute(last.where(LoginSession.user_id.in_([user.id for user in users])))
    return dict(found.all())
