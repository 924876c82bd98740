"""A tracker as accounts meet it: its own process on a port, and plain HTTP callers that may come at the same time."""

import http.client
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from tests import world
from tests.readers.browse import begun
from tracker.base.config import Settings

ROOT = Path(__file__).parents[2]
START = "from tracker.cli import main; main()"
CHEAPLY = "from tests.machinery.haste import cheapen_passwords; cheapen_passwords(); "
LONGEST_START = 30


@contextmanager
def serving(settings: Settings, folder: Path, *options: str, before: str = CHEAPLY, **more: str) -> Iterator[int]:
    """Run `tracker serve` over an instance; gives its port, and stops it in the end.

    `options` are for the command, `more` is for its environment, and `before` is code of the test that runs first.
    """
    server, port = start_server(settings, folder, *options, before=before, **more)
    try:
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def start_server(
    settings: Settings, folder: Path, *options: str, before: str = CHEAPLY, **more: str
) -> tuple["subprocess.Popen[bytes]", int]:
    """Start `tracker serve` in a group of processes of its own, and wait until it answers; gives process and port."""
    port = free_port()
    setting = {
        "TRACKER_INSTANCE": str(settings.instance),
        "TRACKER_DATABASE_URL": settings.database_url,
        "TRACKER_TRUSTED_HOSTS": ",".join(settings.trusted_hosts),
        **more,
    }
    if settings.trusted_proxy:
        setting["TRACKER_TRUSTED_PROXY"] = settings.trusted_proxy
    kept = {name: text for name, text in os.environ.items() if not name.startswith("TRACKER_")}
    with (folder / "served.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", before + START, "serve", "--port", str(port), *options],
            cwd=ROOT, env=kept | setting, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        wait_for(port, server, folder / "served.log")
    except BaseException:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        raise
    return server, port


def kill_server(server: "subprocess.Popen[bytes]") -> None:
    """Kill it with all its processes, as a machine that fails does."""
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def free_port() -> int:
    """A port that nobody has, below those that outgoing connections are given."""
    for port in random.sample(range(20_000, 32_000), 50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError("there is no free port")


def wait_for(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the program answers."""
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end and server.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                connection.close()
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the tracker did not start: {log.read_text()}")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str | None
    text: str


class Caller:
    """One signed-in browser over real HTTP; it keeps its connection, so one thread has it at a time."""

    def __init__(self, app: Flask, port: int, who: str) -> None:
        raw = secrets.token_hex(20)
        cookie = {"_user_id": begun(world.person(who).id), "_fresh": True, "csrf_token": raw}
        interface: Any = app.session_interface
        name, signed = interface.get_cookie_name(app), interface.get_signing_serializer(app).dumps(cookie)
        self.headers = {"Cookie": f"{name}={signed}", "Content-Type": "application/x-www-form-urlencoded"}
        self.csrf_token = URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token").dumps(raw)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        return self._send("GET", path, None)

    def post(self, path: str, fields: dict[str, Any], form_token: str | None = None) -> Answer:
        """Send a form; a new one each time unless `form_token` says that it is the same."""
        tokens = {"csrf_token": self.csrf_token, "form_token": form_token or secrets.token_urlsafe(18)}
        return self._send("POST", path, urlencode({**fields, **tokens}, doseq=True))

    def _send(self, method: str, path: str, body: str | None) -> Answer:
        self.connection.request(method, path, body, self.headers)
        response = self.connection.getresponse()
        if (cookie := response.headers.get("Set-Cookie")) is not None:
            self.headers["Cookie"] = cookie.partition(";")[0]  # the newest, as a browser does
        return Answer(response.status, response.headers.get("Location"), response.read().decode())

    def close(self) -> None:
        """Hang up."""
        self.connection.close()
