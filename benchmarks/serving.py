"""The served program: requests a second against a bare Flask page, the time until it answers, the memory it takes."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.scratch import opened
from tests.faults.visitors import median_of, not_reading
from tests.machinery.server import ROOT, START, Caller, free_port
from tracker.base.config import Settings

CONNECTIONS, SLICE, SLICES, STARTS = 4, 0.5, 24, 5
TRACKER, BARE = ["-c", START, "serve", "--port"], ["-m", "benchmarks.bare"]


def figures(settings: Settings) -> Iterator[Figure]:
    """Both are served by the same server, one process of four threads, and asked by the same client, in turns."""
    with _serve_alone(TRACKER, settings) as (port, _, _), _serve_alone(BARE, settings) as (bare_port, _, _):
        with opened(settings) as app:
            caller = Caller(app, port, "lena")
        caller.close()
        asked = [(port, f"Cookie: {caller.headers['Cookie']}\r\n"), (bare_port, "")]
        for target in asked:
            _load(*target)
        rounds = [[_load(*target) for target in asked] for _ in range(SLICES)]
    found, floor = (statistics.median(column) for column in zip(*rounds, strict=True))
    share = statistics.median(ours / bare for ours, bare in rounds)
    yield Figure("case list, requests a second", f"{found:,.0f}", f"{floor:,.0f}", share, ">= 0.5")
    yield from _downloads(settings)
    starts, memory = zip(*[_start(settings) for _ in range(STARTS)], strict=True)
    began = statistics.median(starts)
    yield Figure("start until it answers", f"{began:.2f} s", "", began, "<= 2 s")
    size = statistics.median(memory)
    yield Figure("memory of all processes, idle", f"{size:.0f} MB", "", size, "<= 150 MB")


def _downloads(settings: Settings) -> Iterator[Figure]:
    """How long others wait for a page while so many visitors ask for a file and do not read it."""
    longest = max((ROOT / "static").rglob("*"), key=lambda path: path.is_file() and path.stat().st_size)
    for count in (4, 400):
        with _serve_alone(TRACKER, settings) as (port, _, _):
            with opened(settings) as app:
                caller = Caller(app, port, "lena")
            caller.close()
            with not_reading(port, count, f"/static/{longest.relative_to(ROOT / 'static')}"):
                waited = median_of(port, "/cases", f"Cookie: {caller.headers['Cookie']}\r\n") * 1000
        yield Figure(f"case list while {count} downloads stand still", f"{waited:.0f} ms", "", waited, "<= 300 ms")


@contextmanager
def _serve_alone(command: list[str], settings: Settings) -> Iterator[tuple[int, float, int]]:
    """A server in a process of its own: its port, the seconds until it answered, its process id."""
    port, began = free_port(), time.perf_counter()
    environment = os.environ | dict.fromkeys(("TRACKER_INSTANCE", "BARE_INSTANCE"), str(settings.instance))
    server = subprocess.Popen(
        [sys.executable, *command, str(port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        while not _answers(port):
            assert server.poll() is None, f"{command} ended"
            time.sleep(0.01)
        yield port, time.perf_counter() - began, server.pid
    finally:
        server.terminate()
        server.wait()


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _start(settings: Settings) -> tuple[float, float]:
    """Seconds until it answers, and megabytes once it is idle."""
    with _serve_alone(TRACKER, settings) as (_, seconds, process):
        time.sleep(1)
        return seconds, sum(map(_memory, _family(process))) / 1024


def _family(process: int) -> Iterator[int]:
    yield process
    for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
        yield from _family(int(child))


def _memory(process: int) -> int:
    """Kilobytes of a process; what several share is divided among them."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _load(port: int, headers: str) -> float:
    """Requests a second for the case list, over a few connections that stay open."""
    request = f"GET /cases HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode()
    end, counts = time.perf_counter() + SLICE, [0] * CONNECTIONS
    threads = [threading.Thread(target=_ask, args=(port, request, end, counts, at)) for at in range(CONNECTIONS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)


def _ask(port: int, request: bytes, end: float, counts: list[int], at: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        while time.perf_counter() < end:
            connection.sendall(request)
            answer = connection.recv(1 << 18)
            while (head := answer.find(b"\r\n\r\n")) < 0:
                answer += connection.recv(1 << 18)
            assert answer.startswith(b"HTTP/1.1 200"), answer[:200]
            start = answer.lower().index(b"content-length:") + 15
            whole = head + 4 + int(answer[start : answer.index(b"\r", start)])
            while len(answer) < whole:
                answer += connection.recv(1 << 18)
            counts[at] += 1
