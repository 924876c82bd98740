"""Visitors that nobody wants: they send a byte a second, read nothing, or send far too much; and one who is honest."""

import socket
import statistics
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Self

LIMIT = 0.3  # seconds, for the median answer of others
TRIES = 12
ELSEWHERE = "127.0.0.9"  # where slow visitors are: an address that asks too often is told to wait, and others are not
FORM = "Host: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"


class AtOnce:
    """Threads that each do their `work` while a block runs; it looks at `stops` again and again, and ends when set."""

    def __init__(self, each: Iterable[tuple[Any, ...]]) -> None:
        self.stops = threading.Event()
        self.threads = [threading.Thread(target=self.work, args=given) for given in each]

    def work(self, *given: Any) -> None:
        """What one thread does with what it is given."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stops.set()
        for thread in self.threads:
            thread.join()


def connect(port: int, sent: str = "", received: int | None = None, come_from: str = "127.0.0.1") -> socket.socket:
    """A connection on which something was sent; `received` is the room for what is answered."""
    link = socket.socket()
    link.bind((come_from, 0))
    if received:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, received)
    link.settimeout(30)
    link.connect(("127.0.0.1", port))
    link.sendall(sent.encode())
    return link


def answer_of(link: socket.socket) -> tuple[int, bytes]:
    """Status and bytes of the answer on a connection that the other side closes."""
    found = b""
    while chunk := link.recv(1 << 16):
        found += chunk
    return int(found.split(b" ", 2)[1]) if found else 0, found


def seconds_of(port: int, path: str = "/sign-in", headers: str = "") -> float:
    """How long an honest visitor waits for a page."""
    began = time.perf_counter()
    with connect(port, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\r\n") as link:
        status, _ = answer_of(link)
    assert status == 200, status
    return time.perf_counter() - began


def median_of(port: int, path: str = "/sign-in", headers: str = "") -> float:
    """The median of some tries."""
    return statistics.median(seconds_of(port, path, headers) for _ in range(TRIES))


@contextmanager
def dripping(port: int, count: int, head: str) -> Iterator[list[socket.socket]]:
    """So many connections that each send a head, and then a byte a second."""
    over = threading.Event()

    def drip() -> None:
        while not over.wait(1):
            for link in links:
                try:
                    link.send(b"a")
                except OSError:  # it was dropped, as it should be
                    continue

    with ExitStack() as open_links:
        links = [open_links.enter_context(connect(port, head, None, ELSEWHERE)) for _ in range(count)]
        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield links
        finally:
            over.set()
            thread.join()


@contextmanager
def not_reading(port: int, count: int, path: str, headers: str = "") -> Iterator[list[socket.socket]]:
    """So many connections that each ask for something long and read nothing of it."""
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n"
    with ExitStack() as open_links:
        yield [open_links.enter_context(connect(port, asked, 4096, ELSEWHERE)) for _ in range(count)]
