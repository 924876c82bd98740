"""Accounts: who may sign in. An administrator invites and never sets a password; a link works once."""

import hashlib
import re
import secrets
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker.actions.access import recusal
from tracker.actions.register.founding import add_standard_texts
from tracker.actions.register.sessions import end_sessions_of, set_password
from tracker.analysis.identifiers.skeleton import skeleton
from tracker.analysis.identifiers.written import fold_identifier
from tracker.analysis.letters import mixes_alphabets
from tracker.audit.doors import Refused, action, note, now
from tracker.base import db
from tracker.base.text import fold
from tracker.models.access.words import IdentifierKind
from tracker.models.case.assignments import Assignment
from tracker.models.register.accounts import Account, Alias, Invitation
from tracker.models.register.words import Kind
from tracker.policy import Permission

ADDRESS = r"[^\s@,;<>]+@[^\s@,;<>]+"
INVITE, RESET = "invite", "reset"
ONE_KIND = "An administrator cannot be a member with the same address. Name another address for the member."


@action(Permission.FOUND_REGISTER, "register.founded")
def found_register(program: Any, register: None, *, email: str, name: str, hours: int) -> tuple[Account, str]:
    """Make the standard texts, the first administrator and their one-time link; refused when there is an account."""
    if db.session().scalar(sa.select(sa.func.count(Account.id))):
        raise Refused("This register is already set up. Use 'tracker account invite'.")
    add_standard_texts()
    return _invite(email, name, Kind.ADMINISTRATOR, hours)


@action(Permission.FOUND_REGISTER, "account.invited")
def invite_first_member(program: Any, register: None, *, email: str, name: str, hours: int) -> tuple[Account, str]:
    """Make the account of whoever founds the register as a member too: one account has one kind, and one address."""
    if db.session().scalar(Account.by_email(email)):
        raise Refused(ONE_KIND)
    _must_be_unlike(email)
    return _invite(email, name, Kind.MEMBER, hours)


@action(Permission.MANAGE_ACCOUNTS, "account.invited")
def invite_account(
    admin: Account, register: None, *, email: str, name: str, kind: Kind, hours: int
) -> tuple[Account, str]:
    """Make an account and its one-time link, which is shown once and never kept."""
    if db.session().scalar(Account.by_email(email)):
        raise Refused("An account with this email address exists. Open that account to reset it.")
    _must_be_unlike(email)
    return _invite(email, name, kind, hours)


@action(Permission.ANYONE, "account.activated")
def accept_invitation(account: Account, invitation: Invitation, *, password: str) -> None:
    """Set the first password, or a new one after a reset. The link is used up, and no older session lives on."""
    if (
        invitation.used_at
        or invitation.expires_at < now()
        or account.disabled_at
        or invitation.account_id != account.id
    ):
        raise Refused("This link no longer works. Ask an administrator for a new link.")
    set_password(account, password)
    invitation.used_at, account.password_notice = now(), invitation.purpose == RESET
    end_sessions_of(account)


@action(Permission.MANAGE_ACCOUNTS, "account.changed", edits=True)
def edit_account(admin: Account, account: Account, *, name: str) -> None:
    """A new name for an account; its address and kind stay as they are."""
    account.name, account.name_folded = name, fold(name)


@action(Permission.MANAGE_ACCOUNTS, "account.alias_added")
def add_alias(admin: Account, account: Account, *, kind: IdentifierKind, value: str) -> Alias:
    """Another identifier of an account; the recusal is matched again at once in every case with a role of it."""
    if (kind.value, fold_identifier(value)) in account.spellings():
        raise Refused("This account already has that identifier.")
    alias = Alias(account=account, kind=kind, value=value, value_folded=fold_identifier(value))
    db.session().add(alias)
    db.session().flush()  # the recusal reads what is there
    db.session().expire(account, ["aliases"])
    recusal.match_account(account)
    return alias


@action(Permission.MANAGE_ACCOUNTS, "account.alias_removed")
def remove_alias(admin: Account, alias: Alias) -> None:
    """Take an identifier away that is not this account's. A recusal it has raised stands until it is settled."""
    note(account=alias.account.uid)
    db.session().delete(alias)


@action(Permission.MANAGE_ACCOUNTS, "account.disabled")
def disable_account(admin: Account, account: Account) -> None:
    """Shut an account out from the next request on; its sessions end and its open link is void."""
    if account.id == admin.id:
        raise Refused("You cannot disable your own account. Ask another administrator.")
    if account.disabled_at:
        raise Refused("This account is already disabled.")
    account.disabled_at = now()
    end_sessions_of(account)
    _void_links(account)


@action(Permission.MANAGE_ACCOUNTS, "account.enabled")
def enable_account(admin: Account, account: Account) -> None:
    """Let a disabled account sign in again; its roles stay inactive until they are reactivated."""
    if not account.disabled_at:
        raise Refused("This account is not disabled.")
    account.disabled_at = None
    _deactivate_roles(account)


@action(Permission.MANAGE_ACCOUNTS, "account.reset")
def reset_account(admin: Account, account: Account, *, hours: int) -> str:
    """A one-time link for a new password. The old one is void, the sessions end, the roles become inactive."""
    if account.id == admin.id:
        raise Refused("You cannot reset your own account. Change your password instead.")
    if account.disabled_at:
        raise Refused("Enable this account first. It is disabled.")
    note(account=account.uid)
    account.password_hash = None
    end_sessions_of(account)
    _deactivate_roles(account)
    return _link(account, RESET if account.password_set_at else INVITE, hours)


@action(Permission.MANAGE_ACCOUNTS, "account.sessions_ended", changes=False)
def end_sessions(admin: Account, account: Account) -> None:
    """End every session of an account, for instance when a browser was lost; the password stays."""
    end_sessions_of(account)


def invitation_of(token: str) -> Invitation | None:
    """The invitation behind a link, if it can still be used."""
    found = db.session().scalar(sa.select(Invitation).where(Invitation.token_hash == _hash(token)))
    usable = (
        found is not None and found.used_at is None and found.expires_at > now() and found.account.disabled_at is None
    )
    return found if usable else None


def _must_be_unlike(email: str) -> None:
    """No address that passes for another: whoever gives a role by address reads it with the eye."""
    name, _, domain = email.partition("@")
    if any(map(mixes_alphabets, (name, *domain.split(".")))):
        raise Refused("This email address mixes letters of several alphabets. Type the address again on your keyboard.")
    folded, addresses = fold_identifier(email), Alias.kind == IdentifierKind.EMAIL
    looks = skeleton(folded)
    known = sa.union_all(sa.select(Account.email_folded), sa.select(Alias.value_folded).where(addresses))
    for other in db.session().scalars(known):
        if skeleton(other) == looks and not (folded.isascii() and other.isascii()):
            raise Refused(f"This email address looks like {other}, which is in use. Check each letter of the address.")


def _invite(email: str, name: str, kind: Kind, hours: int) -> tuple[Account, str]:
    if not re.fullmatch(ADDRESS, email):
        raise Refused("Enter an email address, such as name@office.example.")
    account = Account(
        email=email, email_folded=fold_identifier(email), name=name, name_folded=fold(name), kind=kind, created_at=now()
    )
    db.session().add(account)
    db.session().flush()  # the invitation needs the account's id
    note(account=account.uid)
    return account, _link(account, INVITE, hours)


def _link(account: Account, purpose: str, hours: int) -> str:
    _void_links(account)
    token, moment = secrets.token_urlsafe(32), now()
    db.session().add(
        Invitation(
            account_id=account.id,
            token_hash=_hash(token),
            purpose=purpose,
            made_at=moment,
            expires_at=moment + timedelta(hours=hours),
        )
    )
    return token


def _void_links(account: Account) -> None:
    unused = sa.select(Invitation).where(Invitation.account_id == account.id, Invitation.used_at.is_(None))
    for earlier in db.session().scalars(unused):
        earlier.used_at = now()


def _deactivate_roles(account: Account) -> None:
    """Offers too: whoever holds the new link must not take up a role before somebody knows who it is."""
    held = sa.select(Assignment).where(
        Assignment.account_id == account.id,
        Assignment.ended_at.is_(None),
        Assignment.declined_at.is_(None),
        Assignment.inactive_since.is_(None),
    )
    for assignment in db.session().scalars(held):
        assignment.inactive_since = now()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
