"""Signed-in browsers: the cookie holds a random token, the row behind it is the session, and the row can end."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask, g, request, session
from flask.sessions import SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user, logout_user
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from tracker.actions.register.sessions import sign_in
from tracker.audit.doors import housekeeping, now, witness
from tracker.base import db
from tracker.base.config import Settings
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditEntry
from tracker.models.register.sessions import LoginSession
from tracker.web.guard import CLOCK_STEP, settings

SEEN_EVERY = timedelta(minutes=1)
SHORT_PATIENCE = 0.05  # seconds that a page waits to note that its reader was seen
_seen: dict[int, datetime] = {}  # by session: when it was seen, where that could not be noted
MINE = (  # asked with every request, so it is put together once
    sa.select(LoginSession, Account, sa.select(sa.func.max(AuditEntry.seq)).scalar_subquery().label("head"))
    .join(Account, Account.id == LoginSession.account_id)
    .where(LoginSession.token_hash == sa.bindparam("token_hash"))
)


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def load(token: str) -> Account | None:
    """The account behind a cookie's token, if its session and the account still live."""
    found = db.session().execute(MINE, {"token_hash": token_hash(token)}).first()
    if found is None:
        return None
    login, account, db.session().info["head"] = found
    if not is_alive(login, now()):
        _expire(login, account)
        return None
    if not account.is_active:
        return None
    account.session_token, account.login_session = token, login  # of this one account as it asks
    return account


def is_alive(login: LoginSession, moment: datetime) -> bool:
    """Not ended, not idle too long, not older than a session may be; a clock set back prolongs nothing."""
    idle, longest = timedelta(minutes=settings().idle_minutes), timedelta(hours=settings().session_hours)
    seen = max(login.seen_at, _seen.get(login.id, login.seen_at))
    return login.ended_at is None and -CLOCK_STEP <= moment - seen <= idle and moment - login.started_at <= longest


def _expire(login: LoginSession, account: Account) -> None:
    """A session that ran out is ended the first time it is shown again, and the audit log says so."""
    if login.ended_at is None:
        with housekeeping() as record:
            record.refresh(login)
            login.ended_at = now()
        witness("login.expired", account, outcome="ok", ended=[login.binding])


def begin(account: Account) -> None:
    """Sign in, with a new session in this browser; whatever session id it had before is dead. Raises Refused."""
    token, moment = secrets.token_urlsafe(32), now()
    end_this()
    login = LoginSession(
        token_hash=token_hash(token),
        started_at=moment,
        seen_at=moment,
        confirmed_at=moment,
        browser=browser_words(),
        address=(request.remote_addr or "")[:64],
    )
    sign_in(account, account, login=login)
    session.clear()
    g.pop("csrf_token", None)  # Flask-WTF would go on with the token of the session that is gone
    account.session_token, account.login_session = token, login  # type: ignore[misc]  # of this one account as it asks
    login_user(account)


def end_this() -> None:
    """End the session of this browser, on the server and in the cookie."""
    if token := session.get("_user_id"):
        with housekeeping() as record:
            login = record.scalar(sa.select(LoginSession).where(LoginSession.token_hash == token_hash(token)))
            if login is not None and login.ended_at is None:
                login.ended_at = now()
    forget()


def forget() -> None:
    """Take everything out of this browser's cookie."""
    logout_user()
    session.clear()


def alive(account: Account) -> list[LoginSession]:
    """The sessions of an account that still live, newest first."""
    found = db.session().scalars(
        sa.select(LoginSession)
        .where(LoginSession.account_id == account.id, LoginSession.ended_at.is_(None))
        .order_by(LoginSession.id.desc())
    )
    return [login for login in found if is_alive(login, now())]


def new_device() -> str:
    """A word that tells this browser from others; it says nothing about it."""
    return secrets.token_urlsafe(16)


def saw() -> None:
    """Note that the session is in use, at most once a minute: it ends when it is idle too long."""
    if request.endpoint in {None, "static"} or not current_user.is_authenticated:
        return
    login, moment = current_user.login_session, now()
    if moment - login.seen_at > SEEN_EVERY:
        _seen[login.id] = moment  # a session in use does not end because it cannot be noted
        with db.best_effort():
            with housekeeping(SHORT_PATIENCE) as record:
                record.refresh(login)
                login.seen_at = moment
            _seen.pop(login.id, None)


def note_confirmation() -> None:
    """Note that the password was given again in this browser."""
    login = current_user.login_session
    with housekeeping() as record:
        record.refresh(login)
        login.confirmed_at = now()


def browser_words() -> str:
    """The browser's own name for itself, cut short, for the list of my sessions."""
    return (request.user_agent.string or "unknown browser")[:120]


def cookie(settings: Settings) -> dict[str, object]:
    """The cookie is `__Host-` and Secure; on plain http, which only loopback may speak, it can be neither."""
    return (
        {"SESSION_COOKIE_NAME": "__Host-tracker", "SESSION_COOKIE_SECURE": True, "SESSION_COOKIE_PATH": "/"}
        if settings.trusted_proxy
        else {"SESSION_COOKIE_NAME": "tracker_session", "SESSION_COOKIE_PATH": "/"}
    )


class _Signer(TimestampSigner):
    """Knows no age: a session ends by its row, and a clock that is set back by seconds must sign nobody out."""

    def unsign(self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False) -> Any:
        """The value, however old its signature is."""
        return super().unsign(signed_value, None, return_timestamp)  # type: ignore[call-overload]


class Cookie(SecureCookieSessionInterface):
    """Flask's signed cookie, signed without an age."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Flask's own, with our signer."""
        serializer = super().get_signing_serializer(app)
        if serializer is not None:
            serializer.signer = _Signer
        return serializer


def init_app(app: Flask, unauthorized: Callable[[], ResponseReturnValue]) -> None:
    """Let Flask-Login ask us whose token a cookie carries."""
    app.session_interface = Cookie()
    manager = LoginManager(app)
    manager.user_loader(load)
    manager.unauthorized_handler(unauthorized)
    manager.session_protection = None  # the row is the session; a browser's update must not end it
    app.before_request(saw)
