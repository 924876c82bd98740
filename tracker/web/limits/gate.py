"""A gate before what takes a whole core: few go through at once, few wait, and who tries most gives way."""

import threading
from bisect import insort
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import count

from flask import request


def aside() -> AbstractContextManager[None]:
    """While the thread of a request does what takes long, or waits, another takes its place at the pages."""
    step: Callable[[], AbstractContextManager[None]] = request.environ.get("tracker.aside", nullcontext)
    return step()


class Busy(Exception):
    """There is no room to wait; whoever comes again in a few seconds finds some."""


class Gate:
    """Lets `slots` through at once, and `seats` wait: whoever has tried least goes first, and of those the newest.

    The newest first, because a crowd that comes at once then delays nobody who comes after it.
    """

    def __init__(self, slots: int, seats: int) -> None:
        self._free, self._seats = slots, seats
        self._waiting: list[tuple[int, int]] = []  # whoever goes next stands last
        self._changed, self._number = threading.Condition(), count()

    @contextmanager
    def passed(self, tries: int) -> Iterator[None]:
        """Wait for a slot, and have it for a while; raises Busy for whoever has to give way."""
        self._enter((-tries, next(self._number)))
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def _enter(self, mine: tuple[int, int]) -> None:
        with self._changed:
            insort(self._waiting, mine)
            if len(self._waiting) > self._seats + self._free:
                del self._waiting[0]
                self._changed.notify_all()
            self._changed.wait_for(lambda: mine not in self._waiting or (self._free and self._waiting[-1] == mine))
            if mine not in self._waiting:
                raise Busy
            self._waiting.remove(mine)
            self._free -= 1
            self._changed.notify_all()
