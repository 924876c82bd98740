"""Several processes on one socket: one that dies is started again, and all end with the first one."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.faults.visitors import seconds_of
from tests.machinery.database import ON_POSTGRESQL
from tests.machinery.server import kill_server, start_server

pytestmark = [
    pytest.mark.gate("starts the program"),
    pytest.mark.skipif(not ON_POSTGRESQL, reason="several processes need PostgreSQL"),
]


@pytest.fixture
def served(app, settings, tmp_path):
    server, port = start_server(settings, tmp_path, "--workers", "2")
    yield server, port
    if server.poll() is None:
        kill_server(server)


def children_of(process):
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()


def wait_until(happened, seconds=10):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


def is_over(process):
    about = Path(f"/proc/{process}/stat")
    return not about.exists() or about.read_text().rpartition(")")[2].split()[0] == "Z"


def test_one_that_dies_is_started_again_and_the_other_answers(served):
    server, port = served
    first, other = children_of(server.pid)
    os.kill(int(first), signal.SIGKILL)
    assert seconds_of(port) < 2
    wait_until(lambda: len(children_of(server.pid)) == 2)
    assert other in children_of(server.pid)
    assert first not in children_of(server.pid)


def test_a_signal_ends_them_all(served):
    server, _ = served
    children = children_of(server.pid)
    server.send_signal(signal.SIGTERM)
    assert server.wait(20) == 0
    assert all(is_over(child) for child in children)


def test_they_end_with_the_first_one(served):
    server, _ = served
    children = children_of(server.pid)
    server.kill()
    server.wait()
    wait_until(lambda: all(is_over(child) for child in children))
