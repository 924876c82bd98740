"""Requests as they arrive: how long a body may be is asked before it is read, and how slow it may be is bounded."""

import io
import time
from typing import Any, BinaryIO

from waitress.parser import HTTPRequestParser
from waitress.utilities import BadRequest

SMALL = 64 << 10  # the length of a body that nobody is asked about
LONGEST_CONTROL_LINE, LONGEST_TRAILER = 1024, 8192  # of a body in chunks
HEADER_SECONDS, BODY_SECONDS, SLOWEST = 20.0, 60.0, 16 << 10  # SLOWEST is in bytes a second, after the first minute


class TooSlow(BadRequest):
    """The body did not come within its time."""

    code, reason = 408, "Request Timeout"


def is_too_slow(seconds: float, size: int) -> bool:
    """Whether `size` bytes in so many seconds are fewer than a visitor may send or take."""
    return seconds > BODY_SECONDS + size / SLOWEST


class Request(HTTPRequestParser):
    """A request while it arrives. `allowance` is the length its body may have; `asks` says that it wants to know more.

    One that is too long is complete at once, without a body: the program sees its length and answers 413.
    """

    def __init__(self, adj: Any) -> None:
        super().__init__(adj)
        self.began, self.allowance = time.monotonic(), SMALL
        self.asks = self.is_asked = self.is_allowed = self.is_refused = False

    @property
    def size(self) -> int:
        """The length of its body: as announced, or what has come of it."""
        return max(self.content_length, self.body_bytes_received)

    def received(self, data: bytes) -> int:
        """Take bytes in; how many of them belonged to it."""
        taken: int = super().received(data)
        if self.headers_finished and not self.error:
            self._check_allowance()
        return taken

    def allow(self, allowance: int) -> None:
        """The answer to what it asked: its body may be so long."""
        self.allowance, self.asks, self.is_allowed = allowance, False, True
        self._check_allowance()

    def is_late(self, now: float) -> bool:
        """Whether it should have come by now."""
        if not self.headers_finished:
            return now - self.began > HEADER_SECONDS
        return is_too_slow(now - self.began, self.body_bytes_received)

    def get_body_stream(self) -> BinaryIO:
        """What the program reads; nothing while the body is still on its way."""
        stream: BinaryIO = super().get_body_stream() if self.completed else io.BytesIO()
        return stream

    def _check_allowance(self) -> None:
        if self.size > self.allowance:
            self.asks = not self.is_allowed
            if self.is_allowed:
                self._refuse()
        elif len(getattr(self.body_rcv, "control_line", b"")) > LONGEST_CONTROL_LINE:
            self._fail("Chunk size too long")
        elif len(getattr(self.body_rcv, "trailer", b"")) > LONGEST_TRAILER:
            self._fail("Trailer too long")

    def _refuse(self) -> None:
        self.close()
        self.headers["CONTENT_LENGTH"], self.headers["CONNECTION"] = str(self.size), "close"
        self.body_rcv, self.completed, self.is_refused = None, True, True

    def _fail(self, why: str) -> None:
        self.error, self.completed = BadRequest(why), True
