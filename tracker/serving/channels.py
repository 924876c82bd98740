"""A connection: one request at a time, deadlines in both directions, and nothing slow in the thread that serves all."""

import socket
import threading
import time
from collections.abc import Hashable
from typing import Any

from waitress.buffers import ReadOnlyFileBasedBuffer
from waitress.channel import HTTPChannel
from waitress.task import WSGITask

from tracker.serving.requests import Request, TooSlow, is_too_slow

IDLE_SECONDS = 75.0  # more than the 60 for which nginx keeps a connection
LINGER_SECONDS = 5.0  # for which a refused body is read and thrown away, so that its sender sees the answer


class Task(WSGITask):
    """A request while it is answered; the program may step aside for what takes long."""

    def get_environment(self) -> dict[str, Any]:
        """What the program is told of it."""
        environ: dict[str, Any] = super().get_environment()
        environ["tracker.aside"] = self.channel.server.task_dispatcher.aside
        return environ


class Channel(HTTPChannel):
    """A connection. A second request in the same breath is not read: the answer to the first one closes it."""

    task_class = Task
    parser_class = Request
    request: Request | None = None
    close_when_flushed: bool
    lingers = False  # a body is refused: close gently
    lingering_until: float | None = None
    sending_since: float | None = None
    sent = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.active_at = time.monotonic()

    def readable(self) -> bool:
        """Whether bytes are wanted now."""
        if self.lingering_until is not None:
            return True
        return not (self.request is not None and self.request.asks) and bool(super().readable())

    def handle_read(self) -> None:
        """Bytes have come."""
        if self.lingering_until is None:
            super().handle_read()
            return
        try:
            self.recv(self.adj.recv_bytes)
        except OSError:
            self.handle_close()

    def received(self, data: bytes) -> bool:
        """Read a request out of what came; what comes with it in the same breath is not read."""
        self.active_at = time.monotonic()
        with self.requests_lock:
            if self.will_close or self.close_when_flushed or self.requests:
                return False
            while data and not (self.request is not None and self.request.completed):
                self.request = request = self.request or Request(self.adj)
                data = data[request.received(data) :]
                if request.empty:
                    self.request = None
            if self.request is not None:
                self._advance(self.request, rest=data)
        return True

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Hand bytes over to the system; how many it took. Only the thread that serves all may close a connection."""
        taken: int = super().send(data, do_close and threading.current_thread() is threading.main_thread())
        self.sent += taken or 0
        return taken

    def write_soon(self, data: Any) -> int:
        """Take what the program answers; a file is closed by a thread that may wait, not by the one that serves all."""
        if isinstance(data, ReadOnlyFileBasedBuffer):
            data.file = _ClosedAside(data.file, self.server)
        return int(super().write_soon(data))

    def handle_write(self) -> None:
        """Send on; after a refused body close only our side, and read on for a while."""
        if self.lingers and self.close_when_flushed and not self.total_outbufs_len:
            self.close_when_flushed = self.lingers = False
            self.lingering_until = time.monotonic() + LINGER_SECONDS
            try:
                self.socket.shutdown(socket.SHUT_WR)
            except OSError:
                self.handle_close()
            return
        super().handle_write()

    def mind(self, now: float) -> None:
        """Drop what takes too long: a request that does not come, an answer that is not taken, a silent visitor."""
        request = self.request
        if self.lingering_until is not None:
            if now > self.lingering_until:
                self.handle_close()
        elif request is not None:
            if not request.asks and request.is_late(now):
                self._drop(request)
        elif self.total_outbufs_len:
            self._mind_answer(now)
        else:
            self.sending_since, self.sent = None, 0
            if not self.requests and now - self.active_at > IDLE_SECONDS:
                self.handle_close()

    def _mind_answer(self, now: float) -> None:
        self.active_at = now
        if self.sending_since is None:
            self.sending_since = now
        elif is_too_slow(now - self.sending_since, self.sent):
            self.handle_close()

    def allow(self, allowance: int) -> None:
        """The answer of the program: the body that comes may be so long. In a thread of its own."""
        with self.requests_lock:
            if self.request is not None:
                self.request.allow(allowance)
                self._advance(self.request)
        self.server.pull_trigger()

    @property
    def visitor(self) -> Hashable:
        """Who asks, as the program tells it from address and headers: behind a proxy all come from one address."""
        request = self.requests[0] if self.requests else self.request
        headers = request.headers if request is not None else {}
        told = {f"HTTP_{name}": headers[name] for name in ("X_FORWARDED_FOR", "COOKIE") if name in headers}
        visitor: Hashable = self.server.ask_visitor({"REMOTE_ADDR": self.addr[0], **told})
        return visitor

    @property
    def is_idle(self) -> bool:
        """Whether nobody waits for anything here."""
        return not (self.requests or self.total_outbufs_len or (self.request and self.request.asks))

    def _advance(self, request: Request, rest: bytes = b"") -> None:
        if request.completed and rest.strip():
            request.headers["CONNECTION"] = "close"
        if request.asks:
            if not request.is_asked:
                request.is_asked = True
                self.server.add_task(_Question(self, request))
        elif request.completed:
            self.request, self.sent_continue, self.lingers = None, False, request.is_refused
            self.requests.append(request)
            self.server.add_task(self)
        elif request.expect_continue and request.headers_finished and not self.sent_continue:
            self.send_continue()

    def _drop(self, request: Request) -> None:
        if not request.headers_finished:
            self.handle_close()
            return
        with self.requests_lock:
            if self.request is request:  # else it has come whole meanwhile
                request.error, request.completed = TooSlow("The rest of the request did not come in time."), True
                self._advance(request)


class _Question:
    """How long a body may be, asked of the program by a thread that may wait."""

    def __init__(self, channel: Channel, request: Request) -> None:
        self.channel, self.request, self.visitor = channel, request, channel.visitor

    def service(self) -> None:
        """Ask, and go on."""
        try:
            allowance = self.channel.server.ask_allowance(Task(self.channel, self.request).get_environment())
        except BaseException:
            self.channel.allow(0)
            raise
        self.channel.allow(allowance)

    def cancel(self) -> None:
        """Nobody is there to answer any more."""
        self.channel.cancel()


class _Closing:
    """The end of a file that was sent, or not."""

    visitor = None

    def __init__(self, file: Any) -> None:
        self.file = file

    def service(self) -> None:
        """Close it."""
        self.file.close()

    cancel = service  # also when the server stops: what ends with the file is written down


class _ClosedAside:
    """A file whose closing may take a while, and so is done by another thread."""

    def __init__(self, file: Any, server: Any) -> None:
        self._file, self._server = file, server

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def close(self) -> None:
        """Have it closed."""
        self._server.add_task(_Closing(self._file))
