"""One process or several on one socket; SIGTERM and SIGINT end them at any time, after what is being answered."""

import errno
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from tracker.serving.servers import GRACE_SECONDS, Server

LAST_SECONDS = GRACE_SECONDS + 10.0
SIGNALS = {signal.SIGTERM, signal.SIGINT}
REST_SECONDS = 1.0  # before a process that died is started anew


class PortInUse(Exception):
    """The port is somebody else's, or not for us; the text is one sentence for the operator."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there, alone: "localhost" names two addresses, and both must be free. Raises PortInUse."""
    host = host.strip("[]")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=1024)
    except OSError as fault:
        why = "Another program uses it" if fault.errno == errno.EADDRINUSE else (fault.strerror or str(fault))
        raise PortInUse(f"Port {port} of {host} cannot be used: {why}. Choose another with --port.") from fault
    other, twin = (socket.AF_INET, "127.0.0.1") if family == socket.AF_INET6 else (socket.AF_INET6, "::1")
    with suppress(OSError), socket.socket(other) as probe:  # a machine need not have both
        if probe.connect_ex((twin, port)) == 0:
            listener.close()
            raise PortInUse(f"Port {port} of {twin} is used by another program. Choose another with --port.")
    return listener


def end_on_signals() -> None:
    """From now on a signal ends this process without a word; `serve` makes that gentler."""
    for number in SIGNALS:
        signal.signal(number, lambda *_: sys.exit(0))


def serve(make: Callable[[], Server], count: int) -> None:
    """Serve with the server that `make` gives, in so many processes, until a signal says to stop."""
    if count == 1:
        _serve_here(make)
    else:
        _Family(make, count).run()


def _serve_here(make: Callable[[], Server]) -> None:
    server = make()

    def stop(_number: int, _frame: FrameType | None) -> None:
        server.stop()
        last = threading.Timer(LAST_SECONDS, os._exit, (1,))  # an import that runs may not keep it for hours
        last.daemon = True
        last.start()

    for number in SIGNALS:
        signal.signal(number, stop)
    server.run()


class _Family:
    """Processes that serve together; one that dies is started anew, and all end with their parent."""

    def __init__(self, make: Callable[[], Server], count: int) -> None:
        self.make, self.count, self.stops = make, count, False
        self.children: set[int] = set()
        self.life, self.parents_end = os.pipe()  # the parent holds the other end: when it dies, this one can be read

    def run(self) -> None:
        """Start them, and watch until told to stop."""
        for number in SIGNALS:
            signal.signal(number, self._stop)
        for _ in range(self.count):
            self._start()
        while self.children:
            child, _status = os.wait()
            self.children.discard(child)
            if not self.stops:
                time.sleep(REST_SECONDS)
                if not self.stops:
                    self._start()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stops = True
        for child in self.children:
            with suppress(ProcessLookupError):  # it has just ended, and is about to be forgotten
                os.kill(child, signal.SIGTERM)

    def _start(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        child = os.fork()
        if child:
            self.children.add(child)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
            return
        os.close(self.parents_end)
        end_on_signals()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        threading.Thread(target=self._end_with_parent, daemon=True).start()
        _serve_here(self.make)
        sys.exit(0)

    def _end_with_parent(self) -> None:
        os.read(self.life, 1)
        os.kill(os.getpid(), signal.SIGTERM)
