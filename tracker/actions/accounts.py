"""Accounts: who may sign in. An administrator invites and never sets a password; a link works once."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from tracker import db, passwords, wall
from tracker.ledger import Refused, Stale, action, now
from tracker.models.accounts import Alias, Invitation, User, folded
from tracker.models.duties import Assignment
from tracker.models.words import IdentifierKind, Kind
from tracker.policy import Permission


@action(Permission.FOUND_REGISTER, "register.founded")
def found_register(program: Any, register: None, *, email: str, name: str, hours: int) -> tuple[User, str]:
    """Make the first administrator and her one-time link; refused when there is an account already."""
    if db.session().scalar(sa.select(sa.func.count(User.id))):
        raise Refused("This register was founded before; use 'tracker user invite'.")
    return _invited(email, name, Kind.ADMINISTRATOR, hours)


@action(Permission.MANAGE_ACCOUNTS, "account.invited")
def invite_user(admin: User, register: None, *, email: str, name: str, kind: Kind, hours: int) -> tuple[User, str]:
    """Make an account and its one-time link, which is shown once and never kept."""
    if db.session().scalar(User.by_email(email)):
        raise Refused("There is an account with this address; open it to reset it.")
    return _invited(email, name, kind, hours)


@action(Permission.ANYONE, "account.activated")
def accept_invitation(user: User, invitation: Invitation, *, password: str) -> None:
    """Set the first password, or a new one after a reset. The link is used up; a reset ends nothing but itself."""
    if invitation.used_at or invitation.expires_at < now() or user.disabled_at:
        raise Refused("This link no longer works; ask an administrator for a new one.")
    passwords.check(password, user.email, user.name)
    invitation.used_at = now()
    user.password_hash, user.password_set_at = passwords.hashed(password), now()


@action(Permission.ANYONE, "login.ok", changes=False)
def sign_in(user: User, account: User) -> None:
    """Somebody signed in; asked after the password was found right."""
    if not user.is_active:
        raise Refused("This account cannot sign in.")


@action(Permission.SIGNED_IN, "login.ended", changes=False)
def sign_out(user: User, account: User) -> None:
    """Somebody signed out."""


@action(Permission.SIGNED_IN, "session.ended", changes=False)
def end_session(user: User, account: User) -> None:
    """Somebody ended another session of her own."""


@action(Permission.ANYONE, "password.rehashed")
def rehash(user: User, account: User, *, password: str) -> None:
    """The same password under today's parameters."""
    user.password_hash = passwords.hashed(password)


@action(Permission.SIGNED_IN, "password.changed")
def change_password(user: User, account: User, *, current: str, new: str) -> None:
    """A new password for oneself, after the current one."""
    if not passwords.fits(user.password_hash, current):
        raise Refused("The current password is not right.")
    passwords.check(new, user.email, user.name)
    user.password_hash, user.password_set_at, user.password_notice = passwords.hashed(new), now(), True


@action(Permission.SIGNED_IN, "password.notice_read")
def dismiss_password_notice(user: User, account: User) -> None:
    """The owner has seen that the password was changed."""
    user.password_notice = False


@action(Permission.MANAGE_ACCOUNTS, "account.changed")
def edit_user(admin: User, user: User, *, row: int, name: str) -> None:
    """A new name for an account; its address and kind stay as they are."""
    if user.row != row:
        raise Stale(user)
    user.name, user.row = name, user.row + 1


@action(Permission.MANAGE_ACCOUNTS, "account.alias_added")
def add_alias(admin: User, user: User, *, kind: IdentifierKind, value: str) -> Alias:
    """Another identifier of a user; the recusal wall is matched again at once in every case she works in."""
    if (kind.value, folded(value)) in user.spellings():
        raise Refused("This account has that identifier already.")
    alias = Alias(user=user, kind=kind, value=value, value_folded=folded(value))
    db.session().add(alias)
    db.session().flush()
    wall.match_user(user)
    return alias


@action(Permission.MANAGE_ACCOUNTS, "account.disabled")
def disable_user(admin: User, user: User) -> None:
    """Shut an account out; its sessions die with the next request."""
    if user.id == admin.id:
        raise Refused("You cannot disable your own account; ask another administrator.")
    if user.disabled_at:
        raise Refused("This account is disabled already.")
    user.disabled_at = now()


@action(Permission.MANAGE_ACCOUNTS, "account.enabled")
def enable_user(admin: User, user: User) -> None:
    """Let a disabled account sign in again; its duties sleep until they are woken."""
    if not user.disabled_at:
        raise Refused("This account is not disabled.")
    user.disabled_at = None
    _put_duties_to_sleep(user)


@action(Permission.MANAGE_ACCOUNTS, "account.reset")
def reset_user(admin: User, user: User, *, hours: int) -> str:
    """A one-time link for a new password. The old one is void, and the duties sleep until somebody wakes them."""
    if user.disabled_at:
        raise Refused("This account is disabled; enable it first.")
    user.password_hash = None
    _put_duties_to_sleep(user)
    return _link(user, "reset", hours)


def invitation_of(token: str) -> Invitation | None:
    """The invitation behind a link, if it can still be used."""
    found = db.session().scalar(sa.select(Invitation).where(Invitation.token_hash == _hash(token)))
    usable = found is not None and found.used_at is None and found.expires_at > now() and found.user.disabled_at is None
    return found if usable else None


def _invited(email: str, name: str, kind: Kind, hours: int) -> tuple[User, str]:
    user = User(email=email, email_folded=folded(email), name=name, kind=kind, created_at=now())
    db.session().add(user)
    db.session().flush()  # the invitation needs the account's id
    return user, _link(user, "invite", hours)


def _link(user: User, purpose: str, hours: int) -> str:
    moment: datetime = now()
    for earlier in db.session().scalars(
        sa.select(Invitation).where(Invitation.user_id == user.id, Invitation.used_at.is_(None))
    ):
        earlier.used_at = moment
    token = secrets.token_urlsafe(32)
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


def _put_duties_to_sleep(user: User) -> None:
    held = sa.select(Assignment).where(
        Assignment.user_id == user.id,
        Assignment.ended_at.is_(None),
        Assignment.accepted_at.is_not(None),
        Assignment.asleep_at.is_(None),
    )
    for assignment in db.session().scalars(held):
        assignment.asleep_at = now()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
