"""Budgets: how much one visitor may ask for, so that no visitor stops the others.

Those who are not signed in are counted by their network address, all others by their account: an office behind one
address is not one visitor. Each process counts for itself, in memory, by a clock that nobody can set.
"""

import math
import threading
import time
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

from tracker.audit.floods import witness_repeated
from tracker.web.guard import keyed_hash, me

MOST_KEYS = 20_000  # of whoever came last; who comes again after so many others begins anew
OPEN = {"static", "home.health"}  # cost next to nothing, and must answer when nothing else does
TOO_FAST = "You sent too many requests. Wait {}, then try again."
TOO_MANY_SIGN_INS = "There were too many sign-in attempts from your network address. Wait {}, then try again."
TOO_MANY_PASSWORDS = "You entered your password too many times. Wait {}, then try again."


class Budget:
    """So many at once, and then so many a minute, for each key."""

    def __init__(self, at_once: int, a_minute: int) -> None:
        self.at_once, self.a_second = at_once, a_minute / 60
        self._left: dict[str, tuple[float, float]] = {}  # what was left, and when; who came last stands last
        self._lock = threading.Lock()

    def take(self, key: str) -> int:
        """Take one of what is left; 0, or the seconds after which there is one again."""
        with self._lock:
            left, now = self._now_left(key), time.monotonic()
            self._left.pop(key, None)
            self._left[key] = (left - 1 if left >= 1 else left, now)
            if len(self._left) > MOST_KEYS:
                del self._left[next(iter(self._left))]
        return 0 if left >= 1 else math.ceil((1 - left) / self.a_second)

    def used(self, key: str) -> int:
        """How many were taken that have not come back yet."""
        with self._lock:
            return math.ceil(self.at_once - self._now_left(key))

    def _now_left(self, key: str) -> float:
        left, at = self._left.get(key, (float(self.at_once), time.monotonic()))
        return min(float(self.at_once), left + (time.monotonic() - at) * self.a_second)


@dataclass(frozen=True)
class Budgets:
    """What is counted: passwords, wrong or right, of an address or an account, and the other requests of each."""

    password: Budget = field(default_factory=lambda: Budget(20, 10))
    address: Budget = field(default_factory=lambda: Budget(300, 300))
    account: Budget = field(default_factory=lambda: Budget(1_000, 1_800))


def budgets() -> Budgets:
    """Those of the running program."""
    return current_app.extensions["budgets"]


def source() -> str:
    """Where the request in hand comes from."""
    return source_of(request.remote_addr)


def source_of(remote: str | None) -> str:
    """A word for the address that a request comes from; of IPv6 for the network that one customer is given."""
    try:
        address = ip_address(remote or "")
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return f"{address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64)}"
    return str(address)


def source_hash() -> str:
    """What the audit log and the counts of wrong passwords know of an address."""
    return keyed_hash("source", source())[:32]


def take_sign_in() -> int:
    """One more try to sign in from this address; how many count against it. Raises TooManyRequests."""
    return _take_password(source(), TOO_MANY_SIGN_INS)


def take_confirmation(uid: str) -> int:
    """The password once more, of an account that is signed in; how many count against it. Raises TooManyRequests."""
    return _take_password(uid, TOO_MANY_PASSWORDS)


def _take_password(key: str, sentence: str) -> int:
    known = budgets().password
    if seconds := known.take(key):
        raise too_many(sentence, seconds)
    return known.used(key)


def too_many(sentence: str, seconds: int) -> TooManyRequests:
    """The answer to whoever asks for too much; the audit log hears of it, and counts the rest of the minute."""
    account = me()
    witness_repeated("request.throttled", account, outcome="denied", same={} if account else {"source": source_hash()})
    return TooManyRequests(sentence.format(in_words(seconds)), retry_after=seconds)


def in_words(seconds: int) -> str:
    """`1 second`, `12 seconds`."""
    return f"{seconds} second{'' if seconds == 1 else 's'}"


def stay_within_budget() -> None:
    """Before anything else is done for a request; raises TooManyRequests."""
    if request.endpoint in OPEN:
        return
    account, known = me(), budgets()
    if seconds := known.account.take(account.uid) if account else known.address.take(source()):
        raise too_many(TOO_FAST, seconds)


def init_app(app: Flask) -> None:
    """Begin to count."""
    app.extensions["budgets"] = Budgets()
    app.before_request(stay_within_budget)
