"""Exports take turns: two are written at once for each account, and its others wait until one of them is written."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tracker.base import db
from tracker.web.guard import me
from tracker.web.limits.budgets import too_many
from tracker.web.limits.gate import aside

EACH, SEATS_EACH, SEATS = 2, 20, 30
LONGEST_WAIT, COME_AGAIN = 300.0, 10  # seconds
SENTENCE = "Too many of your exports are still waiting. Wait {}, then try again."


class Turns:
    """So many at once for each member; of the others `seats_each` of a member and `seats` of all wait for theirs."""

    def __init__(
        self, each: int = EACH, seats_each: int = SEATS_EACH, seats: int = SEATS, longest_wait: float = LONGEST_WAIT
    ) -> None:
        self._each, self._seats_each, self._seats, self._longest_wait = each, seats_each, seats, longest_wait
        self._running: Counter[int] = Counter()
        self._waiting: Counter[int] = Counter()
        self._changed = threading.Condition()

    def take(self, member: int) -> bool:
        """Begin; False when there is no turn to be had now."""
        with self._changed:
            if self._running[member] >= self._each and not self._wait(member):
                return False
            self._running[member] += 1
            return True

    def give_back(self, member: int) -> None:
        """One has ended."""
        with self._changed:
            self._running -= Counter({member: 1})  # which forgets whoever has none
            self._changed.notify_all()

    def _wait(self, member: int) -> bool:
        if self._waiting[member] >= self._seats_each or self._waiting.total() >= self._seats:
            return False
        self._waiting[member] += 1
        try:
            return self._changed.wait_for(lambda: self._running[member] < self._each, self._longest_wait)
        finally:
            self._waiting -= Counter({member: 1})


turns = Turns()


@contextmanager
def take_turn() -> Iterator[None]:
    """A turn for whoever asks, while an export is written; raises TooManyRequests when there is none."""
    member: int = me().id
    db.session().rollback()  # who waits holds no state of the record
    with aside():
        taken = turns.take(member)
    if not taken:
        raise too_many(SENTENCE, COME_AGAIN)
    try:
        yield
    finally:
        turns.give_back(member)
