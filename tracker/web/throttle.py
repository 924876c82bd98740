"""Guessing a password: a delay that grows with failed tries, and that the owner's own browser does not feel.

After five failures a try is not looked at before 1, 2, 4 ... 300 seconds have passed, and never more than 100 a day.
Tries from a browser that signed in before are counted apart, so that a stranger's tries do not lock its owner out. A
try is written down before it is looked at: a hundred at once are counted like a hundred in a row.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from tracker.actions.register.sessions import rehash
from tracker.audit.doors import housekeeping, now, witness
from tracker.base import db, passwords
from tracker.base.text import fold
from tracker.models.register.accounts import Account
from tracker.models.register.sessions import LoginAttempt, LoginSession
from tracker.web.guard import keyed_hash, settings

SENTENCE = "The email address or password is incorrect, or there were too many attempts. Wait, then try again."
FREE_TRIES, LONGEST_DELAY, A_DAY, TRIES_A_DAY = 5, timedelta(seconds=300), timedelta(days=1), 100
DEVICE = "device"


def attempt(email: str, password: str) -> Account | None:
    """Check a name and password; the account that may sign in, or None. Both ways take the same time."""
    account: Account | None = db.session().scalar(Account.by_email(email))
    if not _fits(email, account, password) or account is None:
        return None
    if passwords.is_dated(account.password_hash or ""):
        rehash(account, account, password=password)
    return account


def confirms(account: Account, password: str) -> bool:
    """Whether this is the password of somebody who is signed in; a wrong one counts as a try."""
    return _fits(account.email, account, password)


def failures_since(moment: datetime, email: str) -> int:
    """How many wrong passwords were tried for a name after a moment, from any browser."""
    wrong = sa.select(sa.func.count(LoginAttempt.id)).where(
        LoginAttempt.name_hash == keyed_hash("name", fold(email)), LoginAttempt.at > moment, LoginAttempt.ok.is_(False)
    )
    return db.session().scalar(wrong) or 0


def last_sign_in(account: Account) -> datetime | None:
    """When the account signed in last."""
    return db.session().scalar(
        sa.select(sa.func.max(LoginSession.started_at)).where(LoginSession.account_id == account.id)
    )


def is_delayed(name: str, device: str) -> bool:
    """Whether tries for this name from this kind of browser must still wait."""
    tries = sa.select(LoginAttempt.at, LoginAttempt.ok).where(
        LoginAttempt.name_hash == name, LoginAttempt.device_hash == device, LoginAttempt.at > now() - A_DAY
    )
    failed: list[datetime] = []
    for at, ok in db.session().execute(tries.order_by(LoginAttempt.id.desc()).limit(TRIES_A_DAY)):
        if ok:
            break
        failed.append(at)
    if len(failed) < FREE_TRIES:
        return False
    delay = min(timedelta(seconds=2 ** min(len(failed) - FREE_TRIES, 12)), LONGEST_DELAY)
    return len(failed) >= TRIES_A_DAY or now() - failed[0] < delay


def _fits(email: str, account: Account | None, password: str) -> bool:
    """Count the try, look at the password, and say in the audit log when it was refused."""
    password_hash = account.password_hash if account is not None and account.is_active else None
    name, uid = keyed_hash("name", fold(email)), account.uid if account is not None else None
    with housekeeping() as record:
        _take_turn(record, name)
        delayed = is_delayed(name, device := device_of(email))
        trial = LoginAttempt(name_hash=name, device_hash=device, at=now(), ok=False)
        if not delayed:
            record.add(trial)
    fits = passwords.fits(password_hash, password)
    if delayed or not fits:
        witness("login.delayed" if delayed else "login.failed", None, outcome="failed", account=uid, name=name[:32])
        return False
    with housekeeping():
        trial.ok = True
    return True


def _take_turn(record: Session, name: str) -> None:
    """Tries for one name are counted one after the other; SQLite has one writer at a time anyway."""
    if record.get_bind().dialect.name == "postgresql":
        record.execute(sa.select(sa.func.pg_advisory_xact_lock(int(name[:15], 16))))


def device_of(email: str) -> str:
    """A word for this browser if it has signed in under this name before; one word for all that have not."""
    try:
        device, name = _signer().loads(request.cookies.get(DEVICE, ""))
    except (BadSignature, ValueError, TypeError):
        return "unknown"
    return keyed_hash("device", str(device)) if name == keyed_hash("name", fold(email)) else "unknown"


def device_cookie(email: str, device: str) -> str:
    """What a browser keeps so that it is known next time; it opens nothing by itself."""
    return str(_signer().dumps([device, keyed_hash("name", fold(email))]))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().secret_key, salt="device")
