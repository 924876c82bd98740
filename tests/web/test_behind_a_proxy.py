"""Behind a TLS proxy the cookie is `__Host-` and Secure: no browser takes it in the open."""

from dataclasses import replace

import pytest

from tests.conftest import released
from tracker import create_app


@pytest.fixture
def proxied(settings):
    """A client of the program as it is served behind a proxy, under the name tracker.example."""
    app = create_app(replace(settings, trusted_proxy="127.0.0.1", trusted_hosts=("tracker.example",)))
    yield app.test_client()
    released()


def test_over_https_the_cookie_is_bound_to_the_host_and_http_is_ruled_out(proxied):
    answer = proxied.get("/sign-in", base_url="https://tracker.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-tracker=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_another_name_is_not_answered(proxied):
    assert proxied.get("/sign-in", base_url="https://elsewhere.example").status_code == 400
