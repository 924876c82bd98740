"""Signing in against guessing: a delay that grows with failed tries, and that the victim's own browser does not feel.

From the sixth failure on a try is not looked at before 1, 2, 4 ... 300 seconds have passed, and never more than 100 a
day. Tries from a browser that signed in before are counted apart, so that a stranger's tries do not lock its owner out.
"""

from datetime import timedelta

import sqlalchemy as sa
from flask import request
from itsdangerous import BadSignature, URLSafeSerializer

from tracker import db, passwords
from tracker.actions.accounts import rehash, sign_in
from tracker.guard import keyed, settings
from tracker.ledger import housekeeping, now, witness
from tracker.models.accounts import LoginAttempt, User, folded

SENTENCE = "That address and password do not fit together, or there were too many tries. Wait a moment and try again."
FREE_TRIES, LONGEST_DELAY, A_DAY, TRIES_A_DAY = 5, timedelta(seconds=300), timedelta(days=1), 100
DEVICE = "device"


def attempt(email: str, password: str) -> User | None:
    """Check a name and password; the account that may sign in, or None. Both ways take the same time."""
    name, device = keyed("name", folded(email)), device_of(email)
    user = db.session().scalar(User.by_email(email))
    fits = passwords.fits(user.password_hash if user is not None and user.is_active else None, password)
    delayed = is_delayed(name, device)
    ok = fits and not delayed and user is not None
    with housekeeping() as record:
        record.add(LoginAttempt(name_hash=name, device_hash=device, at=now(), ok=ok))
    if not ok:
        known = user.uid if user is not None else None
        witness("login.delayed" if delayed else "login.failed", None, out="failed", account=known, name=name[:32])
        return None
    sign_in(user, user)
    if passwords.is_dated(user.password_hash):
        rehash(user, user, password=password)
    return user


def is_delayed(name: str, device: str) -> bool:
    """Whether tries for this name from this kind of browser must still wait."""
    tries = sa.select(LoginAttempt.at, LoginAttempt.ok).where(
        LoginAttempt.name_hash == name, LoginAttempt.device_hash == device, LoginAttempt.at > now() - A_DAY
    )
    found = db.session().execute(tries.order_by(LoginAttempt.at.desc()).limit(TRIES_A_DAY)).all()
    failed = 0
    for attempt_ in found:
        if attempt_.ok:
            break
        failed += 1
    if failed < FREE_TRIES:
        return False
    delay = min(timedelta(seconds=2 ** min(failed - FREE_TRIES, 12)), LONGEST_DELAY)
    return failed >= TRIES_A_DAY or now() - found[0].at < delay


def device_of(email: str) -> str:
    """A word for this browser if it has signed in under this name before; one word for all that have not."""
    try:
        device, name = _signer().loads(request.cookies.get(DEVICE, ""))
    except (BadSignature, ValueError, TypeError):
        return "unknown"
    return keyed("device", str(device)) if name == keyed("name", folded(email)) else "unknown"


def device_cookie(email: str, device: str) -> str:
    """What a browser keeps so that it is known next time; it opens nothing by itself."""
    return str(_signer().dumps([device, keyed("name", folded(email))]))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().secret_key, salt="device")
