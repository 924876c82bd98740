"""A real nginx in front, with the configuration of docs/deploying.md, and visitors who lie about who they are."""

import re
import shutil
import socket
import ssl
import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests import world
from tests.machinery.server import ROOT, free_port, serving
from tests.readers.pages import page_of
from tracker.base import db
from tracker.models.register.sessions import LoginSession
from tracker.web.rendering import HSTS

pytestmark = pytest.mark.gate("starts nginx and the program")
NAME, VISITOR = "tracker.example.org", "127.0.0.2"
AROUND = """
daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {ours}
}}
"""


def documented(language):
    """A block of docs/deploying.md."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs" / "deploying.md").read_text(), re.DOTALL)
    return found


def certificate(folder):
    """A certificate for NAME, and its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string(f"CN={NAME}")
    moment = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))


@pytest.fixture
def ports(app, settings, tmp_path):
    """Those of https and of http, in front of the program."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/opt/homebrew/bin")
    if program is None:
        pytest.skip("there is no nginx")
    certificate(tmp_path)
    secure, plain = free_port(), free_port()
    trusting = replace(settings, trusted_proxy="127.0.0.1", trusted_hosts=(NAME, "127.0.0.1"))
    with serving(trusting, tmp_path) as served:
        ours = documented("nginx")
        for documented_as, here in {
            "/etc/ssl/certs/tracker.example.org.pem": f"{tmp_path}/cert.pem",
            "/etc/ssl/private/tracker.example.org.key": f"{tmp_path}/key.pem",
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen 443 ssl;": f"listen 127.0.0.1:{secure} ssl;",
            "127.0.0.1:8000": f"127.0.0.1:{served}",
        }.items():
            assert documented_as in ours
            ours = ours.replace(documented_as, here)
        (tmp_path / "nginx.conf").write_text(AROUND.format(folder=tmp_path, ours=ours))
        front = subprocess.Popen([program, "-p", tmp_path, "-c", tmp_path / "nginx.conf"])
        try:
            wait_for(plain)
            yield secure, plain
        finally:
            front.terminate()
            front.wait(10)


def wait_for(port):
    for _ in range(100):
        with socket.socket() as probe:
            probe.settimeout(0.1)
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.05)
    raise AssertionError("nginx did not start")


class Visitor:
    """A browser at an address of its own, that says what it likes in its headers."""

    def __init__(self, port, folder, host=NAME):
        self.port, self.host, self.cookies = port, host, {}
        self.trust = ssl.create_default_context(cafile=folder / "cert.pem")

    def send(self, method, path, body=b"", **headers):
        """Send a request; status, headers and text of the answer."""
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        about = {"Host": self.host, "Content-Length": str(len(body)), "Connection": "close", **cookies, **headers}
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in about.items())
        raw = socket.create_connection(("127.0.0.1", self.port), 30, (VISITOR, 0))
        with self.trust.wrap_socket(raw, server_hostname=NAME) as link:
            link.sendall(head.encode() + b"\r\n" + body)
            answer = HTTPResponse(link)
            answer.begin()
            text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer.status, answer.headers, text

    def sign_in(self, who, **headers):
        """Sign in through the page."""
        _, _, text = self.send("GET", "/sign-in", **headers)
        fields = (
            page_of(text)
            .form_to("/sign-in", "/sign-in")
            .filled({"email": world.email(who), "password": world.PASSWORD})
        )
        sent = {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{NAME}/sign-in", **headers}
        return self.send("POST", "/sign-in", urlencode(fields, doseq=True).encode(), **sent)


@pytest.fixture
def visitor(ports, tmp_path):
    return Visitor(ports[0], tmp_path)


def test_over_https_the_cookie_is_secure_and_http_is_ruled_out(visitor):
    status, headers, _ = visitor.send("GET", "/sign-in")
    assert (status, headers["Strict-Transport-Security"]) == (200, HSTS)
    assert re.match(r"__Host-tracker=.*; Secure; HttpOnly", headers["Set-Cookie"])
    assert "nginx/" not in headers["Server"]


def test_the_session_holds_the_address_of_the_visitor_whatever_they_say(visitor):
    lies = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"}
    status, headers, _ = visitor.sign_in("ines", **lies)
    assert (status, headers["Location"]) == (303, "/")
    newest = sa.select(LoginSession.address).order_by(LoginSession.id.desc()).limit(1)
    assert db.session().scalar(newest) == VISITOR
    assert visitor.send("GET", "/cases/LK-AAAA")[0] == 200


def test_plain_http_is_sent_on_to_https(ports):
    with socket.create_connection(("127.0.0.1", ports[1]), 10) as link:
        link.sendall(b"GET /sign-in?next=/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
        answer = HTTPResponse(link)
        answer.begin()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/sign-in?next=/")


def test_another_name_is_not_answered(ports, tmp_path):
    assert Visitor(ports[0], tmp_path, "evil.example").send("GET", "/sign-in")[0] == 400


@pytest.mark.parametrize("size", [65 << 10, 3 << 20, 40 << 20])
def test_a_stranger_who_sends_much_is_refused(visitor, size):
    sent = {"Content-Type": "application/x-www-form-urlencoded"}
    status, _, text = visitor.send("POST", "/sign-in", b"a" * size, **sent)
    assert (status, "a form can hold 64 kB" in text) == (413, True)


def test_the_unit_runs_a_command_that_exists():
    unit = dict(line.split("=", 1) for line in documented("ini").splitlines() if "=" in line)
    words = unit["ExecStart"].split()
    assert (Path(words[0]).name, words[1:]) == ("tracker", ["serve", "--host", "127.0.0.1", "--port", "8000"])
    assert "127.0.0.1:8000" in documented("nginx")
