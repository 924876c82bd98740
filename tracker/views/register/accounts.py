"""Accounts: whom an administrator lets in. Nothing here says who works on which case, and no password is set here."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from flask import flash
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Regexp

from tracker.actions.case.roles import name_lead
from tracker.actions.register import accounts as actions
from tracker.base import db
from tracker.models.access.words import IdentifierKind
from tracker.models.case.cases import Case
from tracker.models.case.staffing import select_leaderless
from tracker.models.register.accounts import Account, Alias
from tracker.models.register.sessions import LoginSession
from tracker.models.register.storage import used_by_each
from tracker.models.register.words import Kind
from tracker.policy import Permission
from tracker.policy.quotas import allowed, share
from tracker.web.fields import EmailText, ShortText, WordField, needed
from tracker.web.forms import EditForm, FilterForm, RecordForm
from tracker.web.guard import Area, me, settings
from tracker.web.lists import register
from tracker.web.places import go, to
from tracker.web.rendering import page

area = Area("accounts", __name__)
ADDRESS = Regexp(actions.ADDRESS + "$", message="Enter an email address, such as name@office.example.")


class AccountFilter(FilterForm):
    """Narrow the list of accounts."""

    model, searched = Account, (Account.name, Account.email)
    q = ShortText("Name or email address")
    kind = WordField("Kind", Kind, empty="Any")
    state = SelectField(
        "State",
        default="",
        choices=[SelectChoice("", "Any"), *(SelectChoice(word, word.capitalize()) for word in Account.STATES)],
    )

    def by_state(self, select: Any, state: str) -> Any:
        """Accounts in one state."""
        return select.where(Account.STATES[state]())


class InviteForm(RecordForm):
    """A new account; its owner sets the password."""

    name = ShortText("Name", [needed("Enter the name.")], longest=120)
    email = EmailText("Email address", [needed("Enter the email address."), ADDRESS])
    kind = WordField("Kind", Kind, empty="Choose", validators=[needed("Choose a kind.")])


class NameForm(EditForm):
    """The name of an account."""

    name = ShortText("Name", [needed("Enter the name.")], longest=120)


class LeadForm(RecordForm):
    """A member to lead a case in which nobody can act."""

    reference = SelectField("Case", [needed("Choose a case.")])
    email = EmailText(
        "Email address of the new lead investigator", [needed("Enter the email address of a member account.")]
    )

    def __init__(self, references: Iterable[str]) -> None:
        super().__init__()
        self.reference.choices = [SelectChoice(reference, reference) for reference in references]


class AliasForm(RecordForm):
    """Another identifier by which an account may stand in an access log."""

    kind = WordField("Kind", IdentifierKind, empty="Choose", validators=[needed("Choose a kind.")])
    value = ShortText(
        "Identifier", [needed("Enter the identifier exactly as the other system writes it.")], longest=254
    )


register(
    area, Account, "accounts", needs=Permission.MANAGE_ACCOUNTS, noun="account", everywhere=Account.visible_to,
    filter=AccountFilter, sort="name", template="register/accounts/list.html",
    sorts={"name": Account.name, "email": Account.email_folded, "kind": Account.kind, "created": Account.created_at},
    also=lambda _case, listing: {"seen": _last_sign_ins(listing.rows), "files": _files_of(listing.rows)},
)  # fmt: skip


@area.form("/accounts/new", needs=Permission.MANAGE_ACCOUNTS)
def new() -> ResponseReturnValue:
    """Invite somebody; the answer shows the link, once."""
    hours = settings().invitation_hours
    return InviteForm().takes(
        lambda admin, _register, **given: actions.invite_account(admin, None, hours=hours, **given),
        None, "register/accounts/new.html", to=lambda made: _link(*made),
    )  # fmt: skip


def _link(account: Account, token: str) -> ResponseReturnValue:
    return page("register/accounts/link.html", account=account, token=token, hours=settings().invitation_hours)


@area.form("/accounts/cases-without-lead", needs=Permission.MANAGE_ACCOUNTS)
def leaderless() -> ResponseReturnValue:
    """Cases in which nobody is left who could act, by their references alone; name a lead."""
    cases = {case.reference: case for case in db.session().scalars(select_leaderless(me()).order_by(Case.reference))}
    if not cases:
        return page("register/accounts/leaderless.html", cases=cases)
    return LeadForm(cases).takes(
        lambda admin, _register, reference, email: name_lead(admin, cases[reference], email=email),
        None, "register/accounts/leaderless.html", to=lambda _: go(".leaderless"), cases=cases,
        done=lambda held: f"The member was offered the lead of {held.case.reference}. The team is told.",
    )  # fmt: skip


@area.route("/accounts/<number:number>", needs=Permission.MANAGE_ACCOUNTS, of=Account)
def show(account: Account) -> ResponseReturnValue:
    """One account."""
    return page("register/accounts/show.html", seen=_last_sign_ins([account]))


@area.form("/accounts/<number:number>/edit", needs=Permission.MANAGE_ACCOUNTS, of=Account)
def edit(account: Account) -> ResponseReturnValue:
    """Change the name."""
    return NameForm(obj=account).takes(actions.edit_account, account, "register/accounts/edit.html")


@area.post("/accounts/<number:number>/reset", needs=Permission.MANAGE_ACCOUNTS, of=Account)
def reset(account: Account) -> ResponseReturnValue:
    """A link for a new password, shown once."""
    token = actions.reset_account(me(), account, hours=settings().invitation_hours)
    return _link(account, token)


@area.post("/accounts/<number:number>/disable", needs=Permission.MANAGE_ACCOUNTS, of=Account)
def disable(account: Account) -> ResponseReturnValue:
    """Shut an account out."""
    actions.disable_account(me(), account)
    return _back_to(account, "The account is disabled, and its sessions have ended.")


@area.post("/accounts/<number:number>/enable", needs=Permission.MANAGE_ACCOUNTS, of=Account)
def enable(account: Account) -> ResponseReturnValue:
    """Let an account in again."""
    actions.enable_account(me(), account)
    return _back_to(account, "The account can sign in again. Its roles are inactive until the lead reactivates them.")


@area.post("/accounts/<number:number>/end-sessions", needs=Permission.MANAGE_ACCOUNTS, of=Account)
def end_sessions(account: Account) -> ResponseReturnValue:
    """Sign an account out everywhere."""
    actions.end_sessions(me(), account)
    return _back_to(account, "All sessions of the account have ended.")


@area.form("/accounts/<number:number>/aliases", needs=Permission.MANAGE_ACCOUNTS, of=Account)
def alias(account: Account) -> ResponseReturnValue:
    """Add an identifier."""
    return AliasForm().takes(
        actions.add_alias, account, "register/accounts/alias.html", to=lambda _: to(account),
        done="The identifier was added, and compared with the people of every case.",
    )  # fmt: skip


@area.post("/accounts/<number:number>/aliases/<number:alias>/remove", needs=Permission.MANAGE_ACCOUNTS, of=Alias)
def remove_alias(alias: Alias) -> ResponseReturnValue:
    """Take an identifier away."""
    account = alias.account
    actions.remove_alias(me(), alias)
    return _back_to(account, "The identifier was removed.")


def _back_to(account: Account, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return to(account)


def _last_sign_ins(accounts: list[Account]) -> dict[int, Any]:
    """When each of these accounts signed in last, by its id."""
    last = sa.select(LoginSession.account_id, sa.func.max(LoginSession.started_at)).group_by(LoginSession.account_id)
    found = db.session().execute(last.where(LoginSession.account_id.in_([account.id for account in accounts])))
    return dict(found.all())


def _files_of(accounts: list[Account]) -> dict[int, str]:
    """What the files of each of these accounts take, of what they may; nothing of the cases they are in."""
    found: Any = db.session().execute(used_by_each([account.id for account in accounts]))
    used = {account_id: int(size) for account_id, size in found}
    return {account.id: share(used.get(account.id, 0), allowed.member) for account in accounts}
