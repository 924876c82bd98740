"""Accounts: who may sign in. An administrator invites and never sets a password; a link works once."""

import hashlib
import re
import secrets
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker import db, wall
from tracker.actions.founding import add_standard_texts
from tracker.actions.sessions import end_sessions_of, set_password
from tracker.audit.doors import Refused, action, note, now
from tracker.models.accounts import Alias, Invitation, User, folded
from tracker.models.duties import Assignment
from tracker.models.words.accounts import Kind
from tracker.models.words.people import IdentifierKind
from tracker.policy import Permission

ADDRESS = r"[^\s@,;<>]+@[^\s@,;<>]+"
INVITE, RESET = "invite", "reset"


@action(Permission.FOUND_REGISTER, "register.founded")
def found_register(program: Any, register: None, *, email: str, name: str, hours: int) -> tuple[User, str]:
    """Make the standard texts, the first administrator and their one-time link; refused when there is an account."""
    if db.session().scalar(sa.select(sa.func.count(User.id))):
        raise Refused("This register is already set up. Use 'tracker user invite'.")
    add_standard_texts()
    return _invited(email, name, Kind.ADMINISTRATOR, hours)


@action(Permission.MANAGE_ACCOUNTS, "account.invited")
def invite_user(admin: User, register: None, *, email: str, name: str, kind: Kind, hours: int) -> tuple[User, str]:
    """Make an account and its one-time link, which is shown once and never kept."""
    if db.session().scalar(User.by_email(email)):
        raise Refused("An account with this email address exists. Open that account to reset it.")
    return _invited(email, name, kind, hours)


@action(Permission.ANYONE, "account.activated")
def accept_invitation(user: User, invitation: Invitation, *, password: str) -> None:
    """Set the first password, or a new one after a reset. The link is used up, and no older session lives on."""
    if invitation.used_at or invitation.expires_at < now() or user.disabled_at or invitation.user_id != user.id:
        raise Refused("This link no longer works. Ask an administrator for a new link.")
    set_password(user, password)
    invitation.used_at, user.password_notice = now(), invitation.purpose == RESET
    end_sessions_of(user)


@action(Permission.MANAGE_ACCOUNTS, "account.changed", edits=True)
def edit_user(admin: User, user: User, *, name: str) -> None:
    """A new name for an account; its address and kind stay as they are."""
    user.name = name


@action(Permission.MANAGE_ACCOUNTS, "account.alias_added")
def add_alias(admin: User, user: User, *, kind: IdentifierKind, value: str) -> Alias:
    """Another identifier of a user; the recusal wall is matched again at once in every case she works in."""
    if (kind.value, folded(value)) in user.spellings():
        raise Refused("This account already has that identifier.")
    alias = Alias(user=user, kind=kind, value=value, value_folded=folded(value))
    db.session().add(alias)
    db.session().flush()  # the wall reads what is there
    db.session().expire(user, ["aliases"])
    wall.match_user(user)
    return alias


@action(Permission.MANAGE_ACCOUNTS, "account.alias_removed")
def remove_alias(admin: User, alias: Alias) -> None:
    """Take an identifier away that is not this user's. A wall it has raised stands until it is settled."""
    note(account=alias.user.uid)
    db.session().delete(alias)


@action(Permission.MANAGE_ACCOUNTS, "account.disabled")
def disable_user(admin: User, user: User) -> None:
    """Shut an account out from the next request on; its sessions end and its open link is void."""
    if user.id == admin.id:
        raise Refused("You cannot disable your own account. Ask another administrator.")
    if user.disabled_at:
        raise Refused("This account is already disabled.")
    user.disabled_at = now()
    end_sessions_of(user)
    _void_links(user)


@action(Permission.MANAGE_ACCOUNTS, "account.enabled")
def enable_user(admin: User, user: User) -> None:
    """Let a disabled account sign in again; its duties sleep until they are woken."""
    if not user.disabled_at:
        raise Refused("This account is not disabled.")
    user.disabled_at = None
    _put_duties_to_sleep(user)


@action(Permission.MANAGE_ACCOUNTS, "account.reset")
def reset_user(admin: User, user: User, *, hours: int) -> str:
    """A one-time link for a new password. The old one is void, the sessions end, the duties sleep until woken."""
    if user.id == admin.id:
        raise Refused("You cannot reset your own account. Change your password instead.")
    if user.disabled_at:
        raise Refused("Enable this account first. It is disabled.")
    note(account=user.uid)
    user.password_hash = None
    end_sessions_of(user)
    _put_duties_to_sleep(user)
    return _link(user, RESET if user.password_set_at else INVITE, hours)


@action(Permission.MANAGE_ACCOUNTS, "account.sessions_ended", changes=False)
def end_sessions(admin: User, user: User) -> None:
    """End every session of an account, for instance when a browser was lost; the password stays."""
    end_sessions_of(user)


def invitation_of(token: str) -> Invitation | None:
    """The invitation behind a link, if it can still be used."""
    found = db.session().scalar(sa.select(Invitation).where(Invitation.token_hash == _hash(token)))
    usable = found is not None and found.used_at is None and found.expires_at > now() and found.user.disabled_at is None
    return found if usable else None


def _invited(email: str, name: str, kind: Kind, hours: int) -> tuple[User, str]:
    if not re.fullmatch(ADDRESS, email):
        raise Refused("Enter an email address, such as name@office.example.")
    user = User(email=email, email_folded=folded(email), name=name, kind=kind, created_at=now())
    db.session().add(user)
    db.session().flush()  # the invitation needs the account's id
    note(account=user.uid)
    return user, _link(user, INVITE, hours)


def _link(user: User, purpose: str, hours: int) -> str:
    _void_links(user)
    token, moment = secrets.token_urlsafe(32), now()
    db.session().add(
        Invitation(
            user_id=user.id,
            token_hash=_hash(token),
            purpose=purpose,
            made_at=moment,
            expires_at=moment + timedelta(hours=hours),
        )
    )
    return token


def _void_links(user: User) -> None:
    unused = sa.select(Invitation).where(Invitation.user_id == user.id, Invitation.used_at.is_(None))
    for earlier in db.session().scalars(unused):
        earlier.used_at = now()


def _put_duties_to_sleep(user: User) -> None:
    """Proposals sleep too: whoever holds the new link must not take up a duty before somebody knows who it is."""
    held = sa.select(Assignment).where(
        Assignment.user_id == user.id,
        Assignment.ended_at.is_(None),
        Assignment.declined_at.is_(None),
        Assignment.asleep_at.is_(None),
    )
    for assignment in db.session().scalars(held):
        assignment.asleep_at = now()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
