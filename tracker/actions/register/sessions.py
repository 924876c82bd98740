"""Signing in and out, and one's own password. What ends a session ends it in the transaction that says so."""

import sqlalchemy as sa

from tracker.audit.doors import Refused, action, note, now
from tracker.base import db, passwords
from tracker.models.register.accounts import Account
from tracker.models.register.sessions import LoginSession
from tracker.policy import Permission


@action(Permission.ANYONE, "login.ok", changes=False)
def sign_in(actor: Account, account: Account, *, login: LoginSession) -> None:
    """Somebody signed in; asked after the password was found right. The entry binds the session to the account."""
    if not actor.is_active:
        raise Refused("This account cannot sign in.")
    login.account = actor
    db.session().add(login)
    note(session=login.binding)


@action(Permission.SIGNED_IN, "login.ended", changes=False)
def sign_out(actor: Account, account: Account, *, login: LoginSession) -> None:
    """Somebody signed out; a copy of the cookie is dead."""
    _end([login])


@action(Permission.SIGNED_IN, "session.ended", changes=False)
def end_session(actor: Account, login: LoginSession) -> None:
    """Somebody ended another session of their own."""
    _end([login])


@action(Permission.SIGNED_IN, "password.confirmed", changes=False)
def confirm_password(actor: Account, account: Account) -> None:
    """Somebody gave their password again, to sign, approve, close, reveal or export with names."""


@action(Permission.SIGNED_IN, "password.changed")
def change_password(
    actor: Account, account: Account, *, current: str, new: str, keep: LoginSession | None = None
) -> None:
    """A new password for oneself, after the current one; every session but `keep` ends."""
    if not passwords.fits(actor.password_hash, current):
        raise Refused("The current password is incorrect.")
    set_password(actor, new)
    actor.password_notice = True
    end_sessions_of(actor, keep)


@action(Permission.SIGNED_IN, "password.notice_given")
def note_password_notice(actor: Account, account: Account) -> None:
    """The owner was told that the password was changed."""
    actor.password_notice = False


@action(Permission.ANYONE, "password.rehashed")
def rehash(actor: Account, account: Account, *, password: str) -> None:
    """The same password under today's parameters."""
    actor.password_hash = passwords.hash_password(password)


def set_password(actor: Account, password: str) -> None:
    """Inside an action: take a password, or refuse it with a sentence."""
    try:
        passwords.check(password, actor.email, actor.name)
    except passwords.BadPassword as bad:
        raise Refused(str(bad)) from bad
    actor.password_hash, actor.password_set_at = passwords.hash_password(password), now()


def end_sessions_of(actor: Account, keep: LoginSession | None = None) -> None:
    """Inside an action: end every session of an account but `keep`, and note how many."""
    living = sa.select(LoginSession).where(LoginSession.account_id == actor.id, LoginSession.ended_at.is_(None))
    ended = [login for login in db.session().scalars(living) if keep is None or login.id != keep.id]
    _end(ended)
    note(sessions=len(ended))


def _end(logins: list[LoginSession]) -> None:
    for login in logins:
        login.ended_at = login.ended_at or now()
    if logins:
        note(ended=[login.binding for login in logins])
