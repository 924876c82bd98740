"""Exports take turns: two at once for each account, and the others of that account wait until one has ended.

Few wait inside the program, because each keeps a thread of it from other visitors. All others are told when to come
again; a browser does that by itself.
"""

import threading
from collections import Counter
from contextlib import ExitStack
from functools import partial

from tracker.base import db
from tracker.web.guard import me
from tracker.web.limits.budgets import too_many

EACH, SEATS, LONGEST_WAIT = 2, 2, 20.0
COME_AGAIN = 5  # seconds
SENTENCE = "Two of your exports are still running. Wait {}, then try again."


class Turns:
    """So many at once for each member; of all others, `seats` wait, and no longer than `longest_wait` seconds."""

    def __init__(self, each: int = EACH, seats: int = SEATS, longest_wait: float = LONGEST_WAIT) -> None:
        self._each, self._seats, self._longest_wait = each, seats, longest_wait
        self._running: Counter[int] = Counter()
        self._changed = threading.Condition()

    def take(self, member: int) -> bool:
        """Begin; False when there is no turn to be had now."""
        with self._changed:
            if self._running[member] >= self._each and not self._wait_for(member):
                return False
            self._running[member] += 1
            return True

    def give_back(self, member: int) -> None:
        """One has ended."""
        with self._changed:
            self._running[member] -= 1
            if not self._running[member]:
                del self._running[member]
            self._changed.notify_all()

    def _wait_for(self, member: int) -> bool:
        if not self._seats:
            return False
        self._seats -= 1
        try:
            return self._changed.wait_for(lambda: self._running[member] < self._each, self._longest_wait)
        finally:
            self._seats += 1


turns = Turns()


def take_turn() -> ExitStack:
    """A turn for whoever asks, which ends when this is closed; raises TooManyRequests when there is none."""
    member: int = me().id
    db.session().rollback()  # who waits holds no state of the record
    if not turns.take(member):
        raise too_many(SENTENCE, COME_AGAIN)
    turn = ExitStack()
    turn.callback(partial(turns.give_back, member))
    return turn
