"""The server of one process: a loop that takes and gives bytes, and the threads that answer."""

import logging
import resource
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from tracker.serving.channels import Channel

THREADS, MOST_ASIDE = 4, 64
MOST_CONNECTIONS, SPARE_FILES, MADE_ROOM = 8192, 512, 64
SEND_ROOM = 256 << 10  # what the system keeps of an answer; it would take 4 MB, of each who reads nothing
ACCEPTED_AT_ONCE, READ_AT_ONCE = 64, 64 << 10
GRACE_SECONDS = 25.0
ANYTHING = 1 << 62  # the length of a body is bounded by the allowance, which is asked of the program
SWITCH_SECONDS = 0.001

Environ = dict[str, Any]


class FairQueue:
    """What waits for a thread: visitors take turns, so that nobody waits for all that another has asked for."""

    def __init__(self) -> None:
        self._waiting: dict[Hashable, deque[Any]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def append(self, task: Any) -> None:
        """Put it behind what the same visitor has asked for."""
        self._waiting.setdefault(task.visitor, deque()).append(task)

    def popleft(self) -> Any:
        """What is next; its visitor is the last to come again."""
        visitor = next(iter(self._waiting))
        tasks = self._waiting.pop(visitor)
        task = tasks.popleft()
        if tasks:
            self._waiting[visitor] = tasks
        return task


class Dispatcher(ThreadedTaskDispatcher):
    """The threads that answer. One that steps aside, for what takes long, is replaced until it comes back."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = FairQueue()
        self._aside, self._aside_lock, self._stops = 0, Lock(), False
        self.set_thread_count(THREADS)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Do something long beside the pages."""
        self._step(1)
        try:
            yield
        finally:
            self._step(-1)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """End the threads when they have done what they are at."""
        with self._aside_lock:
            self._stops = True
        return bool(super().shutdown(cancel_pending, timeout))

    def _step(self, by: int) -> None:
        with self._aside_lock:
            self._aside += by
            if not self._stops:
                self.set_thread_count(THREADS + min(self._aside, MOST_ASIDE))


class Server(TcpWSGIServer):
    """Serves a WSGI program on a socket that listens.

    `ask_allowance` says how long the body of a request may be, and `ask_visitor` who takes turns with whom; it is
    asked by the thread that serves all.
    """

    channel_class = Channel

    def __init__(
        self, program: Any, listener: socket.socket, ask_allowance: Callable[[Environ], int],
        ask_visitor: Callable[[Environ], Hashable],
    ) -> None:  # fmt: skip
        self.ask_allowance, self.ask_visitor = ask_allowance, ask_visitor
        self._stop_at: float | None = None
        self._look_at = 0.0
        settings = Adjustments(
            sockets=[listener], threads=THREADS, connection_limit=_room_for_connections(), backlog=1024,
            channel_request_lookahead=0, recv_bytes=READ_AT_ONCE,
            max_request_header_size=32 << 10, max_request_body_size=ANYTHING, ident="", asyncore_use_poll=True,
            clear_untrusted_proxy_headers=False,  # the program knows its proxy
        )  # fmt: skip
        about = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(
            program, {}, True, listener, dispatcher=Dispatcher(), adj=settings, bind_socket=False, sockinfo=about
        )

    def set_reuse_addr(self) -> None:
        """The socket listens already."""

    def set_socket_options(self, conn: socket.socket) -> None:
        """Keep little of an answer in the system."""
        super().set_socket_options(conn)
        conn.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_ROOM)

    def handle_accept(self) -> None:
        """Take in those who knock, many at a time."""
        for _ in range(ACCEPTED_AT_ONCE):
            before = len(self._map)
            super().handle_accept()
            if len(self._map) == before:
                return

    def maintenance(self, _now: float) -> None:
        """Nothing by a clock that can be set: `_look_round` does it all."""

    def run(self) -> None:
        """Serve until `stop`; then end what is being answered."""
        sys.setswitchinterval(SWITCH_SECONDS)  # an export must not make each step of a page wait for 5 ms
        while self._stop_at is None or (time.monotonic() < self._stop_at and self._is_busy()):
            wasyncore.loop(timeout=1, use_poll=True, map=self._map, count=1)
        for channel in list(self.active_channels.values()):
            channel.handle_close()
        self.task_dispatcher.shutdown()

    def stop(self) -> None:
        """Take no new connections, and let `run` end. Safe to call from a signal handler."""
        if self._stop_at is None:
            self._stop_at = time.monotonic() + GRACE_SECONDS
            self.accepting = False
            self.pull_trigger()

    def readable(self) -> bool:
        """Whether to look for those who knock; asked whenever the loop goes round."""
        self._look_round(time.monotonic())
        return bool(super().readable()) and self._stop_at is None

    def _look_round(self, now: float) -> None:
        """Once a second: end what takes too long."""
        if now < self._look_at:
            return
        self._look_at = now + 1
        for channel in list(self.active_channels.values()):
            channel.mind(now)
        if len(self._map) >= self.adj.connection_limit:
            self._make_room()

    def _is_busy(self) -> bool:
        return not all(channel.is_idle for channel in self.active_channels.values())

    def _make_room(self) -> None:
        """One visitor may hold every connection there is: the oldest that wait for nothing are closed."""
        idle = [channel for channel in self.active_channels.values() if channel.is_idle]
        for channel in sorted(idle, key=lambda one: one.creation_time)[:MADE_ROOM]:
            channel.handle_close()


def _room_for_connections() -> int:
    """As many as the system lets us have open, without those for files and the database."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + SPARE_FILES
    allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(allowed, resource.getrlimit(resource.RLIMIT_NOFILE)[0]), most))
    return allowed - min(SPARE_FILES, allowed // 2)


logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that threads are busy is no news
