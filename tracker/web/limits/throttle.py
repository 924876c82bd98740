"""Guessing a password: a delay that grows with failed tries, and that the owner's own browser does not feel.

After five failures a try is not looked at before 1, 2, 4 ... 300 seconds have passed, and never more than 100 a day.
Failures are counted apart for each address they come from, for a browser that signed in before, and for an account
that is signed in: a stranger's tries do not lock an owner out. Counted is what was looked at and found wrong, never a
try that is still being looked at or was cut short. A few are looked at at once, so that others have the other cores.
"""

import os
from datetime import datetime, timedelta
from itertools import takewhile

import sqlalchemy as sa
from flask import request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import TooManyRequests

from tracker.actions.register.sessions import rehash
from tracker.analysis.identifiers.written import fold_identifier
from tracker.audit.doors import housekeeping, now
from tracker.audit.floods import witness_repeated
from tracker.base import db, passwords
from tracker.models.register.accounts import Account
from tracker.models.register.sessions import LoginAttempt, LoginSession
from tracker.web.guard import keyed_hash, settings
from tracker.web.limits import budgets
from tracker.web.limits.gate import Busy, Gate, aside

SENTENCE = "The email address or password is incorrect, or there were too many attempts. Wait, then try again."
FREE_TRIES, LONGEST_DELAY, A_DAY, TRIES_A_DAY = 5, timedelta(seconds=300), timedelta(days=1), 100
DEVICE = "device"
STRANGE = "from "  # a browser that is not known is told by its address
SIGNED_IN = "signed in"
BUSY = "Many people are signing in. Wait {}, then try again."
COME_AGAIN = 2  # seconds
SLOTS, SEATS = max(1, (os.cpu_count() or 1) // 2), 20
looking = Gate(SLOTS, SEATS)  # at passwords: each takes a core for a sixth of a second


def attempt(email: str, password: str) -> Account | None:
    """Check a name and password; the account that may sign in, or None. Both ways take the same time.

    Raises TooManyRequests, with a sentence, when too many tries come from this address, or at once.
    """
    tries = budgets.take_sign_in()
    account: Account | None = db.session().scalar(Account.by_email(email))
    if not _fits(email, account, password, device_of(email), tries) or account is None:
        return None
    if passwords.is_dated(account.password_hash or ""):
        rehash(account, account, password=password)
    return account


def confirms(account: Account, password: str) -> bool:
    """Whether this is the password of somebody who is signed in; a wrong one counts as a failure.

    Raises TooManyRequests, with a sentence, when this account gives too many, or at once.
    """
    return _fits(account.email, account, password, SIGNED_IN, budgets.take_confirmation(account.uid))


def failures_since(moment: datetime, email: str) -> int:
    """How many wrong passwords were tried for a name after a moment, from any browser."""
    wrong = sa.select(sa.func.count(LoginAttempt.id)).where(
        LoginAttempt.name_hash == _name_hash(email), LoginAttempt.at > moment, LoginAttempt.ok.is_(False)
    )
    return db.session().scalar(wrong) or 0


def last_sign_in(account: Account) -> datetime | None:
    """When the account signed in last."""
    return db.session().scalar(
        sa.select(sa.func.max(LoginSession.started_at)).where(LoginSession.account_id == account.id)
    )


def is_delayed(name: str, device: str) -> bool:
    """Whether tries for this name from this browser or address must still wait."""
    if len(_failures(name, LoginAttempt.device_hash.startswith(STRANGE))) >= TRIES_A_DAY and device.startswith(STRANGE):
        return True
    failed = _failures(name, LoginAttempt.device_hash == device)
    if len(failed) < FREE_TRIES:
        return False
    delay = min(timedelta(seconds=2 ** min(len(failed) - FREE_TRIES, 12)), LONGEST_DELAY)
    return len(failed) >= TRIES_A_DAY or now() - failed[0] < delay


def _failures(name: str, devices: sa.ColumnElement[bool]) -> list[datetime]:
    """When a wrong password was tried for this name since a right one, newest first, within a day."""
    tries = sa.select(LoginAttempt.at, LoginAttempt.ok).where(
        LoginAttempt.name_hash == name, devices, LoginAttempt.at > now() - A_DAY
    )
    newest = db.session().execute(tries.order_by(LoginAttempt.id.desc()).limit(TRIES_A_DAY)).all()
    return [at for at, _ in takewhile(lambda attempt: not attempt.ok, newest)]


def _fits(email: str, account: Account | None, password: str, device: str, tries: int) -> bool:
    """Look at the password when its turn has come, count what was found, and say in the audit log what was refused."""
    password_hash = account.password_hash if account is not None and account.is_active else None
    name, uid = _name_hash(email), account.uid if account is not None else None
    db.session().rollback()  # who waits holds no state of the record
    try:
        with aside(), looking.passed(tries):
            delayed = is_delayed(name, device)
            db.session().rollback()
            fits = not delayed and passwords.fits(password_hash, password)
            if not delayed:
                with housekeeping() as record:
                    record.add(LoginAttempt(name_hash=name, device_hash=device, at=now(), ok=fits))
    except Busy:
        raise TooManyRequests(BUSY.format(budgets.in_words(COME_AGAIN)), retry_after=COME_AGAIN) from None
    if not fits:
        same = {"account": uid, "name": name[:32]}
        witness_repeated("login.delayed" if delayed else "login.failed", None, outcome="failed", same=same)
    return fits


def device_of(email: str) -> str:
    """A word for this browser if it has signed in under this name before, or for the address it comes from."""
    try:
        device, name = _signer().loads(request.cookies.get(DEVICE, ""))
    except (BadSignature, ValueError, TypeError):
        return _stranger()
    return keyed_hash("device", str(device)) if name == _name_hash(email) else _stranger()


def _name_hash(email: str) -> str:
    """Of the address as accounts are found by it: another spelling is no other name."""
    return keyed_hash("name", fold_identifier(email))


def _stranger() -> str:
    return f"{STRANGE}{budgets.source_hash()}"


def device_cookie(email: str, device: str) -> str:
    """What a browser keeps so that it is known next time; it opens nothing by itself."""
    return str(_signer().dumps([device, _name_hash(email)]))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().secret_key, salt="device")
