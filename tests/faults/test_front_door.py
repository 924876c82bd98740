"""One visitor stops nobody: slow ones, greedy ones, and as many as a machine can open."""

import os
import select
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.builders import build_exhibit, build_material
from tests.faults.visitors import (
    ELSEWHERE,
    FORM,
    LIMIT,
    answer_of,
    connect,
    dripping,
    median_of,
    not_reading,
    seconds_of,
)
from tests.machinery.server import ROOT, START, Caller, free_port, serving
from tracker.base import db

pytestmark = pytest.mark.full
DRIPS = {
    "a head": "POST /sign-in HTTP/1.1\r\nHost: ",
    "a body": f"POST /sign-in HTTP/1.1\r\n{FORM}Content-Length: 60000\r\n\r\n",
    "a long body": f"POST /sign-in HTTP/1.1\r\n{FORM}Content-Length: 60000000\r\n\r\n",
    "chunks": f"POST /sign-in HTTP/1.1\r\n{FORM}Transfer-Encoding: chunked\r\n\r\n",
    "the end of a chunk": f"POST /sign-in HTTP/1.1\r\n{FORM}Transfer-Encoding: chunked\r\n\r\n1",
}


@pytest.fixture
def port(app, settings, tmp_path):
    with serving(settings, tmp_path) as port:
        median_of(port)
        yield port


def process_on(port):
    """The process that serves a port."""
    for about in Path("/proc").glob("[0-9]*/cmdline"):
        words = about.read_bytes().split(b"\0")
        if b"serve" in words and str(port).encode() in words:
            return int(about.parent.name)
    raise AssertionError("nobody serves that port")


def memory_of(port, what="VmRSS"):
    """Megabytes that the program on a port takes; VmHWM is the most it took."""
    lines = Path(f"/proc/{process_on(port)}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


@pytest.mark.parametrize("what", DRIPS)
@pytest.mark.parametrize("count", [4, 400])
def test_who_sends_a_byte_a_second_keeps_nobody_waiting(port, what, count):
    with dripping(port, count, DRIPS[what]):
        time.sleep(1)
        assert median_of(port) < LIMIT


@pytest.mark.parametrize("count", [4, 400])
def test_who_reads_nothing_keeps_nobody_waiting(port, count):
    longest = max((ROOT / "static").rglob("*"), key=lambda path: path.is_file() and path.stat().st_size)
    with not_reading(port, count, f"/static/{longest.relative_to(ROOT / 'static')}"):
        time.sleep(1)
        assert median_of(port) < LIMIT


def test_a_file_that_nobody_reads_keeps_nobody_waiting(app, port):
    exhibit = build_exhibit.exhibit(os.urandom(4 << 20))
    caller = Caller(app, port, "ines")
    cookie = f"Cookie: {caller.headers['Cookie']}\r\n"
    caller.close()
    with not_reading(port, 40, f"/cases/LK-AAAA/exhibits/{exhibit.number}/file", cookie):
        time.sleep(1)
        assert median_of(port, "/cases/LK-AAAA", cookie) < LIMIT


def test_an_export_that_nobody_reads_keeps_nobody_waiting_and_ends_as_failed(app, port, entries):
    for _ in range(300):
        build_material.person(post="Clerk" * 2000)
    caller = Caller(app, port, "ines")
    cookie = f"Cookie: {caller.headers['Cookie']}\r\n"
    caller.close()
    with not_reading(port, 2, "/cases/LK-AAAA/people.csv", cookie):
        time.sleep(2)
        assert median_of(port, "/cases/LK-AAAA", cookie) < LIMIT
        assert not entries("export.ended")
    wait_until(lambda: len(entries("export.ended")) == 2)
    assert {entry["out"] for entry in entries("export.ended")} == {"failed"}


def wait_until(happened, seconds=10):
    """Until it is so."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        db.session().rollback()
        time.sleep(0.05)


@pytest.mark.parametrize("chunked", [False, True], ids=["told", "chunked"])
def test_a_stranger_who_sends_150_megabytes_is_refused_at_once(port, chunked):
    before = memory_of(port)
    head = f"POST /sign-in HTTP/1.1\r\n{FORM}"
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {150 << 20}"
    began = time.monotonic()
    with connect(port, f"{head}{length}\r\n\r\n") as link:
        sent = send_all(link, chunked)
        status, answer = answer_of(link)
    assert (status, b"a form can hold 64 kB" in answer) == (413, True)
    assert time.monotonic() - began < 3
    assert sent < 32 << 20
    assert memory_of(port, "VmHWM") - before < 60


def send_all(link, chunked):
    """Send until there is an answer."""
    piece, sent = b"a=%41" * 13107, 0
    piece = b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece
    link.setblocking(False)
    while sent < 150 << 20:
        readable, writable, _ = select.select([link], [link], [], 5)
        if readable:
            break
        if writable:
            sent += link.send(piece[sent % len(piece) :])
    link.setblocking(True)
    return sent


QUICK = (  # the same rules, in a second; and a clock that is set back by an hour when the program has started
    "import tracker.serving.requests as r, tracker.serving.channels as c, time as t; "
    "r.HEADER_SECONDS = r.BODY_SECONDS = c.IDLE_SECONDS = 1.0; "
    "began, wall = t.monotonic(), t.time; t.time = lambda: wall() - 3600 * (t.monotonic() > began + 3); "
)


def test_what_does_not_come_is_dropped(app, settings, tmp_path):
    with serving(settings, tmp_path, before=QUICK) as port:
        time.sleep(2)
        with connect(port) as link:
            assert answer_of(link)[0] == 0
        for what, status in (("a head", 0), ("a body", 408), ("a long body", 413), ("chunks", 408)):
            with dripping(port, 1, DRIPS[what]) as [link]:
                assert answer_of(link)[0] == status, what


def test_an_answer_that_is_not_taken_is_dropped(app, settings, tmp_path, entries):
    quick = "import tracker.serving.requests as r; r.BODY_SECONDS, r.SLOWEST = 1.0, 1 << 24; "
    exhibit = build_exhibit.exhibit(os.urandom(8 << 20))
    with serving(settings, tmp_path, before=quick) as port:
        caller = Caller(app, port, "ines")
        cookie = f"Cookie: {caller.headers['Cookie']}\r\n"
        caller.close()
        with not_reading(port, 1, f"/cases/LK-AAAA/exhibits/{exhibit.number}/file", cookie) as [link]:
            time.sleep(4)
            assert len(rest_of(link)) < 2 << 20


def rest_of(link):
    """What can still be read on a connection that was dropped."""
    found = b""
    with suppress(ConnectionResetError):
        while chunk := link.recv(1 << 16):
            found += chunk
    return found


SLOWLY = (  # each page that does not exist takes its time
    "import time, flask; soon = flask.Flask.full_dispatch_request; flask.Flask.full_dispatch_request = "
    "lambda app: (time.sleep(0.2 * (flask.request.path == '/none')), soon(app))[1]; "
)


@pytest.mark.parametrize("name", ["Cookie: tracker_session=", "X-Forwarded-For: 192.0.2."])
def test_who_makes_up_sixty_visitors_is_one_and_takes_turns_with_the_others(app, settings, tmp_path, name):
    with serving(settings, tmp_path, before=SLOWLY) as port, ExitStack() as open_links:
        asked = f"GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\n{name}"
        links = [
            open_links.enter_context(connect(port, f"{asked}{number}\r\n\r\n", None, ELSEWHERE)) for number in range(60)
        ]
        seconds_of(port)
        answered, _, _ = select.select(links, [], [], 0)
        assert len(answered) < 30


def test_2000_idle_connections_keep_nobody_waiting(port):
    with dripping(port, 2000, ""):
        assert median_of(port) < LIMIT


def test_a_port_in_use_is_refused_in_a_sentence(port, settings):
    about = {"TRACKER_INSTANCE": str(settings.instance), "TRACKER_DATABASE_URL": settings.database_url}
    began = subprocess.run(
        [sys.executable, "-c", START, "serve", "--port", str(port)], check=False, cwd=ROOT, env=os.environ | about,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (began.returncode, began.stdout) == (1, "")
    assert began.stderr.startswith(f"Port {port} of 127.0.0.1 cannot be used: Another program uses it.")
    assert median_of(port) < LIMIT


@pytest.mark.parametrize("after", [0.2, 0.5, 0.8, 1.2, 2.0])
def test_a_signal_is_heard_from_the_first_second(app, settings, after):
    settings_of = {"TRACKER_INSTANCE": str(settings.instance), "TRACKER_DATABASE_URL": settings.database_url}
    server = subprocess.Popen(
        [sys.executable, "-c", START, "serve", "--port", str(free_port())], cwd=ROOT, env=os.environ | settings_of,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(after)
    server.send_signal(signal.SIGTERM)
    assert server.wait(5) in {0, -signal.SIGTERM}


def test_what_is_being_answered_is_answered_before_the_end(app, settings, tmp_path):
    slow = (
        "import time, flask; soon = flask.Flask.full_dispatch_request; flask.Flask.full_dispatch_request = "
        "lambda app: (time.sleep(2 * (flask.request.path == '/sign-in')), soon(app))[1]; "
    )
    asked = "GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    with serving(settings, tmp_path, before=slow) as port, connect(port, asked) as link:
        time.sleep(0.5)
        os.kill(process_on(port), signal.SIGTERM)
        status, answer = answer_of(link)
    assert (status, answer[-7:]) == (200, b"</html>")
