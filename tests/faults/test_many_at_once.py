"""Honest visitors in numbers: exports of many members at once, and a day's requests, while a page stays quick."""

import statistics
import threading
import time
from pathlib import Path

import pytest

from benchmarks.scratch import Size, found_instance, grow_instance, opened
from tests import world
from tests.faults.visitors import LIMIT, answer_of, connect, seconds_of
from tests.machinery.database import FULL
from tests.machinery.server import Caller, start_server
from tracker.actions.case import roles
from tracker.actions.register import accounts
from tracker.models.case.words import Role
from tracker.models.register.words import Kind

pytestmark = pytest.mark.full
MEMBERS, EXPORTS = 10, 5
ROWS = 300_000 if FULL else 10_000
REQUESTS = 100_000 if FULL else 2_000
MOST_GROWTH = 8  # megabytes


@pytest.fixture
def rows():
    return ROWS


@pytest.fixture
def served(tmp_path, rows):
    """A register with many access records and members, its server and port, and the cookies of the members."""
    base = found_instance(tmp_path)
    with opened(base):
        more = [f"member{number}" for number in range(MEMBERS)]
        for who in more:
            _, token = accounts.invite_account(
                world.person("ada"), None, email=world.email(who), name=who.capitalize(), kind=Kind.MEMBER, hours=1
            )
            world.join(who, token)
            offer = roles.offer_role(world.person("lena"), world.case(), email=world.email(who), role=Role.INVESTIGATOR)
            roles.accept_role(world.person(who), offer, declaration="I have no conflict of interest.")
    settings = grow_instance(base, Size(rows, 2))
    server, port = start_server(settings, tmp_path)
    with opened(settings) as app:
        callers = [Caller(app, port, who) for who in (*more, "lena")]
        cookies = [f"Cookie: {caller.headers['Cookie']}\r\n" for caller in callers]
    yield server, port, cookies
    server.terminate()
    server.wait(60)


def export(port, cookie, lines):
    """Export the access records; how many lines came."""
    asked = f"GET /cases/LK-AAAA/access.csv HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{cookie}\r\n"
    with connect(port, asked) as link:
        link.settimeout(900)
        status, body = answer_of(link)
    lines.append((status, body.count(b"\r\n") - body.partition(b"\r\n\r\n")[0].count(b"\r\n") - 2))


def test_exports_of_many_members_are_delivered_whole_and_keep_no_page_waiting(served):
    _, port, cookies = served
    *members, reader = cookies
    lines, waited = [], []
    takers = [threading.Thread(target=export, args=(port, cookie, lines)) for cookie in members * EXPORTS]
    for taker in takers:
        taker.start()
    while any(taker.is_alive() for taker in takers):
        waited.append(seconds_of(port, "/cases/LK-AAAA", reader))
        time.sleep(0.1)
    assert lines == [(200, ROWS + 1)] * MEMBERS * EXPORTS
    assert statistics.median(waited) < (LIMIT if FULL else 2), sorted(waited)


def megabytes(process):
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


@pytest.mark.parametrize("rows", [10_000])  # what is kept from one request to the next does not depend on the size
def test_memory_is_flat_over_many_requests(served):
    server, port, cookies = served
    pages = ("/cases", "/cases/LK-AAAA", "/cases/LK-AAAA/access", "/cases/LK-AAAA/people", "/no-such-page")
    after = []
    for number in range(REQUESTS):
        if number % (REQUESTS // 10) == 0:
            after.append(megabytes(server.pid))
        ask(port, pages[number % len(pages)], cookies[number % len(cookies)])
    after.append(megabytes(server.pid))
    assert after[-1] - after[5] < MOST_GROWTH, after


def ask(port, path, cookie):
    """Ask for a page; whoever has asked for too many waits."""
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{cookie}\r\n"
    for _ in range(100):
        with connect(port, asked) as link:
            status, _ = answer_of(link)
        if status != 429:
            assert status in {200, 404}, (path, status)
            return
        time.sleep(1)
